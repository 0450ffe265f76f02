#include "core/image/presets.h"

namespace hounsfield::image {

Window Preset::window() const
{
    return {level, width, Window::Function::Linear, {}};
}

std::vector<Preset> windowPresets()
{
    // clang-format off
    return {
        // key, name,                              width, level, modality, unit
        {2, text("image", "Lung"),                  1500,  -600, "CT", "HU"},
        {3, text("image", "Soft tissue"),            400,    40, "CT", "HU"},
        {4, text("image", "Bone"),                  2000,   400, "CT", "HU"},
        {5, text("image", "Brain"),                   80,    40, "CT", "HU"},
        {6, text("image", "Abdomen"),                350,    40, "CT", "HU"},
        {7, text("image", "Liver, with contrast"),   150,    90, "CT", "HU"},
        {8, text("image", "Angiography"),            600,   200, "CT", "HU"},
        {9, text("image", "Stroke"),                  40,    40, "CT", "HU"},
        {0, text("image", "Mediastinum"),            350,    50, "CT", "HU"},
        {0, text("image", "Liver, plain"),           150,    30, "CT", "HU"},
        {0, text("image", "Subdural"),               200,    75, "CT", "HU"},
        {0, text("image", "Temporal bone"),         2800,   600, "CT", "HU"},
        {0, text("image", "Spine, soft tissue"),     250,    50, "CT", "HU"},
        {0, text("image", "Spine, bone"),           1800,   400, "CT", "HU"},
        {0, text("image", "Stroke, narrow"),           8,    32, "CT", "HU"},
        {0, text("image", "Fat"),                    200,  -130, "CT", "HU"},
        {0, text("image", "Airways"),               1000,  -426, "CT", "HU"},
        {0, text("image", "SUV 0–5"),                  5,   2.5, "PT", "SUV"},
        {0, text("image", "SUV 0–7"),                  7,   3.5, "PT", "SUV"},
        {0, text("image", "SUV 0–10"),                10,     5, "PT", "SUV"},
        {0, text("image", "SUV 0–15"),                15,   7.5, "PT", "SUV"},
    };
    // clang-format on
}

std::vector<Preset> presetsFor(const Volume& volume)
{
    std::vector<Preset> fitting;
    for (Preset& preset : windowPresets())
        if (volume.components == 1 && preset.unit == volume.unit)
            fitting.push_back(std::move(preset));
    return fitting;
}

} // namespace hounsfield::image
