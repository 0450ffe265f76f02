#pragma once

#include <QColor>
#include <QTextEdit>

#include "ui/reports/text_positions.h"

#include <vector>

namespace hounsfield::reporting {

/// Words of the report with a line beneath them: solid where a person has confirmed them, dashed for a suggestion.
struct MarkedWords {
    std::vector<reports::Span> pieces;
    QColor colour;
    QString tip;
    bool isConfirmed = false;
    bool isChosen = false;
    reports::Span trigger; ///< the words that set the status; framed while the annotation is chosen
    bool operator==(const MarkedWords&) const = default;
};

/// A shade behind some words: how much they speak for (or against) something.
struct ShadedWords {
    reports::Span span;
    double strength = 0; ///< −1 … 1
    bool operator==(const ShadedWords&) const = default;
};

/// The text of a report, read only, with stacked lines beneath its annotations (overlaps and several pieces stay
/// readable) and shades of evidence behind its words.
class ReportText : public QTextEdit {
    Q_OBJECT
  public:
    explicit ReportText(QWidget* parent = nullptr);

    void setReport(const std::string& utf8); ///< the same text again keeps selection and scrolling
    void setMarks(std::vector<MarkedWords> marks);
    void setShades(std::vector<ShadedWords> shades);
    /// Scrolls to a stretch and shows it for a moment as found.
    void reveal(reports::Span span);
    /// What the user has selected, in code points; empty: nothing.
    reports::Span selection() const;
    void clearSelection();
    /// How many lines lie above each other at most: 1 without overlaps.
    int levelsShown() const;

  signals:
    void markClicked(int mark); ///< its index

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

  private:
    struct Stroke {
        QLineF line;
        int mark = 0, level = 0;
    };
    std::vector<Stroke> strokes() const;
    void strokesOf(int mark, reports::Span piece, int level, std::vector<Stroke>& all) const;
    std::vector<int> markedAt(const QPoint& point) const;
    void layLevels();
    void applyFormats();

    std::string m_text;
    TextPositions m_positions;
    std::vector<MarkedWords> m_marks;
    std::vector<int> m_levels; ///< of each mark
    std::vector<ShadedWords> m_shades;
    reports::Span m_revealed;
};

} // namespace hounsfield::reporting
