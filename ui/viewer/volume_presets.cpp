#include "ui/viewer/volume_presets.h"

#include <algorithm>

namespace hounsfield::viewer {

namespace {

std::vector<VolumePreset> allPresets()
{
    const std::vector<std::array<double, 4>> white = {{0, 1, 1, 1}};
    // clang-format off
    return {
        {text("viewer", "CT bone"), {{-16, 0}, {641, .72}, {3071, .71}},
            {{-16, .73, .25, .30}, {641, .91, .82, .55}, {3071, 1, 1, 1}}, true},
        {text("viewer", "CT angiography"), {{144, 0}, {166, .69}, {214, .70}, {420, .83}, {3071, .80}},
            {{144, .62, .36, .18}, {166, .88, .60, .29}, {214, 1, 1, 1}, {420, 1, .94, .95}, {3071, .83, .66, 1}}, true},
        {text("viewer", "CT lung"), {{-600, 0}, {-599, .15}, {-400, .15}, {-399, 0}},
            {{-600, 0, 0, 1}, {-530, .13, .78, .07}, {-460, .93, 1, .11}, {-400, .89, .25, .02}}, true},
        {text("viewer", "CT muscle"), {{-155, 0}, {218, .68}, {420, .83}, {3071, .80}},
            {{-155, .55, .25, .15}, {218, .88, .60, .29}, {420, 1, .94, .95}, {3071, .83, .66, 1}}, true},
        {text("viewer", "CT maximum intensity"), {{-638, 0}, {700, 1}}, white, false, true},
        {text("viewer", "MR"), {{20, 0}, {40, .15}, {120, .30}, {220, .38}, {1024, .50}},
            {{20, .17, 0, 0}, {40, .40, .15, .08}, {120, .78, .61, .38}, {220, .85, .84, .79}, {1024, 1, 1, 1}}, true,
            false, false},
        {text("viewer", "Maximum intensity"), {{98, 0}, {417, 1}}, white, false, true, false},
    };
    // clang-format on
}

} // namespace

std::vector<VolumePreset> volumePresetsFor(const image::Volume& volume)
{
    std::vector<VolumePreset> presets = allPresets();
    std::erase_if(presets, [&](const VolumePreset& p) { return p.isHounsfield != (volume.unit == "HU"); });
    return presets;
}

} // namespace hounsfield::viewer
