#pragma once

#include <QWidget>

#include "ui/shell/choosers.h"
#include "ui/shell/pages.h"
#include "ui/synthesis/synthesis_models.h"

class QTabWidget;

namespace hounsfield::shell {
class MessageBar;
}

namespace hounsfield::synthesising {

class BlindTestView;
class DataView;
class LearningView;
class RunsView;
class SamplesView;
class SetupPanel;
class VerdictView;

/// Learns to make images like one's own, and says first what they are worth: on the left what is done, on the right
/// what is seen.
class SynthesisPage : public QWidget {
    Q_OBJECT
  public:
    SynthesisPage(SynthesisModels& models, shell::Choosers choosers, QWidget* parent = nullptr);

    std::vector<shell::Command> commands();

  protected:
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    enum Tab { Data, Learning, Verdict, Samples, BlindTest, Runs };

    void joinModel();
    void retranslate();
    void refresh();
    void refreshRuns();
    void begin(Tab tab, const std::function<void()>& work);
    bool isAtWork() const;
    void stop();

    SynthesisModels& m_models;
    SynthesisModel& m_model;
    shell::MessageBar* m_problem;
    SetupPanel* m_setup;
    QTabWidget* m_tabs;
    DataView* m_data;
    LearningView* m_learning;
    VerdictView* m_verdict;
    SamplesView* m_samples;
    BlindTestView* m_blindTest;
    RunsView* m_runs;
    SynthesisModel::Stage m_stage = SynthesisModel::Stage::Empty;
};

} // namespace hounsfield::synthesising
