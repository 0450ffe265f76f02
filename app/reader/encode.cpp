#include "app/reader/encode.h"

#include "app/reader/encode_dicom.h"

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <cmath>
#include <cstring>
#include <memory>

namespace hounsfield::reader {

namespace {
using files::Request;
using image::ScalarType;

struct TypeRow {
    ScalarType type;
    short nifti; ///< datatype code
    const char* nrrd;
};
constexpr std::array typeTable = {TypeRow{ScalarType::Int8, 256, "int8"}, TypeRow{ScalarType::UInt8, 2, "uint8"},
    TypeRow{ScalarType::Int16, 4, "int16"}, TypeRow{ScalarType::UInt16, 512, "uint16"},
    TypeRow{ScalarType::Int32, 8, "int32"}, TypeRow{ScalarType::UInt32, 768, "uint32"},
    TypeRow{ScalarType::Float32, 16, "float"}, TypeRow{ScalarType::Float64, 64, "double"}};

const TypeRow& rowOf(ScalarType type)
{
    return typeTable[static_cast<std::size_t>(type)];
}

template <typename Number> void put(std::string& bytes, std::size_t at, Number value)
{
    std::memcpy(bytes.data() + at, &value, sizeof value);
}

// NIfTI-1, RAS: the first two rows of our LPS matrix change their sign.
std::string niftiHeader(const Request& request)
{
    const auto& g = request.header.geometry;
    std::string h(352, '\0');
    const bool isColour = request.components == 3;
    put(h, 0, std::int32_t{348});
    const std::array<std::int16_t, 4> dim{3, static_cast<std::int16_t>(g.size[0]), static_cast<std::int16_t>(g.size[1]),
        static_cast<std::int16_t>(g.size[2])};
    for (std::size_t i = 0; i < 8; ++i)
        put(h, 40 + 2 * i, i < 4 ? dim[i] : std::int16_t{1});
    put(h, 70, isColour ? std::int16_t{128} : static_cast<std::int16_t>(rowOf(request.type).nifti));
    put(h, 72,
        static_cast<std::int16_t>(image::bytesOf(request.type) * 8 * static_cast<std::size_t>(request.components)));
    put(h, 76, 1.0F);
    for (std::size_t i = 0; i < 3; ++i)
        put(h, 80 + 4 * i, static_cast<float>(g.spacing[i]));
    put(h, 108, 352.0F);
    put(h, 112, 1.0F);
    h[123] = g.isSpaced ? 2 : 0; // millimetres
    put(h, 254, static_cast<std::int16_t>(g.isOriented ? 1 : 0));
    for (std::size_t r = 0; r < 3; ++r) {
        const double sign = r < 2 ? -1 : 1;
        for (std::size_t c = 0; c < 3; ++c)
            put(h, 280 + 16 * r + 4 * c, static_cast<float>(sign * g.direction[3 * r + c] * g.spacing[c]));
        put(h, 280 + 16 * r + 12, static_cast<float>(sign * g.origin[r]));
    }
    const std::string& description = request.header.facts.derivationDescription;
    std::memcpy(h.data() + 148, description.data(), std::min<std::size_t>(description.size(), 79));
    std::memcpy(h.data() + 344, "n+1", 4);
    return h;
}

std::string nrrdHeader(const Request& request)
{
    const auto& g = request.header.geometry;
    const bool isColour = request.components == 3;
    const auto number = [](double value) { return Text::written(value); };
    const auto vector = [&](auto at) { return "(" + number(at(0)) + "," + number(at(1)) + "," + number(at(2)) + ")"; };
    std::string h = "NRRD0004\n";
    h += std::string("type: ") + rowOf(request.type).nrrd + "\ndimension: " + (isColour ? "4" : "3")
         + "\nsizes:" + (isColour ? " 3" : "");
    for (const auto size : g.size)
        h += " " + std::to_string(size);
    h += "\nspace: left-posterior-superior\nspace directions:" + std::string(isColour ? " none" : "");
    for (std::size_t c = 0; c < 3; ++c)
        h += " " + vector([&](std::size_t r) { return g.direction[3 * r + c] * g.spacing[c]; });
    h += "\nspace origin: " + vector([&](std::size_t r) { return g.origin[r]; });
    h += std::string("\nkinds:") + (isColour ? " RGB-color" : "")
         + " domain domain domain\nendian: little\nencoding: gzip\n\n";
    return h;
}

la_ssize_t append(archive*, void* target, const void* bytes, std::size_t count)
{
    static_cast<std::string*>(target)->append(static_cast<const char*>(bytes), count);
    return static_cast<la_ssize_t>(count);
}

Result<std::string> gzipped(std::string_view head, std::span<const std::byte> voxels)
{
    std::string packed;
    const std::unique_ptr<archive, int (*)(archive*)> writer(archive_write_new(), archive_write_free);
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
    archive_write_add_filter_gzip(writer.get());
    archive_write_set_filter_option(writer.get(), "gzip", "timestamp", nullptr); // the same volume, the same bytes
    archive_write_set_format_raw(writer.get());
    archive_write_set_bytes_in_last_block(writer.get(), 1);
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_pathname(entry.get(), "volume");
    bool isFine = archive_write_open2(writer.get(), &packed, nullptr, append, nullptr, nullptr) == ARCHIVE_OK
                  && archive_write_header(writer.get(), entry.get()) == ARCHIVE_OK;
    const auto write = [&](const void* bytes, std::size_t count) {
        isFine =
            isFine && (count == 0 || archive_write_data(writer.get(), bytes, count) == static_cast<la_ssize_t>(count));
    };
    write(head.data(), head.size());
    write(voxels.data(), voxels.size());
    if (!isFine || archive_write_close(writer.get()) != ARCHIVE_OK)
        return environment(text("reader", "The volume could not be packed."));
    return packed;
}
} // namespace

Result<files::Descriptor> encoded(const Request& request, const files::Descriptor& voxels)
{
    const auto& size = request.header.geometry.size;
    const auto side = [](std::int64_t n) { return n >= 1 && n <= 32767; };
    if (!side(size[0]) || !side(size[1]) || !side(size[2]))
        return unsupported(text("reader", "Sides of more than 32767 voxels cannot be written."));
    const auto bytes =
        size[0] * size[1] * size[2] * request.components * static_cast<std::int64_t>(image::bytesOf(request.type));
    if (bytes != request.bytes || files::sizeOf(voxels.number()) < bytes)
        return badInput(text("reader", "The voxels do not fit their geometry."));
    const auto mapping = TRY(files::Mapping::of(voxels.number(), 0, bytes, files::Mapping::Access::Read));
    if (request.format == "nii.gz")
        return files::makeMemoryFile(TRY(gzipped(niftiHeader(request), mapping.bytes())));
    if (request.format == "nrrd")
        return files::makeMemoryFile(nrrdHeader(request) + TRY(gzipped({}, mapping.bytes())));
    if (request.format == "dcm")
        return files::makeMemoryFile(TRY(secondaryCapture(request, mapping.bytes())));
    return unsupported(text("reader", "Volumes are written as nii.gz, nrrd or dcm, not as %1.").with(request.format));
}

} // namespace hounsfield::reader
