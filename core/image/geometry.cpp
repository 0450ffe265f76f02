#include "core/image/geometry.h"

namespace hounsfield::image {

namespace {

/// Inverse of the 3 × 3 matrix whose columns are the axes times their spacing, by cofactors.
std::array<double, 9> inverseOf(const std::array<double, 9>& m)
{
    const std::array<double, 9> cofactors{m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8],
        m[1] * m[5] - m[2] * m[4], m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
        m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]};
    const double determinant = m[0] * cofactors[0] + m[1] * cofactors[3] + m[2] * cofactors[6];
    std::array<double, 9> inverse{};
    for (std::size_t i = 0; i < 9; ++i)
        inverse[i] = cofactors[i] / determinant;
    return inverse;
}

std::array<double, 3> times(const std::array<double, 9>& m, const std::array<double, 3>& v)
{
    return {m[0] * v[0] + m[1] * v[1] + m[2] * v[2], m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
        m[6] * v[0] + m[7] * v[1] + m[8] * v[2]};
}

} // namespace

Point Geometry::toPoint(const VoxelPosition& index) const
{
    const auto moved = times(direction, {index.i * spacing[0], index.j * spacing[1], index.k * spacing[2]});
    return {origin[0] + moved[0], origin[1] + moved[1], origin[2] + moved[2]};
}

VoxelPosition Geometry::toIndex(const Point& point) const
{
    const auto steps = times(inverseOf(direction), {point.x - origin[0], point.y - origin[1], point.z - origin[2]});
    return {steps[0] / spacing[0], steps[1] / spacing[1], steps[2] / spacing[2]};
}

std::array<double, 3> Geometry::axis(int column) const
{
    const auto c = static_cast<std::size_t>(column);
    return {direction[c], direction[3 + c], direction[6 + c]};
}

} // namespace hounsfield::image
