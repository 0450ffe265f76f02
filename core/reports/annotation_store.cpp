#include "core/reports/annotation_store.h"

#include "core/base/hash.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>
#include <unordered_map>

namespace hounsfield::reports {

namespace {

using Json = nlohmann::ordered_json;
using study::Entry;

// Kinds of the project's entries. Ids: of a text its key; of the others key, reader and, but for readings, their own.
constexpr const char* textKind = "report text";
constexpr const char* readingKind = "report reading";
constexpr const char* spanKind = "report span";
constexpr const char* relationKind = "report relation";
constexpr const char* studyKind = "report study";
constexpr const char* settledKind = "report settled";

std::string written(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string prefixOf(const std::string& key, const std::string& reader)
{
    return key + '/' + reader + '/';
}

/// Key, reader and rest of an id. A reader's name may hold anything but a slash.
struct Id {
    std::string key, reader, rest;
};
Id idOf(const std::string& id)
{
    const auto first = id.find('/');
    const auto second = id.find('/', first + 1);
    if (first == std::string::npos || second == std::string::npos)
        return {id, {}, {}};
    return {id.substr(0, first), id.substr(first + 1, second - first - 1), id.substr(second + 1)};
}

std::string readerName(std::string name)
{
    std::ranges::replace(name, '/', '_');
    return name;
}

Json jsonOf(const Span& span)
{
    return Json::array({span.begin, span.end});
}

Span spanOf(const Json& json)
{
    return {json.at(0).get<std::int64_t>(), json.at(1).get<std::int64_t>()};
}

Json jsonOf(const Annotation& span)
{
    Json pieces = Json::array();
    for (const Span& piece : span.pieces)
        pieces.push_back(jsonOf(piece));
    Json json{{"label", span.label}, {"pieces", pieces}, {"surface", span.surface}, {"confirmed", span.isConfirmed}};
    if (!span.attributes.empty())
        json["attributes"] = span.attributes;
    if (!span.note.empty())
        json["note"] = span.note;
    return json;
}

Annotation annotationOf(const std::string& id, const Json& json)
{
    Annotation span;
    span.id = id;
    span.label = json.at("label").get<std::string>();
    for (const Json& piece : json.at("pieces"))
        span.pieces.push_back(spanOf(piece));
    span.surface = json.at("surface").get<std::string>();
    span.isConfirmed = json.at("confirmed").get<bool>();
    span.attributes = json.value("attributes", std::map<std::string, std::string>());
    span.note = json.value("note", std::string());
    return span;
}

Json jsonOfText(const StoredReport& report)
{
    const Document& document = report.document;
    Json parts = Json::array();
    for (const Part& part : document.parts)
        parts.push_back({{"name", part.name}, {"span", jsonOf(part.span)}});
    return {{"number", report.number}, {"id", document.id}, {"text", document.text}, {"parts", parts},
        {"facts", document.facts}};
}

StoredReport textOf(const std::string& key, const Json& json)
{
    StoredReport report;
    report.key = key;
    report.number = json.at("number").get<std::int64_t>();
    report.document.id = json.at("id").get<std::string>();
    report.document.text = json.at("text").get<std::string>();
    for (const Json& part : json.at("parts"))
        report.document.parts.push_back({part.at("name").get<std::string>(), spanOf(part.at("span"))});
    report.document.facts = json.at("facts").get<std::map<std::string, std::string>>();
    return report;
}

/// What one reader said of one report, as entries.
std::vector<Entry> entriesOf(const StoredReport& report, const std::string& reader)
{
    const std::string prefix = prefixOf(report.key, reader);
    std::vector<Entry> entries;
    if (report.state != StoredReport::State::New)
        entries.push_back({readingKind, prefix,
            written(
                {{"labels", report.document.labels}, {"confirmed", report.state == StoredReport::State::Confirmed}})});
    if (!report.studyInstanceUID.empty())
        entries.push_back({studyKind, prefix, written(report.studyInstanceUID)});
    for (const Annotation& span : report.document.spans)
        entries.push_back({spanKind, prefix + span.id, written(jsonOf(span))});
    for (const Relation& relation : report.document.relations)
        entries.push_back({relationKind, prefix + relation.id,
            written({{"type", relation.type}, {"from", relation.from}, {"to", relation.to}})});
    return entries;
}

/// Runs `read` on each entry of a kind; what is no JSON of ours becomes a problem.
template <typename Read>
void each(const study::Project& project, const char* kind, std::vector<Text>& problems, const Read& read)
{
    for (const Entry& entry : project.entries(kind)) {
        try {
            read(idOf(entry.id), Json::parse(*entry.value));
        } catch (const Json::exception&) {
            problems.push_back(text("reports", "The %1 %2 of the project cannot be read.").with(kind, entry.id));
        }
    }
}

/// What one reader said of the texts; all readers are named.
void takeSaid(const study::Project& project, const std::string& reader, StoredReports& stored)
{
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < stored.reports.size(); ++i)
        places[stored.reports[i].key] = i;
    std::set<std::string> readers;
    const auto eachSaid = [&](const char* kind, const auto& take) {
        each(project, kind, stored.problems, [&](const Id& id, const Json& json) {
            if (!id.reader.empty())
                readers.insert(id.reader);
            if (const auto place = places.find(id.key); id.reader == reader && place != places.end())
                take(stored.reports[place->second], id, json);
        });
    };
    eachSaid(readingKind, [](StoredReport& report, const Id&, const Json& json) {
        report.state = json.at("confirmed").get<bool>() ? StoredReport::State::Confirmed : StoredReport::State::Begun;
        report.document.labels = json.at("labels").get<std::vector<std::string>>();
    });
    eachSaid(studyKind,
        [](StoredReport& report, const Id&, const Json& json) { report.studyInstanceUID = json.get<std::string>(); });
    eachSaid(spanKind, [](StoredReport& report, const Id& id, const Json& json) {
        report.document.spans.push_back(annotationOf(id.rest, json));
    });
    eachSaid(relationKind, [](StoredReport& report, const Id& id, const Json& json) {
        report.document.relations.push_back({id.rest, json.at("type").get<std::string>(),
            json.at("from").get<std::string>(), json.at("to").get<std::string>()});
    });
    stored.readers.assign(readers.begin(), readers.end());
}

/// Leaves out what does not fit its text, with what refers to it.
void keepSound(Document& document, std::vector<Text>& problems)
{
    const CodePoints words(document.text);
    std::erase_if(document.spans, [&](const Annotation& span) {
        const auto fits = check(span, words, document.id);
        if (!fits)
            problems.push_back(fits.error().what);
        return !fits;
    });
    std::erase_if(document.relations, [&](const Relation& relation) {
        const auto isThere = [&](const std::string& id) {
            return std::ranges::any_of(document.spans, [&](const Annotation& span) { return span.id == id; });
        };
        return !isThere(relation.from) || !isThere(relation.to);
    });
}

} // namespace

std::string keyOf(const Document& document)
{
    return hashOf(document.text);
}

Result<std::int64_t> keepReports(
    study::Project& project, std::span<const Document> documents, const std::string& reader)
{
    const StoredReports known = storedReports(project, reader);
    std::set<std::string> keys;
    std::int64_t number = 0;
    for (const StoredReport& report : known.reports) {
        keys.insert(report.key);
        number = std::max(number, report.number);
    }
    std::vector<Entry> entries;
    std::int64_t added = 0;
    for (const Document& document : documents) {
        TRY(check(document));
        StoredReport report{keyOf(document), document, StoredReport::State::New, {}, number + 1};
        const bool isNew = keys.insert(report.key).second;
        if (isNew) {
            number += 1;
            added += 1;
            entries.push_back({textKind, report.key, written(jsonOfText(report)), false});
        }
        if (!document.spans.empty() || !document.labels.empty()) {
            report.state = StoredReport::State::Confirmed;
            for (Entry& entry : entriesOf(report, readerName(reader)))
                entries.push_back(std::move(entry));
        }
    }
    TRY(project.setEntries("import reports", entries));
    return added;
}

StoredReports storedReports(const study::Project& project, const std::string& reader)
{
    StoredReports stored;
    each(project, textKind, stored.problems,
        [&](const Id& id, const Json& json) { stored.reports.push_back(textOf(id.key, json)); });
    std::ranges::stable_sort(stored.reports, {}, &StoredReport::number);
    takeSaid(project, readerName(reader), stored);
    for (StoredReport& report : stored.reports)
        keepSound(report.document, stored.problems);
    return stored;
}

namespace {

/// What must change for the project to say of some reports what they say now.
Result<std::vector<Entry>> changesOf(
    const study::Project& project, std::span<const StoredReport> reports, const std::string& reader)
{
    std::vector<Entry> entries;
    for (const StoredReport& report : reports) {
        TRY(check(report.document));
        std::vector<Entry> wanted = entriesOf(report, reader);
        std::set<std::string> ids;
        for (const Entry& entry : wanted)
            ids.insert(entry.kind + entry.id);
        for (const char* kind : {readingKind, studyKind, spanKind, relationKind})
            for (Entry& there : project.entries(kind, prefixOf(report.key, reader)))
                if (!ids.contains(there.kind + there.id)) {
                    there.value.reset();
                    entries.push_back(std::move(there));
                }
        std::ranges::move(wanted, std::back_inserter(entries));
    }
    return entries;
}

} // namespace

Result<void> saveReports(
    study::Project& project, const std::string& act, std::span<const StoredReport> reports, const std::string& reader)
{
    return project.setEntries(act, TRY(changesOf(project, reports, readerName(reader))));
}

Result<void> saveSettled(
    study::Project& project, const StoredReport& report, const std::string& reader, const std::string& disagreement)
{
    std::vector<Entry> entries = TRY(changesOf(project, {&report, 1}, {}));
    entries.push_back({settledKind, prefixOf(report.key, readerName(reader)) + disagreement, "true"});
    return project.setEntries("settle disagreement", entries);
}

std::set<std::string> settledWith(const study::Project& project, const std::string& reader)
{
    std::set<std::string> settled;
    for (const Entry& entry : project.entries(settledKind))
        if (const Id id = idOf(entry.id); id.reader == readerName(reader))
            settled.insert(id.key + '/' + id.rest);
    return settled;
}

} // namespace hounsfield::reports
