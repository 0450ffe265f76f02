#include "core/learning/training_state.h"

#include "core/base/atomic_file.h"
#include "core/nn/onnx_read.h"
#include "core/nn/onnx_write.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace hounsfield::learning {

namespace {

using nlohmann::json;
using Ordered = nlohmann::ordered_json;

constexpr const char* key = "hounsfield.state";

/// The numbers of one block under a prefix of their names.
void addBlock(nn::Graph& graph, const nn::Weights& form, const std::string& prefix, std::span<const float> block)
{
    if (block.empty())
        return;
    nn::Weights copy = form;
    std::ranges::copy(block, copy.values().begin());
    for (const auto& entry : copy.entries())
        graph.initializers[prefix + entry.name] = copy.tensor(entry.name);
}

Result<std::vector<float>> blockOf(
    const nn::Graph& graph, const nn::Weights& form, const std::string& prefix, const std::string& where)
{
    nn::Weights copy = form;
    for (const auto& entry : copy.entries()) {
        const auto found = graph.initializers.find(prefix + entry.name);
        if (found == graph.initializers.end() || found->second.shape() != entry.shape
            || found->second.type() != nn::ElementType::Float)
            return badInput(text("learning", "The saved training has no weights \"%1\" of this network's form.")
                                .with(prefix + entry.name),
                where);
        copy.set(entry.name, found->second);
    }
    const auto values = std::as_const(copy).values();
    return std::vector<float>(values.begin(), values.end());
}

Ordered objectOf(const EpochRecord& record)
{
    return {{"epoch", record.epoch}, {"step", record.step}, {"loss", record.loss}, {"rate", record.rate},
        {"seconds", record.seconds}, {"samples_per_s", record.samplesPerSecond}, {"metrics", record.metrics}};
}

EpochRecord recordOf(const json& object)
{
    EpochRecord record;
    record.epoch = object.at("epoch").get<std::int64_t>();
    record.step = object.at("step").get<std::int64_t>();
    record.loss = object.at("loss").get<double>();
    record.rate = object.at("rate").get<double>();
    record.seconds = object.at("seconds").get<double>();
    record.samplesPerSecond = object.at("samples_per_s").get<double>();
    record.metrics = object.at("metrics").get<std::map<std::string, double>>();
    return record;
}

Result<TrainingState> numbersOf(const std::string& words, const std::string& identity, const std::string& where)
{
    TrainingState state;
    try {
        const json object = json::parse(words);
        if (object.at("identity").get<std::string>() != identity)
            return badInput(text("learning", "The saved training is one of other data, options or another network."),
                where, text("learning", "Give the options and data it was started with, or --force to start anew."));
        state.epoch = object.at("epoch").get<std::int64_t>();
        state.step = object.at("step").get<std::int64_t>();
        state.bestFigure = object.at("best_figure").get<double>();
        state.bestEpoch = object.at("best_epoch").get<std::int64_t>();
        state.firstLoss = object.at("first_loss").get<double>();
        state.seconds = object.at("seconds").get<double>();
        state.samples = object.at("samples").get<std::int64_t>();
        state.moments.resize(std::min<std::size_t>(4, object.at("moments").get<std::size_t>()));
        if (object.at("has_average").get<bool>())
            state.average.resize(1);
        for (const json& record : object.at("history"))
            state.history.push_back(recordOf(record));
    } catch (const json::exception&) {
        return badInput(text("learning", "This file is no saved training."), where);
    }
    return state;
}

} // namespace

Result<void> writeState(const std::filesystem::path& file, const nn::Graph& graph, const nn::Weights& form,
    const TrainingState& state, const std::string& identity)
{
    nn::Graph saved = graph;
    addBlock(saved, form, "", state.weights);
    addBlock(saved, form, "average:", state.average);
    addBlock(saved, form, "best:", state.best);
    for (std::size_t m = 0; m < state.moments.size(); ++m)
        addBlock(saved, form, "moment" + std::to_string(m) + ":", state.moments[m]);
    Ordered object{{"identity", identity}, {"epoch", state.epoch}, {"step", state.step},
        {"best_figure", state.bestFigure}, {"best_epoch", state.bestEpoch}, {"first_loss", state.firstLoss},
        {"seconds", state.seconds}, {"samples", state.samples}, {"moments", state.moments.size()},
        {"has_average", !state.average.empty()}};
    object["history"] = Ordered::array();
    for (const EpochRecord& record : state.history)
        object["history"].push_back(objectOf(record));
    saved.metadata[key] = object.dump();
    return writeAtomically(file, nn::writeOnnx(saved));
}

Result<TrainingState> readState(const std::filesystem::path& file, const nn::Weights& form, const std::string& identity)
{
    const std::string where = file.string();
    const nn::Graph saved = TRY(nn::readOnnx(file));
    const auto words = saved.metadata.find(key);
    if (words == saved.metadata.end())
        return badInput(text("learning", "This file is no saved training."), where);
    TrainingState state = TRY(numbersOf(words->second, identity, where));
    state.weights = TRY(blockOf(saved, form, "", where));
    if (!state.average.empty())
        state.average = TRY(blockOf(saved, form, "average:", where));
    if (state.bestEpoch > 0)
        state.best = TRY(blockOf(saved, form, "best:", where));
    for (std::size_t m = 0; m < state.moments.size(); ++m)
        state.moments[m] = TRY(blockOf(saved, form, "moment" + std::to_string(m) + ":", where));
    return state;
}

std::string jsonOf(const EpochRecord& record)
{
    return objectOf(record).dump();
}

Result<EpochRecord> epochFromJson(const std::string& words, const std::string& where)
{
    try {
        return recordOf(json::parse(words));
    } catch (const json::exception&) {
        return badInput(text("learning", "A line of the training's history cannot be understood."), where);
    }
}

} // namespace hounsfield::learning
