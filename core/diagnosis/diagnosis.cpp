#include "core/diagnosis/diagnosis.h"

#include "core/image/model_picture.h"
#include "core/learning/class_order.h"
#include "core/learning/predictor.h"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <cmath>
#include <map>

namespace hounsfield::diagnosis {

struct Diagnoser::State {
    learning::Model model;
    std::shared_ptr<nn::Weights> weights;
    std::vector<MapLayer> layers;
    learning::Predictor predictor;
    std::map<std::string, nn::Executor> explainers; ///< by the value that the map is taken from
    int threads = 1;

    Result<std::vector<float>> probabilities(const image::Volume& volume, std::int64_t slice, const Monitor& monitor);
    Result<nn::Executor*> explainerFor(const std::string& value);
    Result<const MapLayer*> layerOf(const std::string& name) const;
};

namespace {

InputGeometry geometryOf(const learning::Preprocessing& form, const image::Geometry& own)
{
    const image::Fit fit = image::fitOf(own.size[0], own.size[1], form.width, form.height);
    return {static_cast<double>(fit.width) / static_cast<double>(own.size[0]),
        static_cast<double>(fit.height) / static_cast<double>(own.size[1]), static_cast<double>(fit.left),
        static_cast<double>(fit.top)};
}

int calledOf(const learning::Model& model, const std::vector<float>& probabilities)
{
    if (probabilities.size() == 2)
        return static_cast<double>(probabilities[1]) >= model.threshold ? 1 : 0;
    return static_cast<int>(std::ranges::max_element(probabilities) - probabilities.begin());
}

/// The class that says nothing was found: by its name, else the first.
std::size_t reassuringClass(const std::vector<std::string>& classes)
{
    const auto place = std::ranges::find_if(classes, learning::meansNothingFound);
    return place == classes.end() ? 0 : static_cast<std::size_t>(place - classes.begin());
}

/// The network's input without any shift: [1, channels, height, width].
Result<nn::Tensor> inputOf(const learning::Preprocessing& form, const image::Volume& volume, std::int64_t slice)
{
    std::vector<float> values = TRY(form.sampleOf(volume, slice));
    form.toUnit(values);
    form.normalise(values);
    nn::Tensor input(nn::ElementType::Float, {1, form.channels, form.height, form.width});
    const auto to = input.as<float>();
    const auto channels = static_cast<std::size_t>(form.channels);
    const std::size_t plane = values.size() / channels;
    for (std::size_t i = 0; i < plane; ++i)
        for (std::size_t c = 0; c < channels; ++c)
            to[c * plane + i] = values[i * channels + c];
    return input;
}

} // namespace

Result<std::vector<float>> Diagnoser::State::probabilities(
    const image::Volume& volume, std::int64_t slice, const Monitor& monitor)
{
    const std::vector<float> sample = TRY(model.preprocessing.sampleOf(volume, slice));
    return predictor.probabilities(
        1, [&](std::int64_t, float* values) { std::ranges::copy(sample, values); }, monitor);
}

Result<nn::Executor*> Diagnoser::State::explainerFor(const std::string& value)
{
    if (const auto found = explainers.find(value); found != explainers.end())
        return &found->second;
    const learning::Preprocessing& form = model.preprocessing;
    nn::PlanRequest request;
    request.inputs["image"] = {1, form.channels, form.height, form.width};
    request.keep = {"logits", value};
    request.gradientsFrom = {"logits"};
    request.gradientsOf = {value};
    request.threads = threads;
    auto executor = TRY(nn::Executor::plan(model.graph, weights, std::move(request)));
    return &explainers.emplace(value, std::move(executor)).first->second;
}

Result<const MapLayer*> Diagnoser::State::layerOf(const std::string& name) const
{
    std::string names;
    for (const MapLayer& layer : layers) {
        if (layer.convolution == name)
            return &layer;
        names += (names.empty() ? "" : ", ") + layer.convolution;
    }
    const std::ptrdiff_t index = defaultLayer(layers);
    if (index < 0)
        return unsupported(text("diagnosis", "The model has no convolution that a heat map can be taken from."),
            model.file, text("diagnosis", "Choose a model trained by Hounsfield."));
    if (!name.empty())
        return badInput(text("diagnosis", "The model has no convolution \"%1\".").with(name), model.file,
            text("diagnosis", "There are: %1.").with(names));
    return &layers[static_cast<std::size_t>(index)];
}

Diagnoser::Diagnoser(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
Diagnoser::Diagnoser(Diagnoser&&) noexcept = default;
Diagnoser& Diagnoser::operator=(Diagnoser&&) noexcept = default;
Diagnoser::~Diagnoser() = default;

Result<Diagnoser> Diagnoser::load(const std::filesystem::path& modelFile, int threads)
{
    return of(TRY(learning::readModel(modelFile)), threads);
}

Result<Diagnoser> Diagnoser::of(learning::Model model, int threads)
{
    const learning::Preprocessing& form = model.preprocessing;
    auto layers = TRY(mapLayers(*model.graph, {1, form.channels, form.height, form.width}));
    auto weights = std::make_shared<nn::Weights>(*model.graph);
    auto predictor = TRY(learning::Predictor::make(
        model.graph, weights, form, static_cast<std::int64_t>(model.classes.size()), threads));
    return Diagnoser(std::unique_ptr<State>(
        new State{std::move(model), std::move(weights), std::move(layers), std::move(predictor), {}, threads}));
}

const learning::Model& Diagnoser::model() const
{
    return m_state->model;
}

const std::vector<MapLayer>& Diagnoser::layers() const
{
    return m_state->layers;
}

Result<Diagnosis> Diagnoser::diagnose(
    const image::Volume& volume, std::int64_t slice, Gate gate, const Monitor& monitor)
{
    Diagnosis diagnosis;
    diagnosis.slice = slice;
    diagnosis.gate = checkGate(m_state->model.facts, m_state->model.preprocessing, volume);
    if (!diagnosis.gate.isOpen() && gate == Gate::Obey)
        return diagnosis;
    diagnosis.isOverridden = !diagnosis.gate.isOpen();
    diagnosis.probabilities = TRY(m_state->probabilities(volume, slice, monitor));
    diagnosis.called = calledOf(m_state->model, diagnosis.probabilities);
    return diagnosis;
}

Result<VolumeDiagnosis> Diagnoser::diagnoseVolume(const image::Volume& volume, Gate gate, const Monitor& monitor)
{
    VolumeDiagnosis all;
    const std::int64_t count = volume.geometry.size[2];
    Diagnosis common;
    common.gate = checkGate(m_state->model.facts, m_state->model.preprocessing, volume);
    common.isOverridden = !common.gate.isOpen() && gate == Gate::Override;
    for (std::int64_t slice = 0; slice < count; ++slice) {
        Diagnosis diagnosis = common;
        diagnosis.slice = slice;
        if (common.gate.isOpen() || gate == Gate::Override) {
            TRY(monitor.at(text("diagnosis", "Diagnosing slices"), double(slice) / double(count)));
            diagnosis.probabilities = TRY(m_state->probabilities(volume, slice, Monitor{}));
            diagnosis.called = calledOf(m_state->model, diagnosis.probabilities);
            all.mostSuspicious.push_back(slice);
        }
        all.slices.push_back(std::move(diagnosis));
    }
    const std::size_t reassuring = reassuringClass(m_state->model.classes);
    std::ranges::stable_sort(all.mostSuspicious, {},
        [&](std::int64_t slice) { return all.slices[static_cast<std::size_t>(slice)].probabilities[reassuring]; });
    if (all.mostSuspicious.size() > 10)
        all.mostSuspicious.resize(10);
    return all;
}

Result<HeatMap> Diagnoser::explain(
    const image::Volume& volume, std::int64_t slice, const MapOptions& options, const Monitor& monitor)
{
    const learning::Model& model = m_state->model;
    const MapLayer& layer = *TRY(m_state->layerOf(options.layer));
    const auto classes = static_cast<int>(model.classes.size());
    const auto probabilities = TRY(m_state->probabilities(volume, slice, monitor));
    const int wanted = options.classIndex.value_or(calledOf(model, probabilities));
    if (wanted < 0 || wanted >= classes)
        return badInput(text("diagnosis", "There is no class %1: the model has %2.").with(wanted, classes), model.file);
    nn::Executor& executor = *TRY(m_state->explainerFor(layer.value));
    TRY(executor.setInput("image", TRY(inputOf(model.preprocessing, volume, slice))));
    TRY(executor.forward(monitor));
    nn::Tensor start(nn::ElementType::Float, {1, classes});
    start.as<float>()[static_cast<std::size_t>(wanted)] = 1;
    executor.setGradient("logits", start);
    TRY(executor.backward(monitor));
    const CellMap cells =
        cellMap(options.method, executor.value(layer.value), executor.gradient(layer.value), layer.placement);
    HeatMap map;
    map.map = placedMap(
        cells, geometryOf(model.preprocessing, volume.geometry), volume.geometry.size[0], volume.geometry.size[1]);
    map.peak = peakOf(map.map);
    map.layer = layer.convolution;
    map.method = options.method;
    map.classIndex = wanted;
    map.probability = static_cast<double>(probabilities[static_cast<std::size_t>(wanted)]);
    return map;
}

std::array<std::uint8_t, 3> heatColor(double value)
{
    const auto byte = [](double share) {
        return static_cast<std::uint8_t>(std::lround(255 * std::clamp(share, 0.0, 1.0)));
    };
    return {byte(0.3 + 1.4 * value), byte(2 * value - 0.6), byte(4 * value - 3.2)};
}

image::Raster<std::uint8_t> overlaid(
    const image::Raster<std::uint8_t>& picture, const image::Raster<float>& map, double opacity)
{
    assert(picture.width == map.width && picture.height == map.height);
    image::Raster<std::uint8_t> result(picture.width, picture.height, 3);
    for (std::int64_t y = 0; y < picture.height; ++y)
        for (std::int64_t x = 0; x < picture.width; ++x) {
            const auto value = static_cast<double>(map.at(x, y));
            const double share = opacity * std::min(1.0, 2 * value);
            const auto color = heatColor(value);
            for (int c = 0; c < 3; ++c)
                result.at(x, y, c) = static_cast<std::uint8_t>(
                    std::lround(std::lerp(double(picture.at(x, y, picture.channels == 3 ? c : 0)),
                        double(color[static_cast<std::size_t>(c)]), share)));
        }
    return result;
}

} // namespace hounsfield::diagnosis
