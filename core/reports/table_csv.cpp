#include "core/base/csv.h"
#include "core/files/formats.h"
#include "core/reports/table_formats.h"

#include <algorithm>
#include <iterator>

namespace hounsfield::reports {

namespace {

constexpr int mostOpenQuotes = 20; // each is looked for to the end of the table

char separatorFor(const TableText& from)
{
    const std::string name = files::lowerCase(from.name);
    return name.ends_with(".tsv") || name.ends_with(".tab") ? '\t' : csvSeparator(from.decoded.text);
}

// The row whose quotation mark stays open is left out, and reading goes on at the next line.
std::vector<CsvRecord> recordsOf(Table& table, const TableText& from, char separator)
{
    const std::string_view all = from.decoded.text;
    std::vector<CsvRecord> records;
    std::size_t start = 0;
    std::int64_t before = 0; // rows
    for (int opened = 0; start < all.size(); ++opened) {
        CsvRecords part = splitCsv(all.substr(start), separator);
        for (CsvRecord& record : part.records) {
            record.row += before;
            record.offset += start;
        }
        std::ranges::move(part.records, std::back_inserter(records));
        if (!part.open)
            break;
        before += part.open->row;
        const bool isLast = opened + 1 == mostOpenQuotes;
        table.problems.push_back(rowProblem(from, before,
            isLast ? text("reports", "A quotation mark stays open here too; the rest of the table is not read.")
                   : text("reports", "A quotation mark stays open; the row is left out."),
            text("reports", "Close it, or write \"\" for a quotation mark inside a cell.")));
        const std::size_t lineEnd = all.find('\n', start + part.open->offset);
        start = isLast || lineEnd == std::string_view::npos ? all.size() : lineEnd + 1;
    }
    return records;
}

void noteHeader(Table& table, const TableText& from, std::int64_t row)
{
    for (std::size_t i = 0; i < table.header.size(); ++i)
        if (!table.header[i].empty() && *table.column(table.header[i]) < i)
            table.problems.push_back(rowProblem(
                from, row, text("reports", "Two columns are called %1; the first one counts.").with(table.header[i])));
}

} // namespace

Result<Table> parseCsvTable(const TableText& from, const Monitor& monitor)
{
    const std::string_view all = from.decoded.text;
    const char separator = separatorFor(from);
    TRY(checkCells(std::ranges::count(all, separator) + std::ranges::count(all, '\n'), from));
    Table table;
    std::vector<CsvRecord> records = recordsOf(table, from, separator);
    if (records.empty())
        return badInput(text("reports", "The table has no heading that can be read."), from.name,
            text("reports", "Name the columns in its first row."));
    table.header = std::move(records.front().cells);
    noteHeader(table, from, records.front().row);
    for (std::size_t i = 1; i < records.size(); ++i) {
        if (i % 10'000 == 0)
            TRY(monitor.at(text("reports", "Reading the table"), static_cast<double>(i) / records.size()));
        auto& [row, offset, cells] = records[i];
        noteBroken(table, from, row, offset, i + 1 < records.size() ? records[i + 1].offset : all.size());
        if (cells.size() == table.header.size())
            table.rows.push_back({row, std::move(cells)});
        else
            table.problems.push_back(rowProblem(from, row,
                text("reports", "The row has %1 cells, the heading has %2; it is left out.")
                    .with(cells.size(), table.header.size()),
                text("reports", "Put texts that hold a separator between quotation marks.")));
    }
    std::ranges::stable_sort(table.problems, {}, &Problem::row);
    return table;
}

} // namespace hounsfield::reports
