#include "core/reports/image_place.h"

#include <fmt/format.h>

#include <cmath>
#include <locale>
#include <sstream>

namespace hounsfield::reports {

std::string written(const ImagePlace& place)
{
    const auto orDash = [](const std::string& uid) { return uid.empty() ? std::string("-") : uid; };
    return fmt::format("{} {} {} {} {} {}", orDash(place.seriesInstanceUID), orDash(place.sopInstanceUID),
        place.point[0], place.point[1], place.point[2], orDash(place.side));
}

std::optional<ImagePlace> placeOf(const Annotation& span)
{
    const auto found = span.attributes.find(placeAttribute);
    if (found == span.attributes.end())
        return std::nullopt;
    std::istringstream words(found->second);
    words.imbue(std::locale::classic());
    ImagePlace place;
    if (!(words >> place.seriesInstanceUID >> place.sopInstanceUID >> place.point[0] >> place.point[1] >> place.point[2]
            >> place.side))
        return std::nullopt;
    for (const double mm : place.point)
        if (!std::isfinite(mm))
            return std::nullopt;
    for (std::string* uid : {&place.seriesInstanceUID, &place.sopInstanceUID, &place.side})
        if (*uid == "-")
            uid->clear();
    return place;
}

} // namespace hounsfield::reports
