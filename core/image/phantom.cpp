#include "core/image/phantom.h"

#include "core/base/parallel.h"
#include "core/image/voxels.h"

#include <cmath>
#include <ranges>
#include <vector>

namespace hounsfield::image {

namespace {

using Shape = PhantomPart::Shape;

// clang-format off
constexpr PhantomPart parts[] = {
    // name                      shape                 centre               half axes             HU
    {"body, water",              Shape::Ellipsoid,      {0, 0, 0},           {92, 78, 190},          0},
    {"fat",                      Shape::CylinderAlongZ, {0, 64, 0},          {24, 8, 70},          -100},
    {"left lung",                Shape::Ellipsoid,      {45, -8, 10},        {30, 42, 56},         -800},
    {"right lung",               Shape::Ellipsoid,      {-45, -8, 10},       {30, 42, 56},         -800},
    {"nodule, 12 mm",            Shape::Ellipsoid,      {-48, -6, 22},       {6, 6, 6},              60},
    {"spine, bone",              Shape::CylinderAlongZ, {0, 30, 0},          {13, 11, 78},          700},
    {"spinal canal",             Shape::CylinderAlongZ, {0, 46, 0},          {5, 5, 78},             20},
    {"heart, contrast",          Shape::Ellipsoid,      {14, -22, -6},       {24, 26, 26},          180},
    {"air tube",                 Shape::CylinderAlongZ, {0, -8, 46},         {7, 7, 30},          -1000},
    {"cube of 20 mm, 300 HU",    Shape::Box,            {40, 0, -60},        {10, 10, 10},          300},
    {"cube of 10 mm, -300 HU",   Shape::Box,            {-40, 0, -60},       {5, 5, 5},            -300},
    {"mark left",                Shape::Box,            {80, 0, 0},          {2, 2, 2},            1000},
    {"mark front",               Shape::Box,            {0, -66, 0},         {2, 2, 2},            1200},
    {"mark head",                Shape::Box,            {-30, 50, 70},       {2, 2, 2},            1400},
};
// clang-format on

constexpr double air = -1000;

bool holds(const PhantomPart& part, const Point& p)
{
    const double x = (p.x - part.center.x) / part.half[0];
    const double y = (p.y - part.center.y) / part.half[1];
    const double z = (p.z - part.center.z) / part.half[2];
    switch (part.shape) {
    case Shape::Ellipsoid:
        return x * x + y * y + z * z <= 1;
    case Shape::Box:
        return std::abs(x) <= 1 && std::abs(y) <= 1 && std::abs(z) <= 1;
    case Shape::CylinderAlongZ:
        break;
    }
    return x * x + y * y <= 1 && std::abs(z) <= 1;
}

/// Value of a point among the parts that a slice meets.
double valueAt(const Point& p, const std::vector<PhantomPart>& met)
{
    for (const PhantomPart& part : std::views::reverse(met)) // later parts lie over earlier ones
        if (holds(part, p))
            return part.hounsfield;
    return air;
}

/// Mean over points of a voxel, `count` a side; those of two a side are its corners, drawn in by a sixth.
double meanOver(const Geometry& g, const VoxelPosition& voxel, int count, const std::vector<PhantomPart>& met)
{
    double sum = 0;
    for (int n = 0; n < count * count * count; ++n) {
        const auto off = [&](int step) { return -1.0 / 3 + 2.0 / 3 * (n / step % count) / (count - 1); };
        sum += valueAt(g.toPoint({voxel.i + off(1), voxel.j + off(count), voxel.k + off(count * count)}), met);
    }
    return sum / (count * count * count);
}

std::vector<PhantomPart> partsNear(double z, double reach)
{
    std::vector<PhantomPart> met;
    for (const PhantomPart& part : parts)
        if (std::abs(z - part.center.z) <= part.half[2] + reach)
            met.push_back(part);
    return met;
}

void fillSlice(const Geometry& g, std::int64_t k, std::int16_t* out)
{
    const double z = g.toPoint({0, 0, static_cast<double>(k)}).z;
    const auto met = partsNear(z, g.spacing[2]);
    for (std::int64_t j = 0; j < g.size[1]; ++j)
        for (std::int64_t i = 0; i < g.size[0]; ++i) {
            const VoxelPosition voxel{static_cast<double>(i), static_cast<double>(j), static_cast<double>(k)};
            double value = valueAt(g.toPoint(voxel), met);
            if (meanOver(g, voxel, 2, met) != value) // an edge passes
                value = meanOver(g, voxel, 3, met);
            *out++ = static_cast<std::int16_t>(std::lround(value));
        }
}

} // namespace

std::span<const PhantomPart> ctPhantomParts()
{
    return parts;
}

Volume makeCtPhantom()
{
    Geometry geometry;
    geometry.size = {128, 128, 80};
    geometry.spacing = {1.6, 1.6, 2};
    for (std::size_t axis = 0; axis < 3; ++axis)
        geometry.origin[axis] = -geometry.spacing[axis] * static_cast<double>(geometry.size[axis] - 1) / 2;
    geometry.isOriented = geometry.isSpaced = true;
    std::vector<std::int16_t> values(static_cast<std::size_t>(geometry.voxelCount()));
    const std::int64_t perSlice = geometry.size[0] * geometry.size[1];
    parallelFor(geometry.size[2], processorCount(),
        [&](std::int64_t k) { fillSlice(geometry, k, values.data() + k * perSlice); });
    Volume volume = makeVolume(geometry, values);
    volume.unit = "HU";
    volume.facts.modality = "CT";
    volume.facts.patientName = "Phantom^CT";
    volume.facts.seriesDescription = "Hounsfield CT phantom";
    return volume;
}

} // namespace hounsfield::image
