#include "core/image/phantom.h"

#include "core/image/voxels.h"

#include <cmath>

namespace hounsfield::image {

namespace {

using Shape = PhantomPart::Shape;

// clang-format off
constexpr PhantomPart parts[] = {
    // name                      shape                 centre               half axes             HU
    {"body, water",              Shape::Ellipsoid,      {0, 0, 0},           {92, 78, 190},          0},
    {"fat",                      Shape::CylinderAlongZ, {0, 52, 0},          {24, 12, 70},         -100},
    {"left lung",                Shape::Ellipsoid,      {45, -8, 10},        {30, 42, 56},         -800},
    {"right lung",               Shape::Ellipsoid,      {-45, -8, 10},       {30, 42, 56},         -800},
    {"nodule, 12 mm",            Shape::Ellipsoid,      {-48, -6, 22},       {6, 6, 6},              60},
    {"spine, bone",              Shape::CylinderAlongZ, {0, 30, 0},          {13, 11, 78},          700},
    {"spinal canal",             Shape::CylinderAlongZ, {0, 46, 0},          {6, 6, 78},             20},
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

double valueAt(const Point& p)
{
    double value = air;
    for (const PhantomPart& part : parts)
        if (holds(part, p))
            value = part.hounsfield;
    return value;
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
    constexpr double points[] = {-1.0 / 3, 0, 1.0 / 3}; // of a voxel
    std::vector<std::int16_t> values;
    values.reserve(static_cast<std::size_t>(geometry.voxelCount()));
    for (std::int64_t k = 0; k < geometry.size[2]; ++k)
        for (std::int64_t j = 0; j < geometry.size[1]; ++j)
            for (std::int64_t i = 0; i < geometry.size[0]; ++i) {
                double sum = 0;
                for (const double w : points)
                    for (const double v : points)
                        for (const double u : points)
                            sum += valueAt(geometry.toPoint(
                                {static_cast<double>(i) + u, static_cast<double>(j) + v, static_cast<double>(k) + w}));
                values.push_back(static_cast<std::int16_t>(std::lround(sum / 27)));
            }
    Volume volume = makeVolume(geometry, values);
    volume.unit = "HU";
    volume.facts.modality = "CT";
    volume.facts.patientName = "Phantom^CT";
    volume.facts.seriesDescription = "Hounsfield CT phantom";
    return volume;
}

} // namespace hounsfield::image
