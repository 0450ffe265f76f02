#pragma once

#include "core/base/result.h"
#include "core/study/label.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hounsfield::study {

/// One change of one thing, as the history keeps it. Rows are ordered by number; clocks may jump.
struct HistoryRow {
    enum class Mode { Done, Undone, Redone };
    std::int64_t number = 0;                  ///< of the row, from 1 without gaps
    std::int64_t step = 0;                    ///< rows of one act of the user share it
    std::string who, when;                    ///< login name; UTC, ISO 8601
    std::string what;                         ///< of the act: "label", "mark", "classes" …
    std::string entity, id;                   ///< what was changed: "label" and its subject …
    std::optional<std::string> before, after; ///< JSON; absent: was not there, is not there any more
    Mode mode = Mode::Done;
    std::int64_t refersTo = 0; ///< the step that was undone or redone
    bool isUndoable = true;
};

/// One thing that a room above keeps in the project: what its value means is that room's affair.
struct Entry {
    std::string kind, id;
    std::optional<std::string> value; ///< JSON; absent: shall be there no longer
    bool isUndoable = true;
    bool operator==(const Entry&) const = default;
};

/// What opening a project found out and the user must be told.
struct OpeningNotes {
    std::vector<Text> sentences;      ///< empty on a good day
    bool isRestored = false;          ///< opened from a backup
    std::int64_t salvagedChanges = 0; ///< changes newer than the backup that could still be read from the damaged file
};

/// The user's work: a folder with project.db (SQLite, rollback journal, synchronous=FULL), backups/ and runs/.
/// Everything a person does is saved when the call returns: state and history row in one transaction. A call that
/// fails has changed nothing and may be tried again. Any thread may call; a call takes as long as the disk needs, so
/// the window calls from a background task.
/// Errors of all changing calls: Environment when the disk is full, read-only or gone.
class Project {
  public:
    /// Opens a project, or makes one where the folder is empty or missing. A backup (three generations) is made; a
    /// damaged project opens from the newest sound backup, with what was salvaged on top (see `notes`).
    /// Errors: Environment (no permission, open in another program), Unsupported (made by a newer Hounsfield),
    /// BadInput (a folder of something else; damaged beyond every backup).
    static Result<std::unique_ptr<Project>> open(const std::filesystem::path& folder, const std::string& who = {});
    ~Project();
    Project(const Project&) = delete;
    Project& operator=(const Project&) = delete;

    const std::filesystem::path& folder() const;
    std::filesystem::path runsFolder() const;
    const OpeningNotes& notes() const;

    // ---- labels
    /// Gives the subject this class; replaces an earlier one.
    Result<void> setLabel(const Label& label);
    /// Gives several at once: one act, one undo.
    Result<void> setLabels(const std::vector<Label>& labels);
    Result<void> removeLabel(const Subject& subject);
    std::optional<Label> label(const Subject& subject) const;
    std::vector<Label> labels() const; ///< ordered by subject
    /// Notes that labelled images are to be found elsewhere now. Not undoable.
    Result<void> setPlaces(const std::vector<std::pair<Subject, Place>>& places);

    // ---- classes: the list behind "L, then a digit"
    Result<void> setClasses(const std::vector<std::string>& names);
    std::vector<std::string> classes() const;
    struct Rename {
        std::string from, to;
    };
    /// The list with its colours, and the labels that follow a renamed class: one act, one undo.
    Result<void> setLabelClasses(
        const std::vector<LabelClass>& classes, const std::optional<Rename>& rename = std::nullopt);
    std::vector<LabelClass> labelClasses() const;

    // ---- marks
    Result<void> setMark(const Mark& mark);
    Result<void> removeMark(const std::string& id);
    std::vector<Mark> marks(const Subject& subject) const;
    std::vector<Mark> marks() const;
    std::string newId() const;

    // ---- what rooms above keep: texts of reports, their annotations, rules …
    /// Several at once: one act, called `act` in the history, one undo.
    Result<void> setEntries(const std::string& act, const std::vector<Entry>& entries);
    /// Those of a kind whose id begins so, ordered by id.
    std::vector<Entry> entries(const std::string& kind, const std::string& prefix = {}) const;

    // ---- what was trained on what; not undoable
    Result<void> setDataSet(const DataSetEntry& entry);
    std::vector<DataSetEntry> dataSets() const;
    Result<void> setRun(const RunEntry& entry);
    std::vector<RunEntry> runs() const;

    // ---- history
    /// The last act that was not undone yet; empty when there is none ("label" …).
    std::string undoable() const;
    std::string redoable() const;
    /// Takes the last act back, as new rows. False when there is nothing to undo.
    Result<bool> undo();
    Result<bool> redo();
    /// Rows after `number`, oldest first, at most `limit`.
    Result<std::vector<HistoryRow>> history(std::int64_t number = 0, std::int64_t limit = 1000) const;

  private:
    struct State;
    explicit Project(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// The project of someone who has not opened one: "hounsfield/project" in the user's data folder.
/// Errors: Environment when there is no home.
Result<std::filesystem::path> defaultProjectFolder();

} // namespace hounsfield::study
