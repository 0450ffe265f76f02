#include "core/reports/exchange_formats.h"

#include <algorithm>

namespace hounsfield::reports {

namespace {

/// Pieces in their order, those that touch as one; nothing when they overlap or lie outside.
std::vector<Span> joined(std::vector<Span> pieces, std::int64_t size)
{
    std::ranges::sort(pieces, {}, &Span::begin);
    std::vector<Span> apart;
    for (const Span& piece : pieces) {
        const std::int64_t before = apart.empty() ? 0 : apart.back().end;
        if (piece.begin < before || piece.end <= piece.begin || piece.end > size)
            return {};
        if (!apart.empty() && piece.begin == before)
            apart.back().end = piece.end;
        else
            apart.push_back(piece);
    }
    return apart;
}

/// At most some words, for a sentence.
std::string shortened(const std::string& words)
{
    constexpr std::int64_t most = 60;
    const CodePoints points(words);
    return points.size() <= most ? words : points.slice({0, most}) + "…";
}

/// With one blank for white space of any length: files write a blank for a line end.
std::string withPlainBlanks(std::string_view words)
{
    std::string plain;
    for (const char c : words)
        if (std::string_view(" \t\r\n").find(c) == std::string_view::npos)
            plain += c;
        else if (plain.empty() || plain.back() != ' ')
            plain += ' ';
    return plain;
}

} // namespace

void Tally::add(const Text& what, std::int64_t count)
{
    if (count <= 0)
        return;
    const auto found = std::ranges::find(losses, what, &Loss::what);
    if (found == losses.end())
        losses.push_back({what, count});
    else
        found->count += count;
}

void Importer::leftOut(const std::string& where, const Text& why)
{
    constexpr std::size_t most = 1000; // nobody reads more
    if (m_imported.problems.size() < most)
        m_imported.problems.push_back(text("reports", "%1: %2").with(where, why));
    else
        ++m_unlisted;
}

void Importer::noteBroken(const std::string& where, const DecodedText& decoded)
{
    if (!decoded.broken.empty())
        leftOut(where, text("reports", "%1 characters are not %2; a \uFFFD stands for each.")
                           .with(decoded.broken.size(), nameOf(decoded.encoding)));
}

std::string Importer::nameFor(const ExchangeFile& file, std::int64_t row) const
{
    return (m_hasSeveralFiles ? file.name + ":" : std::string()) + std::to_string(row);
}

void Importer::add(Document document, const std::string& where)
{
    if (const auto checked = check(document); !checked)
        return leftOut(where, checked.error().what);
    const std::string name = document.id;
    while (!m_names.insert(document.id).second)
        document.id = name + " (" + std::to_string(++m_repeats.try_emplace(name, 1).first->second) + ")";
    if (document.id != name)
        leftOut(
            where, text("reports", "The name %1 was there before; the document is called %2.").with(name, document.id));
    m_imported.documents.push_back(std::move(document));
}

Imported Importer::finished() &&
{
    m_imported.lost = std::move(m_tally.losses);
    if (m_unlisted > 0)
        m_imported.problems.push_back(text("reports", "%1 more of this kind are not listed.").with(m_unlisted));
    return std::move(m_imported);
}

Draft::Draft(Importer& importer, std::string where, std::string text)
    : m_importer(importer)
    , m_where(std::move(where))
    , m_points(text)
{
    document.text = std::move(text);
}

std::string Draft::freeName(char letter, std::map<std::string, std::size_t>& names)
{
    std::string name;
    do
        name = letter + std::to_string(++m_numbers[letter]);
    while (names.contains(name));
    return name;
}

std::optional<std::string> Draft::add(Annotation span, const std::string& called)
{
    const std::vector<Span> pieces = joined(span.pieces, m_points.size());
    if (pieces.empty()) {
        leftOut(called, text("reports", "The annotation lies outside of its text; it is left out."));
        return std::nullopt;
    }
    const std::string words = surfaceOf(m_points, span.pieces);
    if (!span.surface.empty() && withPlainBlanks(words) != withPlainBlanks(span.surface)) {
        leftOut(called, text("reports", "The annotation says \"%1\" where its text says \"%2\"; it is left out.")
                            .with(shortened(span.surface), shortened(words)));
        return std::nullopt;
    }
    span.pieces = pieces;
    if (span.id.empty())
        span.id = freeName('T', m_spans);
    if (!m_spans.try_emplace(span.id, document.spans.size()).second) {
        leftOut(called, text("reports", "Two annotations are called %1; the second one is left out.").with(span.id));
        return std::nullopt;
    }
    span.surface = surfaceOf(m_points, span.pieces);
    document.spans.push_back(std::move(span));
    return document.spans.back().id;
}

void Draft::add(Relation relation, const std::string& called)
{
    if (!m_spans.contains(relation.from) || !m_spans.contains(relation.to))
        return leftOut(called, text("reports", "The relation joins an annotation that is not there; it is left out."));
    if (relation.id.empty())
        relation.id = freeName('R', m_relations);
    if (!m_relations.try_emplace(relation.id, document.relations.size()).second)
        return leftOut(
            called, text("reports", "Two relations are called %1; the second one is left out.").with(relation.id));
    document.relations.push_back(std::move(relation));
}

Annotation* Draft::find(const std::string& id)
{
    const auto found = m_spans.find(id);
    return found == m_spans.end() ? nullptr : &document.spans[found->second];
}

void Draft::finish()
{
    m_importer.add(std::move(document), m_where);
}

Result<void> readEach(const std::vector<ExchangeFile>& files, Importer& importer, const Monitor& monitor,
    Result<void> (*read)(const ExchangeFile&, const DecodedText&, Importer&, const Monitor&))
{
    const auto count = static_cast<double>(files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto at = static_cast<double>(i);
        TRY(monitor.at(text("reports", "Reading annotations"), at / count));
        const auto decoded = decodeText(files[i].bytes, files[i].name);
        const Result<void> done = decoded
                                      ? read(files[i], *decoded, importer, monitor.part(at / count, (at + 1) / count))
                                      : tl::unexpected(decoded.error());
        if (!done && (files.size() == 1 || done.error().kind == Error::Kind::Cancelled))
            return done;
        if (!done)
            importer.leftOut(files[i].name, done.error().what);
        else
            importer.noteBroken(files[i].name, *decoded);
    }
    return {};
}

} // namespace hounsfield::reports
