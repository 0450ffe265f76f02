#include "core/reports/annotating.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <set>

namespace hounsfield::reports {

namespace {

template <typename Items> std::string freeId(const Items& items, char letter)
{
    std::set<std::string> ids;
    for (const auto& item : items)
        ids.insert(item.id);
    std::size_t number = items.size() + 1;
    while (ids.contains(letter + std::to_string(number)))
        number += 1;
    return letter + std::to_string(number);
}

bool isWordPoint(char32_t point)
{
    return u_isalnum(static_cast<UChar32>(point))
           && !u_hasBinaryProperty(static_cast<UChar32>(point), UCHAR_IDEOGRAPHIC);
}

UChar32 folded(char32_t point)
{
    return u_foldCase(static_cast<UChar32>(point), U_FOLD_CASE_DEFAULT);
}

bool isAt(const CodePoints& text, std::int64_t at, const CodePoints& words)
{
    for (std::int64_t i = 0; i < words.size(); ++i)
        if (folded(text[at + i]) != folded(words[i]))
            return false;
    const auto splitsWord = [&](std::int64_t border) {
        return border > 0 && border < text.size() && isWordPoint(text[border - 1]) && isWordPoint(text[border]);
    };
    return !splitsWord(at) && !splitsWord(at + words.size());
}

/// A quick look at the bytes: false only where the words cannot stand in the text. ASCII and Han alone are looked for,
/// other letters have cases of their own.
bool mayContain(std::string_view text, std::string_view words)
{
    const auto isForeign = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0xC0 && (byte < 0xE3 || byte > 0xE9); // first bytes outside of U+3000 … U+9FFF
    };
    if (std::ranges::any_of(words, isForeign))
        return true;
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return !std::ranges::search(text, words, [&](char a, char b) { return lower(a) == lower(b); }).empty();
}

} // namespace

Annotation suggestionOf(const Finding& finding, const CodePoints& text, const std::string& id)
{
    Annotation span;
    span.id = id;
    span.label = finding.label.empty() ? finding.finding : finding.label;
    span.pieces = {finding.span};
    span.surface = surfaceOf(text, span.pieces);
    span.isConfirmed = false;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty())
            span.attributes[name] = value;
    };
    add(attribute::status, std::string(nameOf(finding.status)));
    add(attribute::side, finding.side);
    add(attribute::severity, finding.severity);
    add(attribute::change, finding.change);
    if (finding.sizeMm)
        add(attribute::sizeMm, fmt::format("{}", *finding.sizeMm));
    return span;
}

std::string freeSpanId(const Document& document)
{
    return freeId(document.spans, 'T');
}

std::string freeRelationId(const Document& document)
{
    return freeId(document.relations, 'R');
}

Annotation* findSpan(Document& document, const std::string& id)
{
    const auto found = std::ranges::find(document.spans, id, &Annotation::id);
    return found == document.spans.end() ? nullptr : &*found;
}

const Annotation* findSpan(const Document& document, const std::string& id)
{
    return findSpan(const_cast<Document&>(document), id);
}

std::string addSpan(Document& document, const std::string& label, std::vector<Span> pieces,
    std::map<std::string, std::string> attributes)
{
    for (Annotation& span : document.spans)
        if (span.label == label && span.pieces == pieces) {
            span.isConfirmed = true;
            return span.id;
        }
    Annotation span;
    span.id = freeSpanId(document);
    span.label = label;
    span.surface = surfaceOf(CodePoints(document.text), pieces);
    span.pieces = std::move(pieces);
    span.attributes = std::move(attributes);
    document.spans.push_back(span);
    return span.id;
}

void removeSpan(Document& document, const std::string& id)
{
    std::erase_if(document.spans, [&](const Annotation& span) { return span.id == id; });
    std::erase_if(
        document.relations, [&](const Relation& relation) { return relation.from == id || relation.to == id; });
}

void addPiece(Document& document, const std::string& id, Span piece)
{
    Annotation* span = findSpan(document, id);
    if (!span || piece.size() <= 0)
        return;
    span->pieces.push_back(piece);
    std::ranges::sort(span->pieces, {}, &Span::begin);
    std::vector<Span> joined;
    for (const Span& each : span->pieces)
        if (!joined.empty() && each.begin <= joined.back().end)
            joined.back().end = std::max(joined.back().end, each.end);
        else
            joined.push_back(each);
    span->pieces = std::move(joined);
    span->surface = surfaceOf(CodePoints(document.text), span->pieces);
    span->isConfirmed = true;
}

Span trimmed(const CodePoints& text, Span span)
{
    while (span.begin < span.end && u_isUWhiteSpace(static_cast<UChar32>(text[span.begin])))
        ++span.begin;
    while (span.end > span.begin && u_isUWhiteSpace(static_cast<UChar32>(text[span.end - 1])))
        --span.end;
    return span;
}

std::vector<Span> mentionsOf(const CodePoints& text, const std::string& utf8)
{
    const CodePoints words(utf8);
    std::vector<Span> found;
    if (words.size() == 0)
        return found;
    for (std::int64_t at = 0; at + words.size() <= text.size(); ++at)
        if (isAt(text, at, words)) {
            found.push_back({at, at + words.size()});
            at += words.size() - 1;
        }
    return found;
}

std::vector<Span> newMentions(const Document& document, const std::string& label, const std::string& words)
{
    if (!mayContain(document.text, words))
        return {};
    std::vector<Span> found = mentionsOf(CodePoints(document.text), words);
    std::erase_if(found, [&](const Span& mention) {
        return std::ranges::any_of(document.spans, [&](const Annotation& span) {
            return span.label == label && span.isConfirmed && span.pieces == std::vector<Span>{mention};
        });
    });
    return found;
}

} // namespace hounsfield::reports
