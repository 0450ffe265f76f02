#include "core/reports/report.h"

#include <unicode/utf8.h>

namespace hounsfield::reports {

CodePoints::CodePoints(std::string_view utf8)
    : m_text(utf8)
{
    const auto length = static_cast<std::int32_t>(m_text.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(m_text.data());
    for (std::int32_t i = 0; i < length;) {
        m_starts.push_back(static_cast<std::size_t>(i));
        const std::int32_t start = i;
        UChar32 point = 0;
        U8_NEXT(bytes, i, length, point);
        if (point < 0) {
            point = 0xFFFD;
            i = start + 1;
        }
        m_points.push_back(static_cast<char32_t>(point));
    }
    m_starts.push_back(m_text.size());
}

std::string CodePoints::slice(Span span) const
{
    const std::size_t begin = m_starts[static_cast<std::size_t>(span.begin)];
    return m_text.substr(begin, m_starts[static_cast<std::size_t>(span.end)] - begin);
}

} // namespace hounsfield::reports
