#include "core/reports/evidence.h"

#include "core/learning/text_predictor.h"
#include "core/reports/embedded_network.h"
#include "core/reports/tokens.h"

#include <algorithm>
#include <cassert>
#include <limits>

namespace hounsfield::reports {

namespace {

/// `attention` or its gradient of one text, without the padding.
Attention withoutPadding(const nn::Tensor& tensor, bool hasQueryPerLabel, std::int64_t words)
{
    const nn::Shape& shape = tensor.shape();
    Attention attention;
    attention.heads = shape.size() == 4 ? shape[1] : 1;
    attention.queries = hasQueryPerLabel ? shape[2] : words;
    attention.words = words;
    attention.hasQueryPerLabel = hasQueryPerLabel;
    const auto from = tensor.as<float>();
    const std::int64_t length = hasQueryPerLabel ? shape[1] : shape.back();
    for (std::int64_t head = 0; head < attention.heads; ++head)
        for (std::int64_t query = 0; query < attention.queries; ++query)
            for (std::int64_t word = 0; word < words; ++word)
                attention.weights.push_back(from[static_cast<std::size_t>(
                    hasQueryPerLabel ? word * attention.queries + query : (head * length + query) * length + word)]);
    return attention;
}

/// Mean over heads and over the words that look, or the label's own query.
std::vector<float> attentionOf(const Attention& attention, std::int64_t label)
{
    const auto words = static_cast<std::size_t>(attention.words);
    std::vector<float> mean(words);
    if (attention.hasQueryPerLabel) {
        std::copy_n(attention.weights.begin() + label * attention.words, words, mean.begin());
        return mean;
    }
    const auto looks = static_cast<float>(attention.heads * attention.queries);
    for (std::size_t i = 0; i < attention.weights.size(); ++i)
        mean[i % words] += attention.weights[i] / looks;
    return mean;
}

std::vector<float> sumOfProducts(const Attention& attention, const Attention& gradient)
{
    const auto words = static_cast<std::size_t>(attention.words);
    std::vector<double> sums(words);
    for (std::size_t i = 0; i < attention.weights.size(); ++i)
        sums[i % words] += static_cast<double>(attention.weights[i]) * static_cast<double>(gradient.weights[i]);
    return {sums.begin(), sums.end()};
}

/// Of each word, the sum of vector × gradient over the vector's numbers.
std::vector<float> sumOfProducts(std::span<const float> vectors, std::span<const float> gradient, std::size_t width)
{
    std::vector<double> sums(vectors.size() / width);
    for (std::size_t i = 0; i < vectors.size(); ++i)
        sums[i / width] += static_cast<double>(vectors[i]) * static_cast<double>(gradient[i]);
    return {sums.begin(), sums.end()};
}

} // namespace

/// A text after its forward pass.
struct Heard {
    nn::Executor* executor = nullptr;
    nn::Tensor logits;
    std::vector<float> vectors; ///< of its words
    Attention attention;
};

struct EvidenceReader::State {
    std::shared_ptr<const ReportModel> model;
    EmbeddedNetwork network;
    std::shared_ptr<nn::Weights> weights; ///< of the model's own graph
    int threads = 1;

    std::int64_t labels() const { return std::ssize(model->labels); }
    learning::Words numbersOf(const std::string& text) const
    {
        return model->vocabulary.numbersOf(text, model->mostTokens);
    }
    Result<Heard> hear(const learning::Words& numbers, const Monitor& monitor);
    Result<std::vector<float>> highlight(const Heard& heard, std::int64_t label, const Monitor& monitor) const;
};

Result<EvidenceReader> EvidenceReader::make(std::shared_ptr<const ReportModel> model, int threads)
{
    EmbeddedNetwork network = TRY(EmbeddedNetwork::make(*model->graph, threads));
    auto weights = std::make_shared<nn::Weights>(*model->graph);
    return EvidenceReader(
        std::make_unique<State>(State{std::move(model), std::move(network), std::move(weights), threads}));
}

EvidenceReader::EvidenceReader(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
EvidenceReader::EvidenceReader(EvidenceReader&&) noexcept = default;
EvidenceReader& EvidenceReader::operator=(EvidenceReader&&) noexcept = default;
EvidenceReader::~EvidenceReader() = default;

Result<Heard> EvidenceReader::State::hear(const learning::Words& numbers, const Monitor& monitor)
{
    const std::int64_t length = learning::paddedLength(std::ssize(numbers));
    Heard heard;
    heard.executor = TRY(network.executorFor(1, length,
        network.hasAttention() ? EmbeddedNetwork::Gradient::Attention : EmbeddedNetwork::Gradient::Embedding));
    heard.vectors = network.vectorsOf(numbers);
    nn::Tensor padded(nn::ElementType::Float, {1, length, network.width()});
    std::ranges::copy(heard.vectors, padded.as<float>().begin());
    const std::vector<const learning::Words*> texts{&numbers};
    TRY(heard.executor->setInput("tokens", learning::tokensOf(texts, length)));
    TRY(heard.executor->setInput(network.embedding(), padded));
    TRY(heard.executor->forward(monitor));
    heard.logits = heard.executor->value("logits");
    if (network.hasAttention())
        heard.attention =
            withoutPadding(heard.executor->value("attention"), network.hasQueryPerLabel(), std::ssize(numbers));
    return heard;
}

Result<std::vector<float>> EvidenceReader::State::highlight(
    const Heard& heard, std::int64_t label, const Monitor& monitor) const
{
    nn::Tensor start(nn::ElementType::Float, heard.logits.shape());
    start.as<float>()[static_cast<std::size_t>(label)] = 1;
    heard.executor->setGradient("logits", start);
    TRY(heard.executor->backward(monitor));
    if (!network.hasAttention()) {
        const nn::Tensor gradient = heard.executor->gradient(network.embedding());
        return sumOfProducts(heard.vectors, gradient.as<float>(), static_cast<std::size_t>(network.width()));
    }
    return sumOfProducts(heard.attention,
        withoutPadding(heard.executor->gradient("attention"), network.hasQueryPerLabel(), heard.attention.words));
}

Result<Evidence> EvidenceReader::read(
    const std::string& text, std::span<const std::int64_t> labels, const Monitor& monitor)
{
    State& s = *m_state;
    const learning::Words numbers = s.numbersOf(text);
    Heard heard = TRY(s.hear(numbers, monitor));
    std::vector<float> probabilities(heard.logits.as<float>().begin(), heard.logits.as<float>().end());
    toProbabilities(s.model->kind, s.labels(), probabilities);
    std::vector<Token> tokens = tokensOf(text);
    Evidence evidence;
    evidence.isCut = std::ssize(tokens) > s.model->mostTokens;
    tokens.resize(std::min(tokens.size(), numbers.size()));
    for (std::size_t i = 0; i < tokens.size(); ++i)
        evidence.words.push_back({tokens[i].span, std::move(tokens[i].word), numbers[i] != 1});
    for (const std::int64_t label : labels) {
        assert(label >= 0 && label < s.labels());
        const auto i = static_cast<std::size_t>(label);
        LabelEvidence one{
            label, static_cast<double>(heard.logits.as<float>()[i]), static_cast<double>(probabilities[i]), {}, {}};
        if (!tokens.empty())
            one.highlight = TRY(s.highlight(heard, label, monitor));
        if (!tokens.empty() && s.network.hasAttention())
            one.attention = attentionOf(heard.attention, label);
        evidence.labels.push_back(std::move(one));
    }
    if (!tokens.empty())
        evidence.attention = std::move(heard.attention);
    return evidence;
}

Result<IntegratedGradients> EvidenceReader::integratedGradients(
    const std::string& text, std::int64_t label, const Monitor& monitor)
{
    State& s = *m_state;
    assert(label >= 0 && label < s.labels());
    IntegratedGradients gradients = TRY(integrateGradients(s.network, s.numbersOf(text), label, monitor));
    if (tokensOf(text).empty())
        gradients.words.clear();
    return gradients;
}

Result<std::vector<float>> EvidenceReader::probabilitiesWithout(
    const std::string& text, std::span<const std::vector<std::int64_t>> readings, const Monitor& monitor)
{
    State& s = *m_state;
    const learning::Words all = s.model->vocabulary.numbersOf(text, std::numeric_limits<std::int64_t>::max());
    std::vector<learning::Words> texts;
    for (const std::vector<std::int64_t>& leftOut : readings) {
        assert(std::ranges::is_sorted(leftOut));
        learning::Words words;
        for (std::int64_t i = 0; i < std::ssize(all) && std::ssize(words) < s.model->mostTokens; ++i)
            if (!std::ranges::binary_search(leftOut, i))
                words.push_back(all[static_cast<std::size_t>(i)]);
        if (words.empty())
            words.push_back(1); // as an empty text is read
        texts.push_back(std::move(words));
    }
    learning::TextPredictor predictor(s.model->graph, s.weights, s.labels(), s.threads);
    std::vector<float> probabilities = TRY(predictor.logits(texts, monitor));
    toProbabilities(s.model->kind, s.labels(), probabilities);
    return probabilities;
}

Result<LeftOut> EvidenceReader::leaveOneOut(const std::string& text, const Monitor& monitor)
{
    const std::int64_t labels = m_state->labels();
    const std::int64_t words = std::min(std::ssize(tokensOf(text)), m_state->model->mostTokens);
    std::vector<std::vector<std::int64_t>> readings(1);
    for (std::int64_t i = 0; i < words; ++i)
        readings.push_back({i});
    const std::vector<float> probabilities = TRY(probabilitiesWithout(text, readings, monitor));
    LeftOut left{labels, {probabilities.begin(), probabilities.begin() + labels}, {}};
    const auto width = static_cast<std::size_t>(labels);
    for (std::size_t i = width; i < probabilities.size(); ++i)
        left.drops.push_back(left.probabilities[i % width] - probabilities[i]);
    return left;
}

} // namespace hounsfield::reports
