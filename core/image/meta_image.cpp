#include "core/base/atomic_file.h"
#include "core/image/phantom.h"

#include <cassert>
#include <charconv>
#include <string>

namespace hounsfield::image {

namespace {

std::string number(double value)
{
    char digits[40];
    const auto end = std::to_chars(digits, digits + sizeof digits, value);
    return {digits, end.ptr};
}

const char* elementType(ScalarType type)
{
    constexpr const char* names[] = {
        "MET_CHAR", "MET_UCHAR", "MET_SHORT", "MET_USHORT", "MET_INT", "MET_UINT", "MET_FLOAT", "MET_DOUBLE"};
    return names[static_cast<std::size_t>(type)];
}

} // namespace

Result<void> writeMetaImage(const Volume& volume, const std::filesystem::path& path)
{
    assert(volume.components == 1);
    const Geometry& g = volume.geometry;
    std::string header = "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n"
                         "CompressedData = False\nTransformMatrix =";
    for (int axis = 0; axis < 3; ++axis) // MetaIO writes the axes one after the other, not row by row
        for (const double part : g.axis(axis))
            header += " " + number(part);
    header += "\nOffset = " + number(g.origin[0]) + " " + number(g.origin[1]) + " " + number(g.origin[2])
              + "\nCenterOfRotation = 0 0 0\nAnatomicalOrientation = RAI\nElementSpacing = " + number(g.spacing[0])
              + " " + number(g.spacing[1]) + " " + number(g.spacing[2]) + "\nDimSize = " + std::to_string(g.size[0])
              + " " + std::to_string(g.size[1]) + " " + std::to_string(g.size[2]);
    if (volume.unit == "HU")
        header += "\nModality = MET_MOD_CT";
    header += std::string("\nElementType = ") + elementType(volume.type) + "\nElementDataFile = LOCAL\n";
    header.append(reinterpret_cast<const char*>(volume.voxels.bytes),
        static_cast<std::size_t>(g.voxelCount()) * bytesOf(volume.type));
    return writeAtomically(path, header);
}

} // namespace hounsfield::image
