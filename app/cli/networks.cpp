#include "app/cli/networks.h"

#include "core/learning/networks.h"
#include "core/learning/options.h"
#include "core/learning/text_training.h"
#include "core/synthesis/pair_networks.h"

#include <nlohmann/json.hpp>

namespace hounsfield::cli {

namespace {

Result<Answer> runNetworks(const Call&)
{
    Answer answer;
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const learning::Network& network : learning::networks()) {
        answer.words +=
            network.name + "\n  " + english(network.summary) + "\n  Good for: " + english(network.goodFor) + "\n";
        nlohmann::ordered_json defaults;
        for (const Option& option : learning::trainingOptions(network))
            if (!option.fallback.empty())
                defaults[option.name] = option.fallback;
        rows.push_back({{"name", network.name}, {"summary", english(network.summary)},
            {"good_for", english(network.goodFor)}, {"least_size", network.leastSize}, {"defaults", defaults}});
    }
    nlohmann::ordered_json ofTexts = nlohmann::ordered_json::array();
    for (const learning::TextNetwork& network : learning::textNetworks()) {
        answer.words += network.name + " (reports)\n  " + english(network.summary)
                        + "\n  Good for: " + english(network.goodFor) + "\n";
        nlohmann::ordered_json defaults;
        for (const Option& option : learning::textOptions(network))
            defaults[option.name] = option.fallback;
        ofTexts.push_back({{"name", network.name}, {"summary", english(network.summary)},
            {"good_for", english(network.goodFor)}, {"defaults", defaults}});
    }
    nlohmann::ordered_json pairs = nlohmann::ordered_json::array();
    for (const synthesis::PairNetwork& pair : synthesis::pairNetworks()) {
        answer.words += pair.name + " (synthetic images)\n  " + english(pair.summary)
                        + "\n  Good for: " + english(pair.goodFor) + "\n";
        pairs.push_back(
            {{"name", pair.name}, {"summary", english(pair.summary)}, {"good_for", english(pair.goodFor)}});
    }
    answer.json =
        nlohmann::ordered_json{{"networks", rows}, {"networks_of_texts", ofTexts}, {"pairs", pairs}}.dump();
    return answer;
}

} // namespace

Verb networksVerb()
{
    return {"networks", "Lists the networks that can be trained.", "hounsfield-cli networks", "", Verb::Count::None, {},
        runNetworks};
}

} // namespace hounsfield::cli
