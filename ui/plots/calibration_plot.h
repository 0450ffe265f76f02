#pragma once

#include <QWidget>

#include "ui/plots/axes.h"

#include <cstdint>

namespace hounsfield::plots {

/// Cases whose probability fell into one bin.
struct CalibrationBin {
    double said = 0;     ///< mean probability the model gave
    double happened = 0; ///< share of them for which it was true
    std::int64_t count = 0;
    bool operator==(const CalibrationBin&) const = default;
};

/// What a calibration plot shows.
struct CalibrationData {
    std::vector<CalibrationBin> bins; ///< ascending; empty bins are left out
    double expectedError = 0;         ///< ECE, 0 … 1
    bool operator==(const CalibrationData&) const = default;
};

/// How often the model was right when it said a probability; on the diagonal the probabilities are honest.
class CalibrationPlot : public QWidget {
    Q_OBJECT
  public:
    explicit CalibrationPlot(QWidget* parent = nullptr);

    void setData(const CalibrationData& data);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent*) override;

  private:
    void writeNames();
    CalibrationData m_data;
};

} // namespace hounsfield::plots
