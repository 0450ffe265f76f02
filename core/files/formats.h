#pragma once

#include "core/files/header.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hounsfield::files {

/// One format we read: a row of `formats`.
struct FormatRow {
    Format format;
    const char* name;                                  ///< for a person
    std::string_view suffixes;                         ///< ".nii .nii.gz"; lower case
    bool (*matches)(std::span<const std::byte> start); ///< by the first 512 bytes of the file
};

/// In the order in which they are asked.
std::span<const FormatRow> formatTable();

/// By the first bytes; a suffix decides only where bytes cannot (DICOM without preamble, compressed NIfTI).
std::optional<Format> formatOf(std::span<const std::byte> start, std::string_view fileName);
const char* nameOf(Format format);

/// Whether the name promises an image or an archive that we read: such a file, unreadable, is rejected; any other is a
/// stray file and no error.
bool isNamedAsImage(std::string_view fileName);

/// ZIP, tar, tar.gz or .gz of one file, by the first 512 bytes; `.nii.gz` and its kind are images, no archives.
bool isArchiveStart(std::span<const std::byte> start, std::string_view fileName);

std::string lowerCase(std::string_view name);

} // namespace hounsfield::files
