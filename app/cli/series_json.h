#pragma once

#include "core/files/scan.h"

#include <nlohmann/json.hpp>

namespace hounsfield::cli {

/// Numbers that JSON cannot say become null.
nlohmann::json numberJson(double value);

/// "size", "spacing", "origin", "direction": null where the file does not say them; "size" always stands.
void addGeometry(nlohmann::json& json, const files::Series& series);
/// "image_type", "lossy", "lossy_ratio": what was done to the picture before it came here.
void addHistory(nlohmann::json& json, const image::Facts& facts);
nlohmann::json problemsJson(const std::vector<Text>& problems);

/// "512 × 512 × 30, 0.7 × 0.7 × 5 mm".
std::string sizeWords(const files::Series& series);

} // namespace hounsfield::cli
