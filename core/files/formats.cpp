#include "core/files/formats.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace hounsfield::files {

namespace {
using Bytes = std::span<const std::byte>;

bool hasAt(Bytes start, std::size_t offset, std::string_view wanted)
{
    if (start.size() < offset + wanted.size())
        return false;
    return std::equal(wanted.begin(), wanted.end(), start.begin() + static_cast<std::ptrdiff_t>(offset),
        [](char a, std::byte b) { return static_cast<unsigned char>(a) == std::to_integer<unsigned char>(b); });
}

bool isGzip(Bytes start)
{
    return hasAt(start, 0, "\x1f\x8b");
}

bool isNiftiHeader(Bytes start)
{
    using namespace std::string_view_literals;
    return hasAt(start, 344, "n+1\0"sv) || hasAt(start, 344, "ni1\0"sv) || hasAt(start, 4, "n+2\0"sv)
           || hasAt(start, 4, "ni2\0"sv);
}

bool isMeta(Bytes start)
{
    const std::string_view all(reinterpret_cast<const char*>(start.data()), start.size());
    return all.substr(0, 256).find("ObjectType") != std::string_view::npos || all.find("NDims") == 0;
}

// Files without preamble start with an element of group 2 or 8, implicit or explicit, either byte order.
bool isBareDicom(Bytes start)
{
    if (start.size() < 16)
        return false;
    const auto at = [&](std::size_t i) { return std::to_integer<unsigned>(start[i]); };
    const unsigned little = at(0) | at(1) << 8, big = at(1) | at(0) << 8;
    const unsigned element = little == 2 || little == 8 ? at(2) | at(3) << 8 : at(3) | at(2) << 8;
    return (little == 2 || little == 8 || big == 2 || big == 8) && element <= 0x1200;
}

// clang-format off
    constexpr std::array table = {
        FormatRow{Format::Png,       "PNG",       ".png",                [](Bytes b) { return hasAt(b, 0, "\x89PNG\r\n\x1a\n"); }},
        FormatRow{Format::Jpeg,      "JPEG",      ".jpg .jpeg .jpe",     [](Bytes b) { return hasAt(b, 0, "\xff\xd8\xff"); }},
        FormatRow{Format::Dicom,     "DICOM",     ".dcm .dicom .ima",    [](Bytes b) { return hasAt(b, 128, "DICM"); }},
        FormatRow{Format::Nifti,     "NIfTI",     ".nii .nii.gz .hdr .img .img.gz", isNiftiHeader},
        FormatRow{Format::Nrrd,      "NRRD",      ".nrrd .nhdr",         [](Bytes b) { return hasAt(b, 0, "NRRD000"); }},
        FormatRow{Format::MetaImage, "MetaImage", ".mha .mhd",           isMeta},
        FormatRow{Format::Tiff,      "TIFF",      ".tif .tiff",          [](Bytes b) { using namespace std::string_view_literals; return hasAt(b, 0, "II*\0"sv) || hasAt(b, 0, "MM\0*"sv) || hasAt(b, 0, "II+\0"sv) || hasAt(b, 0, "MM\0+"sv); }},
        FormatRow{Format::Bmp,       "BMP",       ".bmp",                [](Bytes b) { return hasAt(b, 0, "BM") && b.size() >= 26; }},
        FormatRow{Format::Dicom,     "DICOM",     "",                    isBareDicom},
    };
// clang-format on

bool endsWithOneOf(std::string_view name, std::string_view suffixes)
{
    while (!suffixes.empty()) {
        const auto end = std::min(suffixes.find(' '), suffixes.size());
        const auto suffix = suffixes.substr(0, end);
        if (name.size() > suffix.size() && name.ends_with(suffix))
            return true;
        suffixes.remove_prefix(std::min(end + 1, suffixes.size()));
    }
    return false;
}
} // namespace

std::span<const FormatRow> formatTable()
{
    return table;
}

std::string lowerCase(std::string_view name)
{
    std::string lower(name);
    for (char& letter : lower)
        letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    return lower;
}

std::optional<Format> formatOf(std::span<const std::byte> start, std::string_view fileName)
{
    const std::string name = lowerCase(fileName);
    for (const auto& row : table)
        if (row.matches(start))
            return row.format;
    if (isGzip(start) && endsWithOneOf(name, ".nii.gz .img.gz .hdr.gz"))
        return Format::Nifti;
    // A NIfTI or Analyze header whose magic is wrong or cut is named as such by its reader.
    if (endsWithOneOf(name, ".nii .nii.gz .hdr") && !start.empty())
        return Format::Nifti;
    return std::nullopt;
}

const char* nameOf(Format format)
{
    return std::find_if(table.begin(), table.end(), [&](const FormatRow& row) { return row.format == format; })->name;
}

bool isNamedAsImage(std::string_view fileName)
{
    const std::string name = lowerCase(fileName);
    return endsWithOneOf(name, ".zip .tar .tgz .gz")
           || std::any_of(
               table.begin(), table.end(), [&](const FormatRow& row) { return endsWithOneOf(name, row.suffixes); });
}

bool isArchiveStart(std::span<const std::byte> start, std::string_view fileName)
{
    using namespace std::string_view_literals;
    if (hasAt(start, 0, "PK\x03\x04") || hasAt(start, 0, "PK\x05\x06") || hasAt(start, 257, "ustar"))
        return true;
    return isGzip(start) && !endsWithOneOf(lowerCase(fileName), ".nii.gz .img.gz .hdr.gz");
}

} // namespace hounsfield::files
