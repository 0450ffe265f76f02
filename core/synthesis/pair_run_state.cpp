#include "core/synthesis/pair_run_state.h"

#include "core/base/atomic_file.h"
#include "core/nn/onnx_read.h"
#include "core/nn/onnx_write.h"
#include "core/synthesis/pair_json.h"

#include <map>

namespace hounsfield::synthesis {

namespace {

constexpr const char* key = "hounsfield.pair_state";

/// The blocks of a state by the names they have in its file.
std::map<std::string, std::vector<float>*> blocksOf(PairRunState& state)
{
    std::map<std::string, std::vector<float>*> blocks{{"generator", &state.pair.generator},
        {"average", &state.pair.average}, {"discriminator", &state.pair.discriminator},
        {"spectral", &state.pair.spectral}, {"best", &state.best}, {"best_judge", &state.bestJudge}};
    const auto add = [&](const std::string& name, std::vector<std::vector<float>>& moments) {
        moments.resize(2); // Adam's
        for (std::size_t m = 0; m < moments.size(); ++m)
            blocks[name + std::to_string(m)] = &moments[m];
    };
    add("generator_moment", state.pair.generatorMoments);
    add("discriminator_moment", state.pair.discriminatorMoments);
    return blocks;
}

} // namespace

Result<void> writeState(const std::filesystem::path& file, const PairRunState& state, const std::string& identity)
{
    PairRunState copy = state;
    nn::Graph graph;
    graph.name = "pair_state";
    for (const auto& [name, block] : blocksOf(copy)) {
        const auto count = static_cast<std::int64_t>(block->size());
        graph.initializers[name] = nn::Tensor({count}, std::move(*block));
    }
    Ordered evaluations = Ordered::array();
    for (const PairEvaluation& evaluation : state.evaluations)
        evaluations.push_back(objectOf(evaluation));
    graph.metadata[key] = Ordered{{"identity", identity}, {"step", state.pair.step}, {"seconds", state.seconds},
        {"best_step", state.bestStep}, {"alarm", numbersOf(state.alarm)}, {"sums", objectOf(state.sums)},
        {"evaluations",
            evaluations}}.dump();
    return writeAtomically(file, nn::writeOnnx(graph));
}

Result<PairRunState> readState(const std::filesystem::path& file, const std::string& identity)
{
    const std::string where = file.string();
    nn::Graph graph = TRY(nn::readOnnx(file));
    PairRunState state;
    try {
        const auto object = nlohmann::json::parse(graph.metadata.contains(key) ? graph.metadata.at(key) : "");
        if (object.at("identity").get<std::string>() != identity)
            return badInput(text("synthesis", "The saved training is one of other data, options or another pair."),
                where, text("synthesis", "Give the options and data it was started with, or --force to start anew."));
        state.pair.step = object.at("step").get<std::int64_t>();
        state.seconds = object.at("seconds").get<double>();
        state.bestStep = object.at("best_step").get<std::int64_t>();
        state.alarm = TRY(alarmStateOf(object.at("alarm").get<std::vector<double>>()));
        state.sums = evaluationOf(object.at("sums"));
        for (const auto& one : object.at("evaluations"))
            state.evaluations.push_back(evaluationOf(one));
    } catch (const nlohmann::json::exception&) {
        return badInput(text("synthesis", "This file is no saved training of a pair."), where);
    }
    for (const auto& [name, block] : blocksOf(state)) {
        const auto found = graph.initializers.find(name);
        if (found == graph.initializers.end() || found->second.type() != nn::ElementType::Float)
            return badInput(text("synthesis", "This file is no saved training of a pair."), where);
        const auto values = found->second.as<float>();
        block->assign(values.begin(), values.end());
    }
    return state;
}

} // namespace hounsfield::synthesis
