#include "core/reports/report_table.h"

#include "core/reports/sections.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <unordered_set>

namespace hounsfield::reports {

namespace {

constexpr std::size_t previewRows = 20, rowsWeighed = 1000;

/// Where in a row what stands.
struct Places {
    std::vector<std::size_t> texts;
    std::optional<std::size_t> id, patient, accession;
};

std::string listed(const std::vector<std::string>& names)
{
    std::string all;
    for (const std::string& name : names)
        all += (all.empty() ? "" : ", ") + name;
    return all;
}

std::optional<std::size_t> firstOf(const Table& table, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names)
        if (const auto column = table.column(name))
            return column;
    return std::nullopt;
}

Result<std::size_t> columnNamed(const Table& table, const std::string& name, const std::string& where)
{
    if (const auto column = table.column(name))
        return *column;
    return badInput(text("reports", "The table has no column %1; it has %2.").with(name, listed(table.header)), where,
        text("reports", "Choose one of these."));
}

std::size_t longestColumn(const Table& table)
{
    std::vector<std::size_t> bytes(table.header.size());
    for (std::size_t row = 0; row < std::min(table.rows.size(), rowsWeighed); ++row)
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] += table.rows[row].cells[i].size();
    return static_cast<std::size_t>(std::ranges::max_element(bytes) - bytes.begin());
}

std::vector<std::size_t> chosenColumns(const Table& table)
{
    std::vector<std::size_t> columns;
    for (const SectionKind kind : {SectionKind::Findings, SectionKind::Impression}) {
        const auto found = std::ranges::find(table.header, kind, sectionKindOf);
        if (found != table.header.end())
            columns.push_back(static_cast<std::size_t>(found - table.header.begin()));
    }
    if (columns.empty())
        columns.push_back(table.column("text").value_or(longestColumn(table)));
    return columns;
}

Result<Places> placesOf(const Table& table, const TableRequest& request)
{
    const std::string where = request.path.string();
    Places places;
    if (request.columns.empty())
        places.texts = chosenColumns(table);
    for (const std::string& name : request.columns)
        places.texts.push_back(TRY(columnNamed(table, name, where)));
    places.id = request.idColumn.empty() ? firstOf(table, {"id", "uid"})
                                         : std::optional(TRY(columnNamed(table, request.idColumn, where)));
    places.patient = firstOf(table, {"PatientID", "patient_id", "patient"});
    places.accession = firstOf(table, {"AccessionNumber", "accession_number", "accession"});
    return places;
}

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

Report reportOf(const Table& table, const Table::Row& row, const Places& places)
{
    const auto cell = [&row](std::optional<std::size_t> place) { return place ? row.cells[*place] : std::string(); };
    Report report{
        places.id ? cell(places.id) : std::to_string(row.number), cell(places.patient), cell(places.accession), {}};
    for (const std::size_t place : places.texts)
        report.columns.push_back({table.header[place], row.cells[place]});
    return report;
}

/// Why a row is no report, and what helps.
std::optional<Error> fault(const Report& report, const std::unordered_set<std::string>& ids)
{
    constexpr auto bad = Error::Kind::BadInput;
    if (isBlank(report.id))
        return Error{bad, text("reports", "The row has no id; it is left out."), {},
            text("reports", "Fill it in, or choose another column for ids.")};
    if (ids.contains(report.id))
        return Error{bad, text("reports", "The id %1 was there before; the row is left out.").with(report.id), {},
            text("reports", "Give each report an id of its own, or choose another column for ids.")};
    if (std::ranges::all_of(report.columns, isBlank, &Column::text))
        return Error{bad,
            text("reports", "The row has no text in %1; it is left out.").with(report.columns.front().name), {},
            text("reports", "Choose another column if the text stands elsewhere.")};
    return std::nullopt;
}

} // namespace

Result<ReportTable> readReports(files::ReaderPool* readers, const TableRequest& request, const Monitor& monitor)
{
    Table table = TRY(readTable(readers, request.path, monitor));
    const Places places = TRY(placesOf(table, request));
    ReportTable result{table.header, {}, std::move(table.problems)};
    std::unordered_set<std::string> ids;
    for (const Table::Row& row : table.rows) {
        Report report = reportOf(table, row, places);
        if (auto error = fault(report, ids)) {
            error->where = request.path.string() + ":" + std::to_string(row.number);
            result.problems.push_back({row.number, std::move(*error)});
            continue;
        }
        ids.insert(report.id);
        result.reports.push_back(std::move(report));
    }
    std::ranges::stable_sort(result.problems, {}, &Problem::row);
    return result;
}

Result<Preview> previewReports(files::ReaderPool* readers, const TableRequest& request, const Monitor& monitor)
{
    Table table = TRY(readTable(readers, request.path, monitor));
    const Places places = TRY(placesOf(table, request));
    Preview preview;
    preview.rowCount = static_cast<std::int64_t>(table.rows.size());
    preview.problemCount = static_cast<std::int64_t>(table.problems.size());
    preview.encoding = table.encoding;
    for (const std::size_t place : places.texts)
        preview.columns.push_back(table.header[place]);
    if (places.id)
        preview.idColumn = table.header[*places.id];
    table.rows.resize(std::min(table.rows.size(), previewRows));
    preview.rows = std::move(table.rows);
    preview.header = std::move(table.header);
    return preview;
}

Result<Report> pastedReport(std::string_view pasted, const std::string& id)
{
    if (isBlank(pasted))
        return badInput(text("reports", "The pasted text is empty."), {},
            text("reports", "Copy a report and paste it again."));
    return Report{id, {}, {}, {{"text", std::string(pasted)}}};
}

} // namespace hounsfield::reports
