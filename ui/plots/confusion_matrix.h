#pragma once

#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

namespace hounsfield::plots {

/// Counts of cases by their label (row) and what the model said (column).
struct ConfusionData {
    QStringList classes;
    std::vector<std::vector<std::int64_t>> counts; ///< [label][said], square
    bool operator==(const ConfusionData&) const = default;
};

/// A confusion matrix whose cells open their cases, by click or by arrows and Enter. Each cell shows its count and its
/// share of the row; the diagonal is outlined, so that right and wrong are not told by colour alone.
class ConfusionMatrix : public QWidget {
    Q_OBJECT
  public:
    struct Cell {
        int label = 0;
        int said = 0;
        bool operator==(const Cell&) const = default;
    };

    explicit ConfusionMatrix(QWidget* parent = nullptr);

    void setData(const ConfusionData& data);
    Cell current() const { return m_current; }
    QString cellText(Cell cell) const; ///< "Label normal, model said pneumonia. Cases: 12 (8.0 % of the row)"
    QRectF cellRect(Cell cell) const;  ///< in the widget, for tests and tools
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    void cellActivated(int label, int said);

  protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void leaveEvent(QEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void focusInEvent(QFocusEvent*) override;
    void focusOutEvent(QFocusEvent*) override;

  private:
    QRectF grid() const;
    std::optional<Cell> cellAt(const QPointF& position) const;
    double shareOf(Cell cell) const;
    void moveTo(Cell cell);
    void drawCell(QPainter& painter, Cell cell) const;
    void drawNames(QPainter& painter, const QRectF& grid) const;

    ConfusionData m_data;
    Cell m_current;
    std::optional<Cell> m_hovered;
};

} // namespace hounsfield::plots
