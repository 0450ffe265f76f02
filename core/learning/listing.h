#pragma once

#include "core/learning/data_set.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hounsfield::learning {

/// A file that may become a case.
struct Candidate {
    files::Source source;
    std::string name;      ///< path below what was opened, with slashes
    std::string className; ///< empty: nobody has said one
    std::string patient, study;
    std::optional<Part> part;
    std::shared_ptr<const Provenance> provenance; ///< of a synthetic image whose folder says where it comes from
    bool isAdded = false;                         ///< of DataRequest::synthetic
};

/// What a place holds, labelled as far as folders and tables say.
struct Listing {
    std::vector<Candidate> candidates; ///< labelled ones
    std::int64_t unlabelled = 0;       ///< files that may be images but have no class
    std::string firstUnlabelled;
    std::int64_t rowsWithoutFile = 0; ///< of a table
    std::string firstRowWithoutFile;
};

/// Files below a folder, in an archive or named by a CSV, with the classes of folders (class/file, split/class/file) or
/// of a table. Errors: BadInput (not there, a table without the columns, an unknown split word), Environment,
/// Cancelled.
Result<Listing> listCases(files::ReaderPool& readers, const std::filesystem::path& data,
    const std::filesystem::path& table, const Monitor& monitor);

/// "train", "val", "test" and their kin, in any case.
std::optional<Part> partFromWord(const std::string& word);

} // namespace hounsfield::learning
