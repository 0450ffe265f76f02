#pragma once

#include <QObject>

#include "ui/reports/evidence_model.h"
#include "ui/reports/files_model.h"
#include "ui/reports/readers_model.h"
#include "ui/reports/report_training_model.h"
#include "ui/reports/reports_model.h"
#include "ui/reports/rules_model.h"
#include "ui/reports/study_link.h"
#include "ui/shell/choosers.h"
#include "ui/shell/pages.h"

#include <optional>
#include <vector>

namespace hounsfield::shell {
class Settings;
}
namespace hounsfield::studies {
class StudiesModel;
}
namespace hounsfield::viewer {
class ViewerModel;
class ViewerPage;
} // namespace hounsfield::viewer
namespace hounsfield::reporting {
class ReportsPage;
}
namespace hounsfield::training {
class TrainingPage;
}

namespace hounsfield::desktop {

/// Everything of reports in the window, and how they meet the pictures: the report beside its study, findings tied to
/// places, marks that lead back to their words.
class ReportsDesk : public QObject {
    Q_OBJECT
  public:
    /// All outlive the desk, but for the page, which the window owns.
    struct Around {
        files::ReaderPool& readers;
        std::function<Result<std::shared_ptr<study::Project>>()> project;
        shell::BackgroundTasks& tasks;
        shell::Settings& settings;
        viewer::ViewerModel& viewer;
        studies::StudiesModel& studies;
        shell::Choosers choosers;
    };
    explicit ReportsDesk(Around around, QObject* parent = nullptr);

    reporting::ReportsModel& model() { return m_reports; }
    reporting::EvidenceModel& evidence() { return m_evidence; }
    reporting::StudyLink& link() { return m_link; }
    shell::Page page();
    /// Panel and commands of the viewer's page, and the marks in its pictures.
    void joinViewer(viewer::ViewerPage& page);
    /// The view of trainings on reports.
    void joinTraining(training::TrainingPage& page);
    void setModelFile(const QString& file);

  signals:
    void pageWanted(const std::string& id);
    void said(const QString& sentence); ///< for the foot of the window

  private:
    std::vector<shell::Command> commands();
    std::vector<shell::Command> viewerCommands();
    void tieChosen();
    void showPlace();
    void openPlace(const reports::ImagePlace& place);
    void followViewer();
    void openReportOfStudy();

    Around m_around;
    reporting::ReportsModel m_reports;
    reporting::EvidenceModel m_evidence;
    reporting::ReadersModel m_readers;
    reporting::FilesModel m_files;
    reporting::RulesModel m_rules;
    reporting::StudyLink m_link;
    reporting::ReportTrainingModel m_training;
    reporting::ReportsPage* m_page;
    std::optional<reports::ImagePlace> m_wanted; ///< where to go once its series is whole
};

} // namespace hounsfield::desktop
