#include "core/reports/report_keys.h"

#include <nlohmann/json.hpp>

#include <set>

namespace hounsfield::reports {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kind = "report keys";

} // namespace

ReportKeys reportKeys(const study::Project& project)
{
    ReportKeys keys;
    const auto entries = project.entries(kind);
    if (entries.empty())
        return keys;
    const Json json = Json::parse(*entries.front().value, nullptr, false);
    if (!json.is_object())
        return keys;
    for (const auto& [id, key] : json.items())
        if (key.is_string() && !key.get<std::string>().empty())
            keys[id] = key.get<std::string>();
    return keys;
}

Result<void> setReportKeys(study::Project& project, const ReportKeys& keys)
{
    std::set<std::string> taken;
    Json json = Json::object();
    for (const auto& [id, key] : keys) {
        if (key.empty())
            return badInput(text("reports", "A key is needed for %1.").with(id));
        if (!taken.insert(key).second)
            return badInput(text("reports", "The key %1 is chosen twice.").with(key));
        json[id] = key;
    }
    return project.setEntries(
        "report keys", {{kind, "list", json.dump(-1, ' ', false, Json::error_handler_t::replace)}});
}

} // namespace hounsfield::reports
