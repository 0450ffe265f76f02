#pragma once

#include <filesystem>
#include <optional>
#include <vector>

namespace hounsfield::mutants {

/// Pixels of a DICOM file as DCMTK sees them: stored values of grey pictures (bits cut out, signed, without rescale),
/// 8-bit RGB of colour, frame by frame.
struct SecondReading {
    int components = 1;
    long columns = 0, rows = 0, frames = 0;
    std::vector<double> values;
};

/// Reads in a process of its own, which a mutant may kill or hold up. Nothing where it does not open, dies, takes
/// longer than five seconds or holds more than `mostValues`.
constexpr std::size_t mostValues = std::size_t{1} << 20;
std::optional<SecondReading> secondReading(const std::filesystem::path& path);

} // namespace hounsfield::mutants
