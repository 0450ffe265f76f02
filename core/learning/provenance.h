#pragma once

#include "core/files/reader_client.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hounsfield::learning {

/// Where synthetic images come from: provenance.json at the top of their folder. Everything below it is synthetic.
struct Provenance {
    std::string generator;   ///< hash of generator.onnx, hexadecimal digits
    std::string split;       ///< Split::hash of the data the generator was trained on; empty: not known
    std::uint64_t seed = 0;  ///< of the images
    std::int64_t images = 0; ///< that were asked for
    /// What the generator was trained on, where it is known: pixel hashes, and `patientKey` of patients.
    std::vector<std::string> seenPixels, seenPatients;

    bool knowsWhatWasSeen() const { return !seenPixels.empty() || !seenPatients.empty(); }
    bool operator==(const Provenance&) const = default;
};

inline constexpr const char* provenanceFile = "provenance.json";

/// How a patient is named in a provenance: by a hash, so that no identifier travels with synthetic images.
std::string patientKey(const std::string& patient);

std::string jsonOf(const Provenance& provenance);
/// Errors: BadInput when it is no JSON of the kind "hounsfield-synthetic".
Result<Provenance> provenanceFrom(std::string_view json, const std::string& where);

/// Finds the provenance that a file lies below, on disk (by its real path too) or in an archive. Remembers folders.
class ProvenanceFinder {
  public:
    explicit ProvenanceFinder(files::ReaderPool& readers)
        : m_readers(readers)
    {
    }
    /// Nothing where there is none. A damaged one counts, with nothing known of the generator.
    std::shared_ptr<const Provenance> of(const files::Source& source);

  private:
    using Found = std::shared_ptr<const Provenance>;
    Found above(const std::filesystem::path& file);
    Found inFolder(const std::filesystem::path& folder);
    Found inArchive(const files::Source& source);

    files::ReaderPool& m_readers;
    std::map<std::filesystem::path, Found> m_folders, m_outside;              ///< of folders, of archives
    std::map<std::filesystem::path, std::map<std::string, Found>> m_archives; ///< by folder inside, "" or "a/b/"
};

} // namespace hounsfield::learning
