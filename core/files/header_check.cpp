#include "core/files/pool.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::files {

namespace {
constexpr std::int64_t longestSide = std::int64_t{1} << 24;
constexpr std::int64_t mostVoxels = std::int64_t{1} << 40;

template <typename List> bool areFinite(const List& values)
{
    return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

bool isSoundLut(const std::optional<image::LookupTable>& lut)
{
    return !lut || (!lut->data.empty() && lut->data.size() <= 65536 && lut->bits >= 1 && lut->bits <= 16);
}

bool isSoundGrid(const FileHeader& h)
{
    if (h.columns < 1 || h.rows < 1 || h.frames < 1 || h.columns > longestSide || h.rows > longestSide
        || h.frames > longestSide || h.columns * h.rows > mostVoxels / h.frames)
        return false;
    return (h.components == 1 || h.components == 3) && h.timePoints >= 1 && h.frames % h.timePoints == 0;
}

bool isSoundFrame(const FrameHeader& frame)
{
    const auto isFine = [](const auto& list) { return !list || areFinite(*list); };
    const bool windowsAreFine = std::all_of(frame.windows.begin(), frame.windows.end(),
        [](const image::Window& window) { return std::isfinite(window.center) && std::isfinite(window.width); });
    return isFine(frame.position) && isFine(frame.orientation) && isFine(frame.pixelSpacing) && windowsAreFine
           && std::isfinite(frame.slope.value_or(1)) && std::isfinite(frame.intercept.value_or(0));
}

bool isSoundGeometry(const image::Geometry& g)
{
    return areFinite(g.spacing) && areFinite(g.origin) && areFinite(g.direction)
           && std::all_of(g.spacing.begin(), g.spacing.end(), [](double value) { return value > 0; });
}
} // namespace

Result<FileHeader> checked(FileHeader header, const std::string& file)
{
    header.file = file;
    header.facts.files = {file};
    if (header.kind != "image")
        return header;
    const auto frames = static_cast<std::int64_t>(header.frameHeaders.size());
    if (!isSoundGrid(header) || (frames > 1 && frames != header.frames) || !isSoundGeometry(header.geometry)
        || !isSoundLut(header.modalityLut) || !isSoundLut(header.voiLut)
        || !std::all_of(header.frameHeaders.begin(), header.frameHeaders.end(), isSoundFrame))
        return badInput(text("files", "The header states sizes or numbers that cannot be."), file,
            text("files", "The file is damaged; leave it out."));
    return header;
}

} // namespace hounsfield::files
