#include "core/reports/label_names.h"

#include <algorithm>
#include <array>

namespace hounsfield::reports {

namespace {

constexpr std::size_t chestCount = 14;

/// The labels of chest reports, then the finer findings of the lexicons.
std::span<const Text> names()
{
    // clang-format off
    static const std::array all = {
        text("labels", "No Finding"), text("labels", "Enlarged Cardiomediastinum"), text("labels", "Cardiomegaly"),
        text("labels", "Lung Opacity"), text("labels", "Lung Lesion"), text("labels", "Edema"),
        text("labels", "Consolidation"), text("labels", "Pneumonia"), text("labels", "Atelectasis"),
        text("labels", "Pneumothorax"), text("labels", "Pleural Effusion"), text("labels", "Pleural Other"),
        text("labels", "Fracture"), text("labels", "Support Devices"), text("labels", "no finding"),
        text("labels", "enlarged cardiomediastinum"), text("labels", "cardiomegaly"), text("labels", "opacity"),
        text("labels", "nodule"), text("labels", "nodular opacity"), text("labels", "mass"),
        text("labels", "granuloma"), text("labels", "edema"), text("labels", "consolidation"),
        text("labels", "pneumonia"), text("labels", "atelectasis"), text("labels", "pneumothorax"),
        text("labels", "pleural effusion"), text("labels", "pleural other"), text("labels", "fracture"),
        text("labels", "catheter"), text("labels", "tube"), text("labels", "pacemaker"), text("labels", "hardware"),
        text("labels", "emphysema"), text("labels", "scar"), text("labels", "hernia"),
        text("labels", "lymphadenopathy"), text("labels", "scoliosis"), text("labels", "degenerative change"),
        text("labels", "calcification"),
    };
    // clang-format on
    return all;
}

} // namespace

std::span<const Text> chestLabelNames()
{
    return names().first(chestCount);
}

Text labelText(const std::string& label)
{
    const auto found = std::ranges::find(names(), label, &Text::sentence);
    return found == names().end() ? Text{{}, label, {}, {}} : *found;
}

} // namespace hounsfield::reports
