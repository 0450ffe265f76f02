#include "core/learning/text_predictor.h"

#include <algorithm>
#include <numeric>

namespace hounsfield::learning {

TextPredictor::TextPredictor(
    std::shared_ptr<const nn::Graph> graph, std::shared_ptr<nn::Weights> weights, std::int64_t labels, int threads)
    : m_graph(std::move(graph))
    , m_weights(weights ? std::move(weights) : std::make_shared<nn::Weights>(*m_graph))
    , m_labels(labels)
    , m_threads(threads)
{
}

nn::Tensor tokensOf(std::span<const Words* const> texts, std::int64_t length)
{
    nn::Tensor tokens(nn::ElementType::Int64, {static_cast<std::int64_t>(texts.size()), length});
    auto to = tokens.as<std::int64_t>().begin();
    for (const Words* words : texts) {
        std::ranges::copy(*words, to);
        to += length;
    }
    return tokens;
}

Result<nn::Executor*> TextPredictor::executorFor(std::int64_t texts, std::int64_t length)
{
    if (const auto found = m_executors.find({texts, length}); found != m_executors.end())
        return &found->second;
    nn::PlanRequest request;
    request.inputs["tokens"] = {texts, length};
    request.threads = m_threads;
    if (m_graph->outputs.front().name != "logits")
        request.keep = {"logits"};
    auto executor = TRY(nn::Executor::plan(m_graph, m_weights, std::move(request)));
    return &m_executors.emplace(std::pair(texts, length), std::move(executor)).first->second;
}

Result<std::vector<float>> TextPredictor::logits(std::span<const Words> texts, const Monitor& monitor)
{
    std::vector<std::size_t> order(texts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return texts[i].size(); });
    const auto lengthOf = [&](std::size_t place) {
        return paddedLength(static_cast<std::int64_t>(texts[order[place]].size()));
    };
    constexpr std::size_t most = 64;
    const auto width = static_cast<std::size_t>(m_labels);
    std::vector<float> all(texts.size() * width);
    for (std::size_t first = 0; first < order.size();) {
        const std::int64_t length = lengthOf(first);
        std::vector<const Words*> batch;
        while (first + batch.size() < order.size() && batch.size() < most && lengthOf(first + batch.size()) == length)
            batch.push_back(&texts[order[first + batch.size()]]);
        TRY(monitor.at(
            text("learning", "Reading texts"), static_cast<double>(first) / static_cast<double>(order.size())));
        nn::Executor& executor = *TRY(executorFor(static_cast<std::int64_t>(batch.size()), length));
        TRY(executor.setInput("tokens", tokensOf(batch, length)));
        TRY(executor.forward(monitor));
        const nn::Tensor made = executor.value("logits");
        const nn::Shape expected{static_cast<std::int64_t>(batch.size()), m_labels};
        if (made.type() != nn::ElementType::Float || made.shape() != expected)
            return badInput(text("learning", "The network's \"logits\" have the shape %1, but its labels need %2.")
                                .with(nn::written(made.shape()), nn::written(expected)));
        for (std::size_t i = 0; i < batch.size(); ++i)
            std::copy_n(made.as<float>().begin() + static_cast<std::ptrdiff_t>(i * width), width,
                all.begin() + static_cast<std::ptrdiff_t>(order[first + i] * width));
        first += batch.size();
    }
    return all;
}

} // namespace hounsfield::learning
