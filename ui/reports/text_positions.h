#pragma once

#include <QString>

#include "core/reports/report.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hounsfield::reporting {

/// A report's text as a text widget shows it, and where its code points stand there. The only place where positions of
/// QString and offsets of reports meet: code points above U+FFFF take two positions, CR LF takes one.
class TextPositions {
  public:
    explicit TextPositions(const std::string& utf8 = {});

    const QString& shown() const { return m_shown; } ///< what QTextDocument keeps unchanged
    std::int64_t size() const { return static_cast<std::int64_t>(m_positions.size()) - 1; } ///< in code points
    int positionOf(std::int64_t codePoint) const;
    std::int64_t codePointAt(int position) const; ///< of the code point that covers the position
    /// Of a selection [from, to) of positions; grows to whole code points.
    reports::Span spanOf(int from, int to) const;

  private:
    QString m_shown;
    std::vector<int> m_positions; ///< of each code point and the end
};

} // namespace hounsfield::reporting
