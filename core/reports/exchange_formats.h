#pragma once

#include "core/reports/encodings.h"
#include "core/reports/exchange.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hounsfield::reports {

/// A file of a folder or an archive, or one alone.
struct ExchangeFile {
    std::string name; ///< relative to the folder, with '/' between
    std::string bytes;
};

/// Counts what is lost, each kind once, in the order of their first coming.
class Tally {
  public:
    void add(const Text& what, std::int64_t count = 1);
    std::vector<Loss> losses;
};

/// Gathers what is read, and sentences on what is not.
class Importer {
  public:
    /// @param hasSeveralFiles  then documents without a name get the name of their file, too
    explicit Importer(bool hasSeveralFiles)
        : m_hasSeveralFiles(hasSeveralFiles)
    {
    }

    /// Notes what was left out. @param where  file and line or annotation
    void leftOut(const std::string& where, const Text& why);
    void lost(const Text& what) { m_tally.add(what); }
    /// Notes how many characters of a file could not be decoded.
    void noteBroken(const std::string& where, const DecodedText& decoded);
    /// The name of a document that has none of its own.
    std::string nameFor(const ExchangeFile& file, std::int64_t row) const;
    /// Takes a document that is sound; a name that was there before gets a number.
    void add(Document document, const std::string& where);

    Imported finished() &&;

  private:
    bool m_hasSeveralFiles;
    Tally m_tally;
    Imported m_imported;
    std::int64_t m_unlisted = 0; ///< sentences
    std::set<std::string> m_names;
    std::map<std::string, std::int64_t> m_repeats; ///< of a name
};

/// One document while it is read: what does not fit its text is left out with a sentence.
class Draft {
  public:
    Draft(Importer& importer, std::string where, std::string text);

    const CodePoints& points() const { return m_points; }
    /// Adds an annotation; touching pieces become one. An empty id is numbered, an empty surface filled in, another
    /// one must say what the text says, white space aside.
    /// @param called  as its file names it, for sentences
    /// @return        its id; nothing when it was left out
    std::optional<std::string> add(Annotation span, const std::string& called);
    /// Adds a relation; an empty id is numbered. An end that is not there leaves it out.
    void add(Relation relation, const std::string& called);
    Annotation* find(const std::string& id);
    void leftOut(const std::string& called, const Text& why) { m_importer.leftOut(m_where + " " + called, why); }
    /// Hands the document to the importer.
    void finish();

    Document document;

  private:
    std::string freeName(char letter, std::map<std::string, std::size_t>& names);

    Importer& m_importer;
    std::string m_where;
    CodePoints m_points;
    std::map<std::string, std::size_t> m_spans, m_relations;
    std::map<char, std::int64_t> m_numbers;
};

/// The files that are read: those of a folder or an archive whose names end so, or the one that was chosen.
Result<std::vector<ExchangeFile>> openFiles(files::ReaderPool& readers, const ExchangeFormat& format,
    const std::filesystem::path& path, const Monitor& monitor);
/// Puts files into a folder, all or none: first beside their places, then renamed.
Result<void> writeFolder(const std::filesystem::path& folder, const std::vector<ExchangeFile>& files,
    const Monitor& monitor, const FileCalls& calls);

/// Documents as a format holds them, and what that loses.
std::vector<Document> fitted(const ExchangeFormat& format, std::span<const Document> documents, Tally& tally);
/// A name without white space and control characters: an underscore stands for each, and for an empty name.
std::string withoutBlanks(std::string_view name);

/// Reads every file by itself: the error of a lone file is the answer, those of several are noted.
Result<void> readEach(const std::vector<ExchangeFile>& files, Importer& importer, const Monitor& monitor,
    Result<void> (*read)(const ExchangeFile&, const DecodedText&, Importer&, const Monitor&));

/// Whether every line of a text is a word with its tag.
bool isConll(std::string_view text);
/// Words with their tags; without -DOCSTART- lines they are one document. The text is put together from its words.
Result<void> readConll(
    const ExchangeFile& file, const DecodedText& decoded, Importer& importer, const Monitor& monitor);

// The rows of `exchangeFormats`, a file each.
ExchangeFormat ownFormat();
ExchangeFormat bratFormat();
ExchangeFormat doccanoFormat();
ExchangeFormat prodigyFormat();
ExchangeFormat conllFormat();
ExchangeFormat csvFormat();
ExchangeFormat chexpertFormat();

} // namespace hounsfield::reports
