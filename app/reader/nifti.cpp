#include "app/reader/characters.h"
#include "app/reader/packed.h"
#include "app/reader/volumes.h"
#include "core/image/synthetic_mark.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <optional>

namespace hounsfield::reader {

namespace {
using image::ScalarType;

/// The data type of a NIfTI file: a row of its code table.
struct TypeRow {
    int code;
    const char* name;
    std::optional<ScalarType> type; ///< nothing: not read
    int components = 1;
    int stored = components; ///< numbers of a voxel in the file; those beyond `components` (opacity) are left out
};
constexpr std::array typeTable = {TypeRow{2, "uint8", ScalarType::UInt8}, TypeRow{4, "int16", ScalarType::Int16},
    TypeRow{8, "int32", ScalarType::Int32}, TypeRow{16, "float32", ScalarType::Float32},
    TypeRow{64, "float64", ScalarType::Float64}, TypeRow{128, "RGB24", ScalarType::UInt8, 3},
    TypeRow{256, "int8", ScalarType::Int8}, TypeRow{512, "uint16", ScalarType::UInt16},
    TypeRow{768, "uint32", ScalarType::UInt32}, TypeRow{1, "binary", {}}, TypeRow{32, "complex64", {}},
    TypeRow{1024, "int64", {}}, TypeRow{1280, "uint64", {}}, TypeRow{1536, "float128", {}},
    TypeRow{1792, "complex128", {}}, TypeRow{2048, "complex256", {}}, TypeRow{2304, "RGBA32", ScalarType::UInt8, 3, 4}};

bool isGzip(const Input& input)
{
    return input.startSize > 2 && input.start[0] == std::byte{0x1f} && input.start[1] == std::byte{0x8b};
}

struct Nifti {
    std::array<std::int64_t, 8> dim{};
    std::array<double, 8> pixdim{};
    int datatype = 0, sformCode = 0, qformCode = 0;
    double slope = 1, intercept = 0;
    std::int64_t offset = 0;
    bool isSwapped = false, isPair = false;
    std::array<double, 3> quaternion{}, shift{};
    std::array<double, 12> sform{};
    std::string description;
};

class Fields {
  public:
    Fields(std::string_view bytes, bool isSwapped)
        : m_bytes(bytes)
        , m_isSwapped(isSwapped)
    {
    }
    template <typename Number> Number at(std::size_t offset) const
    {
        std::array<char, sizeof(Number)> raw{};
        std::copy_n(m_bytes.data() + offset, sizeof(Number), raw.data());
        if (m_isSwapped)
            std::reverse(raw.begin(), raw.end());
        Number value;
        std::memcpy(&value, raw.data(), sizeof value);
        return value;
    }

  private:
    std::string_view m_bytes;
    bool m_isSwapped;
};

// Both versions hold the same things: version 2 wider and at other places.
Nifti parsed(std::string_view bytes, bool isSwapped, bool isSecond)
{
    const Fields f(bytes, isSwapped);
    Nifti n;
    n.isSwapped = isSwapped;
    const auto real = [&](std::size_t first, std::size_t second, std::size_t i) {
        return isSecond ? f.at<double>(second + 8 * i) : static_cast<double>(f.at<float>(first + 4 * i));
    };
    for (std::size_t i = 0; i < 8; ++i) {
        n.dim[i] = isSecond ? f.at<std::int64_t>(16 + 8 * i) : f.at<std::int16_t>(40 + 2 * i);
        n.pixdim[i] = real(76, 104, i);
    }
    n.datatype = f.at<std::int16_t>(isSecond ? 12 : 70);
    n.offset =
        isSecond ? f.at<std::int64_t>(168) : static_cast<std::int64_t>(std::clamp(f.at<float>(108), -1.0F, 1e15F));
    n.slope = real(112, 176, 0);
    n.intercept = real(116, 184, 0);
    n.qformCode = isSecond ? f.at<std::int32_t>(344) : f.at<std::int16_t>(252);
    n.sformCode = isSecond ? f.at<std::int32_t>(348) : f.at<std::int16_t>(254);
    for (std::size_t i = 0; i < 3; ++i) {
        n.quaternion[i] = real(256, 352, i);
        n.shift[i] = real(268, 376, i);
    }
    for (std::size_t i = 0; i < 12; ++i)
        n.sform[i] = real(280, 400, i);
    const std::string_view descrip = bytes.substr(isSecond ? 240 : 148, 80);
    n.description = descrip.substr(0, descrip.find('\0'));
    n.isPair = bytes.substr(isSecond ? 4 : 344, 3) == "ni1" || bytes.substr(4, 3) == "ni2";
    return n;
}

Result<Nifti> headerFields(const Input& input)
{
    const std::int64_t wanted = isGzip(input) ? 540 : std::min<std::int64_t>(540, input.size);
    std::string bytes =
        isGzip(input) ? TRY(unpacked(input, {}, 0, 352, Checksum::Ignored)) : TRY(readBytes(input, 0, wanted));
    if (bytes.size() < 348)
        return badInput(text("reader", "The NIfTI header is cut: %1 of 348 bytes are there.").with(bytes.size()));
    const auto magic = [&](std::size_t at) { return std::string_view(bytes).substr(at, 3); };
    const bool isSecond = magic(4) == "n+2" || magic(4) == "ni2";
    if (!isSecond && magic(344) != "n+1" && magic(344) != "ni1")
        return badInput(text(
            "reader", "This is no NIfTI file (an Analyze header says nothing of left and right and is not read)."));
    if (isSecond && isGzip(input))
        bytes = TRY(unpacked(input, {}, 0, 540, Checksum::Ignored));
    if (isSecond && bytes.size() < 540)
        return badInput(text("reader", "The NIfTI header is cut: %1 of 540 bytes are there.").with(bytes.size()));
    const auto length = Fields(bytes, false).at<std::int32_t>(0);
    const bool isSwapped = length != (isSecond ? 540 : 348);
    if (isSwapped && Fields(bytes, true).at<std::int32_t>(0) != (isSecond ? 540 : 348))
        return badInput(text("reader", "The NIfTI header states a wrong length."));
    return parsed(bytes, isSwapped, isSecond);
}

using Matrix = std::array<double, 12>; // three rows of four, RAS

Matrix fromQuaternion(const Nifti& n)
{
    const auto [b, c, d] = n.quaternion;
    const double a = std::sqrt(std::max(0.0, 1 - b * b - c * c - d * d));
    const double qfac = n.pixdim[0] < 0 ? -1 : 1;
    const double x = n.pixdim[1], y = n.pixdim[2], z = n.pixdim[3] * qfac;
    return {(a * a + b * b - c * c - d * d) * x, 2 * (b * c - a * d) * y, 2 * (b * d + a * c) * z, n.shift[0],
        2 * (b * c + a * d) * x, (a * a + c * c - b * b - d * d) * y, 2 * (c * d - a * b) * z, n.shift[1],
        2 * (b * d - a * c) * x, 2 * (c * d + a * b) * y, (a * a + d * d - c * c - b * b) * z, n.shift[2]};
}

// Without either form only voxel sizes are known; the custom of NIfTI's own tools is right to left about the centre.
Matrix fromSizes(const Nifti& n, const image::Geometry& g)
{
    const auto half = [&](std::size_t i) { return static_cast<double>(g.size[i] - 1) / 2 * n.pixdim[i + 1]; };
    return {-n.pixdim[1], 0, 0, half(0), 0, n.pixdim[2], 0, -half(1), 0, 0, n.pixdim[3], -half(2)};
}

bool place(image::Geometry& g, const Matrix& ras)
{
    for (std::size_t c = 0; c < 3; ++c) {
        const double length = std::hypot(ras[c], ras[4 + c], ras[8 + c]);
        if (!std::isfinite(length) || length <= 0)
            return false;
        g.spacing[c] = length;
        for (std::size_t r = 0; r < 3; ++r) // RAS → LPS: the first two axes of the patient turn round
            g.direction[3 * r + c] = (r < 2 ? -1 : 1) * ras[4 * r + c] / length;
    }
    for (std::size_t r = 0; r < 3; ++r)
        g.origin[r] = (r < 2 ? -1 : 1) * ras[4 * r + 3];
    const auto& d = g.direction;
    const double volume =
        d[0] * (d[4] * d[8] - d[5] * d[7]) - d[1] * (d[3] * d[8] - d[5] * d[6]) + d[2] * (d[3] * d[7] - d[4] * d[6]);
    return std::isfinite(volume) && std::abs(volume) > 1e-3 && std::isfinite(g.origin[0] + g.origin[1] + g.origin[2]);
}

Result<void> placeAll(files::FileHeader& header, Nifti& n)
{
    auto& g = header.geometry;
    for (std::size_t i = 1; i <= 3; ++i)
        if (!(n.pixdim[i] > 0) || !std::isfinite(n.pixdim[i])) {
            n.pixdim[i] = n.pixdim[i] < 0 && std::isfinite(n.pixdim[i]) ? -n.pixdim[i] : 1;
            if (n.dim[i] > 1)
                header.problems.push_back(text("reader", "The voxel size along axis %1 is not positive.").with(i));
        }
    image::Geometry other = g;
    const bool hasQ = n.qformCode > 0 && place(other, fromQuaternion(n));
    g.isOriented = n.sformCode > 0 || n.qformCode > 0;
    g.isSpaced = true;
    if (n.sformCode > 0) {
        if (!place(g, n.sform))
            return badInput(text("reader", "The sform matrix is singular."));
        double apart = 0;
        for (std::size_t i = 0; i < 9; ++i)
            apart = std::max(apart, std::abs(g.direction[i] - other.direction[i]));
        for (std::size_t i = 0; i < 3; ++i)
            apart = std::max(apart, std::abs(g.origin[i] - other.origin[i]));
        if (hasQ && apart > 0.01)
            header.problems.push_back(text("reader", "sform and qform disagree; sform is used."));
        return {};
    }
    if (n.qformCode > 0) {
        if (!hasQ)
            return badInput(text("reader", "The qform rotation is singular."));
        g = {g.size, other.spacing, other.origin, other.direction, true, true};
        return {};
    }
    place(g, fromSizes(n, g));
    header.problems.push_back(
        text("reader", "The file does not say how the patient lies (sform and qform codes are 0)."));
    return {};
}

/// The file with the voxels: this one, or the .img beside a .hdr.
Result<Input> voxelFile(const Input& input)
{
    std::string path = input.path;
    const auto dot = path.rfind(".hdr");
    if (dot == std::string::npos || input.isEntry)
        return badInput(text("reader", "The .img file that belongs to this header is missing."));
    path.replace(dot, 4, ".img");
    auto pair = openInput(path);
    if (!pair)
        return badInput(text("reader", "The .img file that belongs to this header is missing."));
    return pair;
}

// The first numbers of each voxel of `step` bytes.
void copyVoxels(const std::string& from, Picture& to, std::size_t step)
{
    const auto size = static_cast<std::size_t>(to.components) * image::bytesOf(to.type);
    for (std::size_t i = 0; (i + 1) * size <= to.bytes.size(); ++i)
        std::memcpy(to.bytes.data() + i * size, from.data() + i * step, size);
}
} // namespace

Result<files::FileHeader> niftiHeader(const Input& input, files::Format format)
{
    Nifti n = TRY(headerFields(input));
    files::FileHeader header;
    header.format = format;
    const auto row =
        std::find_if(typeTable.begin(), typeTable.end(), [&](const TypeRow& r) { return r.code == n.datatype; });
    if (row == typeTable.end())
        return badInput(text("reader", "The NIfTI file states the unknown data type %1.").with(n.datatype));
    if (!row->type)
        return unsupported(text("reader", "NIfTI voxels of the type %1 are not read.").with(row->name), {},
            text("reader", "Convert them to float32."));
    if (n.dim[0] < 1 || n.dim[0] > 7)
        return badInput(text("reader", "The NIfTI header states %1 axes.").with(n.dim[0]));
    std::int64_t voxels = 1;
    for (std::int64_t i = 1; i <= 7; ++i) {
        auto& side = n.dim[static_cast<std::size_t>(i)];
        side = i <= n.dim[0] ? side : 1;
        if (side < 1 || side > (1 << 24) || voxels > (std::int64_t{1} << 40) / side)
            return badInput(
                text("reader", "The NIfTI header states an impossible size (%1 along axis %2).").with(side, i));
        voxels *= side;
    }
    header.facts.derivationDescription = validText(n.description);
    header.facts.isSynthetic = image::saysSynthetic(n.description);
    header.columns = n.dim[1];
    header.rows = n.dim[2];
    header.timePoints = n.dim[4] * n.dim[5] * n.dim[6] * n.dim[7];
    header.frames = n.dim[3] * header.timePoints;
    header.components = row->components;
    header.samplesPerPixel = row->components;
    header.storedType = *row->type;
    header.bitsAllocated = header.bitsStored = static_cast<int>(image::bytesOf(*row->type)) * 8;
    header.photometric = row->components == 3 ? "RGB" : "MONOCHROME2";
    header.geometry.size = {n.dim[1], n.dim[2], n.dim[3]};
    const auto bytes = voxels * row->stored * static_cast<std::int64_t>(image::bytesOf(*row->type));
    const Input* data = &input;
    std::optional<Input> pair;
    if (n.isPair)
        data = &pair.emplace(TRY(voxelFile(input)));
    const auto start = std::max<std::int64_t>(n.offset, n.isPair ? 0 : 348);
    const bool isTooShort = isGzip(*data) ? bytes / 1032 > data->size : start + bytes > data->size;
    if (isTooShort)
        return badInput(text("reader", "The header asks for %1 bytes of voxels, more than the file holds.").with(bytes),
            {}, text("reader", "Copy or download it again."));
    TRY(placeAll(header, n));
    const bool isScaled =
        n.slope != 0 && std::isfinite(n.slope) && std::isfinite(n.intercept) && (n.slope != 1 || n.intercept != 0);
    header.frameHeaders.resize(1);
    if (isScaled && row->components == 1) {
        header.frameHeaders[0].slope = n.slope;
        header.frameHeaders[0].intercept = n.intercept;
    }
    return header;
}

Result<Picture> niftiFrames(const Input& input, const files::FileHeader& header, std::int64_t first, std::int64_t count)
{
    const Nifti n = TRY(headerFields(input));
    const auto row =
        std::find_if(typeTable.begin(), typeTable.end(), [&](const TypeRow& r) { return r.code == n.datatype; });
    if (row == typeTable.end())
        return badInput(text("reader", "The NIfTI file states the unknown data type %1.").with(n.datatype));
    const Input* data = &input;
    std::optional<Input> pair;
    if (n.isPair)
        data = &pair.emplace(TRY(voxelFile(input)));
    Picture picture{header.columns, header.rows, count, header.components, header.storedType, {}};
    const auto element = static_cast<std::int64_t>(image::bytesOf(header.storedType));
    const auto frame = header.columns * header.rows * row->stored * element;
    const auto offset = std::max<std::int64_t>(n.offset, n.isPair ? 0 : 348) + first * frame;
    const std::string bytes = isGzip(*data) ? TRY(unpacked(*data, {}, offset, count * frame, Checksum::Compared))
                                            : TRY(readBytes(*data, offset, count * frame));
    picture.bytes.resize(static_cast<std::size_t>(picture.count() * element));
    if (row->stored == row->components)
        std::memcpy(picture.bytes.data(), bytes.data(), picture.bytes.size());
    else
        copyVoxels(bytes, picture, static_cast<std::size_t>(row->stored * element));
    if (n.isSwapped && element > 1)
        for (std::size_t i = 0; i < picture.bytes.size(); i += static_cast<std::size_t>(element))
            std::reverse(picture.bytes.begin() + static_cast<std::ptrdiff_t>(i),
                picture.bytes.begin() + static_cast<std::ptrdiff_t>(i) + element);
    return picture;
}

} // namespace hounsfield::reader
