#pragma once

#include "core/reports/table.h"

#include <cstdint>
#include <map>
#include <string>

namespace hounsfield::reports {

/// A text that was decoded, and the file it came from.
struct TableText {
    DecodedText decoded;
    std::string name; ///< of the file, for sentences and endings
};

/// What is wrong with one row of a file, and where that is.
Problem rowProblem(const TableText& from, std::int64_t row, Text what, Text advice = {});
/// Notes the bytes of a row (offsets into the text) that could not be decoded.
void noteBroken(Table& table, const TableText& from, std::int64_t row, std::size_t begin, std::size_t end);

/// A table whose columns are found while its rows are read.
class GrowingTable {
  public:
    explicit GrowingTable(const TableText& from)
        : m_from(from)
    {
    }
    /// Starts a row, and fills its cells; values of a name that comes again are joined.
    Result<void> startRow(std::int64_t number);
    void fill(const std::string& name, const std::string& value, std::string_view joint = "\n\n");
    /// Every row as long as the heading.
    Table finished() &&;

    Table table; ///< its rows are finished at the end

  private:
    const TableText& m_from;
    std::map<std::string, std::size_t> m_places;
};

// One function a format; the rows of `formats` in table.cpp.
Result<Table> parseCsvTable(const TableText& from, const Monitor& monitor);
Result<Table> parseJsonLines(const TableText& from, const Monitor& monitor);
Result<Table> parseReportXml(const TableText& from, const Monitor& monitor);
Result<Table> parsePlainText(const TableText& from, const Monitor& monitor);

/// Errors: BadInput when there are more cells than any table of a person has.
Result<void> checkCells(std::int64_t cells, const TableText& from);

} // namespace hounsfield::reports
