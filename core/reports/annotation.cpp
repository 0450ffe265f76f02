#include "core/reports/annotation.h"

#include <set>

namespace hounsfield::reports {

namespace {

bool areApart(const std::vector<Span>& pieces, std::int64_t size)
{
    std::int64_t end = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const bool isBehind = i == 0 ? pieces[i].begin >= 0 : pieces[i].begin > end;
        if (!isBehind || pieces[i].end <= pieces[i].begin || pieces[i].end > size)
            return false;
        end = pieces[i].end;
    }
    return !pieces.empty();
}

} // namespace

std::string surfaceOf(const CodePoints& text, const std::vector<Span>& pieces)
{
    std::string words;
    for (const Span& piece : pieces) {
        if (!words.empty())
            words += ' ';
        words += text.slice(piece);
    }
    return words;
}

Result<void> check(const Annotation& span, const CodePoints& words, const std::string& where)
{
    if (!areApart(span.pieces, words.size()))
        return badInput(text("reports", "The annotation %1 lies outside of its text.").with(span.id), where);
    if (surfaceOf(words, span.pieces) != span.surface)
        return badInput(
            text("reports", "The words of the annotation %1 are not those of its text.").with(span.id), where);
    return {};
}

Result<void> check(const Document& document)
{
    const CodePoints words(document.text);
    std::set<std::string> ids, relations;
    for (const Annotation& span : document.spans) {
        if (!ids.insert(span.id).second)
            return badInput(text("reports", "Two annotations are called %1.").with(span.id), document.id);
        TRY(check(span, words, document.id));
    }
    for (const Relation& relation : document.relations) {
        if (!relations.insert(relation.id).second)
            return badInput(text("reports", "Two relations are called %1.").with(relation.id), document.id);
        if (!ids.contains(relation.from) || !ids.contains(relation.to))
            return badInput(text("reports", "The relation %1 joins an annotation that is not there.").with(relation.id),
                document.id);
    }
    return {};
}

Document documentOf(const Report& report)
{
    Document document;
    document.id = report.id;
    if (!report.patient.empty())
        document.facts["patient"] = report.patient;
    if (!report.accession.empty())
        document.facts["accession"] = report.accession;
    std::int64_t size = 0;
    const auto add = [&](const std::string& words) {
        document.text += words;
        size += CodePoints(words).size();
    };
    for (const Column& column : report.columns) {
        if (report.columns.size() > 1)
            add((size > 0 ? "\n\n" : "") + column.name + ":\n");
        const std::int64_t begin = size;
        add(column.text);
        document.parts.push_back({column.name, {begin, size}});
    }
    return document;
}

Report reportOf(const Document& document)
{
    const auto fact = [&](const char* name) {
        const auto found = document.facts.find(name);
        return found == document.facts.end() ? std::string() : found->second;
    };
    Report report{document.id, fact("patient"), fact("accession"), {}};
    if (document.parts.empty())
        report.columns.push_back({"text", document.text});
    const CodePoints points(document.text);
    for (const Part& part : document.parts)
        report.columns.push_back({part.name, points.slice(part.span)});
    return report;
}

} // namespace hounsfield::reports
