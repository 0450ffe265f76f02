#include "core/base/csv.h"
#include "core/files/formats.h"
#include "core/reports/exchange_formats.h"
#include "core/reports/table_formats.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <list>

namespace hounsfield::reports {

namespace {

// A row a thing that is said of a document: its text, a label, a part, a fact, a span (an annotation) or a relation.
// Several pieces have several borders: "0;9" and "5;12". Attributes are "side=left;status=absent".
constexpr std::array<const char*, 11> columns{
    "document", "kind", "id", "label", "begin", "end", "text", "attributes", "note", "from", "to"};
enum Column : std::size_t { Name, Kind, Id, Label, Begin, End, Words, Attributes, Note, From, To };
constexpr std::array<std::array<std::string_view, 3>, 11> otherNames{
    {{"document_id", "doc", "report"}, {}, {}, {"type", "tag", ""}, {"start", "start_offset", ""},
        {"stop", "end_offset", ""}, {"surface", "words", ""}, {}, {"comment", "", ""}, {}, {}}};

using Row = std::array<std::string, columns.size()>;

bool looksNeutralised(std::string_view cell)
{
    const std::size_t first = cell.find_first_not_of('\'');
    return cell.starts_with('\'') && first != std::string_view::npos
           && std::string_view("=+-@\t").find(cell[first]) != std::string_view::npos;
}

// A cell that a spreadsheet would take for a formula gets an apostrophe; reading takes one away again.
std::string cellOf(const std::string& value)
{
    return csvCell(looksNeutralised(value) ? "'" + value : value);
}

std::string valueOf(const std::string& cell)
{
    return looksNeutralised(cell) ? cell.substr(1) : cell;
}

std::string written(const std::map<std::string, std::string>& attributes)
{
    const auto escaped = [](const std::string& words) {
        std::string all;
        for (const char c : words)
            all += (std::string_view("\\=;").find(c) == std::string_view::npos ? "" : "\\") + std::string(1, c);
        return all;
    };
    std::string all;
    for (const auto& [name, value] : attributes)
        all += (all.empty() ? "" : ";") + escaped(name) + "=" + escaped(value);
    return all;
}

std::map<std::string, std::string> attributesOf(const std::string& cell)
{
    std::map<std::string, std::string> attributes;
    std::string name, words;
    bool hasName = false;
    const auto finish = [&] {
        if (hasName)
            attributes[name] = words;
        else if (!words.empty())
            attributes[words] = "true";
        name = words = {};
        hasName = false;
    };
    for (std::size_t i = 0; i < cell.size(); ++i)
        if (cell[i] == '\\' && i + 1 < cell.size())
            words += cell[++i];
        else if (cell[i] == ';')
            finish();
        else if (cell[i] == '=' && !hasName) {
            name = std::exchange(words, {});
            hasName = true;
        } else
            words += cell[i];
    finish();
    return attributes;
}

/// Numbers between semicolons; −1 for what is none.
std::vector<std::int64_t> numbersOf(std::string_view cell)
{
    std::vector<std::int64_t> numbers;
    for (std::size_t at = 0; at <= cell.size();) {
        const std::size_t end = std::min(cell.find(';', at), cell.size());
        std::int64_t number = -1;
        const auto [stop, problem] = std::from_chars(cell.data() + at, cell.data() + end, number);
        numbers.push_back(problem == std::errc() && stop == cell.data() + end ? number : -1);
        at = end + 1;
    }
    return numbers;
}

std::vector<Span> piecesOf(const Row& row)
{
    const auto begins = numbersOf(row[Begin]), ends = numbersOf(row[End]);
    std::vector<Span> pieces;
    for (std::size_t i = 0; i < begins.size() && begins.size() == ends.size(); ++i)
        pieces.push_back({begins[i], ends[i]});
    return pieces;
}

/// A file, and where our columns stand in it.
struct PlacedTable {
    std::string name;
    Table table;
    std::array<std::optional<std::size_t>, columns.size()> places;
};

// Rows are taken apart one by one: a table may have a million of them.
Row rowOf(const PlacedTable& from, const Table::Row& cells)
{
    Row row;
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (from.places[i])
            row[i] = valueOf(cells.cells[*from.places[i]]);
    if (row[Kind].empty())
        row[Kind] = !row[Begin].empty() ? "span" : !row[From].empty() ? "relation" : "text";
    return row;
}

class CsvReader {
  public:
    CsvReader(const std::vector<PlacedTable>& tables, Importer& importer)
        : m_tables(tables)
        , m_importer(importer)
    {
    }

    // Texts may stand behind their annotations, or in another file; relations speak of annotations.
    void run()
    {
        forEachRow([this](const std::string& where, const Row& row) {
            if (row[Kind] == "text")
                m_drafts.emplace_back(m_importer, where, row[Words]).document.id = row[Name];
        });
        for (Draft& draft : m_drafts)
            m_current.try_emplace(draft.document.id, &draft);
        takeRows([](const Row& row) { return row[Kind] == "span"; });
        takeRows([](const Row& row) { return row[Kind] != "span"; });
        for (Draft& draft : m_drafts)
            draft.finish();
    }

  private:
    template <typename Take> void forEachRow(const Take& take) const
    {
        for (const PlacedTable& from : m_tables)
            for (const Table::Row& cells : from.table.rows)
                take(from.name + ":" + std::to_string(cells.number), rowOf(from, cells));
    }

    template <typename IsMeant> void takeRows(const IsMeant& isMeant)
    {
        auto next = m_drafts.begin();
        forEachRow([&](const std::string& where, const Row& row) {
            if (row[Kind] == "text")
                m_current[row[Name]] = &*next++;
            else if (isMeant(row))
                take(where, row);
        });
    }

    void take(const std::string& where, const Row& row)
    {
        const auto found = m_current.find(row[Name]);
        if (found == m_current.end())
            return m_importer.leftOut(
                where, text("reports", "There is no text of the document %1; the row is left out.").with(row[Name]));
        Draft& draft = *found->second;
        const std::string called = "(" + where + ")";
        if (row[Kind] == "span")
            draft.add(Annotation{row[Id], row[Label], piecesOf(row), row[Words], attributesOf(row[Attributes]),
                          row[Note], true},
                called);
        else if (row[Kind] == "relation")
            draft.add(Relation{row[Id], row[Label], row[From], row[To]}, called);
        else if (row[Kind] == "label")
            draft.document.labels.push_back(row[Label]);
        else if (row[Kind] == "fact")
            draft.document.facts[row[Label]] = row[Words];
        else if (row[Kind] == "part")
            takePart(draft, row, where);
        else
            m_importer.leftOut(
                where, text("reports", "There are no rows of the kind %1; it is left out.").with(row[Kind]));
    }

    void takePart(Draft& draft, const Row& row, const std::string& where)
    {
        auto& parts = draft.document.parts;
        const auto pieces = piecesOf(row);
        const std::int64_t before = parts.empty() ? 0 : parts.back().span.end;
        if (pieces.size() == 1 && pieces[0].begin >= before && pieces[0].end >= pieces[0].begin
            && pieces[0].end <= draft.points().size())
            parts.push_back({row[Label], pieces[0]});
        else
            m_importer.leftOut(where, text("reports", "The part lies outside of its text; it is left out."));
    }

    const std::vector<PlacedTable>& m_tables;
    Importer& m_importer;
    std::list<Draft> m_drafts;
    std::map<std::string, Draft*> m_current; ///< of documents with one name, the one whose text stands above
};

/// Where our columns stand in a table.
std::array<std::optional<std::size_t>, columns.size()> placesOf(const Table& table)
{
    std::array<std::optional<std::size_t>, columns.size()> places;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        places[i] = table.column(columns[i]);
        for (const std::string_view name : otherNames[i])
            if (!places[i] && !name.empty())
                places[i] = table.column(name);
    }
    if (!places[Name]) // a table of texts and their ids
        places[Name] = std::exchange(places[Id], std::nullopt);
    return places;
}

Result<PlacedTable> readFile(const ExchangeFile& file, Importer& importer, const Monitor& monitor)
{
    const TableText from{TRY(decodeText(file.bytes, file.name)), file.name};
    importer.noteBroken(file.name, from.decoded);
    Table table = TRY(parseCsvTable(from, monitor));
    const auto places = placesOf(table);
    if (!places[Name] || !(places[Words] || places[Begin]))
        return badInput(
            text("reports", "The table has no columns called document and text, or document, begin and end."),
            file.name);
    for (const Problem& problem : table.problems)
        importer.leftOut(file.name + ":" + std::to_string(problem.row), problem.error.what);
    return PlacedTable{file.name, std::move(table), places};
}

Result<void> read(const std::vector<ExchangeFile>& files, Importer& importer, const Monitor& monitor)
{
    std::vector<PlacedTable> tables;
    for (const ExchangeFile& file : files) {
        TRY(monitor.at(text("reports", "Reading annotations"),
            static_cast<double>(tables.size()) / static_cast<double>(files.size())));
        auto table = readFile(file, importer, monitor.part(0, 1));
        if (!table && (files.size() == 1 || table.error().kind == Error::Kind::Cancelled))
            return tl::unexpected(table.error());
        if (table)
            tables.push_back(std::move(*table));
        else
            importer.leftOut(file.name, table.error().what);
    }
    CsvReader(tables, importer).run();
    return {};
}

std::string lineOf(const Row& row)
{
    std::string line;
    for (const std::string& value : row)
        line += (&value == row.data() ? "" : ",") + cellOf(value);
    return line + "\n";
}

void addPlace(Row& row, const std::vector<Span>& pieces)
{
    for (const Span& piece : pieces) {
        row[Begin] += (row[Begin].empty() ? "" : ";") + std::to_string(piece.begin);
        row[End] += (row[End].empty() ? "" : ";") + std::to_string(piece.end);
    }
}

std::string linesOf(const Document& document)
{
    std::string lines;
    const auto add = [&](const char* kind, const std::function<void(Row&)>& fill) {
        Row row;
        row[Name] = document.id;
        row[Kind] = kind;
        fill(row);
        lines += lineOf(row);
    };
    add("text", [&](Row& row) { row[Words] = document.text; });
    for (const std::string& label : document.labels)
        add("label", [&](Row& row) { row[Label] = label; });
    for (const Part& part : document.parts)
        add("part", [&](Row& row) {
            row[Label] = part.name;
            addPlace(row, {part.span});
        });
    for (const auto& [name, value] : document.facts)
        add("fact", [&](Row& row) { std::tie(row[Label], row[Words]) = std::tie(name, value); });
    for (const Annotation& span : document.spans)
        add("span", [&](Row& row) {
            std::tie(row[Id], row[Label], row[Words], row[Note]) =
                std::tie(span.id, span.label, span.surface, span.note);
            addPlace(row, span.pieces);
            row[Attributes] = written(span.attributes);
        });
    for (const Relation& relation : document.relations)
        add("relation", [&](Row& row) {
            std::tie(row[Id], row[Label], row[From], row[To]) =
                std::tie(relation.id, relation.type, relation.from, relation.to);
        });
    return lines;
}

// Reading takes the apostrophe away; whoever counts offsets in such a cell by another program must know of it.
void fit(std::vector<Document>& documents, Tally& tally)
{
    for (const Document& document : documents) {
        const std::string cell = cellOf(document.text);
        const bool hasMark = cell.substr(cell.starts_with('"') ? 1 : 0, 1) == "'";
        const bool isOwn = document.text.starts_with('\'') && !looksNeutralised(document.text);
        tally.add(text("reports",
                      "Texts after an apostrophe, lest spreadsheets take them for formulas; offsets do not count it"),
            hasMark && !isOwn ? 1 : 0);
    }
}

std::vector<ExchangeFile> write(std::span<const Document> documents)
{
    Row heading;
    std::ranges::copy(columns, heading.begin());
    ExchangeFile file{{}, lineOf(heading)};
    for (const Document& document : documents)
        file.bytes += linesOf(document);
    return {file};
}

} // namespace

ExchangeFormat csvFormat()
{
    ExchangeFormat format;
    format.name = "csv";
    format.summary = text("reports", "A table with a row for each annotation, and one for each text");
    format.endings = {".csv", ".tsv"};
    format.holds.parts = true;
    format.read = read;
    format.fit = fit;
    format.write = write;
    return format;
}

} // namespace hounsfield::reports
