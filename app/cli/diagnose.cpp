#include "app/cli/diagnose.h"

#include "app/cli/json_line.h"
#include "app/cli/opened_image.h"
#include "core/base/parallel.h"
#include "core/diagnosis/diagnosis.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace hounsfield::cli {

namespace {

using Json = nlohmann::ordered_json;

std::string joined(const std::vector<Text>& sentences)
{
    std::string all;
    for (const Text& sentence : sentences)
        all += (all.empty() ? "" : " ") + english(sentence);
    return all;
}

Json resultOf(const std::string& file, const learning::Model& model, const diagnosis::VolumeDiagnosis& all)
{
    const std::int64_t slice = all.mostSuspicious.empty() ? 0 : all.mostSuspicious.front();
    const diagnosis::Diagnosis& one = all.slices.at(static_cast<std::size_t>(slice));
    if (one.isRefused())
        return {{"file", file}, {"refused", joined(one.gate.refusals)}};
    Json probabilities = Json::object();
    for (std::size_t c = 0; c < model.classes.size(); ++c)
        probabilities[model.classes[c]] = one.probabilities[c];
    Json json{{"file", file}, {"label", model.classes[static_cast<std::size_t>(one.called)]},
        {"probability", one.probabilities[static_cast<std::size_t>(one.called)]}, {"probabilities", probabilities}};
    if (all.slices.size() > 1) {
        json["slice"] = slice;
        json["most_suspicious"] = all.mostSuspicious;
    }
    if (one.isOverridden)
        json["overridden"] = joined(one.gate.refusals);
    if (!one.gate.unchecked.empty())
        json["unchecked"] = joined(one.gate.unchecked);
    return json;
}

std::string wordsOf(const Json& result)
{
    const std::string file = result.at("file");
    if (result.contains("refused"))
        return file + ": refused. " + result.at("refused").get<std::string>() + "\n";
    std::string words = fmt::format(
        "{}: {} ({:.3f})\n", file, result.at("label").get<std::string>(), result.at("probability").get<double>());
    if (result.contains("slice"))
        words += fmt::format("  most suspicious slices, from 0: {}\n", result.at("most_suspicious").dump());
    if (result.contains("overridden"))
        words += "  The model was not made for this image: " + result.at("overridden").get<std::string>() + "\n";
    if (result.contains("unchecked"))
        words += "  " + result.at("unchecked").get<std::string>() + "\n";
    return words;
}

Result<Answer> run(const Call& call)
{
    auto diagnoser = TRY(diagnosis::Diagnoser::load(call.options.words("model"), processorCount()));
    const auto gate = call.options.flag("override") ? diagnosis::Gate::Override : diagnosis::Gate::Obey;
    files::ReaderPool readers;
    Answer answer;
    Json results = Json::array();
    const auto count = static_cast<double>(call.arguments.size());
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
        const std::string& file = call.arguments[i];
        const Monitor part = call.monitor.part(static_cast<double>(i) / count, static_cast<double>(i + 1) / count);
        const auto diagnose = [&]() -> Result<Json> {
            const auto volume = TRY(openedImage(readers, file, part.part(0, 0.5)));
            return resultOf(file, diagnoser.model(), TRY(diagnoser.diagnoseVolume(*volume, gate, part.part(0.5, 1))));
        };
        auto result = diagnose();
        if (!result && result.error().kind == Error::Kind::Cancelled)
            return tl::unexpected(std::move(result).error());
        results.push_back(result ? *result : Json{{"file", file}, {"refused", english(result.error())}});
        answer.words += wordsOf(results.back());
        if (results.back().contains("refused") && !call.options.flag("keep-going"))
            answer.status = 1;
    }
    answer.words += "Research use, not for diagnosis.\n";
    answer.json = lineOf(Json{{"results", results}});
    return answer;
}

} // namespace

Verb diagnoseVerb()
{
    return {"diagnose", "Says what a model sees in images it was made for.",
        "hounsfield-cli diagnose --model run/model.onnx chest.dcm", "IMAGE", Verb::Count::Many,
        {{"model", Option::Kind::Path, "", text("cli", "model.onnx of a run."), -1e300, 1e300, {}, true},
            {"override", Option::Kind::Flag, "", text("cli", "Score images that the model was not made for, too.")},
            {"keep-going", Option::Kind::Flag, "", text("cli", "End with 0 although an image was refused.")}},
        run};
}

} // namespace hounsfield::cli
