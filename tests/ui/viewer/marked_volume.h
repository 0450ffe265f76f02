#pragma once

#include "core/image/voxels.h"

#include <array>
#include <cmath>
#include <memory>

namespace hounsfield::test {

/// Columns of a direction matrix turned about an oblique axis (Rodrigues), row by row.
inline std::array<double, 9> turnedDirection(double degrees)
{
    const double a = degrees * 3.14159265358979323846 / 180;
    const double n = 1 / std::sqrt(14.0);
    const double u[3] = {1 * n, 2 * n, 3 * n};
    const double c = std::cos(a), s = std::sin(a);
    std::array<double, 9> m{};
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 3; ++column)
            m[static_cast<std::size_t>(3 * row + column)] = u[row] * u[column] * (1 - c) + (row == column ? c : 0);
    m[1] -= u[2] * s;
    m[2] += u[1] * s;
    m[3] += u[2] * s;
    m[5] -= u[0] * s;
    m[6] -= u[1] * s;
    m[7] += u[0] * s;
    return m;
}

/// Air with a bright block of 3 × 3 × 3 voxels around `mark`; HU, oriented, 40 × 36 × 24 voxels of 2 × 2 × 3 mm.
inline std::shared_ptr<const image::Volume> markedVolume(
    const std::array<double, 9>& direction, const std::array<std::int64_t, 3>& mark)
{
    image::Geometry geometry;
    geometry.size = {40, 36, 24};
    geometry.spacing = {2, 2, 3};
    geometry.origin = {-30, 12, 55};
    geometry.direction = direction;
    geometry.isOriented = geometry.isSpaced = true;
    std::vector<std::int16_t> values(static_cast<std::size_t>(geometry.voxelCount()), -1000);
    for (std::int64_t k = mark[2] - 1; k <= mark[2] + 1; ++k)
        for (std::int64_t j = mark[1] - 1; j <= mark[1] + 1; ++j)
            for (std::int64_t i = mark[0] - 1; i <= mark[0] + 1; ++i)
                values[static_cast<std::size_t>((k * geometry.size[1] + j) * geometry.size[0] + i)] = 1000;
    image::Volume volume = image::makeVolume(geometry, values);
    volume.unit = "HU";
    volume.facts.modality = "CT";
    volume.facts.patientName = "Doe^Jane";
    volume.windows = {{0, 2000, image::Window::Function::Linear, {}}};
    return std::make_shared<const image::Volume>(std::move(volume));
}

} // namespace hounsfield::test
