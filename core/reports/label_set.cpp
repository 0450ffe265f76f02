#include "core/reports/label_set.h"

#include "core/reports/label_names.h"

#include <nlohmann/json.hpp>

#include <array>
#include <set>
#include <string_view>

namespace hounsfield::reports {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kind = "report labels";
constexpr std::string_view keys = "1234567890qwertzuiop";
constexpr std::array<const char*, 14> colours = {"#7fe0a7", "#7cbcff", "#ff9c92", "#ffc061", "#c9a6ff", "#5fd9d9",
    "#f5e663", "#ff9bd2", "#c3d98a", "#9ab6ff", "#ffb38a", "#8fe3c8", "#e3a6e8", "#d9d9d9"};

} // namespace

const std::vector<ReportLabel>& chestLabels()
{
    static const std::vector<ReportLabel> labels = [] {
        std::vector<ReportLabel> all;
        for (const Text& name : chestLabelNames())
            all.push_back({name.sentence, freeKey(all), labelColour(all.size())});
        return all;
    }();
    return labels;
}

std::string labelColour(std::size_t number)
{
    return colours[number % colours.size()];
}

std::string freeKey(const std::vector<ReportLabel>& labels, const std::function<bool(const std::string&)>& isTaken)
{
    std::set<std::string> taken;
    for (const ReportLabel& label : labels)
        taken.insert(label.key);
    for (const char letter : keys) {
        const std::string key(1, letter);
        if (!taken.contains(key) && !(isTaken && isTaken(key)))
            return key;
    }
    return {};
}

std::vector<ReportLabel> reportLabels(const study::Project& project)
{
    const auto entries = project.entries(kind);
    if (entries.empty())
        return chestLabels();
    std::vector<ReportLabel> labels;
    const Json json = Json::parse(*entries.front().value, nullptr, false);
    if (!json.is_array())
        return chestLabels();
    for (const Json& row : json)
        if (row.is_object())
            labels.push_back({row.value("name", ""), row.value("key", ""), row.value("colour", labelColour(0))});
    return labels;
}

Result<void> setReportLabels(study::Project& project, const std::vector<ReportLabel>& labels)
{
    std::set<std::string> names, taken;
    Json json = Json::array();
    for (const ReportLabel& label : labels) {
        if (label.name.find_first_not_of(" \t") == std::string::npos)
            return badInput(text("reports", "A label needs a name."));
        if (!names.insert(label.name).second)
            return badInput(text("reports", "There is a label “%1” already.").with(label.name));
        if (!label.key.empty() && !taken.insert(label.key).second)
            return badInput(text("reports", "The key %1 belongs to another label.").with(label.key));
        json.push_back({{"name", label.name}, {"key", label.key}, {"colour", label.colour}});
    }
    return project.setEntries(
        "report labels", {{kind, "list", json.dump(-1, ' ', false, Json::error_handler_t::replace)}});
}

} // namespace hounsfield::reports
