#pragma once

#include <QWidget>

#include "ui/plots/axes.h"

#include <optional>

namespace hounsfield::plots {

/// One line of a curve plot, drawn in the order of its points (x ascending).
struct Curve {
    QString name;
    std::vector<QPointF> points;
    bool operator==(const Curve&) const = default;
};

/// What a curve plot shows.
struct CurveData {
    std::vector<Curve> curves;
    Axis x;
    QString yLabel;
    std::optional<double> least, most; ///< fixed ends of the y axis; absent: round numbers around the points
    std::optional<double> mark;        ///< x of the vertical mark, such as the best epoch
    QString markName;
    QString emptySentence; ///< said while there are no points
    bool operator==(const CurveData&) const = default;
};

/// Curves over a common x, such as loss per epoch. The pointer, or Left, Right, Home and End, read the values at one x.
class CurvePlot : public QWidget {
    Q_OBJECT
  public:
    explicit CurvePlot(QWidget* parent = nullptr);

    void setData(const CurveData& data);
    const CurveData& data() const { return m_data; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    /// The x that is being read, and what is said of it ("Epoch 3: training 0.41, validation 0.52").
    std::optional<double> readAt() const { return m_read; }
    QString reading() const;

  protected:
    void paintEvent(QPaintEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void leaveEvent(QEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void focusInEvent(QFocusEvent*) override;
    void focusOutEvent(QFocusEvent*) override;

  private:
    Axes axes() const;
    void readNearest(double x);
    void drawMark(QPainter& painter, const Axes& axes) const;
    void drawReading(QPainter& painter, const Axes& axes) const;

    CurveData m_data;
    std::optional<double> m_read;
};

} // namespace hounsfield::plots
