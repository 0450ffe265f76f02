#pragma once

#include <QWidget>

#include "ui/shell/choosers.h"
#include "ui/shell/pages.h"
#include "ui/training/training_model.h"

class QTabWidget;

namespace hounsfield::shell {
class MessageBar;
}

namespace hounsfield::training {

class DataView;
class GalleryView;
class LearningView;
class ResultsView;
class RunsView;
class SetupPanel;

/// Teaches a model from labelled images: on the left what is done, on the right what is seen.
class TrainingPage : public QWidget {
    Q_OBJECT
  public:
    /// @param openImage  shows a case in the viewer with its heat map
    TrainingPage(TrainingModel& model, shell::Choosers choosers, shell::OpenImage openImage, QWidget* parent = nullptr);

    /// A further view, called by its window title: trainings on something other than images.
    void addView(QWidget* view);
    std::vector<shell::Command> commands();

  signals:
    void modelChosen(const QString& file); ///< a model.onnx that Ctrl+D shall use from now on

  protected:
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    enum Tab { Data, Learning, Results, Cases, Runs };

    void retranslate();
    void refresh();
    void refreshRuns();
    void takeTrained();
    void openFiles(const QStringList& paths);

    TrainingModel& m_model;
    shell::MessageBar* m_problem;
    SetupPanel* m_setup;
    QTabWidget* m_tabs;
    DataView* m_data;
    LearningView* m_learning;
    ResultsView* m_results;
    GalleryView* m_gallery;
    RunsView* m_runs;
    TrainingModel::Stage m_stage = TrainingModel::Stage::Empty;
    DataPointer m_shownData;
    RunPointer m_shownRun;
};

} // namespace hounsfield::training
