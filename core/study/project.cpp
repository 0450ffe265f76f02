#include "core/study/project.h"

#include "core/base/atomic_file.h"
#include "core/base/clock.h"
#include "core/study/backup.h"
#include "core/study/lock.h"
#include "core/study/values.h"

#include <cstdlib>
#include <mutex>
#include <pwd.h>
#include <unistd.h>

namespace hounsfield::study {

namespace fs = std::filesystem;

namespace {

std::string loginName()
{
    const passwd* user = ::getpwuid(::getuid());
    return user && user->pw_name ? user->pw_name : std::to_string(::getuid());
}

bool isOursBeginning(const fs::path& name)
{
    const std::string words = name.string();
    return words.starts_with("project.") || words == "runs" || words == "backups" || words == "damaged";
}

/// True where a project may be made: nothing foreign stands there.
bool isFree(const fs::path& folder)
{
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(folder, problem))
        if (!isOursBeginning(entry.path().filename()))
            return false;
    return !problem;
}

bool hasBackup(const ProjectFiles& files)
{
    std::error_code problem;
    for (int generation = 1; generation <= backupGenerations; ++generation)
        if (fs::exists(files.backup(generation), problem))
            return true;
    return false;
}

Result<Opened> openOrRestore(const ProjectFiles& files)
{
    std::error_code ignored;
    const bool isThere = fs::exists(files.database(), ignored);
    if (!isThere && !hasBackup(files)) {
        if (!isFree(files.folder))
            return badInput(text("study", "The folder holds other things and no project."), files.folder.string(),
                text("study", "Choose an empty folder, or the folder of a project."));
        TRY(makeDatabase(files, schema()));
        return openSound(files, schema());
    }
    if (!isThere) {
        OpeningNotes notes = TRY(restore(files, schema(), Error{}));
        Opened opened = TRY(openSound(files, schema()));
        opened.notes = std::move(notes);
        return opened;
    }
    auto opened = openSound(files, schema());
    if (opened || opened.error().kind != Error::Kind::BadInput)
        return opened;
    OpeningNotes notes = TRY(restore(files, schema(), opened.error()));
    Opened restored = TRY(openSound(files, schema()));
    restored.notes = std::move(notes);
    return restored;
}

} // namespace

struct Project::State {
    ProjectFiles files;
    FolderLock lock;
    Database database;
    Chronicle chronicle;
    OpeningNotes notes;
    std::string who;
    mutable std::mutex mutex;
    mutable std::int64_t idsGiven = 0;

    /// Writes the rows of one step, first to disk, then to memory.
    Result<void> write(std::vector<HistoryRow> rows)
    {
        std::vector<std::string> seals;
        std::string seal = chronicle.seal;
        std::int64_t number = chronicle.number;
        const std::string now = timestamp();
        for (HistoryRow& row : rows) {
            row.number = ++number;
            row.step = chronicle.step + 1;
            row.who = who;
            row.when = now;
            seal = sealOf(seal, row);
            seals.push_back(seal);
        }
        TRY(database.inTransaction([&]() -> Result<void> {
            for (std::size_t i = 0; i < rows.size(); ++i)
                TRY(writeRow(database, rows[i], seals[i]));
            return {};
        }));
        for (std::size_t i = 0; i < rows.size(); ++i)
            chronicle.add(rows[i], seals[i]);
        return {};
    }

    std::optional<std::string> current(const std::string& entity, const std::string& id) const
    {
        const auto found = chronicle.entities.find({entity, id});
        return found == chronicle.entities.end() ? std::nullopt : std::optional(found->second);
    }

    /// One act of the user; what is so already makes no row.
    Result<void> apply(const std::string& what, const std::vector<Entry>& wishes)
    {
        const std::scoped_lock guard(mutex);
        std::vector<HistoryRow> rows;
        Entities planned;
        for (const Entry& wish : wishes) {
            const auto earlier = planned.find({wish.kind, wish.id});
            const auto before = earlier == planned.end() ? current(wish.kind, wish.id) : std::optional(earlier->second);
            if (before == wish.value)
                continue;
            HistoryRow row;
            row.what = what;
            row.entity = wish.kind;
            row.id = wish.id;
            row.before = before;
            row.after = wish.value;
            row.isUndoable = wish.isUndoable;
            if (wish.value)
                planned[{wish.kind, wish.id}] = *wish.value;
            rows.push_back(std::move(row));
        }
        return rows.empty() ? Result<void>() : write(std::move(rows));
    }

    /// Goes back before (or forth behind) a step by new rows.
    Result<bool> revisit(HistoryRow::Mode mode)
    {
        const std::scoped_lock guard(mutex);
        const bool isUndo = mode == HistoryRow::Mode::Undone;
        const auto& steps = isUndo ? chronicle.undoable : chronicle.redoable;
        if (steps.empty())
            return false;
        const auto [step, what] = steps.back();
        std::vector<HistoryRow> rows;
        TRY(database.each("SELECT " + std::string(historyColumns)
                              + " FROM history WHERE step = ? AND undoable = 1 ORDER BY number "
                              + (isUndo ? "DESC" : "ASC"),
            {step}, [&](const Database::Row& stored) {
                HistoryRow row = historyRowOf(stored);
                if (isUndo)
                    std::swap(row.before, row.after);
                row.mode = mode;
                row.refersTo = row.step;
                rows.push_back(std::move(row));
            }));
        TRY(write(std::move(rows)));
        return true;
    }

    template <typename Read> auto all(const std::string& entity, Read read, const std::string& prefix = {}) const
    {
        const std::scoped_lock guard(mutex);
        std::vector<decltype(read(std::string(), std::string()))> found;
        for (auto at = chronicle.entities.lower_bound({entity, prefix});
             at != chronicle.entities.end() && at->first.first == entity && at->first.second.starts_with(prefix); ++at)
            found.push_back(read(at->first.second, at->second));
        return found;
    }

    /// Not locked: called from what holds the lock.
    Label labelOf(const std::string& id, const std::string& json) const
    {
        const auto place = current("place", id);
        return {subjectOfId(id), wordsOfJson(json), place ? placeOf(*place) : Place{}};
    }
};

Project::Project(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
Project::~Project() = default;

Result<std::unique_ptr<Project>> Project::open(const fs::path& folder, const std::string& who)
{
    const ProjectFiles files{fs::absolute(folder).lexically_normal()};
    TRY(makeFolder(files.folder));
    FolderLock lock = TRY(FolderLock::take(files.lock()));
    Opened opened = TRY(openOrRestore(files));
    TRY(makeFolder(files.runs()));
    if (const auto kept = keepBackup(files, opened, schema()); !kept) {
        const Text sentence = text("study", "No backup could be made in %1: %2");
        opened.notes.sentences.push_back(sentence.with(files.backups().string(), kept.error().what));
        if (!kept.error().advice.isEmpty())
            opened.notes.sentences.push_back(kept.error().advice);
    }
    return std::unique_ptr<Project>(
        new Project(std::unique_ptr<State>(new State{files, std::move(lock), std::move(opened.database),
            std::move(opened.chronicle), std::move(opened.notes), who.empty() ? loginName() : who, {}, 0})));
}

const fs::path& Project::folder() const
{
    return m_state->files.folder;
}

fs::path Project::runsFolder() const
{
    return m_state->files.runs();
}

const OpeningNotes& Project::notes() const
{
    return m_state->notes;
}

Result<void> Project::setLabel(const Label& label)
{
    return setLabels({label});
}

Result<void> Project::setLabels(const std::vector<Label>& labels)
{
    std::vector<Entry> wishes;
    for (const Label& label : labels) {
        const std::string id = idOf(label.subject);
        wishes.push_back({"label", id, jsonOfWords(label.className), true});
        if (!label.place.file.empty())
            wishes.push_back({"place", id, jsonOf(label.place), false});
    }
    return m_state->apply("label", wishes);
}

Result<void> Project::removeLabel(const Subject& subject)
{
    return m_state->apply("label", {{"label", idOf(subject), std::nullopt, true}});
}

std::optional<Label> Project::label(const Subject& subject) const
{
    const std::scoped_lock guard(m_state->mutex);
    const std::string id = idOf(subject);
    const auto json = m_state->current("label", id);
    return json ? std::optional(m_state->labelOf(id, *json)) : std::nullopt;
}

std::vector<Label> Project::labels() const
{
    return m_state->all(
        "label", [this](const std::string& id, const std::string& json) { return m_state->labelOf(id, json); });
}

Result<void> Project::setPlaces(const std::vector<std::pair<Subject, Place>>& places)
{
    std::vector<Entry> wishes;
    for (const auto& [subject, place] : places)
        wishes.push_back({"place", idOf(subject), jsonOf(place), false});
    return m_state->apply("place", wishes);
}

Result<void> Project::setClasses(const std::vector<std::string>& names)
{
    return m_state->apply("classes", {{"classes", "list", jsonOfList(names), true}});
}

std::vector<std::string> Project::classes() const
{
    const std::scoped_lock guard(m_state->mutex);
    const auto json = m_state->current("classes", "list");
    return json ? listOfJson(*json) : std::vector<std::string>();
}

Result<void> Project::setLabelClasses(const std::vector<LabelClass>& classes, const std::optional<Rename>& rename)
{
    std::vector<Entry> wishes;
    std::vector<std::string> names;
    for (const LabelClass& one : classes) {
        names.push_back(one.name);
        wishes.push_back({"class colour", one.name,
            one.colour.empty() ? std::nullopt : std::optional(jsonOfWords(one.colour)), true});
    }
    wishes.push_back({"classes", "list", jsonOfList(names), true});
    if (rename) {
        wishes.push_back({"class colour", rename->from, std::nullopt, true});
        for (const Label& label : labels())
            if (label.className == rename->from)
                wishes.push_back({"label", idOf(label.subject), jsonOfWords(rename->to), true});
    }
    return m_state->apply("classes", wishes);
}

std::vector<LabelClass> Project::labelClasses() const
{
    std::vector<LabelClass> all;
    for (const std::string& name : classes()) {
        const std::scoped_lock guard(m_state->mutex);
        const auto colour = m_state->current("class colour", name);
        all.push_back({name, colour ? wordsOfJson(*colour) : std::string()});
    }
    return all;
}

Result<void> Project::setMark(const Mark& mark)
{
    return m_state->apply("mark", {{"mark", mark.id, jsonOf(mark), true}});
}

Result<void> Project::removeMark(const std::string& id)
{
    return m_state->apply("mark", {{"mark", id, std::nullopt, true}});
}

std::vector<Mark> Project::marks() const
{
    return m_state->all("mark", [](const std::string&, const std::string& json) { return markOf(json); });
}

std::vector<Mark> Project::marks(const Subject& subject) const
{
    std::vector<Mark> found = marks();
    std::erase_if(found, [&](const Mark& mark) { return mark.subject != subject; });
    return found;
}

std::string Project::newId() const
{
    const std::scoped_lock guard(m_state->mutex);
    return std::to_string(m_state->chronicle.number + 1) + "-" + std::to_string(++m_state->idsGiven);
}

Result<void> Project::setEntries(const std::string& act, const std::vector<Entry>& entries)
{
    return m_state->apply(act, entries);
}

std::vector<Entry> Project::entries(const std::string& kind, const std::string& prefix) const
{
    return m_state->all(
        kind,
        [&](const std::string& id, const std::string& json) {
            return Entry{kind, id, json};
        },
        prefix);
}

Result<void> Project::setDataSet(const DataSetEntry& entry)
{
    return m_state->apply("data set", {{"data set", entry.name, jsonOf(entry), false}});
}

std::vector<DataSetEntry> Project::dataSets() const
{
    return m_state->all("data set", [](const std::string&, const std::string& json) { return dataSetOf(json); });
}

Result<void> Project::setRun(const RunEntry& entry)
{
    return m_state->apply("run", {{"run", entry.folder, jsonOf(entry), false}});
}

std::vector<RunEntry> Project::runs() const
{
    return m_state->all("run", [](const std::string&, const std::string& json) { return runOf(json); });
}

std::string Project::undoable() const
{
    const std::scoped_lock guard(m_state->mutex);
    return m_state->chronicle.undoable.empty() ? std::string() : m_state->chronicle.undoable.back().second;
}

std::string Project::redoable() const
{
    const std::scoped_lock guard(m_state->mutex);
    return m_state->chronicle.redoable.empty() ? std::string() : m_state->chronicle.redoable.back().second;
}

Result<bool> Project::undo()
{
    return m_state->revisit(HistoryRow::Mode::Undone);
}

Result<bool> Project::redo()
{
    return m_state->revisit(HistoryRow::Mode::Redone);
}

Result<std::vector<HistoryRow>> Project::history(std::int64_t number, std::int64_t limit) const
{
    const std::scoped_lock guard(m_state->mutex);
    std::vector<HistoryRow> rows;
    TRY(m_state->database.each(
        "SELECT " + std::string(historyColumns) + " FROM history WHERE number > ? ORDER BY number LIMIT ?",
        {number, limit}, [&](const Database::Row& row) { rows.push_back(historyRowOf(row)); }));
    return rows;
}

Result<fs::path> defaultProjectFolder()
{
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && data[0] == '/')
        return fs::path(data) / "hounsfield" / "project";
    const char* home = std::getenv("HOME");
    const passwd* user = home && home[0] == '/' ? nullptr : ::getpwuid(::getuid());
    const std::string base = user && user->pw_dir ? user->pw_dir : home ? home : "";
    if (base.empty() || base[0] != '/')
        return environment(text("study", "There is no home folder, so there is no project of your own."), {},
            text("study", "Images can be viewed; open a project in a folder of your choice to label them."));
    return fs::path(base) / ".local" / "share" / "hounsfield" / "project";
}

} // namespace hounsfield::study
