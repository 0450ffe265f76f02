#include "app/cli/bench_text_networks.h"

#include "app/cli/bench_networks.h"
#include "core/learning/text_networks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace hounsfield::cli {

namespace {

/// A matrix [rows][columns] of the twin as its hash tells it.
struct TwinMatrix {
    std::string name;
    std::int64_t columns = 0;
    bool isEmbedding = false; ///< its numbers are ±1, those of a layer ±√(3 / columns)

    float at(std::int64_t row, std::int64_t column) const
    {
        const double limit = isEmbedding ? 1 : std::sqrt(3 / static_cast<double>(columns));
        const auto index = static_cast<std::uint32_t>(row * columns + column);
        return (hashedUniform(index, hashOfName(name)) * 2 - 1) * static_cast<float>(limit);
    }
};

class Weights {
  public:
    explicit Weights(nn::Graph& graph)
        : m_graph(graph)
    {
        // Biases 0, scales of normalisations 1.
        for (auto& [name, tensor] : m_graph.initializers)
            if (tensor.type() == nn::ElementType::Float && (tensor.rank() < 2 || name.ends_with(".b")))
                std::ranges::fill(tensor.as<float>(), name.ends_with(".scale") ? 1.0F : 0.0F);
    }

    void same(const std::string& name, const TwinMatrix& twin) const
    {
        nn::Tensor& tensor = m_graph.initializers.at(name);
        float* to = tensor.as<float>().data();
        for (std::int64_t row = 0; row < tensor.shape()[0]; ++row)
            for (std::int64_t column = 0; column < tensor.shape()[1]; ++column)
                *to++ = twin.at(row, column);
    }
    /// Ours is [inputs][outputs], the twin's [outputs][inputs]; `first`: its first output of ours.
    void turned(const std::string& name, const std::string& twin, std::int64_t first = 0) const
    {
        nn::Tensor& tensor = m_graph.initializers.at(name);
        const std::int64_t inputs = tensor.shape()[0], outputs = tensor.shape()[1];
        const TwinMatrix matrix{twin, inputs};
        float* to = tensor.as<float>().data();
        for (std::int64_t i = 0; i < inputs; ++i)
            for (std::int64_t o = 0; o < outputs; ++o)
                *to++ = matrix.at(first + o, i);
    }
    /// W or R of both directions; `gates`: the twin's number of each gate of ours.
    template <std::size_t count>
    void recurrent(const std::string& name, const std::string& twin, const std::array<int, count>& gates) const
    {
        nn::Tensor& tensor = m_graph.initializers.at(name);
        const std::int64_t columns = tensor.shape()[2], units = tensor.shape()[1] / static_cast<std::int64_t>(count);
        float* to = tensor.as<float>().data();
        for (const char* direction : {"", "_reverse"})
            for (const int gate : gates)
                for (std::int64_t row = 0; row < units; ++row)
                    for (std::int64_t column = 0; column < columns; ++column)
                        *to++ = TwinMatrix{twin + direction, columns}.at(gate * units + row, column);
    }

  private:
    nn::Graph& m_graph;
};

learning::TextNetworkForm formOf(std::int64_t width)
{
    learning::TextNetworkForm form;
    form.vocabulary = 5000;
    form.labels = 14;
    form.width = form.units = form.keys = width;
    form.dropout = 0;
    form.isPadded = false;
    return form;
}

nn::Graph built(const char* name, const learning::TextNetworkForm& form)
{
    return (*learning::findTextNetwork(name))->build(form);
}

template <std::size_t count>
nn::Graph recurrentAttention(const char* network, const std::string& layer, const std::array<int, count>& gates)
{
    constexpr std::int64_t width = 128;
    nn::Graph graph = built(network, formOf(width));
    const Weights weights(graph);
    weights.same("words", {"embed.weight", width, true});
    weights.recurrent(layer + ".w", "rnn.weight_ih_l0", gates);
    weights.recurrent(layer + ".r", "rnn.weight_hh_l0", gates);
    weights.turned("keys.weight", "proj.weight");
    weights.turned("queries", "score.weight");
    weights.same("votes", {"out", 2 * width});
    return graph;
}

} // namespace

nn::Graph benchBigru()
{
    return recurrentAttention("bigru-attention", "gru1", std::array{1, 0, 2}); // z r h of r z n
}

nn::Graph benchBilstm()
{
    return recurrentAttention("bilstm-attention", "lstm1", std::array{0, 3, 1, 2}); // i o f c of i f g o
}

nn::Graph benchTransformer()
{
    constexpr std::int64_t width = 128;
    learning::TextNetworkForm form = formOf(width);
    form.feedForward = 4;
    form.places = 128;
    nn::Graph graph = built("transformer", form);
    const Weights weights(graph);
    weights.same("words", {"embed.weight", width, true});
    weights.same("places", {"embed_pos", width, true});
    for (int layer = 0; layer < 2; ++layer) {
        const std::string ours = "layer" + std::to_string(layer + 1), twin = "layers." + std::to_string(layer);
        weights.turned(ours + ".queries.weight", twin + ".qkv.weight");
        weights.turned(ours + ".keys.weight", twin + ".qkv.weight", width);
        weights.turned(ours + ".values.weight", twin + ".qkv.weight", 2 * width);
        weights.turned(ours + ".joined.weight", twin + ".proj.weight");
        weights.turned(ours + ".up.weight", twin + ".up.weight");
        weights.turned(ours + ".down.weight", twin + ".down.weight");
    }
    weights.turned("logits.weight", "fc.weight");
    return graph;
}

} // namespace hounsfield::cli
