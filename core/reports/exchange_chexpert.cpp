#include "core/base/csv.h"
#include "core/files/formats.h"
#include "core/reports/exchange_formats.h"
#include "core/reports/finding_rules.h"
#include "core/reports/table_formats.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace hounsfield::reports {

namespace {

// The labels and their order are those of the CheXpert labeler (Irvin et al. 2019, github.com/stanfordmlgroup/
// chexpert-labeler): 1 present, 0 absent, -1 uncertain, blank not mentioned. What is present in one place is present,
// what is uncertain in one is so before it is absent.
constexpr std::array<std::string_view, 14> labels{"No Finding", "Enlarged Cardiomediastinum", "Cardiomegaly",
    "Lung Lesion", "Lung Opacity", "Edema", "Consolidation", "Pneumonia", "Atelectasis", "Pneumothorax",
    "Pleural Effusion", "Pleural Other", "Fracture", "Support Devices"};
constexpr std::size_t noFinding = 0, supportDevices = 13;
constexpr std::array<std::string_view, 3> values{"1", "-1", "0"}; ///< the first one that is said counts

using Values = std::array<std::string_view, labels.size()>; ///< empty: not mentioned

std::optional<std::size_t> placeOf(std::string_view name)
{
    std::string plain = files::lowerCase(name);
    std::ranges::replace(plain, '_', ' ');
    for (std::size_t i = 0; i < labels.size(); ++i)
        if (files::lowerCase(labels[i]) == plain)
            return i;
    return std::nullopt;
}

/// The value of a status; empty for what was or might be (historical, hypothetical, of the family).
std::string_view valueOf(std::string_view status)
{
    if (status.empty() || status == nameOf(Status::Present))
        return "1";
    return status == nameOf(Status::Absent) ? "0" : status == nameOf(Status::Uncertain) ? "-1" : "";
}

void say(Values& row, std::string_view label, std::string_view value)
{
    const auto place = placeOf(label);
    const auto rank = [](std::string_view said) { return std::ranges::find(values, said); };
    if (place && rank(value) < rank(row[*place]))
        row[*place] = *rank(value);
}

/// What a person said of a document, whole or in its words.
Values confirmed(const Document& document)
{
    Values row{};
    for (const std::string& label : document.labels)
        say(row, label, "1");
    for (const Annotation& span : document.spans) {
        const auto status = span.attributes.find("status");
        say(row, span.label, valueOf(status == span.attributes.end() ? "" : status->second));
    }
    for (const auto& [name, value] : document.facts)
        say(row, name, value);
    return row;
}

/// What the rules find. There is no finding where nothing but devices is present or may be.
Values found(const Document& document)
{
    Values row{};
    for (const Finding& finding : readFindings(reportOf(document), RuleSet::shipped()))
        say(row, finding.label, valueOf(nameOf(finding.status)));
    bool isClear = true;
    for (std::size_t i = 0; i < labels.size(); ++i)
        isClear = isClear && (i == noFinding || i == supportDevices || (row[i] != "1" && row[i] != "-1"));
    row[noFinding] = isClear ? "1" : "";
    return row;
}

bool isBlank(const Values& row)
{
    return std::ranges::all_of(row, &std::string_view::empty);
}

std::vector<ExchangeFile> write(std::span<const Document> documents)
{
    ExchangeFile file{{}, "id"};
    for (const std::string_view label : labels)
        file.bytes += "," + std::string(label);
    file.bytes += ",source\n";
    for (const Document& document : documents) {
        Values row = confirmed(document);
        const bool isByRules = isBlank(row);
        if (isByRules)
            row = found(document);
        file.bytes += csvCell(document.id);
        for (const std::string_view value : row)
            file.bytes += "," + std::string(value);
        file.bytes += isByRules ? ",rules\n" : ",person\n";
    }
    return {file};
}

template <typename Container, typename IsLost>
void count(const Container& all, Tally& tally, const Text& what, const IsLost& isLost)
{
    tally.add(what, std::ranges::count_if(all, isLost));
}

// Nothing is taken away: what the words say makes the labels of the whole.
void fit(std::vector<Document>& documents, Tally& tally)
{
    const auto all = [](const auto&) { return true; };
    tally.add(text("reports", "Texts"), static_cast<std::int64_t>(documents.size()));
    for (const Document& document : documents) {
        count(document.spans, tally, text("reports", "Annotations of words, but for what they say of the whole"), all);
        count(document.relations, tally, text("reports", "Relations"), all);
        count(document.parts, tally, text("reports", "Names of parts of documents"), all);
        count(document.labels, tally, text("reports", "Labels that are none of the fourteen"),
            [](const std::string& label) { return !placeOf(label); });
        count(document.facts, tally, text("reports", "Facts of documents, such as the patient"), [](const auto& fact) {
            return !placeOf(fact.first) || std::ranges::find(values, fact.second) == values.end();
        });
    }
}

std::optional<std::size_t> columnOf(const Table& table, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names)
        if (const auto column = table.column(name))
            return column;
    return std::nullopt;
}

/// "1.0" as "1"; nothing for what is none of the three values.
std::string_view valueIn(const std::string& cell)
{
    char* end = nullptr;
    const double number = std::strtod(cell.c_str(), &end);
    if (cell.empty() || *end != '\0')
        return {};
    return number == 1 ? "1" : number == 0 ? "0" : number == -1 ? "-1" : "";
}

void readRow(const Table& table, const Table::Row& row, Document& document)
{
    for (std::size_t i = 0; i < table.header.size(); ++i) {
        const auto place = placeOf(table.header[i]);
        const std::string_view value = place ? valueIn(row.cells[i]) : std::string_view();
        if (value == "1")
            document.labels.emplace_back(labels[*place]);
        else if (!value.empty())
            document.facts[std::string(labels[*place])] = value;
    }
}

Result<void> readFile(const ExchangeFile& file, const DecodedText& decoded, Importer& importer, const Monitor& monitor)
{
    const Table table = TRY(parseCsvTable({decoded, file.name}, monitor));
    if (std::ranges::none_of(table.header, [](const std::string& name) { return placeOf(name).has_value(); }))
        return badInput(text("reports", "The table has none of the fourteen labels, such as Edema."), file.name);
    for (const Problem& problem : table.problems)
        importer.leftOut(file.name + ":" + std::to_string(problem.row), problem.error.what);
    const auto id = columnOf(table, {"id", "study_id", "Path", "uid"});
    const auto words = columnOf(table, {"Reports", "text"});
    const auto source = columnOf(table, {"source"});
    for (const Table::Row& row : table.rows) {
        const std::string where = file.name + ":" + std::to_string(row.number);
        Document document;
        document.id = id ? row.cells[*id] : importer.nameFor(file, row.number);
        document.text = words ? row.cells[*words] : "";
        if (source && row.cells[*source] == "rules") // our own guesses are no person's labels
            importer.lost(text("reports", "Labels of documents by rules alone"));
        else
            readRow(table, row, document);
        importer.add(std::move(document), where);
    }
    return {};
}

} // namespace

ExchangeFormat chexpertFormat()
{
    ExchangeFormat format;
    format.name = "chexpert";
    format.summary = text("reports", "A table of documents with the fourteen labels of CheXpert: 1, 0, -1 or blank");
    format.endings = {".csv"};
    format.holds.parts = true;
    format.read = [](const auto& files, Importer& importer, const Monitor& monitor) {
        return readEach(files, importer, monitor, readFile);
    };
    format.fit = fit;
    format.write = write;
    return format;
}

} // namespace hounsfield::reports
