#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace hounsfield::training {

class ComparisonTable;
class RunTable;
class TrainingModel;

/// Earlier trainings: Enter or a double click shows the results of one; two that are chosen are compared.
class RunsView : public QWidget {
    Q_OBJECT
  public:
    explicit RunsView(TrainingModel& model, QWidget* parent = nullptr);

    void refresh();

  signals:
    void chosen(); ///< a run is shown now

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void retranslate();
    void showCurrent();
    void compareChosen();

    TrainingModel& m_model;
    RunTable* m_runs;
    ComparisonTable* m_comparison;
    QLabel* m_hint;
    QTableView* m_table;
    QLabel* m_remark;
    QTableView* m_compared;
    QPushButton* m_show;
};

} // namespace hounsfield::training
