#pragma once

#include <QWidget>

class QLabel;
class QSlider;

namespace hounsfield::plots {
class CurvePlot;
}

namespace hounsfield::synthesising {

class SampleGrid;
class SynthesisModel;

/// What a training looks like while it learns, and afterwards: samples of the same noise, back through the evaluations
/// by a slider, losses, distance and variety as curves.
class LearningView : public QWidget {
    Q_OBJECT
  public:
    explicit LearningView(SynthesisModel& model, QWidget* parent = nullptr);
    void refresh();
    void refreshProgress();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void refreshGrid();
    void refreshCurves();
    void refreshPace();

    SynthesisModel& m_model;
    QLabel* m_pace;
    SampleGrid* m_grid;
    QLabel* m_moment;
    QSlider* m_slider;
    plots::CurvePlot* m_loss;
    plots::CurvePlot* m_distance;
    plots::CurvePlot* m_variety;
    std::size_t m_evaluations = 0; ///< that are drawn
    bool m_isFollowing = true;     ///< the slider stays at the newest evaluation
};

} // namespace hounsfield::synthesising
