#include "core/reports/exchange_formats.h"
#include "core/reports/exchange_words.h"
#include "core/reports/sentences.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

namespace hounsfield::reports {

namespace {

constexpr std::string_view documentMark = "-DOCSTART-";

/// Whether a sign is written without blanks around it: Han, kana and their full-width marks.
bool isUnspaced(char32_t c)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto script = uscript_getScript(static_cast<UChar32>(c), &status);
    return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA
           || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF);
}

/// A text put together from its words, since a file of words tells nothing of the blanks between them.
class WordText {
  public:
    /// @return  where the word stands now
    Span add(const std::string& word)
    {
        const CodePoints points(word);
        if (m_isLineEnd)
            append("\n", 1);
        else if (m_last && !isUnspaced(m_last) && !isUnspaced(points[0]))
            append(" ", 1);
        const std::int64_t begin = m_size;
        append(word, points.size());
        m_last = points[points.size() - 1];
        m_isLineEnd = false;
        return {begin, m_size};
    }
    void endSentence() { m_isLineEnd = m_last != 0; }

    std::string text;

  private:
    void append(const std::string& words, std::int64_t size)
    {
        text += words;
        m_size += size;
    }

    std::int64_t m_size = 0; ///< code points
    char32_t m_last = 0;     ///< of the last word; 0: there is none
    bool m_isLineEnd = false;
};

/// What a tag says: how its word lies in an annotation, and of which label.
struct Tag {
    char place = 'O'; ///< begin, inside, end, single
    std::string label;
};

/// Tags as in IOB, BIO, BIOES, BILOU and BMES; nothing for any other word.
std::optional<Tag> tagOf(std::string_view word)
{
    if (word == "O")
        return Tag{};
    if (word.size() < 3 || word[1] != '-')
        return std::nullopt;
    constexpr std::string_view places = "BIESMLU", meanings = "BIESIES";
    const std::size_t place = places.find(word[0]);
    if (place == std::string_view::npos)
        return std::nullopt;
    return Tag{meanings[place], std::string(word.substr(2))};
}

/// Words between tabs, or between blanks where there is no tab.
std::vector<std::string> fieldsOf(std::string_view line)
{
    const std::string_view separators = line.find('\t') == std::string_view::npos ? " \r" : "\t\r";
    std::vector<std::string> fields;
    for (std::size_t begin = 0; (begin = line.find_first_not_of(separators, begin)) != std::string_view::npos;) {
        const std::size_t end = std::min(line.find_first_of(separators, begin), line.size());
        fields.emplace_back(line.substr(begin, end - begin));
        begin = end;
    }
    return fields;
}

class ConllReader {
  public:
    ConllReader(const ExchangeFile& file, Importer& importer)
        : m_file(file)
        , m_importer(importer)
    {
    }

    void takeLine(std::string_view line)
    {
        ++m_row;
        const std::vector<std::string> fields = fieldsOf(line);
        if (fields.empty())
            endSentence();
        else if (fields.front() == documentMark)
            startDocument();
        else
            takeWord(fields);
    }

    void finish()
    {
        endSentence();
        if (!m_isOpen)
            return;
        Draft draft(m_importer, m_file.name, std::move(m_text.text));
        draft.document.id = m_importer.nameFor(m_file, ++m_count);
        for (Annotation& span : m_spans)
            draft.add(std::move(span), {});
        draft.finish();
        m_text = {};
        m_spans.clear();
        m_isOpen = false;
    }

  private:
    void startDocument()
    {
        finish();
        m_isOpen = true;
    }

    void endSentence()
    {
        m_text.endSentence();
        m_isInside = false;
    }

    void takeWord(const std::vector<std::string>& fields)
    {
        const auto tag = fields.size() < 2 ? std::nullopt : tagOf(fields.back());
        if (!tag)
            m_importer.leftOut(m_file.name + ":" + std::to_string(m_row),
                text("reports", "The line does not end in O, or in B- or I- with a label; its word has none."));
        const Span place = m_text.add(fields.front());
        m_isOpen = true;
        if (!tag || tag->place == 'O') {
            m_isInside = false;
            return;
        }
        const bool goesOn =
            m_isInside && (tag->place == 'I' || tag->place == 'E') && m_spans.back().label == tag->label;
        if (goesOn)
            m_spans.back().pieces.front().end = place.end;
        else
            m_spans.push_back({{}, tag->label, {place}, {}, {}, {}, true});
        m_isInside = tag->place == 'B' || tag->place == 'I';
    }

    const ExchangeFile& m_file;
    Importer& m_importer;
    std::int64_t m_row = 0, m_count = 0;
    bool m_isOpen = false;   ///< a document
    bool m_isInside = false; ///< of an annotation
    WordText m_text;
    std::vector<Annotation> m_spans;
};

/// A word with its tag, and whether a sentence ends behind it.
struct TaggedWord {
    std::string word, tag;
    bool isLast = false;
};

/// @param document  its annotations are in one piece and apart
std::vector<TaggedWord> taggedWordsOf(const Document& document)
{
    const CodePoints points(document.text);
    std::set<std::int64_t> sentenceEnds;
    const auto tokens = tokensOf(points);
    for (const Sentence& sentence : sentencesOf(points, tokens))
        sentenceEnds.insert(sentence.span.end);
    std::map<std::int64_t, const Annotation*> spans; // by their begin
    for (const Annotation& span : document.spans)
        spans[span.pieces.front().begin] = &span;
    std::vector<TaggedWord> words;
    const Annotation* last = nullptr;
    for (const Word& word : wordsOf(points, document.spans)) {
        if (word.isBlank)
            continue;
        const auto next = spans.upper_bound(word.span.begin);
        const Annotation* span = next == spans.begin() ? nullptr : std::prev(next)->second;
        if (span && span->pieces.front().end <= word.span.begin)
            span = nullptr;
        const std::string tag = !span ? "O" : (span == last ? "I-" : "B-") + span->label;
        const bool isWithin = span && span->pieces.front().end > word.span.end;
        words.push_back({points.slice(word.span), tag, sentenceEnds.contains(word.span.end) && !isWithin});
        last = span;
    }
    return words;
}

std::vector<ExchangeFile> write(std::span<const Document> documents)
{
    ExchangeFile file;
    for (const Document& document : documents) {
        file.bytes += std::string(documentMark) + " -X- O O\n\n";
        bool isOpen = false;
        for (const TaggedWord& word : taggedWordsOf(document)) {
            file.bytes += word.word + " -X- _ " + word.tag + "\n" + (word.isLast ? "\n" : "");
            isOpen = !word.isLast;
        }
        file.bytes += isOpen ? "\n" : "";
    }
    return {file};
}

/// Without annotations that hold no word.
void dropBlank(Document& document, const CodePoints& points, Tally& tally)
{
    const auto isBlank = [](char32_t c) {
        const auto point = static_cast<UChar32>(c);
        return u_isUWhiteSpace(point) || u_iscntrl(point); // as between tokens
    };
    std::int64_t trimmed = 0;
    const auto lost = std::erase_if(document.spans, [&](const Annotation& span) {
        const Span& place = span.pieces.front();
        std::int64_t blanks = 0;
        for (std::int64_t i = place.begin; i < place.end; ++i)
            blanks += isBlank(points[i]) ? 1 : 0;
        const bool isLost = blanks == place.size();
        trimmed += !isLost && (isBlank(points[place.begin]) || isBlank(points[place.end - 1])) ? 1 : 0;
        return isLost;
    });
    tally.add(text("reports", "Annotations of nothing but white space"), static_cast<std::int64_t>(lost));
    tally.add(text("reports", "Blanks at the ends of annotations"), trimmed);
}

void fit(std::vector<Document>& documents, Tally& tally)
{
    for (Document& document : documents) {
        dropBlank(document, CodePoints(document.text), tally);
        WordText written;
        for (const TaggedWord& word : taggedWordsOf(document)) {
            written.add(word.word);
            if (word.isLast)
                written.endSentence();
        }
        tally.add(text("reports", "Texts whose white space or invisible signs change"),
            written.text == document.text ? 0 : 1);
    }
}

} // namespace

bool isConll(std::string_view text)
{
    std::int64_t words = 0;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        const auto fields = fieldsOf(text.substr(start, end - start));
        start = end + 1;
        if (fields.empty())
            continue;
        if (fields.size() < 2 || !tagOf(fields.back()))
            return false;
        ++words;
    }
    return words > 0;
}

Result<void> readConll(const ExchangeFile& file, const DecodedText& decoded, Importer& importer, const Monitor& monitor)
{
    const std::string_view all = decoded.text;
    ConllReader reader(file, importer);
    std::int64_t row = 0;
    for (std::size_t start = 0; start < all.size();) {
        if (++row % 10'000 == 0)
            TRY(monitor.at(
                text("reports", "Reading annotations"), static_cast<double>(start) / static_cast<double>(all.size())));
        const std::size_t end = std::min(all.find('\n', start), all.size());
        reader.takeLine(all.substr(start, end - start));
        start = end + 1;
    }
    reader.finish();
    return {};
}

ExchangeFormat conllFormat()
{
    ExchangeFormat format;
    format.name = "conll";
    format.summary = text("reports", "CoNLL: a word a line, with a tag that begins or continues an annotation (BIO)");
    format.endings = {".conll", ".bio", ".iob", ".txt"};
    Holds& holds = format.holds;
    holds.documentNames = holds.documentLabels = holds.facts = holds.pieces = holds.overlaps = false;
    holds.attributes = holds.notes = holds.relations = holds.blanks = false;
    format.read = [](const auto& files, Importer& importer, const Monitor& monitor) {
        return readEach(files, importer, monitor, readConll);
    };
    format.fit = fit;
    format.write = write;
    return format;
}

} // namespace hounsfield::reports
