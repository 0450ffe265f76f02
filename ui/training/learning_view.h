#pragma once

#include <QWidget>

#include <cstdint>
#include <vector>

class QLabel;

namespace hounsfield::plots {
class CurvePlot;
}

namespace hounsfield::training {

class TrainingModel;

/// A training under way, or how a finished one went: loss and AUC over the epochs, the best epoch, the pace.
class LearningView : public QWidget {
    Q_OBJECT
  public:
    explicit LearningView(TrainingModel& model, QWidget* parent = nullptr);

    void refresh();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();

    TrainingModel& m_model;
    QLabel* m_pace;
    plots::CurvePlot* m_loss;
    plots::CurvePlot* m_auc;
};

} // namespace hounsfield::training
