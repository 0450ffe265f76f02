#pragma once

#include <QWidget>

#include "ui/plots/axes.h"

#include <cstdint>
#include <optional>

namespace hounsfield::plots {

/// One group of values, counted in bins of equal width.
struct Bars {
    QString name;
    std::vector<std::int64_t> counts;
    bool operator==(const Bars&) const = default;
};

/// What a histogram shows: groups side by side over the same bins.
struct HistogramData {
    std::vector<Bars> groups;
    Axis x;                     ///< its range is divided into equal bins
    std::optional<double> mark; ///< such as the threshold
    QString markName;
    bool operator==(const HistogramData&) const = default;
};

/// Counts of values, such as probabilities by class, with a mark such as the threshold.
class Histogram : public QWidget {
    Q_OBJECT
  public:
    explicit Histogram(QWidget* parent = nullptr);

    void setData(const HistogramData& data);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;

  private:
    Axes axes() const;
    std::size_t binCount() const;

    HistogramData m_data;
};

} // namespace hounsfield::plots
