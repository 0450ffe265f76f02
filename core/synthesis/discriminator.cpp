#include "core/synthesis/discriminator.h"

#include "core/nn/executor.h"

#include <algorithm>

namespace hounsfield::synthesis {

namespace {

/// Channels first, as ONNX has it.
void fill(const ImageFrame& frame, const learning::DataSet& data, std::int64_t number, float* to)
{
    std::vector<float> stored(static_cast<std::size_t>(frame.preprocessing.elements()));
    std::vector<float> pair(static_cast<std::size_t>(frame.form().elements()));
    data.images.read(number, stored.data());
    frame.enter(stored, pair);
    const auto channels = static_cast<std::size_t>(frame.preprocessing.channels);
    for (std::size_t k = 0; k < pair.size(); ++k)
        to[k % channels * (pair.size() / channels) + k / channels] = pair[k];
}

} // namespace

Result<std::vector<float>> discriminatorScores(const nn::Graph& discriminator, const ImageFrame& frame,
    const learning::DataSet& data, std::span<const std::int64_t> cases, int threads, const Monitor& monitor)
{
    constexpr std::int64_t batch = 64;
    const auto graph = std::make_shared<const nn::Graph>(discriminator);
    const auto weights = std::make_shared<nn::Weights>(discriminator);
    const ImageForm form = frame.form();
    const auto classes = static_cast<std::int64_t>(data.classes.size()),
               count = static_cast<std::int64_t>(cases.size());
    std::vector<float> scores;
    std::optional<nn::Executor> executor;
    std::int64_t planned = 0;
    for (std::int64_t first = 0; first < count; first += batch) {
        TRY(monitor.at(text("synthesis", "Asking the discriminator"), double(first) / double(count)));
        const std::int64_t now = std::min(batch, count - first);
        if (now != planned) {
            nn::PlanRequest request;
            request.inputs = {{"image", {now, form.channels, form.height, form.width}}, {"label", {now, classes}}};
            request.threads = threads;
            executor.emplace(TRY(nn::Executor::plan(graph, weights, std::move(request))));
            planned = now;
        }
        std::vector<float> images(static_cast<std::size_t>(now * form.elements())),
            labels(static_cast<std::size_t>(now * classes));
        for (std::int64_t i = 0; i < now; ++i) {
            const std::int64_t number = cases[static_cast<std::size_t>(first + i)];
            fill(frame, data, number, images.data() + i * form.elements());
            labels[static_cast<std::size_t>(i * classes + data.cases[static_cast<std::size_t>(number)].label)] = 1;
        }
        TRY(executor->setInput("image", images));
        TRY(executor->setInput("label", labels));
        TRY(executor->forward(monitor));
        const auto made = executor->valueView("score");
        scores.insert(scores.end(), made.begin(), made.end());
    }
    return scores;
}

} // namespace hounsfield::synthesis
