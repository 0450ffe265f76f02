#include "core/files/formats.h"
#include "core/reports/exchange_formats.h"
#include "core/reports/json_text.h"
#include "core/reports/table_formats.h"

#include <algorithm>
#include <array>

namespace hounsfield::reports {

namespace {

// Names of members and columns in doccano's projects and examples (github.com/doccano/doccano).
constexpr std::array<std::string_view, 3> textNames{"text", "data", "column_data"};
constexpr std::array<std::string_view, 4> labelNames{"label", "labels", "column_label", "cats"};
constexpr std::array<std::string_view, 2> entityNames{"entities", "annotations"};
constexpr std::string_view fastTextMark = "__label__";

Text noText()
{
    return text("reports", "There is no text here; the row is left out.");
}

Text notUnderstood()
{
    return text("reports", "The label is not understood; it is left out.");
}

template <std::size_t count> bool isAmong(std::string_view name, const std::array<std::string_view, count>& names)
{
    return std::ranges::find(names, name) != names.end();
}

const Json& firstOf(const Json& object, std::span<const std::string_view> names)
{
    for (const std::string_view name : names)
        if (const Json& value = memberOf(object, name); !value.is_null())
            return value;
    return memberOf(object, names.front());
}

/// What one object says of its text.
class DoccanoReader {
  public:
    explicit DoccanoReader(Draft& draft)
        : m_draft(draft)
    {
    }

    void run(const Json& object)
    {
        for (const auto& [name, value] : object.items())
            if (isAmong(name, labelNames))
                takeLabels(value);
            else if (isAmong(name, entityNames))
                takeEntities(value);
            else if (name == "meta" && value.is_object())
                takeFacts(value);
            else if (!isAmong(name, textNames) && name != "id" && name != "relations")
                takeFact(name, value);
        for (const Json& relation : memberOf(object, "relations"))
            takeRelation(relation);
    }

  private:
    /// A label of the text, several, or annotations.
    void takeLabels(const Json& labels)
    {
        if (labels.is_primitive() && !labels.is_null())
            m_draft.document.labels.push_back(wordOf(labels));
        else if (labels.is_array())
            for (const Json& label : labels)
                if (label.is_primitive() && !label.is_null())
                    m_draft.document.labels.push_back(wordOf(label));
                else
                    takeEntity(label);
        else if (!labels.is_null())
            m_draft.leftOut("label", notUnderstood());
    }

    void takeEntities(const Json& entities)
    {
        if (entities.is_array())
            for (const Json& entity : entities)
                takeEntity(entity);
        else if (!entities.is_null())
            m_draft.leftOut("entities", notUnderstood());
    }

    /// [begin, end, label], or an object with these.
    void takeEntity(const Json& entity)
    {
        const std::string called = std::to_string(++m_count);
        Annotation span;
        std::string id = wordOf(memberOf(entity, "id"));
        if (entity.is_array() && entity.size() == 3 && entity[2].is_primitive()) {
            span.label = wordOf(entity[2]);
            span.pieces = {{wholeOf(entity[0]), wholeOf(entity[1])}};
        } else if (entity.is_object()) {
            span.label = wordOf(memberOf(entity, "label"));
            span.pieces = {{wholeOf(firstOf(entity, std::array<std::string_view, 2>{"start_offset", "start"})),
                wholeOf(firstOf(entity, std::array<std::string_view, 2>{"end_offset", "end"}))}};
        } else {
            return m_draft.leftOut("label " + called, notUnderstood());
        }
        if (const auto added = m_draft.add(std::move(span), "label " + called); added && !id.empty())
            m_ids[id] = *added;
    }

    void takeRelation(const Json& relation)
    {
        const auto end = [&](const char* name) {
            const auto found = m_ids.find(wordOf(memberOf(relation, name)));
            return found == m_ids.end() ? std::string() : found->second;
        };
        m_draft.add(Relation{{}, wordOf(memberOf(relation, "type")), end("from_id"), end("to_id")},
            "relation " + wordOf(memberOf(relation, "id")));
    }

    void takeFacts(const Json& meta)
    {
        for (const auto& [name, value] : meta.items())
            m_draft.document.facts[name] = wordOf(value);
    }

    void takeFact(const std::string& name, const Json& value)
    {
        if (!value.is_null() && !(value.is_structured() && value.empty()))
            m_draft.document.facts[name] = wordOf(value);
    }

    Draft& m_draft;
    std::int64_t m_count = 0;
    std::map<std::string, std::string> m_ids; ///< ours, by the file's
};

Result<void> readObjects(
    const ExchangeFile& file, const DecodedText& decoded, Importer& importer, const Monitor& monitor)
{
    return forEachJson(decoded.text, monitor, [&](std::int64_t row, const Json& object) {
        const std::string where = file.name + ":" + std::to_string(row);
        if (!object.is_object())
            return importer.leftOut(where, text("reports", "The line is no JSON object; it is left out."));
        const Json& words = firstOf(object, textNames);
        if (!words.is_string())
            return importer.leftOut(where, noText());
        Draft draft(importer, where, wordOf(words));
        const std::string id = wordOf(memberOf(object, "id"));
        draft.document.id = id.empty() ? importer.nameFor(file, row) : id;
        DoccanoReader(draft).run(object);
        draft.finish();
    });
}

std::string trimmed(const std::string& name)
{
    const std::size_t begin = name.find_first_not_of(' ');
    return begin == std::string::npos ? std::string() : name.substr(begin, name.find_last_not_of(' ') + 1 - begin);
}

/// A row of a table: its text, its label and facts beside them.
void readRow(
    const std::vector<std::string>& header, const ExchangeFile& file, const Table::Row& row, Importer& importer)
{
    const std::string where = file.name + ":" + std::to_string(row.number);
    Document document;
    document.id = importer.nameFor(file, row.number);
    for (std::size_t i = 0; i < header.size(); ++i)
        if (const std::string& cell = row.cells[i]; cell.empty())
            continue;
        else if (isAmong(header[i], textNames))
            document.text = cell;
        else if (isAmong(header[i], labelNames))
            document.labels.push_back(trimmed(cell));
        else if (header[i] == "id")
            document.id = cell;
        else
            document.facts[header[i]] = cell;
    if (document.text.empty())
        return importer.leftOut(where, noText());
    importer.add(std::move(document), where);
}

Result<void> readCells(const ExchangeFile& file, const DecodedText& decoded, Importer& importer, const Monitor& monitor)
{
    const Table table = TRY(parseCsvTable({decoded, file.name}, monitor));
    std::vector<std::string> header(table.header.size());
    std::ranges::transform(
        table.header, header.begin(), [](const std::string& name) { return files::lowerCase(trimmed(name)); });
    if (std::ranges::none_of(header, [](const std::string& name) { return isAmong(name, textNames); }))
        return badInput(text("reports", "The table has no column called text."), file.name);
    for (const Problem& problem : table.problems)
        importer.leftOut(file.name + ":" + std::to_string(problem.row), problem.error.what);
    for (const Table::Row& row : table.rows)
        readRow(header, file, row, importer);
    return {};
}

/// A text a line; words that begin with __label__ (fastText) are its labels.
Result<void> readLines(const ExchangeFile& file, const DecodedText& decoded, Importer& importer, const Monitor&)
{
    std::int64_t row = 0;
    for (std::size_t start = 0; start < decoded.text.size();) {
        const std::size_t end = std::min(decoded.text.find('\n', start), decoded.text.size());
        std::string line = decoded.text.substr(start, end - start);
        start = end + 1;
        const std::string where = file.name + ":" + std::to_string(++row);
        Document document;
        document.id = importer.nameFor(file, row);
        line.erase(line.find_last_not_of("\r ") + 1);
        const bool isBlank = line.empty();
        while (line.starts_with(fastTextMark)) {
            const std::size_t blank = std::min(line.find(' '), line.size());
            document.labels.push_back(line.substr(fastTextMark.size(), blank - fastTextMark.size()));
            line.erase(0, std::min(line.find_first_not_of(' ', blank), line.size()));
        }
        document.text = line;
        if (!isBlank && line.empty())
            importer.leftOut(where, noText());
        else if (!isBlank)
            importer.add(std::move(document), where);
    }
    return {};
}

Result<void> readFile(const ExchangeFile& file, const DecodedText& decoded, Importer& importer, const Monitor& monitor)
{
    const std::string name = files::lowerCase(file.name);
    if (name.ends_with(".csv") || name.ends_with(".tsv"))
        return readCells(file, decoded, importer, monitor);
    if (name.ends_with(".conll") || isConll(decoded.text))
        return readConll(file, decoded, importer, monitor);
    return name.ends_with(".txt") ? readLines(file, decoded, importer, monitor)
                                  : readObjects(file, decoded, importer, monitor);
}

/// Which form the documents of a file need.
struct Form {
    bool hasSpans = false, hasLabels = false, hasRelations = false;
};

Json entitiesOf(const Document& document)
{
    Json entities = Json::array();
    for (std::size_t i = 0; i < document.spans.size(); ++i) {
        const Annotation& span = document.spans[i];
        entities.push_back({{"id", i + 1}, {"label", span.label}, {"start_offset", span.pieces[0].begin},
            {"end_offset", span.pieces[0].end}});
    }
    return entities;
}

Json relationsOf(const Document& document)
{
    std::map<std::string, std::size_t> numbers;
    for (std::size_t i = 0; i < document.spans.size(); ++i)
        numbers[document.spans[i].id] = i + 1;
    Json relations = Json::array();
    for (const Relation& relation : document.relations)
        relations.push_back({{"id", relations.size() + 1}, {"from_id", numbers.at(relation.from)},
            {"to_id", numbers.at(relation.to)}, {"type", relation.type}});
    return relations;
}

/// A number where it is one: doccano counts its documents.
Json nameOf(const Document& document)
{
    const std::string& id = document.id;
    const bool isNumber = !id.empty() && id.size() < 18 && id.find_first_not_of("0123456789") == std::string::npos
                          && (id == "0" || id.front() != '0');
    return isNumber ? Json(std::stoll(id)) : Json(id);
}

std::vector<ExchangeFile> write(std::span<const Document> documents)
{
    Form form;
    for (const Document& document : documents) {
        form.hasSpans = form.hasSpans || !document.spans.empty();
        form.hasLabels = form.hasLabels || !document.labels.empty();
        form.hasRelations = form.hasRelations || !document.relations.empty();
    }
    ExchangeFile file;
    for (const Document& document : documents) {
        Json object{{"id", nameOf(document)}, {"text", document.text}};
        Json triples = Json::array();
        for (const Annotation& span : document.spans)
            triples.push_back({span.pieces[0].begin, span.pieces[0].end, span.label});
        if (form.hasRelations)
            object.update({{"entities", entitiesOf(document)}, {"relations", relationsOf(document)}});
        else if (form.hasSpans)
            object[form.hasLabels ? "entities" : "label"] = triples;
        if (form.hasLabels || (!form.hasSpans && !form.hasRelations))
            object[form.hasSpans ? "cats" : "label"] = document.labels;
        if (!document.facts.empty())
            object["meta"] = Json(document.facts);
        file.bytes += lineOf(object) + "\n";
    }
    return {file};
}

} // namespace

ExchangeFormat doccanoFormat()
{
    ExchangeFormat format;
    format.name = "doccano";
    format.summary = text("reports", "Lines of JSON as doccano reads and writes them; read also from its JSON and CSV");
    format.endings = {".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt", ".conll"};
    format.holds.pieces = format.holds.attributes = format.holds.notes = false;
    format.read = [](const auto& files, Importer& importer, const Monitor& monitor) {
        return readEach(files, importer, monitor, readFile);
    };
    format.write = write;
    return format;
}

} // namespace hounsfield::reports
