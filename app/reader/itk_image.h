#pragma once

#include "app/reader/input.h"
#include "app/reader/picture.h"
#include "core/files/header.h"

namespace hounsfield::reader {

/// What one of ITK's ImageIOs, chosen by hand, says of a file. Its exceptions end here.
struct ItkInformation {
    std::vector<std::int64_t> size; ///< as many axes as the file has
    int components = 1;
    std::optional<image::ScalarType> type; ///< nothing for complex numbers, 64-bit integers and the like
    std::string typeName;
    image::Geometry geometry; ///< of the first three axes
};

/// Errors: BadInput in words of our own, with ITK's reason.
Result<ItkInformation> itkInformation(const Input& input, files::Format format);
/// All values, or the first page where `pages` says so.
enum class Pages { First, All };
Result<std::vector<std::byte>> itkValues(const Input& input, files::Format format, Pages pages);

/// Makes and drops each ImageIO once: what they load, they load now.
void loadImageIos();

} // namespace hounsfield::reader
