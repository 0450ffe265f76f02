#include "core/reports/rule_store.h"

#include <nlohmann/json.hpp>

namespace hounsfield::reports {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kind = "report rule";

} // namespace

std::vector<LocalRule> storedRules(const study::Project& project)
{
    std::vector<LocalRule> rules;
    for (const study::Entry& entry : project.entries(kind)) {
        const Json json = Json::parse(*entry.value, nullptr, false);
        LocalRule rule{entry.id, {}};
        if (!json.is_object())
            continue;
        for (const auto& [name, value] : json.items())
            if (value.is_string())
                rule.fields[name] = value.get<std::string>();
        rules.push_back(std::move(rule));
    }
    return rules;
}

Result<void> saveRule(study::Project& project, const LocalRule& rule)
{
    const Json json = rule.fields;
    return project.setEntries(
        "save rule", {{kind, rule.id, json.dump(-1, ' ', false, Json::error_handler_t::replace)}});
}

Result<void> removeRule(study::Project& project, const std::string& id)
{
    return project.setEntries("remove rule", {{kind, id, std::nullopt}});
}

Result<RuleSet> rulesOf(const study::Project& project)
{
    return withLocal(RuleSet::shipped(), storedRules(project));
}

} // namespace hounsfield::reports
