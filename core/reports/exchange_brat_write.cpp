#include "core/files/formats.h"
#include "core/reports/exchange_brat.h"

#include <algorithm>

namespace hounsfield::reports {

namespace {

constexpr std::size_t longestName = 200; // bytes; file systems take 255

bool isControl(char c)
{
    return (static_cast<unsigned char>(c) < 0x20) || c == 0x7F;
}

/// One step of a path that every file system takes and no program hides.
std::string safeStep(std::string step)
{
    for (char& c : step)
        if (isControl(c) || std::string_view("\\:*?\"<>|").find(c) != std::string_view::npos)
            c = '_';
    if (step.size() > longestName) {
        std::size_t end = longestName;
        while (end > 0 && (static_cast<unsigned char>(step[end]) & 0xC0) == 0x80) // not within a character
            --end;
        step.resize(end);
    }
    if (step.empty() || step.front() == '.' || step == "__MACOSX")
        step.insert(0, "_");
    if (step.back() == '.' || step.back() == ' ')
        step.back() = '_';
    return step;
}

/// The name of a document as a path beneath the folder: "a/b" stays so.
std::string safeName(const std::string& name)
{
    std::string safe;
    std::size_t at = 0;
    while (true) {
        const std::size_t end = std::min(name.find('/', at), name.size());
        std::string step = safeStep(name.substr(at, end - at));
        const bool isFolder = end < name.size();
        const std::string lower = files::lowerCase(step);
        if (isFolder && (lower.ends_with(".txt") || lower.ends_with(".ann"))) // else it might stand where a file does
            step += '_';
        safe += step;
        if (!isFolder)
            return safe;
        safe += '/';
        at = end + 1;
    }
}

void fitNames(std::vector<Document>& documents, Tally& tally)
{
    std::set<std::string> names;
    std::map<std::string, std::int64_t> repeats;
    for (Document& document : documents) {
        const std::string safe = safeName(document.id);
        std::string name = safe;
        while (!names.insert(name).second)
            name = safe + "-" + std::to_string(++repeats.try_emplace(safe, 1).first->second);
        tally.add(text("reports", "Names of documents that cannot be names of files"), name == document.id ? 0 : 1);
        document.id = name;
    }
}

void fitAttributes(Annotation& span, Tally& tally)
{
    std::map<std::string, std::string> kept;
    for (const auto& [name, value] : span.attributes) {
        const std::string plain = withoutBlanks(name);
        if (value.empty() || std::ranges::any_of(value, isControl) || !kept.try_emplace(plain, value).second)
            tally.add(text("reports", "Attributes"));
        else
            tally.add(
                text("reports", "Blanks in names of attributes, which become underscores"), plain == name ? 0 : 1);
    }
    span.attributes = std::move(kept);
}

/// Names as brat wants them: those that are so already stay.
template <typename Item> std::map<std::string, std::string> namesOf(const std::vector<Item>& items, char letter)
{
    std::map<std::string, std::string> names;
    std::set<std::string> taken;
    for (const Item& item : items)
        if (item.id.size() > 1 && item.id[0] == letter
            && item.id.find_first_not_of("0123456789", 1) == std::string::npos)
            taken.insert(names[item.id] = item.id);
    std::int64_t number = 0;
    for (const Item& item : items)
        if (!names.contains(item.id)) {
            std::string name;
            do
                name = letter + std::to_string(++number);
            while (!taken.insert(name).second);
            names[item.id] = name;
        }
    return names;
}

std::string onOneLine(std::string words)
{
    for (char& c : words)
        if (c == '\n' || c == '\r' || c == '\t')
            c = ' ';
    return words;
}

std::string annotationsOf(const Document& document)
{
    const auto spans = namesOf(document.spans, 'T');
    const auto relations = namesOf(document.relations, 'R');
    std::string lines;
    std::int64_t attributes = 0, notes = 0;
    for (const Annotation& span : document.spans) {
        const std::string& id = spans.at(span.id);
        std::string pieces;
        for (const Span& piece : span.pieces)
            pieces += (pieces.empty() ? "" : ";") + std::to_string(piece.begin) + " " + std::to_string(piece.end);
        lines += id + "\t" + span.label + " " + pieces + "\t" + onOneLine(span.surface) + "\n";
        for (const auto& [name, value] : span.attributes)
            lines += "A" + std::to_string(++attributes) + "\t" + name + " " + id + (value == "true" ? "" : " " + value)
                     + "\n";
        if (!span.note.empty())
            lines += "#" + std::to_string(++notes) + "\tAnnotatorNotes " + id + "\t" + span.note + "\n";
    }
    for (const Relation& relation : document.relations) {
        const std::string &from = spans.at(relation.from), &to = spans.at(relation.to);
        lines += relation.type == "Equiv"
                     ? "*\tEquiv " + from + " " + to + "\n"
                     : relations.at(relation.id) + "\t" + relation.type + " Arg1:" + from + " Arg2:" + to + "\n";
    }
    return lines;
}

} // namespace

void fitBrat(std::vector<Document>& documents, Tally& tally)
{
    fitNames(documents, tally);
    for (Document& document : documents)
        for (Annotation& span : document.spans) {
            fitAttributes(span, tally);
            const bool isLong = std::ranges::any_of(span.note, isControl);
            tally.add(text("reports", "Line ends in notes, which become blanks"), isLong ? 1 : 0);
            std::ranges::replace_if(span.note, isControl, ' ');
        }
}

std::vector<ExchangeFile> writeBrat(std::span<const Document> documents)
{
    std::vector<ExchangeFile> files;
    for (const Document& document : documents) {
        files.push_back({document.id + ".txt", document.text});
        files.push_back({document.id + ".ann", annotationsOf(document)});
    }
    return files;
}

} // namespace hounsfield::reports
