#pragma once

#include <QWidget>

#include "ui/training/training_core.h"

class QComboBox;
class QLabel;
class QPushButton;
class QTabWidget;
class QTableView;

namespace hounsfield::plots {
class CalibrationPlot;
class ConfusionMatrix;
class Histogram;
class RocPlot;
} // namespace hounsfield::plots

namespace hounsfield::shell {
class MessageBar;
}

namespace hounsfield::training {

class FiguresTable;
class TrainingModel;

/// What a training has come to: a verdict in one sentence, figures with intervals, ROC, confusion matrix, calibration.
class ResultsView : public QWidget {
    Q_OBJECT
  public:
    explicit ResultsView(TrainingModel& model, QWidget* parent = nullptr);

    void refresh();
    void refreshCorrections();
    learning::Part part() const;

  signals:
    void cellActivated(int label, int called);
    void modelChosen(const QString& file);
    void trainAgain();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    QWidget* makeHead();
    QWidget* makePlots();
    void retranslate();
    void fillParts();
    void showMetrics(const learning::Run& run, const learning::Metrics& metrics);
    void showPlots(const learning::Run& run, const learning::Metrics& metrics);

    TrainingModel& m_model;
    RunPointer m_shown;
    QLabel* m_verdict;
    QLabel* m_about;
    QLabel* m_overall;
    shell::MessageBar* m_corrected;
    QComboBox* m_part;
    QPushButton* m_use;
    FiguresTable* m_figures;
    QTableView* m_table;
    plots::RocPlot* m_roc;
    plots::ConfusionMatrix* m_confusion;
    plots::CalibrationPlot* m_calibration;
    plots::Histogram* m_histogram;
    QTabWidget* m_more;
};

} // namespace hounsfield::training
