#include "app/cli/series_json.h"

#include <cmath>

namespace hounsfield::cli {

using Json = nlohmann::json;

namespace {

struct Known {
    bool pixels = false, place = false, step = false;
};

/// What a series says of its geometry, as `placeSlices` worked it out.
Known knownOf(const files::Series& series)
{
    const auto& g = series.geometry;
    const auto& slice = series.slices.front();
    if (slice.header->format != files::Format::Dicom)
        return {g.isSpaced, g.isSpaced, g.isSpaced};
    const auto& frames = slice.header->frameHeaders;
    const auto n = static_cast<std::size_t>(slice.frame);
    const bool isPlaced = !frames.empty() && (n < frames.size() ? frames[n] : frames.front()).position.has_value();
    const bool isStep = g.size[2] > 1 && g.isOriented && isPlaced;
    return {g.isSpaced, isPlaced, isStep};
}

} // namespace

Json numberJson(double value)
{
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

void addGeometry(Json& json, const files::Series& series)
{
    const auto& g = series.geometry;
    const Known known = knownOf(series);
    const bool isDicom = series.slices.front().header->format == files::Format::Dicom;
    json["size"] = g.size;
    json["spacing"] = {known.pixels ? numberJson(g.spacing[0]) : Json(nullptr),
        known.pixels ? numberJson(g.spacing[1]) : Json(nullptr), known.step ? numberJson(g.spacing[2]) : Json(nullptr)};
    json["origin"] = known.place ? Json(g.origin) : Json(nullptr);
    json["direction"] = g.isOriented || (!isDicom && known.place) ? Json(g.direction) : Json(nullptr);
}

void addHistory(Json& json, const image::Facts& facts)
{
    json["image_type"] = facts.imageType;
    json["lossy"] = facts.isLossy;
    json["lossy_ratio"] = facts.lossyRatio;
    json["synthetic"] = facts.isSynthetic;
}

Json problemsJson(const std::vector<Text>& problems)
{
    Json list = Json::array();
    for (const Text& problem : problems)
        list.push_back(english(problem));
    return list;
}

std::string sizeWords(const files::Series& series)
{
    const auto& g = series.geometry;
    const Known known = knownOf(series);
    std::string words =
        std::to_string(g.size[0]) + " × " + std::to_string(g.size[1]) + " × " + std::to_string(g.size[2]);
    if (known.pixels)
        words += ", " + Text::written(g.spacing[0]) + " × " + Text::written(g.spacing[1])
                 + (known.step ? " × " + Text::written(g.spacing[2]) : "") + " mm";
    return words;
}

} // namespace hounsfield::cli
