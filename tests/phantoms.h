#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class DcmItem;

/// Writers of small foreign files whose millimetres and values are known, for tests.
namespace hounsfield::phantoms {

/// How the pixels of a DICOM file are written.
enum class Syntax {
    Explicit,
    Implicit,
    BigEndian,
    Deflated,
    RunLength,
    JpegBaseline,
    JpegLossless,
    JpegLs,
    Jpeg2000,     ///< reversible; colour as YBR_RCT
    Jpeg2000Lossy ///< irreversible; colour as YBR_ICT
};

/// A DICOM picture; what is empty is not written.
struct DicomPicture {
    int columns = 16, rows = 16, frames = 1, samples = 1;
    int bitsAllocated = 16, bitsStored = 16, highBit = 15;
    bool isSigned = false;
    int planarConfiguration = 0;
    std::string photometric = "MONOCHROME2";
    std::vector<std::uint16_t> cells; ///< pixel cells as they are stored, all frames; 8-bit ones in the low byte
    std::optional<std::array<double, 3>> position;
    std::optional<std::array<double, 6>> orientation;
    std::optional<std::array<double, 2>> pixelSpacing; ///< between rows, between columns
    std::string modality = "CT", sopClass = "1.2.840.10008.5.1.4.1.1.2";
    std::string patientName = "Phantom^Test", patientID = "P1", seriesUid = "1.2.826.0.1.3680043.8.498.1",
                sopUid; ///< made from the file's name when empty
    int instanceNumber = 1;
    std::vector<std::pair<std::pair<std::uint16_t, std::uint16_t>, std::string>> elements; ///< further ones, as text
    struct Lut {
        int firstMapped = 0, bits = 16;
        std::vector<std::uint16_t> data;
    };
    std::optional<Lut> modalityLut, voiLut;
    std::function<void(DcmItem&)> change; ///< last: anything else
    Syntax syntax = Syntax::Explicit;
};

/// False when the file could not be written.
bool writeDicom(const std::filesystem::path& path, const DicomPicture& picture);

/// A NIfTI file without orientation, spacing 1 mm; values column by column, row by row, slice by slice.
/// @param type  2 (uint8), 4 (int16), 16 (float32) or 512 (uint16)
bool writeNifti(
    const std::filesystem::path& path, std::array<int, 3> size, std::int16_t type, const std::vector<double>& values);

/// Changes one number of 16 bits in a written file, whatever the pixels are. False when it could not be done.
bool setWord(const std::filesystem::path& path, std::uint16_t group, std::uint16_t element, std::uint16_t value);

std::string bytesOf(const std::filesystem::path& path);

} // namespace hounsfield::phantoms
