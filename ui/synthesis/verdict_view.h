#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QTableView;

namespace hounsfield::synthesising {

class MeasureTable;
class SynthesisModel;
class TrialTable;
class VerdictModel;

/// What the shown generator is worth, before its pictures: did made images help, in one sentence with its interval;
/// the classifiers that say so; every figure beside what real images give.
class VerdictView : public QWidget {
    Q_OBJECT
  public:
    VerdictView(SynthesisModel& synthesis, VerdictModel& model, QWidget* parent = nullptr);
    void refresh();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    QWidget* makeActs();
    QTableView* makeTable(const char* name);
    void retranslate();
    void refreshSentence();
    void refreshTables();
    void refreshActs();

    SynthesisModel& m_synthesis;
    VerdictModel& m_model;
    TrialTable* m_trial;
    MeasureTable* m_measures;
    QLabel* m_sentence;
    QLabel* m_detail;
    QPushButton* m_try;
    QLabel* m_repetitionsLabel;
    QSpinBox* m_repetitions;
    QLabel* m_imagesLabel;
    QSpinBox* m_images;
    QPushButton* m_judge;
    QPushButton* m_stop;
    QProgressBar* m_progress;
    QLabel* m_stage;
    QTableView* m_trialTable;
    QLabel* m_basis;
    QTableView* m_measureTable;
};

} // namespace hounsfield::synthesising
