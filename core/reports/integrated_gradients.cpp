#include "core/reports/integrated_gradients.h"

#include "core/learning/text_predictor.h"
#include "core/reports/embedded_network.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>
#include <span>
#include <utility>

namespace hounsfield::reports {

namespace {

constexpr std::int32_t unknown = 1; // number of Vocabulary
constexpr std::size_t inner = 14;   // points of a piece between its ends: 16 texts a batch, two groups of work

struct Point {
    double at = 0, weight = 0;
};

/// Gauss–Legendre points of [0, 1]: the zeros of the Legendre polynomial by Newton's method.
std::array<Point, inner> gaussLegendre()
{
    std::array<Point, inner> points;
    constexpr auto n = static_cast<double>(inner);
    for (std::size_t i = 0; i < inner; ++i) {
        double x = std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) / (n + 0.5)), slope = 1;
        for (int step = 0; step < 10; ++step) {
            double p = 1, before = 0;
            for (std::size_t k = 1; k <= inner; ++k) {
                const auto j = static_cast<double>(k);
                before = std::exchange(p, ((2 * j - 1) * x * p - (j - 1) * before) / j);
            }
            slope = n * (x * p - before) / (x * x - 1);
            x -= p / slope;
        }
        points[i] = {(1 - x) / 2, 1 / ((1 - x * x) * slope * slope)};
    }
    return points;
}

struct Sample {
    Point point;
    double logit = 0, slope = 0; ///< along the way; the sum of `words`
    std::vector<double> words;   ///< (vector − starting vector) × gradient
};

/// A piece of the way from the starting text (0) to the text (1).
struct Piece {
    std::vector<Sample> samples; ///< rising: an end, the points between, an end
    std::vector<double> words;   ///< what the points between say of the piece

    double from() const { return samples.front().point.at; }
    double to() const { return samples.back().point.at; }
    double rise() const { return samples.back().logit - samples.front().logit; }
    double lack() const { return std::abs(std::reduce(words.begin(), words.end()) - rise()); }
    bool isNarrow() const { return to() - from() < 1.0 / 400; }
};

/// A recurrent network can tip over within a millionth of the way, where points miss the rise and further cuts meet
/// rounding. A piece that is as narrow as this takes its rise from its ends, and the words' shares of it from its
/// steepest point.
void settle(Piece& piece)
{
    const auto steepest =
        std::ranges::max_element(piece.samples, {}, [](const Sample& sample) { return std::abs(sample.slope); });
    if (!piece.isNarrow() || piece.lack() <= 0.005 * std::abs(piece.rise()) || steepest->slope == 0)
        return;
    const double scale = piece.rise() / steepest->slope;
    std::ranges::transform(steepest->words, piece.words.begin(), [&](double word) { return word * scale; });
}

/// Ends of the pieces to cut a piece into: around the neighbouring points whose slopes tell least of the rise between.
std::vector<double> cutsOf(const Piece& piece)
{
    const auto lack = [](const Sample& a, const Sample& b) {
        return std::abs(b.logit - a.logit - (b.point.at - a.point.at) * (a.slope + b.slope) / 2);
    };
    std::size_t worst = 1;
    for (std::size_t i = 2; i < piece.samples.size(); ++i)
        if (lack(piece.samples[i - 1], piece.samples[i]) > lack(piece.samples[worst - 1], piece.samples[worst]))
            worst = i;
    std::vector<double> cuts{
        piece.from(), piece.samples[worst - 1].point.at, piece.samples[worst].point.at, piece.to()};
    cuts.erase(std::ranges::unique(cuts).begin(), cuts.end());
    return cuts;
}

/// From a text of unknown words to a text.
class Way {
  public:
    Way(EmbeddedNetwork& network, const learning::Words& words, std::int64_t label)
        : m_network(network)
        , m_words(words)
        , m_label(static_cast<std::size_t>(label))
        , m_length(learning::paddedLength(static_cast<std::int64_t>(words.size())))
        , m_start(network.vectorsOf(learning::Words(words.size(), unknown)))
        , m_difference(network.vectorsOf(words))
    {
        std::ranges::transform(m_difference, m_start, m_difference.begin(), std::minus());
    }

    Result<Piece> piece(double from, double to, const Monitor& monitor)
    {
        static const std::array<Point, inner> points = gaussLegendre();
        Piece piece;
        piece.samples.push_back({{from, 0}});
        for (const Point& point : points)
            piece.samples.push_back({{from + point.at * (to - from), point.weight * (to - from)}});
        piece.samples.push_back({{to, 0}});
        TRY(read(piece.samples, monitor));
        piece.words.resize(m_words.size());
        for (const Sample& sample : piece.samples)
            for (std::size_t i = 0; i < m_words.size(); ++i)
                piece.words[i] += sample.point.weight * sample.words[i];
        return piece;
    }

  private:
    /// Logits and gradients of some points of the way.
    Result<void> read(std::vector<Sample>& samples, const Monitor& monitor)
    {
        const std::int64_t batch = std::ssize(samples);
        nn::Executor& executor = *TRY(m_network.executorFor(batch, m_length, EmbeddedNetwork::Gradient::Embedding));
        const std::vector<const learning::Words*> texts(samples.size(), &m_words);
        TRY(executor.setInput("tokens", learning::tokensOf(texts, m_length)));
        TRY(executor.setInput(m_network.embedding(), vectorsOf(samples)));
        TRY(executor.forward(monitor));
        const nn::Tensor logits = executor.value("logits");
        const std::size_t labels = logits.as<float>().size() / samples.size();
        nn::Tensor start(nn::ElementType::Float, logits.shape());
        for (std::size_t i = 0; i < samples.size(); ++i) {
            samples[i].logit = static_cast<double>(logits.as<float>()[i * labels + m_label]);
            start.as<float>()[i * labels + m_label] = 1;
        }
        executor.setGradient("logits", start);
        TRY(executor.backward(monitor));
        const nn::Tensor gradient = executor.gradient(m_network.embedding());
        const std::size_t perText = gradient.as<float>().size() / samples.size();
        for (std::size_t i = 0; i < samples.size(); ++i)
            addWords(samples[i], gradient.as<float>().subspan(i * perText, perText));
        return {};
    }

    nn::Tensor vectorsOf(const std::vector<Sample>& samples) const
    {
        nn::Tensor vectors(nn::ElementType::Float, {std::ssize(samples), m_length, m_network.width()});
        auto to = vectors.as<float>().begin();
        for (const Sample& sample : samples) {
            const auto at = static_cast<float>(sample.point.at);
            std::ranges::transform(m_start, m_difference, to, [at](float a, float d) { return a + at * d; });
            to += m_length * m_network.width();
        }
        return vectors;
    }

    void addWords(Sample& sample, std::span<const float> gradient) const
    {
        const auto width = static_cast<std::size_t>(m_network.width());
        sample.words.resize(m_words.size());
        for (std::size_t i = 0; i < m_difference.size(); ++i)
            sample.words[i / width] += static_cast<double>(m_difference[i]) * static_cast<double>(gradient[i]);
        sample.slope = std::reduce(sample.words.begin(), sample.words.end());
    }

    EmbeddedNetwork& m_network;
    const learning::Words& m_words;
    std::size_t m_label;
    std::int64_t m_length;
    std::vector<float> m_start, m_difference; ///< of the words' vectors
};

IntegratedGradients joined(const std::vector<Piece>& pieces)
{
    IntegratedGradients all;
    all.words.resize(pieces.front().words.size());
    for (const Piece& piece : pieces) {
        std::ranges::transform(all.words, piece.words, all.words.begin(), std::plus());
        if (piece.from() == 0)
            all.baseline = piece.samples.front().logit;
        if (piece.to() == 1)
            all.logit = piece.samples.back().logit;
    }
    all.gap = std::reduce(all.words.begin(), all.words.end()) - (all.logit - all.baseline);
    return all;
}

} // namespace

Result<IntegratedGradients> integrateGradients(
    EmbeddedNetwork& network, const learning::Words& words, std::int64_t label, const Monitor& monitor)
{
    Way way(network, words, label);
    std::vector<Piece> pieces{TRY(way.piece(0, 1, monitor))};
    const double tolerance = std::max(0.005 * std::abs(pieces.front().rise()), 1e-4);
    const auto lackOf = [](const Piece& piece) { return piece.isNarrow() ? 0.0 : piece.lack(); };
    constexpr std::int64_t most = 64; // batches, for the half second that a reader may wait
    std::int64_t batches = 1;
    while (batches < most) {
        const double lack = std::accumulate(
            pieces.begin(), pieces.end(), 0.0, [&](double sum, const Piece& piece) { return sum + lackOf(piece); });
        if (lack <= tolerance)
            break;
        const auto worst = std::ranges::max_element(pieces, {}, lackOf);
        const std::vector<double> cuts = cutsOf(*worst);
        pieces.erase(worst);
        for (std::size_t i = 1; i < cuts.size(); ++i, ++batches)
            pieces.push_back(TRY(way.piece(cuts[i - 1], cuts[i], monitor)));
    }
    std::ranges::for_each(pieces, settle);
    IntegratedGradients all = joined(pieces);
    all.points = batches * static_cast<std::int64_t>(inner);
    return all;
}

} // namespace hounsfield::reports
