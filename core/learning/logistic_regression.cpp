#include "core/learning/logistic_regression.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numeric>

namespace hounsfield::learning {

namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b)
{
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// log(1 + exp(−margin)), without overflow.
double lossOf(double margin)
{
    return margin > 0 ? std::log1p(std::exp(-margin)) : std::log1p(std::exp(margin)) - margin;
}

/// All rows one behind the other, each with its 1 for the intercept at the end.
class Matrix {
  public:
    explicit Matrix(const LogisticData& data)
        : m_columns(static_cast<std::size_t>(data.features + 1))
    {
        for (const SparseRow& row : data.rows) {
            m_entries.insert(m_entries.end(), row.entries.begin(), row.entries.end());
            m_entries.push_back({static_cast<std::int32_t>(data.features), 1});
            m_starts.push_back(m_entries.size());
        }
    }
    std::size_t rows() const { return m_starts.size() - 1; }
    std::size_t columns() const { return m_columns; }
    std::span<const SparseRow::Entry> row(std::size_t i) const
    {
        return std::span(m_entries).subspan(m_starts[i], m_starts[i + 1] - m_starts[i]);
    }
    double times(std::size_t i, const Vector& weights) const
    {
        double sum = 0;
        for (const auto& [index, value] : row(i))
            sum += value * weights[static_cast<std::size_t>(index)];
        return sum;
    }
    void add(std::size_t i, double factor, Vector& to) const
    {
        for (const auto& [index, value] : row(i))
            to[static_cast<std::size_t>(index)] += factor * value;
    }

  private:
    std::size_t m_columns;
    std::vector<SparseRow::Entry> m_entries;
    std::vector<std::size_t> m_starts{0};
};

/// Minimises the objective of one label.
class Solver {
  public:
    Solver(const Matrix& matrix, Vector signs, double c, Vector weights)
        : m_matrix(matrix)
        , m_signs(std::move(signs))
        , m_c(c)
        , m_weights(std::move(weights))
        , m_products(matrix.rows())
        , m_curvature(matrix.rows())
    {
        for (std::size_t i = 0; i < matrix.rows(); ++i)
            m_products[i] = matrix.times(i, m_weights);
    }

    Vector run(const LogisticOptions& options, const Monitor& monitor)
    {
        const double goal = options.tolerance * shareOfTheRarer() * lengthAtZero();
        for (int step = 0; step < options.newtonSteps && !monitor.stopRequested(); ++step) {
            differentiate();
            if (std::sqrt(dot(m_gradient, m_gradient)) <= goal)
                break;
            if (!move(direction(monitor)))
                break;
        }
        return std::move(m_weights);
    }

  private:
    double shareOfTheRarer() const
    {
        const auto positives = std::ranges::count(m_signs, 1.0);
        const auto rarer = std::min(positives, std::ssize(m_signs) - positives);
        return static_cast<double>(std::max<std::ptrdiff_t>(rarer, 1)) / static_cast<double>(m_signs.size());
    }

    double lengthAtZero() const
    {
        Vector gradient(m_matrix.columns());
        for (std::size_t i = 0; i < m_signs.size(); ++i)
            m_matrix.add(i, -m_c * m_signs[i] / 2, gradient);
        return std::sqrt(dot(gradient, gradient));
    }

    /// Gradient, second derivatives of the losses and the diagonal of the Hessian at the weights.
    void differentiate()
    {
        m_gradient = m_weights;
        m_diagonal.assign(m_matrix.columns(), 1);
        for (std::size_t i = 0; i < m_signs.size(); ++i) {
            const double p = probabilityOf(m_signs[i] * m_products[i]);
            m_matrix.add(i, m_c * (p - 1) * m_signs[i], m_gradient);
            m_curvature[i] = m_c * p * (1 - p);
            for (const auto& [index, value] : m_matrix.row(i))
                m_diagonal[static_cast<std::size_t>(index)] += m_curvature[i] * value * value;
        }
    }

    Vector timesHessian(const Vector& v) const
    {
        Vector result = v;
        for (std::size_t i = 0; i < m_curvature.size(); ++i)
            m_matrix.add(i, m_curvature[i] * m_matrix.times(i, v), result);
        return result;
    }

    /// Newton's direction, so far that a tenth of the gradient is left: closer is wasted far from the solution.
    Vector direction(const Monitor& monitor) const
    {
        Vector direction(m_gradient.size()), residual(m_gradient.size()), scaled(m_gradient.size());
        for (std::size_t j = 0; j < residual.size(); ++j) {
            residual[j] = -m_gradient[j];
            scaled[j] = residual[j] / m_diagonal[j];
        }
        Vector conjugate = scaled;
        double size = dot(residual, scaled);
        const double goal = 0.01 * size;
        for (std::size_t step = 0; step < residual.size() && size > goal && !monitor.stopRequested(); ++step) {
            const Vector image = timesHessian(conjugate);
            const double length = size / dot(conjugate, image);
            for (std::size_t j = 0; j < residual.size(); ++j) {
                direction[j] += length * conjugate[j];
                residual[j] -= length * image[j];
                scaled[j] = residual[j] / m_diagonal[j];
            }
            const double next = dot(residual, scaled);
            for (std::size_t j = 0; j < residual.size(); ++j)
                conjugate[j] = scaled[j] + next / size * conjugate[j];
            size = next;
        }
        return direction;
    }

    /// The losses after a step of a length along products with the direction.
    double lossesAt(double length, const Vector& along) const
    {
        double sum = 0;
        for (std::size_t i = 0; i < m_signs.size(); ++i)
            sum += lossOf(m_signs[i] * (m_products[i] + length * along[i]));
        return m_c * sum;
    }

    /// Halves the step until it gains enough (Armijo). False when no step gains any more.
    bool move(const Vector& direction)
    {
        Vector along(m_signs.size());
        for (std::size_t i = 0; i < along.size(); ++i)
            along[i] = m_matrix.times(i, direction);
        const double slope = dot(m_gradient, direction), linear = dot(m_weights, direction);
        const double square = dot(direction, direction), before = lossesAt(0, along);
        const double rounding = 1e-14 * (before + dot(m_weights, m_weights));
        for (double length = 1; length > 1e-12; length /= 2) {
            const double change = lossesAt(length, along) - before + length * linear + length * length * square / 2;
            if (change > 0.01 * length * slope + rounding)
                continue;
            for (std::size_t j = 0; j < direction.size(); ++j)
                m_weights[j] += length * direction[j];
            for (std::size_t i = 0; i < along.size(); ++i)
                m_products[i] += length * along[i];
            return true;
        }
        return false;
    }

    const Matrix& m_matrix;
    Vector m_signs; ///< 1 or −1 a row
    double m_c;
    Vector m_weights, m_products, m_curvature, m_gradient, m_diagonal;
};

Result<void> check(const LogisticData& data, const LogisticOptions& options, const LinearModel& start)
{
    if (data.rows.empty() || data.labels < 1)
        return badInput(text("learning", "There is nothing to learn from: %1 cases, %2 labels.")
                            .with(data.rows.size(), data.labels));
    if (data.answers.size() != data.rows.size() * static_cast<std::size_t>(data.labels))
        return badInput(text("learning", "%1 cases with %2 labels have %3 answers.")
                            .with(data.rows.size(), data.labels, data.answers.size()));
    if (!(options.c > 0) || !std::isfinite(options.c))
        return badInput(text("learning", "C is %1, but must be above 0.").with(options.c));
    if (!start.weights.empty() && (start.labels != data.labels || start.features != data.features))
        return badInput(text("learning", "The weights to start with are of %1 labels and %2 features, not %3 and %4.")
                            .with(start.labels, start.features, data.labels, data.features));
    for (const SparseRow& row : data.rows)
        for (const auto& [index, value] : row.entries)
            if (index < 0 || index >= data.features || !std::isfinite(value))
                return badInput(
                    text("learning", "Feature %1 of %2 has the value %3.").with(index, data.features, value));
    return {};
}

} // namespace

double probabilityOf(double logit)
{
    return logit >= 0 ? 1 / (1 + std::exp(-logit)) : std::exp(logit) / (1 + std::exp(logit));
}

std::vector<double> LinearModel::logits(const SparseRow& row) const
{
    std::vector<double> logits;
    for (std::int64_t label = 0; label < labels; ++label) {
        const auto own = weightsOf(label);
        double sum = own.back();
        for (const auto& [index, value] : row.entries)
            if (index >= 0 && index < features)
                sum += value * own[static_cast<std::size_t>(index)];
        logits.push_back(sum);
    }
    return logits;
}

Result<LinearModel> fitLogistic(
    const LogisticData& data, const LogisticOptions& options, const Monitor& monitor, const LinearModel& start)
{
    TRY(check(data, options, start));
    const Text stage = text("learning", "Fitting the regression");
    TRY(monitor.at(stage, 0));
    const Matrix matrix(data);
    LinearModel model{data.labels, data.features, {}};
    model.weights.resize(static_cast<std::size_t>(data.labels) * matrix.columns());
    std::mutex mutex;
    std::int64_t done = 0;
    parallelFor(data.labels, options.threads, [&](std::int64_t label) {
        Vector signs(matrix.rows()), weights(matrix.columns());
        for (std::size_t i = 0; i < signs.size(); ++i)
            signs[i] =
                data.answers[i * static_cast<std::size_t>(data.labels) + static_cast<std::size_t>(label)] ? 1 : -1;
        if (!start.weights.empty())
            std::ranges::copy(start.weightsOf(label), weights.begin());
        const Vector fitted = Solver(matrix, std::move(signs), options.c, std::move(weights)).run(options, monitor);
        std::ranges::copy(fitted, model.weights.begin() + label * static_cast<std::ptrdiff_t>(matrix.columns()));
        const std::scoped_lock lock(mutex);
        static_cast<void>(monitor.at(stage, static_cast<double>(++done) / static_cast<double>(data.labels)));
    });
    if (monitor.stopRequested())
        return cancelled();
    return model;
}

} // namespace hounsfield::learning
