#include "core/reports/exchange_formats.h"
#include "core/reports/exchange_words.h"
#include "core/reports/json_text.h"

#include <algorithm>
#include <array>

namespace hounsfield::reports {

namespace {

// Tasks as prodi.gy/docs/api-interfaces has them. What a task says counts as a person's when it was accepted; the
// answer stays as a fact of its document.
constexpr std::array<std::string_view, 3> answers{"accept", "reject", "ignore"};
constexpr std::array<std::string_view, 8> ownMembers{
    "text", "tokens", "spans", "relations", "label", "accept", "options", "id"};

bool isAnswer(const std::string& answer)
{
    return std::ranges::find(answers, answer) != answers.end();
}

class ProdigyReader {
  public:
    ProdigyReader(const Json& task, Draft& draft, Importer& importer)
        : m_task(task)
        , m_draft(draft)
        , m_importer(importer)
        , m_answer(wordOf(memberOf(task, "answer")))
    {
    }

    void run()
    {
        takeFacts();
        takeLabels();
        std::int64_t count = 0;
        for (const Json& span : memberOf(m_task, "spans"))
            takeSpan(span, "span " + std::to_string(++count));
        for (const Json& relation : memberOf(m_task, "relations"))
            takeRelation(relation);
    }

  private:
    bool isAccepted() const { return m_answer == "accept"; }

    void takeFacts()
    {
        auto& facts = m_draft.document.facts;
        const Json& meta = memberOf(m_task, "meta");
        if (meta.is_object())
            for (const auto& [name, value] : meta.items())
                facts[name] = wordOf(value);
        // Hashes and what is shown to the person who answers are Prodigy's own.
        for (const auto& [name, value] : m_task.items())
            if (value.is_primitive() && !name.starts_with('_')
                && std::ranges::find(ownMembers, name) == ownMembers.end())
                facts[name] = wordOf(value);
    }

    /// The label of the whole text: one, or those that were chosen. Unless it was accepted it is no label but a fact.
    void takeLabels()
    {
        std::vector<std::string> labels;
        if (const Json& label = memberOf(m_task, "label"); label.is_string())
            labels.push_back(wordOf(label));
        if (const Json& chosen = memberOf(m_task, "accept"); chosen.is_array())
            for (const Json& label : chosen)
                labels.push_back(wordOf(label));
        if (isAccepted())
            m_draft.document.labels = std::move(labels);
        else if (!labels.empty())
            m_draft.document.facts["label"] = labels.front();
    }

    std::int64_t borderOf(const Json& span, const char* border) const
    {
        const Json& tokens = memberOf(m_task, "tokens");
        const std::int64_t index = wholeOf(memberOf(span, std::string("token_") + border));
        const bool isThere = tokens.is_array() && index >= 0 && index < static_cast<std::int64_t>(tokens.size());
        return isThere ? wholeOf(memberOf(tokens[static_cast<std::size_t>(index)], border)) : -1;
    }

    void takeSpan(const Json& json, const std::string& called)
    {
        if (m_answer == "reject")
            return m_importer.lost(text("reports", "Annotations that were rejected"));
        const Span byTokens{borderOf(json, "start"), borderOf(json, "end")};
        Span place{wholeOf(memberOf(json, "start")), wholeOf(memberOf(json, "end"))};
        if (memberOf(json, "start").is_null() && memberOf(json, "end").is_null())
            place = byTokens;
        else if (byTokens.begin >= 0 && byTokens != place)
            return m_draft.leftOut(
                called, text("reports", "The tokens of the annotation stand elsewhere than it does; it is left out."));
        Annotation span;
        span.label = wordOf(memberOf(json, "label"));
        span.surface = wordOf(memberOf(json, "text"));
        span.pieces = {place};
        span.isConfirmed = isAccepted();
        const std::string id = wordOf(memberOf(json, "id"));
        if (const auto added = m_draft.add(std::move(span), called); added && !id.empty())
            m_ids[id] = *added;
    }

    /// The annotation that one end of a relation copies.
    std::string endOf(const Json& relation, const char* end) const
    {
        const Json& copy = memberOf(relation, end);
        if (const auto named = m_ids.find(wordOf(memberOf(copy, "id"))); named != m_ids.end())
            return named->second;
        const Span place{wholeOf(memberOf(copy, "start")), wholeOf(memberOf(copy, "end"))};
        for (const Annotation& span : m_draft.document.spans)
            if (span.pieces.front() == place && span.label == wordOf(memberOf(copy, "label")))
                return span.id;
        return {};
    }

    void takeRelation(const Json& relation)
    {
        if (m_answer == "reject")
            return m_importer.lost(text("reports", "Annotations that were rejected"));
        const std::string type = wordOf(memberOf(relation, "label"));
        m_draft.add(
            Relation{{}, type, endOf(relation, "head_span"), endOf(relation, "child_span")}, "relation " + type);
    }

    const Json& m_task;
    Draft& m_draft;
    Importer& m_importer;
    std::string m_answer;
    std::map<std::string, std::string> m_ids; ///< ours, by the task's
};

Result<void> readFile(const ExchangeFile& file, const DecodedText& decoded, Importer& importer, const Monitor& monitor)
{
    return forEachJson(decoded.text, monitor, [&](std::int64_t row, const Json& task) {
        const std::string where = file.name + ":" + std::to_string(row);
        if (!task.is_object())
            return importer.leftOut(where, text("reports", "The line is no JSON object; it is left out."));
        if (!memberOf(task, "text").is_string())
            return importer.leftOut(where, text("reports", "The task has no text; it is left out."));
        Draft draft(importer, where, wordOf(memberOf(task, "text")));
        const std::string id = wordOf(memberOf(task, "id"));
        draft.document.id = id.empty() ? importer.nameFor(file, row) : id;
        ProdigyReader(task, draft, importer).run();
        draft.finish();
    });
}

bool saysSomething(const Document& document)
{
    return !document.spans.empty() || !document.labels.empty() || !document.relations.empty();
}

// What a person said was accepted, whatever an earlier answer was.
void fit(std::vector<Document>& documents, Tally& tally)
{
    for (Document& document : documents) {
        const auto answer = document.facts.find("answer");
        const bool isLost = answer != document.facts.end()
                            && (saysSomething(document) ? answer->second != "accept" : !isAnswer(answer->second));
        tally.add(text("reports", "Facts of documents, such as the patient"), isLost ? 1 : 0);
        if (saysSomething(document))
            document.facts["answer"] = "accept";
        else if (isLost)
            document.facts.erase(answer);
    }
}

/// The members of a task that tell its spans.
class ProdigyWriter {
  public:
    explicit ProdigyWriter(const Document& document)
        : m_document(document)
        , m_points(document.text)
        , m_words(wordsOf(m_points, document.spans))
    {
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            m_begins[m_words[i].span.begin] = i;
            m_ends[m_words[i].span.end] = i;
        }
    }

    Json tokens() const
    {
        Json tokens = Json::array();
        for (const Word& word : m_words) {
            const bool hasBlank = word.span.end < m_points.size() && m_points[word.span.end] == U' ';
            tokens.push_back({{"text", m_points.slice(word.span)}, {"start", word.span.begin}, {"end", word.span.end},
                {"id", tokens.size()}, {"ws", hasBlank}});
        }
        return tokens;
    }

    Json spans() const
    {
        Json spans = Json::array();
        for (const Annotation& span : m_document.spans)
            spans.push_back(jsonOf(span));
        return spans;
    }

    Json relations() const
    {
        Json relations = Json::array();
        for (const Relation& relation : m_document.relations) {
            const Json head = jsonOf(named(relation.from)), child = jsonOf(named(relation.to));
            relations.push_back({{"head", head["token_end"]}, {"child", child["token_end"]}, {"head_span", head},
                {"child_span", child}, {"label", relation.type}});
        }
        return relations;
    }

  private:
    const Annotation& named(const std::string& id) const
    {
        return *std::ranges::find(m_document.spans, id, &Annotation::id);
    }

    /// Its last token is a part of it.
    Json jsonOf(const Annotation& span) const
    {
        const Span& place = span.pieces.front();
        return {{"id", span.id}, {"start", place.begin}, {"end", place.end}, {"token_start", m_begins.at(place.begin)},
            {"token_end", m_ends.at(place.end)}, {"label", span.label}};
    }

    const Document& m_document;
    CodePoints m_points;
    std::vector<Word> m_words;
    std::map<std::int64_t, std::size_t> m_begins, m_ends; ///< places of words
};

Json taskOf(const Document& document, const Json& options)
{
    auto facts = document.facts;
    const auto answer = facts.extract("answer");
    Json task{{"id", document.id}, {"text", document.text}};
    const ProdigyWriter writer(document);
    if (!document.spans.empty())
        task.update({{"tokens", writer.tokens()}, {"spans", writer.spans()}});
    if (!document.relations.empty())
        task["relations"] = writer.relations();
    if (!options.empty())
        task.update({{"options", options}, {"accept", document.labels}});
    else if (!document.labels.empty())
        task["label"] = document.labels.front();
    if (answer && answer.mapped() != "accept")
        if (const auto label = facts.extract("label"))
            task["label"] = label.mapped();
    if (!facts.empty())
        task["meta"] = Json(facts);
    if (answer)
        task["answer"] = answer.mapped();
    return task;
}

std::vector<ExchangeFile> write(std::span<const Document> documents)
{
    // One label a text needs no list to choose from.
    const bool hasChoice =
        std::ranges::any_of(documents, [](const auto& document) { return document.labels.size() > 1; });
    std::set<std::string> labels;
    for (const Document& document : documents)
        labels.insert(document.labels.begin(), document.labels.end());
    Json options = Json::array();
    for (const std::string& label : labels)
        if (hasChoice)
            options.push_back({{"id", label}, {"text", label}});
    ExchangeFile file;
    for (const Document& document : documents)
        file.bytes += lineOf(taskOf(document, options)) + "\n";
    return {file};
}

} // namespace

ExchangeFormat prodigyFormat()
{
    ExchangeFormat format;
    format.name = "prodigy";
    format.summary = text("reports", "Lines of JSON as Prodigy reads and writes its tasks");
    format.endings = {".jsonl", ".ndjson", ".json"};
    format.holds.pieces = format.holds.attributes = format.holds.notes = false;
    format.read = [](const auto& files, Importer& importer, const Monitor& monitor) {
        return readEach(files, importer, monitor, readFile);
    };
    format.fit = fit;
    format.write = write;
    return format;
}

} // namespace hounsfield::reports
