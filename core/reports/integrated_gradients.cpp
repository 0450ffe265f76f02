#include "core/reports/integrated_gradients.h"

#include "core/learning/text_predictor.h"
#include "core/reports/embedded_network.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>
#include <utility>

namespace hounsfield::reports {

namespace {

constexpr std::size_t inner = 14, rows = inner + 2; // of a batch: the points of a piece between its two ends

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

/// A piece of the way from the empty text (0) to the text (1).
struct Piece {
    double from = 0, to = 1;
    double logitFrom = 0, logitTo = 0;
    std::vector<double> words;

    double sum() const { return std::reduce(words.begin(), words.end()); }
    double rise() const { return logitTo - logitFrom; }
    double lack() const { return std::abs(sum() - rise()); }
    /// A recurrent network can tip over within a millionth of the way, where points of gradients miss the rise. A piece
    /// as narrow as this takes its rise from its ends and the words' shares of it from its gradients.
    bool isNarrow() const { return to - from < 1.0 / 600; }
    void settle()
    {
        const double scale = rise() / sum();
        if (isNarrow() && scale > 0.05 && scale < 20)
            for (double& word : words)
                word *= scale;
    }
};

class Way {
  public:
    Way(EmbeddedNetwork& network, const learning::Words& words, std::int64_t label)
        : m_network(network)
        , m_words(words)
        , m_label(label)
        , m_length(learning::paddedLength(static_cast<std::int64_t>(words.size())))
        , m_vectors(network.vectorsOf(words))
    {
    }

    Result<Piece> piece(double from, double to, const Monitor& monitor)
    {
        constexpr auto batch = static_cast<std::int64_t>(rows);
        nn::Executor& executor = *TRY(m_network.executorFor(batch, m_length, EmbeddedNetwork::Gradient::Embedding));
        static const std::array<Point, inner> points = gaussLegendre();
        std::array<Point, rows> way{Point{from, 0}};
        std::ranges::transform(points, way.begin() + 1, [&](const Point& point) {
            return Point{from + point.at * (to - from), point.weight * (to - from)};
        });
        way.back() = {to, 0};
        const std::vector<const learning::Words*> texts(rows, &m_words);
        TRY(executor.setInput("tokens", learning::tokensOf(texts, m_length)));
        TRY(executor.setInput(m_network.embedding(), scaled(way)));
        TRY(executor.forward(monitor));
        const nn::Tensor logits = executor.value("logits");
        nn::Tensor start(nn::ElementType::Float, logits.shape());
        const std::int64_t labels = logits.shape()[1];
        const auto logit = [&](std::size_t row) {
            return row * static_cast<std::size_t>(labels) + static_cast<std::size_t>(m_label);
        };
        for (std::size_t row = 0; row < rows; ++row)
            start.as<float>()[logit(row)] = static_cast<float>(way[row].weight);
        executor.setGradient("logits", start);
        TRY(executor.backward(monitor));
        const auto values = logits.as<float>();
        return Piece{from, to, static_cast<double>(values[logit(0)]), static_cast<double>(values[logit(rows - 1)]),
            sums(executor.gradient(m_network.embedding()))};
    }

  private:
    nn::Tensor scaled(const std::array<Point, rows>& way) const
    {
        nn::Tensor vectors(nn::ElementType::Float, {std::ssize(way), m_length, m_network.width()});
        auto to = vectors.as<float>().begin();
        for (const Point& point : way) {
            std::ranges::transform(m_vectors, to, [&](float v) { return static_cast<float>(point.at) * v; });
            to += m_length * m_network.width();
        }
        return vectors;
    }

    /// Vector × gradient of each word, summed over the points, whose weights the gradients have in them.
    std::vector<double> sums(const nn::Tensor& gradient) const
    {
        const auto width = static_cast<std::size_t>(m_network.width());
        std::vector<double> words(m_words.size());
        for (std::size_t row = 0; row < rows; ++row) {
            const auto slopes = gradient.as<float>().subspan(row * static_cast<std::size_t>(m_length) * width);
            for (std::size_t i = 0; i < m_vectors.size(); ++i)
                words[i / width] += static_cast<double>(m_vectors[i]) * static_cast<double>(slopes[i]);
        }
        return words;
    }

    EmbeddedNetwork& m_network;
    const learning::Words& m_words;
    std::int64_t m_label, m_length;
    std::vector<float> m_vectors;
};

IntegratedGradients joined(const std::vector<Piece>& pieces)
{
    IntegratedGradients all;
    all.words.resize(pieces.front().words.size());
    for (const Piece& piece : pieces) {
        std::ranges::transform(all.words, piece.words, all.words.begin(), std::plus());
        if (piece.from == 0)
            all.baseline = piece.logitFrom;
        if (piece.to == 1)
            all.logit = piece.logitTo;
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
    const double whole = pieces.front().rise();
    const double tolerance = std::max(0.005 * std::abs(whole), 1e-4);
    const auto lackOf = [](const Piece& piece) { return piece.isNarrow() ? 0.0 : piece.lack(); };
    constexpr std::size_t most = 24;
    std::int64_t batches = 1;
    for (; pieces.size() < most; batches += 2) {
        const double lack = std::accumulate(
            pieces.begin(), pieces.end(), 0.0, [&](double sum, const Piece& piece) { return sum + lackOf(piece); });
        if (lack <= tolerance)
            break;
        const auto worst = std::ranges::max_element(pieces, {}, lackOf);
        const double middle = (worst->from + worst->to) / 2, to = worst->to;
        *worst = TRY(way.piece(worst->from, middle, monitor));
        pieces.push_back(TRY(way.piece(middle, to, monitor)));
    }
    std::ranges::for_each(pieces, &Piece::settle);
    IntegratedGradients all = joined(pieces);
    all.points = batches * static_cast<std::int64_t>(inner);
    return all;
}

} // namespace hounsfield::reports
