#include "app/cli/conformance.h"

#include "core/nn/conformance.h"

#include <nlohmann/json.hpp>

namespace hounsfield::cli {

namespace {

Result<Answer> runConformance(const Call& call)
{
    std::vector<std::string> cases;
    if (call.options.has("list"))
        cases = TRY(nn::conformanceCases(call.options.words("list")));
    const auto result = TRY(nn::runConformance(call.arguments.at(0), cases, call.monitor));
    nlohmann::json json{{"passed", result.passed}, {"failed", result.failures.size()},
        {"not_applicable", result.notApplicable}, {"failures", nlohmann::json::array()}};
    Answer answer;
    for (const auto& failure : result.failures) {
        json["failures"].push_back({{"case", failure.name}, {"reason", failure.reason}});
        answer.words += failure.name + ": " + failure.reason + "\n";
    }
    answer.words += std::to_string(result.passed) + " passed, " + std::to_string(result.failures.size()) + " failed, "
                    + std::to_string(result.notApplicable) + " not applicable\n";
    answer.json = json.dump();
    answer.status = result.failures.empty() ? 0 : 1;
    return answer;
}

} // namespace

Verb conformanceVerb()
{
    Verb verb;
    verb.name = "conformance";
    verb.summary = "Run the ONNX standard's own test cases from the ZIPs of a folder";
    verb.example = "hounsfield-cli conformance onnx --list onnx/wanted.txt --json";
    verb.argument = "DIR";
    verb.count = Verb::Count::One;
    verb.options = {{"list", Option::Kind::Path, "", text("cli", "Text file that names the cases, group/case a line."),
        -1e300, 1e300, {}, false}};
    verb.run = runConformance;
    return verb;
}

} // namespace hounsfield::cli
