#pragma once

#include "core/base/atomic_file.h"
#include "core/base/monitor.h"
#include "core/reports/annotation.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::files {
class ReaderPool;
}

namespace hounsfield::reports {

/// What could not be carried over.
struct Loss {
    Text what;
    std::int64_t count = 0;
    bool operator==(const Loss&) const = default;
};

/// What a file of annotations holds.
struct Imported {
    std::vector<Document> documents;
    std::vector<Text> problems; ///< what was left out, where and why; the rest is read
    std::vector<Loss> lost;     ///< what a document has no room for
};

/// What a format has room for. Names of annotations and relations ("T1") are handles: where there is no room for them
/// they are numbered anew, which is no loss.
struct Holds {
    bool suggestions = false; ///< with the mark that nobody confirmed them
    bool documentNames = true;
    bool documentLabels = true;
    bool parts = false;
    bool facts = true;
    bool pieces = true;   ///< annotations in several pieces
    bool overlaps = true; ///< annotations over or inside of others
    bool attributes = true;
    bool notes = true;
    bool relations = true;
    bool blanks = true; ///< in labels and types; else an underscore stands for each
};

struct ExchangeFile;
class Importer;
class Tally;

/// One format of annotations: a row of `exchangeFormats`.
struct ExchangeFormat {
    std::string name; ///< as people call it, in lower case
    Text summary;
    std::vector<std::string> endings; ///< of its files, in lower case; the first one is written
    bool isFolder = false;            ///< it is written as a folder of files, not as one
    Holds holds;

    /// Reads what `readDocuments` opened; null: the format is only written.
    Result<void> (*read)(const std::vector<ExchangeFile>&, Importer&, const Monitor&) = nullptr;
    /// Makes documents such as the format holds them, beyond `holds`; null: nothing is left to do.
    void (*fit)(std::vector<Document>&, Tally&) = nullptr;
    /// The files of documents that fit; null: the format is only read.
    std::vector<ExchangeFile> (*write)(std::span<const Document>) = nullptr;
};

/// Every format, in the order in which they are offered.
const std::vector<ExchangeFormat>& exchangeFormats();
/// Errors: BadInput; the sentence lists those that are there.
Result<const ExchangeFormat*> findExchangeFormat(const std::string& name);

/// Annotations of a file, of a folder or of an archive (ZIP, tar, tar.gz), at most 1 GiB. Every document is sound
/// (`check`); an annotation that does not fit its text is left out with a sentence. Texts are decoded as in
/// `decodeText`; offsets are code points. A document without a name has the number of its line or row.
/// Errors: BadInput when nothing can be read, Unsupported when the format is only written, Environment, Cancelled.
Result<Imported> readDocuments(files::ReaderPool& readers, const ExchangeFormat& format,
    const std::filesystem::path& path, const Monitor& monitor);

/// What writing these would lose, before anything is written. What goes with a lost annotation is not counted again,
/// but for relations. Suggestions are never written as a person's and count here.
std::vector<Loss> lossesOf(const ExchangeFormat& format, std::span<const Document> documents);

/// Writes a file, or a folder of them, in the place of what is there; other files of a folder stay. When it fails the
/// old files stand untouched. Errors: Unsupported when the format is only read, Environment, Cancelled.
Result<void> writeDocuments(const ExchangeFormat& format, std::span<const Document> documents,
    const std::filesystem::path& path, const Monitor& monitor, const FileCalls& calls = FileCalls::ofTheSystem());

} // namespace hounsfield::reports
