#pragma once

#include "core/base/result.h"
#include "core/image/volume.h"

#include <array>
#include <filesystem>
#include <span>

namespace hounsfield::image {

/// A body of the phantom: where it is (mm, LPS), how large, what it is made of.
struct PhantomPart {
    enum class Shape { Ellipsoid, Box, CylinderAlongZ };
    const char* name;
    Shape shape = Shape::Ellipsoid;
    Point center;
    std::array<double, 3> half; ///< half axes or half edges, mm
    double hounsfield = 0;
};

/// The parts of the CT phantom, later ones over earlier ones. Everything outside is air (−1000 HU).
/// Marked points are the centres of the boxes named "mark …", 4 mm wide, each its own HU.
std::span<const PhantomPart> ctPhantomParts();

/// A small CT of known millimetres and HU, made by rule alone: 128 × 128 × 80 voxels of 1.6 × 1.6 × 2 mm, Int16, HU.
/// Voxels at an edge hold the mean of 3 × 3 × 3 points, so that volumes are right to 1 %.
Volume makeCtPhantom();

/// Writes a grey volume as MetaImage (.mha, one file, uncompressed). Errors: Environment.
Result<void> writeMetaImage(const Volume& volume, const std::filesystem::path& path);

} // namespace hounsfield::image
