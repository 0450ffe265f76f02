#include "core/synthesis/generator.h"

#include "core/base/atomic_file.h"
#include "core/base/hash.h"
#include "core/learning/model_metadata.h"
#include "core/nn/onnx_read.h"
#include "core/nn/onnx_write.h"
#include "core/synthesis/pair_networks.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace hounsfield::synthesis {

namespace {

using learning::metadataOf;
using nlohmann::json;
using Ordered = nlohmann::ordered_json;

nn::Graph withFacts(const GeneratorModel& model, nn::Graph graph, const char* kind)
{
    const auto set = [&](const char* key, const std::string& value) { learning::setMetadata(graph, key, value); };
    set("kind", kind);
    set("network", model.network);
    set("classes", json(model.classes).dump());
    set("preprocessing", model.frame.preprocessing.json());
    set("data", model.dataFingerprint);
    set("split", model.splitHash);
    set("figures", model.figures);
    const auto& facts = model.facts;
    set("training", Ordered{{"images", model.images}, {"steps", model.steps}, {"modalities", facts.modalities},
                        {"bodyParts", facts.bodyParts}, {"bits", facts.bits}}
                        .dump());
    set("use", "Synthetic images for research, not for diagnosis; for training parts only.");
    return graph;
}

bool hasForm(const nn::Graph& graph, const GeneratorModel& model)
{
    const auto classes = static_cast<std::int64_t>(model.classes.size());
    const ImageForm form = model.frame.form();
    return graph.inputs.size() == 2 && graph.outputs.size() == 1 && graph.inputs[0].name == "noise"
           && graph.inputs[1].name == "label" && graph.outputs[0].name == "image"
           && graph.inputs[0].shape == nn::Shape{-1, noiseLength} && graph.inputs[1].shape == nn::Shape{-1, classes}
           && graph.outputs[0].shape == nn::Shape{-1, form.channels, form.height, form.width};
}

Result<void> readFacts(GeneratorModel& model)
{
    const nn::Graph& graph = *model.graph;
    if (metadataOf(graph, "kind") != "generator")
        return badInput(text("synthesis", "This ONNX file is no generator trained by Hounsfield."), model.file,
            text("synthesis", "Choose the generator.onnx of a training of a pair."));
    model.frame.preprocessing = TRY(learning::Preprocessing::fromJson(metadataOf(graph, "preprocessing"), model.file));
    try {
        model.classes = json::parse(metadataOf(graph, "classes")).get<std::vector<std::string>>();
        const json training = json::parse(metadataOf(graph, "training"));
        model.images = training.at("images").get<std::int64_t>();
        model.steps = training.at("steps").get<std::int64_t>();
        model.facts.modalities = training.at("modalities").get<std::vector<std::string>>();
        model.facts.bodyParts = training.at("bodyParts").get<std::vector<std::string>>();
        model.facts.bits = training.at("bits").get<int>();
    } catch (const json::exception&) {
        return badInput(text("synthesis", "What the generator says of itself cannot be understood."), model.file);
    }
    model.network = metadataOf(graph, "network");
    model.dataFingerprint = metadataOf(graph, "data");
    model.splitHash = metadataOf(graph, "split");
    model.figures = metadataOf(graph, "figures");
    return {};
}

} // namespace

std::string exported(const GeneratorModel& model)
{
    return nn::writeOnnx(withFacts(model, *model.graph, "generator"));
}

std::string exportedDiscriminator(const GeneratorModel& model, nn::Graph discriminator)
{
    return nn::writeOnnx(withFacts(model, std::move(discriminator), "discriminator"));
}

Result<GeneratorModel> readGenerator(const std::filesystem::path& file)
{
    GeneratorModel model;
    model.file = file.string();
    model.graph = std::make_shared<const nn::Graph>(TRY(nn::readOnnx(file)));
    TRY(readFacts(model));
    const nn::Shape& made = model.graph->outputs.empty() ? nn::Shape() : model.graph->outputs[0].shape;
    model.frame.size = made.size() == 4 ? made[2] : 0;
    const auto& form = model.frame.preprocessing;
    if (model.classes.size() < 2 || !hasForm(*model.graph, model) || form.width > model.frame.size
        || form.height > model.frame.size)
        return badInput(
            text("synthesis", "The generator's inputs, output and classes do not fit each other."), model.file);
    model.hash = hashOf(TRY(readFile(file)));
    return model;
}

Result<nn::Graph> readDiscriminator(const std::filesystem::path& file, const GeneratorModel& generator)
{
    nn::Graph graph = TRY(nn::readOnnx(file));
    const auto classes = static_cast<std::int64_t>(generator.classes.size());
    const ImageForm form = generator.frame.form();
    const bool fits = graph.inputs.size() == 2 && graph.outputs.size() == 1 && graph.inputs[0].name == "image"
                      && graph.inputs[1].name == "label" && graph.outputs[0].name == "score"
                      && graph.inputs[0].shape == nn::Shape{-1, form.channels, form.height, form.width}
                      && graph.inputs[1].shape == nn::Shape{-1, classes};
    if (!fits || metadataOf(graph, "split") != generator.splitHash)
        return badInput(text("synthesis", "This is not the discriminator of that generator."), file.string());
    return graph;
}

Result<int> classNamed(const GeneratorModel& model, const std::string& name)
{
    const auto found = std::ranges::find(model.classes, name);
    if (found != model.classes.end())
        return static_cast<int>(found - model.classes.begin());
    std::string all;
    for (const std::string& one : model.classes)
        all += (all.empty() ? "" : ", ") + one;
    return badInput(text("synthesis", "The generator makes no \"%1\".").with(name), model.file,
        text("synthesis", "Choose one of: %1.").with(all));
}

} // namespace hounsfield::synthesis
