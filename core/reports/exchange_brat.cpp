#include "core/reports/exchange_brat.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace hounsfield::reports {

namespace {

constexpr std::string_view mark = "\xEF\xBB\xBF";

const Text notUnderstood = text("reports", "The line is not understood; it is left out.");
const Text notThere = text("reports", "It speaks of something that is not there; it is left out.");

/// What stands before a separator, which is taken away with it; all when there is none.
std::string_view taken(std::string_view& rest, char separator)
{
    const std::size_t end = std::min(rest.find(separator), rest.size());
    const std::string_view first = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return first;
}

std::int64_t numberOf(std::string_view digits)
{
    std::int64_t number = -1;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return problem == std::errc() && end == digits.data() + digits.size() ? number : -1;
}

/// A line "T1	Edema 0 5;7 9	words": id, what it says, and words to the end.
struct Line {
    std::string id;
    std::string_view said, words;
};

std::vector<Line> linesOf(std::string_view all)
{
    std::vector<Line> lines;
    while (!all.empty()) {
        std::string_view line = taken(all, '\n');
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.find_first_not_of(" \t") == std::string_view::npos)
            continue;
        const std::string_view id = taken(line, '\t'), said = taken(line, '\t');
        lines.push_back({id.empty() ? "?" : std::string(id), said, line});
    }
    return lines;
}

Annotation annotationOf(const Line& line)
{
    Annotation span;
    span.id = line.id;
    span.surface = line.words;
    std::string_view said = line.said;
    span.label = taken(said, ' ');
    while (!said.empty()) {
        std::string_view piece = taken(said, ';');
        const std::string_view begin = taken(piece, ' ');
        span.pieces.push_back({numberOf(begin), numberOf(piece)});
    }
    return span;
}

class BratReader {
  public:
    BratReader(Draft& draft, Importer& importer)
        : m_draft(draft)
        , m_importer(importer)
    {
    }

    // An annotation may be spoken of before its own line, and what we number must not take the name of a later line.
    void run(const std::vector<Line>& lines)
    {
        const auto each = [&](std::string_view kinds, void (BratReader::*take)(const Line&)) {
            for (const Line& line : lines)
                if (kinds.find(line.id.front()) != std::string_view::npos)
                    (this->*take)(line);
        };
        each("T", &BratReader::takeSpan);
        each("E", &BratReader::takeTrigger);
        each("R", &BratReader::takeRelation);
        each("E", &BratReader::takeArguments);
        each("*", &BratReader::takeEquivalence);
        each("AM", &BratReader::takeAttribute);
        each("N", &BratReader::takeReference);
        each("#", &BratReader::takeNote);
        for (const Line& line : lines)
            if (std::string_view("TERAMN*#").find(line.id.front()) == std::string_view::npos)
                m_draft.leftOut(line.id, notUnderstood);
    }

  private:
    /// The span that a name stands for: an event's is that of its trigger. Empty when there is none.
    std::string spanOf(std::string_view name) const
    {
        const auto event = m_triggers.find(std::string(name));
        return event == m_triggers.end() ? std::string(name) : event->second;
    }

    void takeSpan(const Line& line)
    {
        Annotation span = annotationOf(line);
        if (span.label.empty() || span.pieces.empty())
            m_draft.leftOut(line.id, notUnderstood);
        else
            m_draft.add(std::move(span), line.id);
    }

    void takeTrigger(const Line& line)
    {
        std::string_view said = line.said, first = taken(said, ' ');
        taken(first, ':');
        const std::string trigger(first);
        if (!m_draft.find(trigger))
            m_draft.leftOut(line.id, notThere);
        else if (!m_triggers.try_emplace(line.id, trigger).second)
            m_draft.leftOut(line.id, notUnderstood);
        else if (!m_used.insert(trigger).second)
            m_importer.lost(text("reports", "Events that share their words with another one"));
    }

    void takeArguments(const Line& line)
    {
        if (!m_triggers.contains(line.id))
            return;
        std::string_view said = line.said;
        for (taken(said, ' '); !said.empty();) {
            std::string_view name = taken(said, ' ');
            const std::string role(taken(name, ':'));
            if (!role.empty() && m_seen.emplace(role, spanOf(line.id), spanOf(name)).second)
                m_draft.add(Relation{{}, role, spanOf(line.id), spanOf(name)}, line.id + " " + role);
        }
    }

    void takeRelation(const Line& line)
    {
        std::string_view said = line.said;
        const std::string type(taken(said, ' '));
        std::string_view from = taken(said, ' '), to = taken(said, ' ');
        from.remove_prefix(std::min(from.rfind(':') + 1, from.size()));
        to.remove_prefix(std::min(to.rfind(':') + 1, to.size()));
        if (type.empty() || to.empty() || said.find_first_not_of(' ') != std::string_view::npos)
            m_draft.leftOut(line.id, notUnderstood);
        else
            m_draft.add(Relation{line.id, type, spanOf(from), spanOf(to)}, line.id);
    }

    /// Several names that mean one thing: the first one is joined to each.
    void takeEquivalence(const Line& line)
    {
        std::string_view said = line.said;
        const std::string type(taken(said, ' ')), first(taken(said, ' '));
        if (said.empty())
            m_draft.leftOut(line.id, notUnderstood);
        while (!said.empty())
            m_draft.add(Relation{{}, type, spanOf(first), spanOf(taken(said, ' '))}, line.id + " " + type);
    }

    /// The annotation of which a line speaks, or nothing, with a sentence.
    Annotation* spoken(const Line& line, std::string_view name)
    {
        Annotation* span = m_draft.find(spanOf(name));
        if (!span && name.starts_with('R'))
            m_importer.lost(text("reports", "Attributes and notes of relations"));
        else if (!span)
            m_draft.leftOut(line.id, notThere);
        return span;
    }

    void takeAttribute(const Line& line)
    {
        std::string_view value = line.said;
        const std::string name(taken(value, ' '));
        if (Annotation* span = spoken(line, taken(value, ' '))) {
            const auto [place, isNew] = span->attributes.try_emplace(name, value.empty() ? "true" : value);
            if (!isNew && place->second != (value.empty() ? "true" : value))
                m_draft.leftOut(
                    line.id, text("reports", "The attribute %1 was there before; it is left out.").with(name));
        }
    }

    /// A line "N1	Reference T1 Source:42	words"; several are joined.
    void takeReference(const Line& line)
    {
        std::string_view value = line.said;
        const std::string name(taken(value, ' '));
        if (Annotation* span = spoken(line, taken(value, ' '))) {
            std::string& all = span->attributes[name];
            all += (all.empty() ? "" : " ") + std::string(value);
        }
    }

    void takeNote(const Line& line)
    {
        std::string_view name = line.said;
        taken(name, ' ');
        if (Annotation* span = spoken(line, name))
            span->note += (span->note.empty() ? "" : "\n") + std::string(line.words);
    }

    Draft& m_draft;
    Importer& m_importer;
    std::map<std::string, std::string> m_triggers; ///< of events
    std::set<std::string> m_used;                  ///< as triggers
    std::set<std::tuple<std::string, std::string, std::string>> m_seen;
};

/// How many spans say what a text says.
std::size_t fitCount(const std::string& text, const std::vector<Line>& lines)
{
    Importer unheard(false);
    Draft draft(unheard, {}, text);
    for (const Line& line : lines)
        if (line.id.starts_with('T'))
            draft.add(annotationOf(line), {});
    return draft.document.spans.size();
}

/// The files of one document.
struct Pair {
    const ExchangeFile* text = nullptr;
    std::vector<const ExchangeFile*> annotations;
};

std::map<std::string, Pair> pairsOf(const std::vector<ExchangeFile>& files)
{
    std::map<std::string, Pair> pairs;
    for (const ExchangeFile& file : files) {
        Pair& pair = pairs[file.name.substr(0, file.name.rfind('.'))];
        if (file.name.ends_with("txt") || file.name.ends_with("TXT"))
            pair.text = &file;
        else
            pair.annotations.push_back(&file);
    }
    return pairs;
}

/// A text may be empty, and so may its annotations.
std::optional<std::string> decoded(const ExchangeFile& file, Importer& importer)
{
    if (file.bytes.empty())
        return std::string();
    const auto decoded = decodeText(file.bytes, file.name);
    if (!decoded) {
        importer.leftOut(file.name, decoded.error().what);
        return std::nullopt;
    }
    importer.noteBroken(file.name, *decoded);
    return decoded->text;
}

void readPair(const std::string& name, const Pair& pair, Importer& importer)
{
    if (!pair.text)
        return importer.leftOut(pair.annotations.front()->name,
            text("reports", "There is no text %1 beside it; it is left out.").with(name + ".txt"));
    if (pair.annotations.empty())
        return importer.leftOut(
            pair.text->name, text("reports", "There is no file %1 beside it; it is left out.").with(name + ".ann"));
    std::string all;
    for (const ExchangeFile* file : pair.annotations)
        all += decoded(*file, importer).value_or("") + "\n";
    auto words = decoded(*pair.text, importer);
    if (!words)
        return;
    const std::vector<Line> lines = linesOf(all);
    // For brat a byte order mark is the first character of a text; other programs take it away.
    if (pair.text->bytes.starts_with(mark) && fitCount(std::string(mark) + *words, lines) > fitCount(*words, lines))
        words->insert(0, mark);
    Draft draft(importer, pair.annotations.front()->name, std::move(*words));
    draft.document.id = name;
    BratReader(draft, importer).run(lines);
    draft.finish();
}

Result<void> read(const std::vector<ExchangeFile>& files, Importer& importer, const Monitor& monitor)
{
    const std::map<std::string, Pair> pairs = pairsOf(files);
    std::size_t done = 0;
    for (const auto& [name, pair] : pairs) {
        TRY(monitor.at(
            text("reports", "Reading annotations"), static_cast<double>(done++) / static_cast<double>(pairs.size())));
        readPair(name, pair, importer);
    }
    return {};
}

} // namespace

ExchangeFormat bratFormat()
{
    ExchangeFormat format;
    format.name = "brat";
    format.summary = text("reports", "brat standoff: a folder with a text and a file of annotations a document");
    format.endings = {".ann", ".txt", ".a1", ".a2"};
    format.isFolder = true;
    format.holds.documentLabels = format.holds.facts = format.holds.blanks = false;
    format.read = read;
    format.fit = fitBrat;
    format.write = writeBrat;
    return format;
}

} // namespace hounsfield::reports
