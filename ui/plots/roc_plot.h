#pragma once

#include <QWidget>

#include "ui/plots/axes.h"

#include <optional>

namespace hounsfield::plots {

/// One ROC curve with its area and interval.
struct RocCurve {
    QString name;
    std::vector<QPointF> points; ///< x: 1 − specificity, y: sensitivity; from (0, 0) to (1, 1)
    double area = 0;             ///< AUC
    double low = 0, high = 0;    ///< its 95 % interval
    bool operator==(const RocCurve&) const = default;
};

/// What an ROC plot shows.
struct RocData {
    std::vector<RocCurve> curves;
    std::optional<QPointF> threshold; ///< where the chosen threshold stands
    QString thresholdName;            ///< "Threshold 0.42"
    bool operator==(const RocData&) const = default;
};

/// Sensitivity over 1 − specificity, with the chosen threshold, the areas and their intervals; always square.
class RocPlot : public QWidget {
    Q_OBJECT
  public:
    explicit RocPlot(QWidget* parent = nullptr);

    void setData(const RocData& data);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;

  private:
    Axes axes() const;

    RocData m_data;
};

/// "Pneumonia: AUC 0.98 (0.97–0.99)", in the user's locale.
QString areaText(const RocCurve& curve);

} // namespace hounsfield::plots
