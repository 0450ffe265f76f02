#include "ui/reports/report_text.h"

#include <QAbstractTextDocumentLayout>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <QToolTip>

#include "ui/shell/theme.h"

#include <algorithm>
#include <numeric>

namespace hounsfield::reporting {

namespace theme = shell::theme;

namespace {

constexpr double strokeStep = 4; ///< pixels between stacked lines
constexpr int lineHeight = 165;  ///< per cent: room for the lines beneath the words

/// Warm for words that speak for it, cold for those against it; the words stay readable on both.
QColor shadeOf(double strength)
{
    QColor colour(strength >= 0 ? theme::warning : theme::accent);
    colour.setAlphaF(static_cast<float>(0.62 * std::min(1.0, std::abs(strength))));
    return colour;
}

bool overlap(reports::Span a, reports::Span b)
{
    return a.begin < b.end && b.begin < a.end;
}

reports::Span extent(const MarkedWords& mark)
{
    return {mark.pieces.front().begin, mark.pieces.back().end};
}

} // namespace

ReportText::ReportText(QWidget* parent)
    : QTextEdit(parent)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    document()->setDocumentMargin(16);
    QFont larger = font();
    larger.setPointSizeF(larger.pointSizeF() * 1.15);
    setFont(larger);
}

void ReportText::setReport(const std::string& utf8)
{
    if (utf8 == m_text && !toPlainText().isEmpty())
        return;
    m_text = utf8;
    m_positions = TextPositions(utf8);
    m_marks.clear();
    m_shades.clear();
    m_revealed = {};
    setPlainText(m_positions.shown());
    QTextCursor all(document());
    all.select(QTextCursor::Document);
    QTextBlockFormat format;
    format.setLineHeight(lineHeight, QTextBlockFormat::ProportionalHeight);
    all.mergeBlockFormat(format);
    verticalScrollBar()->setValue(0);
    applyFormats();
}

void ReportText::setMarks(std::vector<MarkedWords> marks)
{
    if (marks == m_marks)
        return;
    m_marks = std::move(marks);
    layLevels();
    applyFormats();
}

void ReportText::setShades(std::vector<ShadedWords> shades)
{
    if (shades == m_shades)
        return;
    m_shades = std::move(shades);
    applyFormats();
}

/// Each mark takes the first line that no earlier one of those it overlaps has taken; longer ones lie below.
void ReportText::layLevels()
{
    std::vector<std::size_t> order(m_marks.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return extent(m_marks[i]).size(); });
    m_levels.assign(m_marks.size(), 0);
    for (std::size_t i = 0; i < order.size(); ++i) {
        std::vector<int> taken;
        for (std::size_t k = 0; k < i; ++k)
            if (overlap(extent(m_marks[order[i]]), extent(m_marks[order[k]])))
                taken.push_back(m_levels[order[k]]);
        while (std::ranges::count(taken, m_levels[order[i]]))
            ++m_levels[order[i]];
    }
}

int ReportText::levelsShown() const
{
    return m_levels.empty() ? 0 : *std::ranges::max_element(m_levels) + 1;
}

void ReportText::applyFormats()
{
    QList<ExtraSelection> selections;
    const auto add = [&](reports::Span span, const QTextCharFormat& format) {
        if (span.size() <= 0)
            return;
        ExtraSelection selection;
        selection.cursor = QTextCursor(document());
        selection.cursor.setPosition(m_positions.positionOf(span.begin));
        selection.cursor.setPosition(m_positions.positionOf(span.end), QTextCursor::KeepAnchor);
        selection.format = format;
        selections << selection;
    };
    for (const ShadedWords& shade : m_shades) {
        QTextCharFormat format;
        format.setBackground(shadeOf(shade.strength));
        add(shade.span, format);
    }
    for (const MarkedWords& mark : m_marks) {
        if (!mark.isChosen)
            continue;
        QTextCharFormat chosen;
        chosen.setBackground(QColor(theme::selection));
        for (const reports::Span& piece : mark.pieces)
            add(piece, chosen);
        QTextCharFormat trigger;
        trigger.setForeground(QColor(theme::warning));
        trigger.setUnderlineStyle(QTextCharFormat::DotLine);
        trigger.setUnderlineColor(QColor(theme::warning));
        add(mark.trigger, trigger);
    }
    QTextCharFormat found;
    found.setBackground(QColor(0x4a, 0x42, 0x1e));
    add(m_revealed, found);
    setExtraSelections(selections);
    viewport()->update();
}

void ReportText::reveal(reports::Span span)
{
    m_revealed = span;
    QTextCursor cursor(document());
    cursor.setPosition(m_positions.positionOf(span.begin));
    setTextCursor(cursor);
    ensureCursorVisible();
    applyFormats();
}

reports::Span ReportText::selection() const
{
    const QTextCursor cursor = textCursor();
    return cursor.hasSelection() ? m_positions.spanOf(cursor.selectionStart(), cursor.selectionEnd()) : reports::Span{};
}

void ReportText::clearSelection()
{
    QTextCursor cursor = textCursor();
    cursor.clearSelection();
    setTextCursor(cursor);
}

/// The lines of one piece: one a visual line, or more where writing directions meet.
void ReportText::strokesOf(int mark, reports::Span piece, int level, std::vector<Stroke>& all) const
{
    const int begin = m_positions.positionOf(piece.begin);
    const int end = m_positions.positionOf(piece.end);
    const QPointF shift(-horizontalScrollBar()->value(), -verticalScrollBar()->value());
    for (QTextBlock block = document()->findBlock(begin); block.isValid() && block.position() < end;
         block = block.next()) {
        const QPointF corner = document()->documentLayout()->blockBoundingRect(block).topLeft() + shift;
        for (int i = 0; i < block.layout()->lineCount(); ++i) {
            const QTextLine line = block.layout()->lineAt(i);
            const int from = std::max(begin - block.position(), line.textStart());
            const int to = std::min(end - block.position(), line.textStart() + line.textLength());
            const double y = corner.y() + line.y() + line.ascent() + 4 + level * strokeStep;
            double left = 0, right = -1;
            for (int k = from; k < to; ++k) { // letter by letter, for those that are written from the right
                const auto [low, high] = std::minmax({line.cursorToX(k), line.cursorToX(k + 1)});
                if (right >= left && (low > right + 1 || high < left - 1)) {
                    all.push_back({{corner.x() + left, y, corner.x() + right, y}, mark, level});
                    right = -1, left = 0;
                }
                left = right < left ? low : std::min(left, low);
                right = std::max(right, high);
            }
            if (right > left)
                all.push_back({{corner.x() + left, y, corner.x() + right, y}, mark, level});
        }
    }
}

std::vector<ReportText::Stroke> ReportText::strokes() const
{
    std::vector<Stroke> all;
    for (std::size_t i = 0; i < m_marks.size(); ++i)
        for (const reports::Span& piece : m_marks[i].pieces)
            strokesOf(static_cast<int>(i), piece, m_levels[i], all);
    return all;
}

void ReportText::paintEvent(QPaintEvent* event)
{
    QTextEdit::paintEvent(event);
    QPainter painter(viewport());
    for (const Stroke& stroke : strokes()) {
        const MarkedWords& mark = m_marks[static_cast<std::size_t>(stroke.mark)];
        QPen pen(mark.colour, mark.isChosen ? 3 : 2, mark.isConfirmed ? Qt::SolidLine : Qt::DotLine, Qt::FlatCap);
        painter.setPen(pen);
        painter.drawLine(stroke.line);
    }
}

/// Those whose words or lines lie at a point of the viewport, shortest first.
std::vector<int> ReportText::markedAt(const QPoint& point) const
{
    std::vector<int> found;
    for (const Stroke& stroke : strokes())
        if (point.x() >= stroke.line.x1() && point.x() <= stroke.line.x2()
            && point.y() >= stroke.line.y1() - fontMetrics().ascent() - stroke.level * strokeStep - 4
            && point.y() <= stroke.line.y1() + strokeStep)
            found.push_back(stroke.mark);
    std::ranges::stable_sort(found, {}, [&](int i) { return extent(m_marks[static_cast<std::size_t>(i)]).size(); });
    return found;
}

void ReportText::mouseReleaseEvent(QMouseEvent* event)
{
    QTextEdit::mouseReleaseEvent(event);
    if (event->button() != Qt::LeftButton || textCursor().hasSelection())
        return;
    const std::vector<int> found = markedAt(event->pos());
    if (!found.empty())
        emit markClicked(found.front());
}

bool ReportText::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        // A text that can be selected by keys takes every letter for itself; here letters are the page's commands.
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool isSelecting = key->modifiers() & Qt::ShiftModifier && key->text().isEmpty();
        if (!(key->modifiers() & Qt::ControlModifier) && !isSelecting)
            return false;
    }
    if (event->type() != QEvent::ToolTip)
        return QTextEdit::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QStringList tips;
    for (const int mark : markedAt(viewport()->mapFrom(this, help->pos())))
        tips << m_marks[static_cast<std::size_t>(mark)].tip;
    QToolTip::showText(help->globalPos(), tips.join(QLatin1Char('\n')), this);
    return true;
}

} // namespace hounsfield::reporting
