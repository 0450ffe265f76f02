#pragma once

#include <QObject>
#include <QString>

#include "core/files/reader_client.h"
#include "core/study/project.h"
#include "ui/shell/commands.h"

#include <functional>
#include <map>
#include <memory>
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

/// Labels of the open image's slices: L, then a digit. Saved in the project before the tile says so.
class LabelModel : public QObject {
    Q_OBJECT
  public:
    LabelModel(ViewerModel& viewer, DiagnosisModel& diagnosis, shell::BackgroundTasks& tasks, LabelStore store,
        QObject* parent = nullptr);
    ~LabelModel() override;

    /// The classes behind the digits: the project's, else those of the chosen model.
    std::vector<std::string> classes() const;
    void giveClass(std::size_t number); ///< 0: takes the label away
    void undo();
    void redo();
    /// "Label: lesion", or why it could not be saved; empty when there is nothing to say.
    QString notice(std::int64_t slice) const;

    std::vector<shell::Command> commands();

  signals:
    void changed();

  private:
    struct Known;
    void readLabels();
    void change(std::function<Result<void>(study::Project&, const Monitor&)> act);

    ViewerModel& m_viewer;
    DiagnosisModel& m_diagnosis;
    shell::BackgroundTasks& m_tasks;
    LabelStore m_store;
    std::vector<std::string> m_classes;
    std::map<std::string, std::string> m_byPlace; // class by file, entry and frame of the labelled image
    QString m_problem;
};

} // namespace hounsfield::viewer
