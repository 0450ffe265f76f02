#pragma once

#include <QObject>
#include <QString>

#include "core/files/reader_client.h"
#include "core/study/project.h"
#include "ui/shell/commands.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::shell {
class BackgroundTasks;
}

namespace hounsfield::viewer {

class DiagnosisModel;
class ViewerModel;

/// How the viewer reaches the user's project; the program hands in core's functions. Called from other threads.
struct LabelStore {
    std::function<Result<std::shared_ptr<study::Project>>()> project; ///< opened on first use
    /// Of the decoded pixels of a file, for images without a UID.
    std::function<Result<std::string>(const files::Source&, const Monitor&)> pixelHash;
};

/// A colour that a class may have, light enough to be read on black.
struct LabelColour {
    const char* code; ///< "#rrggbb"
    Text name;
};
std::span<const LabelColour> labelColours();

/// The list of classes, and the labels of the open image's slices: L, then a digit. Saved in the project before the
/// tile says so; one act after the other, in the order in which they were asked for.
class LabelModel : public QObject {
    Q_OBJECT
  public:
    struct Class {
        QString name;
        QString colour;          ///< "#rrggbb", never empty
        std::int64_t images = 0; ///< of the whole project that carry it
        bool operator==(const Class&) const = default;
    };
    struct Labelled {
        std::int64_t stored = 0; ///< slice of the series, from 0
        int shownNumber = 1;     ///< of the nearest slice of the volume, as the tiles count
        QString className, colour;
        bool operator==(const Labelled&) const = default;
    };
    struct View {
        std::vector<Class> classes;     ///< the digits 1 … in this order
        std::vector<Labelled> labelled; ///< slices of the open series with a label, in the order of scrolling
        QString problem;                ///< why nothing could be saved; empty when all is well
        bool isOpen = false;            ///< there is a series whose slices can be labelled
        bool canUndo = false, canRedo = false;
    };

    LabelModel(ViewerModel& viewer, DiagnosisModel& diagnosis, shell::BackgroundTasks& tasks, LabelStore store,
        QObject* parent = nullptr);
    ~LabelModel() override;

    View view() const;
    /// What the tile says of a slice: its class and colour, or a problem without colour; empty words: nothing.
    struct Notice {
        QString words, colour;
    };
    Notice notice(std::int64_t slice) const;

    void giveClass(std::size_t number);  ///< to the shown slice; 0: takes the label away
    void takeLabel(std::int64_t stored); ///< of a slice of the series
    void showStored(std::int64_t stored);

    // ---- the list of classes; `row` from 0
    void addClass(const QString& name);
    void renameClass(std::size_t row, const QString& name); ///< its labels follow
    void setColour(std::size_t row, const QString& code);
    void moveClass(std::size_t row, int by);
    void removeClass(std::size_t row); ///< only one that no image carries

    void undo();
    void redo();

    std::vector<shell::Command> commands();

  signals:
    void changed(); ///< the view
    void saved();   ///< the project was written to or read

  private:
    struct Known;
    using Act = std::function<Result<void>(study::Project&, const Monitor&)>;
    /// The project's classes, else those of the chosen model.
    std::vector<study::LabelClass> classes() const;
    void saveClasses(
        std::vector<study::LabelClass> classes, std::optional<study::Project::Rename> rename = std::nullopt);
    bool isFree(const QString& name);
    void say(const QString& problem);
    const study::Label* labelOf(std::int64_t stored) const;
    QString colourOf(const std::string& className) const;
    void change(Act act);
    void runNext();
    void take(Result<Known> known);

    ViewerModel& m_viewer;
    DiagnosisModel& m_diagnosis;
    shell::BackgroundTasks& m_tasks;
    LabelStore m_store;
    std::deque<Act> m_waiting;
    bool m_isBusy = false;
    std::vector<study::LabelClass> m_classes, m_saved; // with what is being saved; as the project had them last
    std::map<std::string, std::int64_t> m_counts;      // of images, by class
    std::map<std::string, study::Label> m_byPlace;     // by file, entry and frame of the labelled image
    bool m_canUndo = false, m_canRedo = false;
    QString m_problem;
};

} // namespace hounsfield::viewer
