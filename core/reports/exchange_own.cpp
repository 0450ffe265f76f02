#include "core/reports/exchange_formats.h"
#include "core/reports/json_text.h"

#include <algorithm>

namespace hounsfield::reports {

namespace {

// One document a line, and nothing of it is lost:
// {"version": 1, "id": "7", "text": "…", "parts": [{"name": "findings", "begin": 0, "end": 9}], "labels": ["Edema"],
//  "spans": [{"id": "T1", "label": "Edema", "pieces": [[0, 4], [6, 9]], "text": "…", "attributes": {"side": "left"},
//             "note": "", "confirmed": true}],
//  "relations": [{"id": "R1", "type": "at", "from": "T1", "to": "T2"}], "facts": {"patient": "P1"}}
constexpr std::int64_t newestVersion = 1;

std::map<std::string, std::string> wordsOf(const Json& object)
{
    std::map<std::string, std::string> words;
    if (object.is_object())
        for (const auto& [name, value] : object.items())
            words[name] = wordOf(value);
    return words;
}

Json jsonOf(const Annotation& span)
{
    Json pieces = Json::array();
    for (const Span& piece : span.pieces)
        pieces.push_back({piece.begin, piece.end});
    return {{"id", span.id}, {"label", span.label}, {"pieces", pieces}, {"text", span.surface},
        {"attributes", Json(span.attributes)}, {"note", span.note}, {"confirmed", span.isConfirmed}};
}

Json jsonOf(const Document& document)
{
    Json parts = Json::array(), spans = Json::array(), relations = Json::array();
    for (const Part& part : document.parts)
        parts.push_back({{"name", part.name}, {"begin", part.span.begin}, {"end", part.span.end}});
    for (const Annotation& span : document.spans)
        spans.push_back(jsonOf(span));
    for (const Relation& relation : document.relations)
        relations.push_back(
            {{"id", relation.id}, {"type", relation.type}, {"from", relation.from}, {"to", relation.to}});
    return {{"version", newestVersion}, {"id", document.id}, {"text", document.text}, {"parts", parts},
        {"labels", document.labels}, {"spans", spans}, {"relations", relations}, {"facts", Json(document.facts)}};
}

void readSpan(const Json& json, Draft& draft)
{
    Annotation span;
    span.id = wordOf(memberOf(json, "id"));
    span.label = wordOf(memberOf(json, "label"));
    span.attributes = wordsOf(memberOf(json, "attributes"));
    span.note = wordOf(memberOf(json, "note"));
    // An annotation that does not say so was confirmed by nobody.
    span.isConfirmed = memberOf(json, "confirmed") == true;
    for (const Json& piece : memberOf(json, "pieces"))
        span.pieces.push_back(
            piece.is_array() && piece.size() == 2 ? Span{wholeOf(piece[0]), wholeOf(piece[1])} : Span{-1, -1});
    span.surface = wordOf(memberOf(json, "text"));
    const std::string called = span.id;
    draft.add(std::move(span), called);
}

void readParts(const Json& parts, Draft& draft)
{
    std::int64_t end = 0;
    for (const Json& json : parts) {
        const Part part{
            wordOf(memberOf(json, "name")), {wholeOf(memberOf(json, "begin")), wholeOf(memberOf(json, "end"))}};
        if (part.span.begin < end || part.span.end < part.span.begin || part.span.end > draft.points().size()) {
            draft.leftOut(part.name, text("reports", "The part lies outside of its text; it is left out."));
            continue;
        }
        end = part.span.end;
        draft.document.parts.push_back(part);
    }
}

void readDocument(const Json& json, const std::string& name, const std::string& where, Importer& importer)
{
    if (wholeOf(memberOf(json, "version")) > newestVersion)
        return importer.leftOut(
            where, text("reports", "The document was written by a newer version of this program; it is left out."));
    if (!memberOf(json, "text").is_string())
        return importer.leftOut(where, text("reports", "The line has no text; it is left out."));
    Draft draft(importer, where, wordOf(memberOf(json, "text")));
    const std::string id = wordOf(memberOf(json, "id"));
    draft.document.id = id.empty() ? name : id;
    readParts(memberOf(json, "parts"), draft);
    for (const Json& label : memberOf(json, "labels"))
        draft.document.labels.push_back(wordOf(label));
    for (const Json& span : memberOf(json, "spans"))
        readSpan(span, draft);
    for (const Json& relation : memberOf(json, "relations")) {
        const std::string called = wordOf(memberOf(relation, "id"));
        draft.add(Relation{called, wordOf(memberOf(relation, "type")), wordOf(memberOf(relation, "from")),
                      wordOf(memberOf(relation, "to"))},
            called);
    }
    draft.document.facts = wordsOf(memberOf(json, "facts"));
    draft.finish();
}

Result<void> readFile(const ExchangeFile& file, const DecodedText& decoded, Importer& importer, const Monitor& monitor)
{
    return forEachJson(decoded.text, monitor, [&](std::int64_t row, const Json& json) {
        readDocument(json, importer.nameFor(file, row), file.name + ":" + std::to_string(row), importer);
    });
}

std::vector<ExchangeFile> write(std::span<const Document> documents)
{
    ExchangeFile file;
    for (const Document& document : documents)
        file.bytes += lineOf(jsonOf(document)) + "\n";
    return {file};
}

} // namespace

ExchangeFormat ownFormat()
{
    ExchangeFormat format;
    format.name = "hounsfield";
    format.summary = text("reports", "This program's own lines of JSON, which lose nothing");
    format.endings = {".jsonl", ".ndjson"};
    format.holds.suggestions = format.holds.parts = true;
    format.read = [](const auto& files, Importer& importer, const Monitor& monitor) {
        return readEach(files, importer, monitor, readFile);
    };
    format.write = write;
    return format;
}

} // namespace hounsfield::reports
