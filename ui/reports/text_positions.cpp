#include "ui/reports/text_positions.h"

#include <algorithm>

namespace hounsfield::reporting {

namespace {

/// QTextDocument reads these as ends of paragraphs or of the text; they are shown as what they look like.
char32_t shownPoint(char32_t point)
{
    switch (point) {
    case U'\r':
    case 0x2029:
        return U'\n';
    case 0:
    case 0xFDD0:
    case 0xFDD1:
        return 0xFFFD;
    default:
        return point;
    }
}

} // namespace

TextPositions::TextPositions(const std::string& utf8)
{
    const reports::CodePoints points(utf8);
    m_positions.reserve(static_cast<std::size_t>(points.size()) + 1);
    for (std::int64_t i = 0; i < points.size(); ++i) {
        m_positions.push_back(static_cast<int>(m_shown.size()));
        const bool isHalfOfLineEnd = points[i] == U'\r' && i + 1 < points.size() && points[i + 1] == U'\n';
        if (isHalfOfLineEnd)
            continue;
        const char32_t point = shownPoint(points[i]);
        m_shown += QString::fromUcs4(&point, 1);
    }
    m_positions.push_back(static_cast<int>(m_shown.size()));
}

int TextPositions::positionOf(std::int64_t codePoint) const
{
    return m_positions[static_cast<std::size_t>(std::clamp<std::int64_t>(codePoint, 0, size()))];
}

std::int64_t TextPositions::codePointAt(int position) const
{
    const auto behind = std::upper_bound(m_positions.begin(), m_positions.end(), position);
    const auto at = std::lower_bound(m_positions.begin(), behind, behind == m_positions.begin() ? 0 : *(behind - 1));
    return at - m_positions.begin();
}

reports::Span TextPositions::spanOf(int from, int to) const
{
    const std::int64_t end = std::lower_bound(m_positions.begin(), m_positions.end(), to) - m_positions.begin();
    return {codePointAt(from), std::min(end, size())};
}

} // namespace hounsfield::reporting
