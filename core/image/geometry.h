#pragma once

#include <array>
#include <cstdint>

namespace hounsfield::image {

struct Point {
    double x = 0, y = 0, z = 0;
    bool operator==(const Point&) const = default;
}; ///< patient mm, LPS
struct VoxelPosition {
    double i = 0, j = 0, k = 0;
    bool operator==(const VoxelPosition&) const = default;
}; ///< continuous index

/// Where a grid of voxels lies in the patient, as ITK and DICOM say it: LPS, millimetres, index (0, 0, 0) is a voxel
/// centre. `direction` row by row; its columns are the unit vectors of the row (i), column (j) and slice (k) axes.
struct Geometry {
    std::array<std::int64_t, 3> size{1, 1, 1}; ///< columns, rows, slices
    std::array<double, 3> spacing{1, 1, 1};    ///< mm
    std::array<double, 3> origin{0, 0, 0};     ///< mm, centre of the first voxel
    std::array<double, 9> direction{1, 0, 0, 0, 1, 0, 0, 0, 1};
    bool isOriented = false; ///< false: the file says nothing of the patient; no letters may be shown
    bool isSpaced = false;   ///< false: the file says nothing of millimetres; lengths are pixels

    Point toPoint(const VoxelPosition& index) const;
    VoxelPosition toIndex(const Point& point) const;
    std::array<double, 3> axis(int column) const; ///< unit vector of axis 0, 1 or 2
    std::int64_t voxelCount() const { return size[0] * size[1] * size[2]; }
    bool operator==(const Geometry&) const = default;
};

} // namespace hounsfield::image
