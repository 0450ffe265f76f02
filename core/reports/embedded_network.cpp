#include "core/reports/embedded_network.h"

#include <algorithm>

namespace hounsfield::reports {

namespace {

bool isLookUp(const nn::Node& node)
{
    return node.op == "Gather" && node.inputs == std::vector<std::string>{"words", "tokens"}
           && node.integer("axis", 0) == 0;
}

} // namespace

Result<EmbeddedNetwork> EmbeddedNetwork::make(const nn::Graph& graph, int threads)
{
    nn::Graph network = graph;
    const auto table = network.initializers.find("words");
    const auto lookUp = std::ranges::find_if(network.nodes, isLookUp);
    if (lookUp == network.nodes.end() || table == network.initializers.end() || table->second.rank() != 2
        || table->second.type() != nn::ElementType::Float)
        return unsupported(text("reports", "The network has no table of words to ask what a word means to it."));
    EmbeddedNetwork made;
    made.m_table = std::move(table->second);
    made.m_embedding = lookUp->outputs[0];
    made.m_threads = threads;
    network.inputs.push_back({made.m_embedding, nn::ElementType::Float, {-1, -1, made.width()}});
    network.initializers.erase(table);
    network.nodes.erase(lookUp);
    const nn::Node* attention = network.producerOf("attention");
    made.m_hasAttention = attention != nullptr;
    made.m_hasQueryPerLabel = attention && attention->integer("axis", -1) == 1;
    made.m_graph = std::make_shared<const nn::Graph>(std::move(network));
    made.m_weights = std::make_shared<nn::Weights>(*made.m_graph);
    return made;
}

std::vector<float> EmbeddedNetwork::vectorsOf(const learning::Words& words) const
{
    std::vector<float> vectors;
    for (const std::int32_t word : words) {
        const auto row =
            m_table.as<float>().subspan(static_cast<std::size_t>(word * width()), static_cast<std::size_t>(width()));
        vectors.insert(vectors.end(), row.begin(), row.end());
    }
    return vectors;
}

void EmbeddedNetwork::forgetOldest()
{
    constexpr std::size_t mostPlans = 16;
    constexpr std::int64_t mostBytes = std::int64_t{256} << 20; // a transformer's plan of long texts alone takes more
    const auto bytes = [this] {
        std::int64_t sum = 0;
        for (const Kept& kept : m_kept)
            sum += kept.executor.bytes();
        return sum;
    };
    while (!m_kept.empty() && (m_kept.size() >= mostPlans || bytes() > mostBytes))
        m_kept.pop_back();
}

Result<nn::Executor*> EmbeddedNetwork::executorFor(std::int64_t texts, std::int64_t length, Gradient gradient)
{
    const auto found = std::ranges::find_if(m_kept,
        [&](const Kept& kept) { return kept.texts == texts && kept.length == length && kept.gradient == gradient; });
    if (found != m_kept.end()) {
        m_kept.splice(m_kept.begin(), m_kept, found);
        return &m_kept.front().executor;
    }
    nn::PlanRequest request;
    request.inputs["tokens"] = {texts, length};
    request.inputs[m_embedding] = {texts, length, width()};
    request.gradientsFrom = {"logits"};
    request.gradientsOf = {gradient == Gradient::Embedding ? m_embedding : "attention"};
    if (m_hasAttention)
        request.keep = {"attention"};
    request.threads = texts == 1 ? 1 : m_threads; // a text is worked on by one thread alone
    forgetOldest();
    m_kept.push_front({texts, length, gradient, TRY(nn::Executor::plan(m_graph, m_weights, std::move(request)))});
    return &m_kept.front().executor;
}

} // namespace hounsfield::reports
