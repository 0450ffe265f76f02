#include "core/reports/table.h"

#include "core/base/atomic_file.h"
#include "core/files/formats.h"
#include "core/files/reader_client.h"
#include "core/reports/table_formats.h"

#include <algorithm>
#include <array>
#include <fstream>

namespace hounsfield::reports {

namespace {

constexpr std::int64_t mostBytes = std::int64_t{1} << 30;
constexpr std::int64_t mostCells = 50'000'000;

/// One format: a row of `formats`.
struct FormatRow {
    std::string_view endings; ///< of names, in lower case
    char start;               ///< first sign of a text whose name says nothing; 0: any
    Result<Table> (*parse)(const TableText&, const Monitor&);
};
constexpr FormatRow formats[] = {
    {".csv .tsv .tab", '\0', parseCsvTable},
    {".jsonl .ndjson", '{', parseJsonLines},
    {".xml", '<', parseReportXml},
    {".txt .text", '\0', parsePlainText},
};
constexpr std::string_view officeEndings = ".xlsx .xls .ods .docx .doc .odt .rtf .pdf .html .htm";

std::string endingOf(const std::string& name)
{
    return files::lowerCase(std::filesystem::path(name).extension().string());
}

bool isAmong(const std::string& ending, std::string_view endings)
{
    return !ending.empty() && (' ' + std::string(endings) + ' ').find(' ' + ending + ' ') != std::string::npos;
}

const FormatRow& formatOf(const TableText& from)
{
    const std::string ending = endingOf(from.name);
    for (const FormatRow& row : formats)
        if (isAmong(ending, row.endings))
            return row;
    const std::size_t first = from.decoded.text.find_first_not_of(" \t\r\n");
    for (const FormatRow& row : formats)
        if (row.start && first != std::string::npos && from.decoded.text[first] == row.start)
            return row;
    return formats[std::size(formats) - 1];
}

Result<void> refuseOffice(const std::string& name)
{
    if (!isAmong(endingOf(name), officeEndings))
        return {};
    return unsupported(text("reports", "Files ending in %1 are not read.").with(endingOf(name)), name,
        text("reports", "Save a table as CSV or a text as TXT, in UTF-8, and choose that."));
}

/// The one file that an archive holds.
Result<Table> readPacked(files::ReaderPool* readers, const std::filesystem::path& path, const Monitor& monitor)
{
    if (!readers)
        return unsupported(text("reports", "The file is packed, and nothing is here to unpack it."), path.string(),
            text("reports", "Unpack it first."));
    const auto names = TRY(readers->listArchive(path, monitor));
    if (names.size() != 1)
        return badInput(text("reports", "The archive holds %1 files, not one table.").with(names.size()), path.string(),
            text("reports", "Unpack it and choose one of them."));
    TRY(refuseOffice(names.front()));
    auto bytes = TRY(readers->readEntry({path, names.front()}, mostBytes));
    return parseTable(std::move(bytes), names.front(), monitor);
}

/// By its ending, or by the four letters behind the preamble (PS3.10 7.1).
bool isDicom(const std::filesystem::path& path)
{
    if (files::lowerCase(path.extension().string()) == ".dcm")
        return true;
    std::array<char, 132> start{};
    std::ifstream file(path, std::ios::binary);
    return file.read(start.data(), start.size()) && std::string_view(start.data() + 128, 4) == "DICM";
}

/// A DICOM SR document as a table of one report.
Result<Table> readStructuredReport(files::ReaderPool* readers, const std::filesystem::path& path)
{
    if (!readers)
        return unsupported(text("reports", "The file is DICOM, and nothing is here to read it."), path.string());
    const files::FileHeader header = TRY(readers->readHeader({path, {}}));
    if (header.kind != files::structuredReport)
        return badInput(text("reports", "The DICOM file is no report: %1.").with(header.kind), path.string(),
            text("reports", "Open images on the page of studies."));
    if (header.reportText.empty())
        return badInput(text("reports", "The structured report holds no words."), path.string());
    const std::string id =
        header.facts.sopInstanceUIDs.empty() ? path.stem().string() : header.facts.sopInstanceUIDs.front();
    Table table;
    table.header = {"id", "PatientID", "AccessionNumber", "text"};
    table.rows.push_back({1, {id, header.facts.patientID, header.facts.accessionNumber, header.reportText}});
    return table;
}

} // namespace

std::optional<std::size_t> Table::column(std::string_view name) const
{
    auto found = std::ranges::find(header, name);
    if (found == header.end())
        found = std::ranges::find(header, files::lowerCase(name), files::lowerCase);
    return found == header.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - header.begin()));
}

Result<Table> readTable(files::ReaderPool* readers, const std::filesystem::path& path, const Monitor& monitor)
{
    TRY(monitor.at(text("reports", "Reading the file"), 0));
    TRY(refuseOffice(path.string()));
    if (isDicom(path))
        return readStructuredReport(readers, path);
    auto bytes = TRY(readFile(path, mostBytes));
    const auto start = std::as_bytes(std::span(bytes)).first(std::min<std::size_t>(bytes.size(), 512));
    if (files::isArchiveStart(start, path.filename().string()))
        return readPacked(readers, path, monitor);
    return parseTable(std::move(bytes), path.string(), monitor);
}

Result<Table> parseTable(std::string bytes, const std::string& name, const Monitor& monitor)
{
    const TableText from{TRY(decodeText(std::move(bytes), name)), name};
    Table table = TRY(formatOf(from).parse(from, monitor));
    table.encoding = from.decoded.encoding;
    if (table.rows.empty() && table.problems.empty())
        return badInput(text("reports", "The table has a heading but no rows."), name,
            text("reports", "Choose a table with one report a row."));
    return table;
}

Problem rowProblem(const TableText& from, std::int64_t row, Text what, Text advice)
{
    return {row, {Error::Kind::BadInput, std::move(what), from.name + ":" + std::to_string(row), std::move(advice)}};
}

void noteBroken(Table& table, const TableText& from, std::int64_t row, std::size_t begin, std::size_t end)
{
    const auto& broken = from.decoded.broken;
    const auto count = std::ranges::lower_bound(broken, end) - std::ranges::lower_bound(broken, begin);
    if (count > 0)
        table.problems.push_back(rowProblem(from, row,
            text("reports", "%1 characters are not %2; a \uFFFD stands for each.")
                .with(count, nameOf(from.decoded.encoding)),
            text("reports", "Save the file again as UTF-8 if they matter.")));
}

Result<void> checkCells(std::int64_t cells, const TableText& from)
{
    if (cells > mostCells)
        return badInput(text("reports", "The table holds more than %1 cells.").with(mostCells), from.name,
            text("reports", "Split it into several files."));
    return {};
}

Result<void> GrowingTable::startRow(std::int64_t number)
{
    table.rows.push_back({number, {}});
    return checkCells(static_cast<std::int64_t>(table.rows.size() * table.header.size()), m_from);
}

void GrowingTable::fill(const std::string& name, const std::string& value, std::string_view joint)
{
    const auto [place, isNew] = m_places.try_emplace(name, table.header.size());
    if (isNew)
        table.header.push_back(name);
    auto& cells = table.rows.back().cells;
    cells.resize(std::max(cells.size(), place->second + 1));
    std::string& cell = cells[place->second];
    if (!cell.empty() && !value.empty())
        cell += joint;
    cell += value;
}

Table GrowingTable::finished() &&
{
    for (Table::Row& row : table.rows)
        row.cells.resize(table.header.size());
    return std::move(table);
}

Result<Table> parsePlainText(const TableText& from, const Monitor&)
{
    GrowingTable growing(from);
    noteBroken(growing.table, from, 1, 0, from.decoded.text.size());
    TRY(growing.startRow(1));
    growing.fill("id", std::filesystem::path(from.name).stem().string());
    growing.fill("text", from.decoded.text);
    return std::move(growing).finished();
}

} // namespace hounsfield::reports
