#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hounsfield::reports {

/// A stretch of a text in Unicode code points, end exclusive: the offsets of every border of this room.
struct Span {
    std::int64_t begin = 0, end = 0;
    bool operator==(const Span&) const = default;
    std::int64_t size() const { return end - begin; }
};

/// One part of a report as it was given: "findings", or "text" where there is only one. Never changed after import.
struct Column {
    std::string name;
    std::string text; ///< UTF-8
};

struct Report {
    std::string id;
    std::string patient;   ///< PatientID; empty: unknown
    std::string accession; ///< AccessionNumber; empty: unknown
    std::vector<Column> columns;
};

/// A UTF-8 text addressed by code points. Bytes that are no UTF-8 count as one code point each, U+FFFD.
class CodePoints {
  public:
    explicit CodePoints(std::string_view utf8);

    std::int64_t size() const { return static_cast<std::int64_t>(m_points.size()); }
    char32_t operator[](std::int64_t i) const { return m_points[static_cast<std::size_t>(i)]; }
    /// The bytes of a stretch, as they stand in the text.
    std::string slice(Span span) const;

  private:
    std::string m_text;
    std::u32string m_points;
    std::vector<std::size_t> m_starts; ///< first byte of each code point, and the end
};

} // namespace hounsfield::reports
