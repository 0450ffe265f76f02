#include "app/cli/synthesise_judge.h"

#include "app/cli/json_line.h"
#include "core/files/pool.h"
#include "core/learning/project_labels.h"
#include "core/synthesis/judgement.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace hounsfield::cli {

namespace {

std::string written(const std::optional<double>& value)
{
    return value ? fmt::format("{:.3f}", *value) : "-";
}

std::string written(const learning::Figure& figure)
{
    return figure.value ? fmt::format("{:.3f} ({:.3f} to {:.3f})", *figure.value, figure.low, figure.high) : "-";
}

std::string wordsOf(const synthesis::GeneratorJudgement& found)
{
    std::string words = fmt::format(
        "{} real and {} made images; features: {} (not ImageNet).\n  {:<12}{:>10}{:>30}{:>14}\n", found.n, found.n,
        found.features.empty() ? "none" : found.features, "", "made", "floor: real against real", "train to test");
    const auto rows = synthesis::measureTable();
    for (std::size_t i = 0; i < rows.size() && found.measures; ++i)
        words += fmt::format("  {:<12}{:>10.3f}{:>30}{:>14}\n", rows[i].key, rows[i].of(*found.measures),
            found.floor ? written(found.floor->figures[i]) : "-",
            found.trainToTest ? fmt::format("{:.3f}", rows[i].of(*found.trainToTest)) : "-");
    words += fmt::format("  read as meant by the real-data classifier   {}\n", written(found.recognised));
    words += fmt::format("  trained on made, tested on real: AUC        {}\n", written(found.tstr));
    words += fmt::format("  trained on real, tested on real: AUC        {}\n", written(found.trtr));
    words += fmt::format("  copies of training images                   {}\n", written(found.copies));
    words += fmt::format("  the discriminator knows members: AUC        {}\n", written(found.membership));
    for (const auto& [key, reason] : found.missing)
        words += "  " + key + ": " + english(reason) + "\n";
    return words;
}

Result<Answer> runJudge(const Call& call)
{
    const std::filesystem::path file = call.options.words("model");
    const auto generator = TRY(synthesis::readGenerator(file));
    learning::DataRequest where;
    where.data = call.options.words("data");
    where = TRY(learning::withLabels(std::move(where), call.options.words("labels")));
    where.classes = generator.classes;
    files::ReaderPool readers;
    const auto data =
        TRY(synthesis::openForPair(readers, std::move(where), generator.frame.size, call.monitor.part(0, 0.1)));
    synthesis::JudgementOptions options;
    options.seed = static_cast<std::uint64_t>(call.options.integer("seed"));
    options.threads = static_cast<int>(call.options.integer("threads"));
    const auto found =
        TRY(synthesis::judgeGenerator(generator, file.parent_path(), data, options, call.monitor.part(0.1, 1)));
    return Answer{wordsOf(found), synthesis::jsonOf(found), 0};
}

} // namespace

Verb synthesiseJudgeVerb()
{
    return {"synthesise judge", "Says what a generator's images are worth, and whether they are copies.",
        "hounsfield-cli synthesise judge --model pair/generator.onnx --data images.zip --json", "", Verb::Count::None,
        {{"model", Option::Kind::Path, "", text("cli", "The generator.onnx in the folder of its training."), -1e300,
             1e300, {}, true},
            {"data", Option::Kind::Path, "", text("cli", "The images it was trained on."), -1e300, 1e300, {}, true},
            {"labels", Option::Kind::Path, "", text("cli", "Their labels, as given to the training.")},
            {"seed", Option::Kind::Integer, "1", text("cli", "Of the images that are made and drawn."), 0, 9e15},
            {"threads", Option::Kind::Integer, "0", text("cli", "Processors used, 0 for all."), 0, 1024}},
        runJudge};
}

} // namespace hounsfield::cli
