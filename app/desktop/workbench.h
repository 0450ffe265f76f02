#pragma once

#include <QObject>
#include <QStringList>

#include "ui/shell/main_window.h"
#include "ui/shell/pages.h"

#include <filesystem>
#include <memory>

namespace hounsfield::shell {
class Settings;
}
namespace hounsfield::training {
class TrainingModel;
}
namespace hounsfield::studies {
class StudiesModel;
}
namespace hounsfield::synthesising {
struct SynthesisModels;
}
namespace hounsfield::study {
struct OpeningNotes;
}
namespace hounsfield::viewer {
class DiagnosisModel;
class ViewerModel;
} // namespace hounsfield::viewer

namespace hounsfield::desktop {

class ReportsDesk;

/// Everything of one window: readers, project, models, pages and the table that joins them.
class Workbench : public QObject {
    Q_OBJECT
  public:
    struct Places {
        QString settingsFile;          ///< empty: the user's own
        std::filesystem::path project; ///< empty: the user's default project
        std::filesystem::path sample;  ///< folder of the built-in sample; empty: in the user's data folder
    };
    explicit Workbench(const Places& places, shell::Choosers choosers, QObject* parent = nullptr);
    ~Workbench() override;

    shell::MainWindow& window() const;
    shell::Language& language() const;
    studies::StudiesModel& studies() const;
    viewer::ViewerModel& viewer() const;
    viewer::DiagnosisModel& diagnosis() const;
    training::TrainingModel& training() const;
    synthesising::SynthesisModels& synthesis() const;
    ReportsDesk& reports() const;

    /// Shows one image that another page names, and asks the model about it where the request says so.
    void openImage(const shell::OpenRequest& request);

  private:
    struct Parts;
    void joinPages(const shell::Choosers& choosers);
    void setModelFile(const QString& file);
    void findMoved(const shell::Choosers& choosers);
    void tellNotes(const study::OpeningNotes& notes);
    void followStudies();
    void joinSynthesis();
    std::unique_ptr<Parts> m_parts;
};

} // namespace hounsfield::desktop
