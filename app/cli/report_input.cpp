#include "app/cli/report_input.h"

#include "core/base/atomic_file.h"

#include <optional>

namespace hounsfield::cli {

namespace {

std::vector<std::string> partsOf(const std::string& names)
{
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < names.size();) {
        const std::size_t comma = std::min(names.find(',', at), names.size());
        parts.push_back(names.substr(at, comma - at));
        at = comma + 1;
    }
    return parts;
}

Result<std::vector<std::size_t>> textColumns(const Csv& table, const std::string& file, const std::string& names)
{
    std::vector<std::size_t> columns;
    for (const std::string& name : partsOf(names)) {
        const auto column = table.column(name);
        if (!column)
            return badInput(text("cli", "The table has no column \"%1\".").with(name), file);
        columns.push_back(*column);
    }
    if (!columns.empty())
        return columns;
    for (const char* name : {"findings", "impression"})
        if (const auto column = table.column(name))
            columns.push_back(*column);
    if (const auto column = table.column("text"); column && columns.empty())
        columns.push_back(*column);
    if (columns.empty())
        return badInput(text("cli", "The table has no column findings, impression or text."), file,
            text("cli", "Name the columns of the text with --text."));
    return columns;
}

} // namespace

Result<Csv> tableOf(const std::string& file)
{
    const std::string bytes = TRY(readFile(file));
    return parseCsv(bytes, file);
}

Result<std::vector<reports::Report>> reportsOf(const std::string& file, const std::string& columns)
{
    const Csv table = TRY(tableOf(file));
    const auto texts = TRY(textColumns(table, file, columns));
    const auto id = table.column("id");
    std::vector<reports::Report> all;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        reports::Report report;
        report.id = id ? table.rows[row][*id] : std::to_string(row + 1);
        for (const std::size_t column : texts)
            report.columns.push_back({table.columns[column], table.rows[row][column]});
        all.push_back(std::move(report));
    }
    return all;
}

Result<reports::RuleSet> rulesOf(const std::string& file)
{
    const reports::RuleSet& shipped = reports::RuleSet::shipped();
    return file.empty() ? Result<reports::RuleSet>(shipped) : shipped.withFile(file);
}

} // namespace hounsfield::cli
