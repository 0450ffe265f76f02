#include "core/learning/model_file.h"

#include "core/learning/model_metadata.h"
#include "core/nn/onnx_read.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace hounsfield::learning {

namespace {

using nlohmann::json;
using Ordered = nlohmann::ordered_json;

Ordered jsonOf(const SourceFacts& facts)
{
    return {{"modalities", facts.modalities}, {"bodyParts", facts.bodyParts}, {"photometrics", facts.photometrics},
        {"leastWidth", facts.leastWidth}, {"mostWidth", facts.mostWidth}, {"leastHeight", facts.leastHeight},
        {"mostHeight", facts.mostHeight}, {"channels", facts.channels}, {"bits", facts.bits},
        {"spacing", facts.spacing}};
}

SourceFacts factsOf(const json& object)
{
    SourceFacts facts;
    facts.modalities = object.at("modalities").get<std::vector<std::string>>();
    facts.bodyParts = object.at("bodyParts").get<std::vector<std::string>>();
    facts.photometrics = object.at("photometrics").get<std::vector<std::string>>();
    facts.leastWidth = object.at("leastWidth").get<std::int64_t>();
    facts.mostWidth = object.at("mostWidth").get<std::int64_t>();
    facts.leastHeight = object.at("leastHeight").get<std::int64_t>();
    facts.mostHeight = object.at("mostHeight").get<std::int64_t>();
    facts.channels = object.at("channels").get<int>();
    facts.bits = object.at("bits").get<int>();
    facts.spacing = object.at("spacing").get<double>();
    return facts;
}

/// The graph as a model's: one input `image`, one output `probabilities`, made from `logits`.
Result<void> checkGraph(const Model& model)
{
    const nn::Graph& graph = *model.graph;
    if (graph.inputs.size() != 1 || graph.inputs[0].name != "image" || graph.inputs[0].shape.size() != 4)
        return badInput(text("learning", "The model's only input must be \"image\" with four dimensions."), model.file);
    const nn::Shape& shape = graph.inputs[0].shape;
    const Preprocessing& form = model.preprocessing;
    if (shape[1] != form.channels || shape[2] != form.height || shape[3] != form.width)
        return badInput(text("learning", "The model takes images of %1, but its preprocessing makes %2×%3×%4.")
                            .with(nn::written(shape), form.channels, form.height, form.width),
            model.file);
    if (graph.outputs.size() != 1 || graph.outputs[0].name != "probabilities" || !graph.producerOf("logits"))
        return badInput(
            text("learning", "The model's output must be \"probabilities\", made from \"logits\"."), model.file);
    const nn::Shape& output = graph.outputs[0].shape;
    if (output.size() != 2 || output[1] != static_cast<std::int64_t>(model.classes.size()))
        return badInput(text("learning", "The model names %1 classes, but its output is %2.")
                            .with(model.classes.size(), nn::written(output)),
            model.file);
    return {};
}

Result<void> readMetadata(Model& model)
{
    const nn::Graph& graph = *model.graph;
    const auto preprocessing = metadataOf(graph, "preprocessing");
    if (preprocessing.empty())
        return badInput(
            text("learning",
                "This ONNX file was not trained by Hounsfield: it does not say how images are prepared for it."),
            model.file, text("learning", "Choose a model.onnx of a training run."));
    model.preprocessing = TRY(Preprocessing::fromJson(preprocessing, model.file));
    try {
        model.classes = json::parse(metadataOf(graph, "classes")).get<std::vector<std::string>>();
        model.facts = factsOf(json::parse(metadataOf(graph, "facts")));
        const json decision = json::parse(metadataOf(graph, "decision"));
        model.threshold = decision.at("threshold").get<double>();
        model.hasChosenThreshold = decision.at("chosen").get<bool>();
    } catch (const json::exception&) {
        return badInput(
            text("learning", "The model's class names, facts or threshold cannot be understood."), model.file);
    }
    if (model.classes.size() < 2 || !std::isfinite(model.threshold))
        return badInput(
            text("learning", "The model names fewer than two classes, or its threshold is no number."), model.file);
    model.network = metadataOf(graph, "network");
    model.created = metadataOf(graph, "created");
    model.splitHash = metadataOf(graph, "split");
    model.dataFingerprint = metadataOf(graph, "data");
    model.metrics = metadataOf(graph, "metrics");
    return {};
}

} // namespace

nn::Graph exported(const Model& model, const nn::Graph& trained)
{
    nn::Graph graph = trained;
    graph.nodes.push_back(
        {"Softmax", "probabilities", {"logits"}, {"probabilities"}, {{"axis", std::int64_t{-1}}}, {}});
    graph.outputs = {{"probabilities", nn::ElementType::Float, {-1, static_cast<std::int64_t>(model.classes.size())}}};
    const auto set = [&](const char* key, const std::string& value) { setMetadata(graph, key, value); };
    set("classes", json(model.classes).dump());
    set("preprocessing", model.preprocessing.json());
    set("facts", jsonOf(model.facts).dump());
    set("decision", Ordered{{"threshold", model.threshold}, {"chosen", model.hasChosenThreshold}}.dump());
    set("network", model.network);
    set("created", model.created);
    set("split", model.splitHash);
    set("data", model.dataFingerprint);
    set("metrics", model.metrics);
    set("use", "Research use, not for diagnosis.");
    return graph;
}

Result<Model> readModel(const std::filesystem::path& file)
{
    Model model;
    model.file = file.string();
    model.graph = std::make_shared<const nn::Graph>(TRY(nn::readOnnx(file)));
    TRY(readMetadata(model));
    TRY(checkGraph(model));
    return model;
}

} // namespace hounsfield::learning
