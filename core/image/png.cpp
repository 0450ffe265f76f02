#include "core/image/raster.h"

#include <bit>
#include <csetjmp>
#include <new>
#include <png.h>

namespace hounsfield::image {

namespace {

struct Form {
    png_uint_32 width = 0, height = 0;
    int bits = 8, colour = PNG_COLOR_TYPE_GRAY;
    std::string description;
};

void append(png_structp png, png_bytep bytes, png_size_t count)
{
    auto& to = *static_cast<std::vector<std::byte>*>(png_get_io_ptr(png));
    bool isFull = false;
    try {
        const auto* first = reinterpret_cast<const std::byte*>(bytes);
        to.insert(to.end(), first, first + count);
    } catch (const std::bad_alloc&) {
        isFull = true;
    }
    if (isFull)
        png_error(png, "memory");
}

/// libpng reports errors by a jump, which must pass over nothing that wants to be destroyed: only plain values here.
bool write(const Form& form, const png_byte* const* rows, std::vector<std::byte>* to)
{
    png_structp png = png_create_write_struct(
        PNG_LIBPNG_VER_STRING, nullptr, [](png_structp failed, png_const_charp) { png_longjmp(failed, 1); },
        [](png_structp, png_const_charp) {});
    png_infop info = png ? png_create_info_struct(png) : nullptr;
    if (!info || setjmp(png_jmpbuf(png)) != 0) {
        png_destroy_write_struct(&png, &info);
        return false;
    }
    png_set_write_fn(png, to, append, nullptr);
    png_set_compression_level(png, 1); // pictures of noise: more takes long and saves little
    png_set_filter(png, 0, PNG_FILTER_SUB);
    png_set_IHDR(png, info, form.width, form.height, form.bits, form.colour, PNG_INTERLACE_NONE,
        PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (!form.description.empty()) {
        char keyword[] = "Description";
        png_text text{};
        text.compression = PNG_TEXT_COMPRESSION_NONE;
        text.key = keyword;
        text.text = const_cast<char*>(form.description.c_str()); // libpng copies it
        text.text_length = form.description.size();
        png_set_text(png, info, &text, 1);
    }
    png_write_info(png, info);
    if (form.bits == 16 && std::endian::native == std::endian::little)
        png_set_swap(png);
    for (png_uint_32 y = 0; y < form.height; ++y)
        png_write_row(png, rows[y]);
    png_write_end(png, nullptr);
    png_destroy_write_struct(&png, &info);
    return true;
}

template <typename Scalar>
Result<std::vector<std::byte>> encodeRaster(const Raster<Scalar>& raster, const std::string& description)
{
    constexpr std::int64_t limit = 1 << 24; // of a side
    std::vector<std::byte> bytes;
    std::vector<const png_byte*> rows;
    const bool hasSize = raster.width > 0 && raster.height > 0 && raster.width < limit && raster.height < limit;
    for (std::int64_t y = 0; hasSize && y < raster.height; ++y)
        rows.push_back(reinterpret_cast<const png_byte*>(raster.pixels.data() + y * raster.width * raster.channels));
    const Form form{static_cast<png_uint_32>(raster.width), static_cast<png_uint_32>(raster.height),
        static_cast<int>(8 * sizeof(Scalar)), raster.channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY,
        description};
    if (!hasSize || !write(form, rows.data(), &bytes))
        return environment(
            text("image", "A picture of %1 × %2 pixels cannot be written as PNG.").with(raster.width, raster.height));
    return bytes;
}

} // namespace

Result<std::vector<std::byte>> encodePng(const Raster<std::uint8_t>& raster, const std::string& description)
{
    return encodeRaster(raster, description);
}

Result<std::vector<std::byte>> encodePng(const Raster<std::uint16_t>& raster, const std::string& description)
{
    return encodeRaster(raster, description);
}

} // namespace hounsfield::image
