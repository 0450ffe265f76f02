#include "core/nn/spectral_normalization.h"

#include "core/base/random.h"

#include <Eigen/Core>

#include <algorithm>

namespace hounsfield::nn {

namespace {

using Rows = Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;
using Vector = Eigen::Map<Eigen::VectorXf>;
using ConstVector = Eigen::Map<const Eigen::VectorXf>;

constexpr float tiny = 1e-12F;

Vector mapped(std::vector<float>& values)
{
    return {values.data(), static_cast<Eigen::Index>(values.size())};
}

ConstVector mapped(const std::vector<float>& values)
{
    return {values.data(), static_cast<Eigen::Index>(values.size())};
}

/// Elements of a memory row: the outputs where they lie innermost, else all of one output.
std::int64_t columnsOf(const Weights::Entry& entry)
{
    const bool isOutputLast = entry.order == Weights::Order::Transposed || entry.order == Weights::Order::OutputLast;
    return isOutputLast ? entry.shape[0] : entry.count / entry.shape[0];
}

void normaliseVector(Vector values)
{
    values /= std::max(values.norm(), tiny);
}

} // namespace

SpectralNormalization::SpectralNormalization(const Weights& form, std::uint64_t seed)
{
    for (const Weights::Entry& entry : form.entries()) {
        if (!entry.isDecayed || entry.shape.size() < 2 || entry.count == 0)
            continue;
        Matrix matrix;
        matrix.offset = entry.offset;
        matrix.columns = columnsOf(entry);
        matrix.rows = entry.count / matrix.columns;
        matrix.right.resize(static_cast<std::size_t>(matrix.columns));
        matrix.left.resize(static_cast<std::size_t>(matrix.rows));
        Random random(seed, "power iteration of " + entry.name);
        for (float& value : matrix.left)
            value = static_cast<float>(random.normal());
        normaliseVector(mapped(matrix.left));
        m_matrices.push_back(std::move(matrix));
    }
}

void SpectralNormalization::iterate(std::span<const float> weights, std::span<float> normalised)
{
    for (Matrix& matrix : m_matrices) {
        const Rows w(weights.data() + matrix.offset, matrix.rows, matrix.columns);
        mapped(matrix.right).noalias() = w.transpose() * mapped(std::as_const(matrix.left));
        normaliseVector(mapped(matrix.right));
        mapped(matrix.left).noalias() = w * mapped(std::as_const(matrix.right));
        matrix.norm = std::max(mapped(std::as_const(matrix.left)).norm(), tiny);
        mapped(matrix.left) /= matrix.norm;
    }
    divide(weights, normalised);
}

void SpectralNormalization::divide(std::span<const float> weights, std::span<float> normalised) const
{
    std::ranges::copy(weights, normalised.begin());
    for (const Matrix& matrix : m_matrices)
        Vector(normalised.data() + matrix.offset, matrix.rows * matrix.columns) /= matrix.norm;
}

void SpectralNormalization::pullBack(std::span<const float> normalised, std::span<float> gradient) const
{
    for (const Matrix& matrix : m_matrices) {
        const ConstVector w(normalised.data() + matrix.offset, matrix.rows * matrix.columns);
        Vector d(gradient.data() + matrix.offset, matrix.rows * matrix.columns);
        const float share = d.dot(w);
        for (std::int64_t r = 0; r < matrix.rows; ++r) {
            auto row = d.segment(r * matrix.columns, matrix.columns);
            row = (row - share * matrix.left[static_cast<std::size_t>(r)] * mapped(matrix.right)) / matrix.norm;
        }
    }
}

std::vector<float> SpectralNormalization::state() const
{
    std::vector<float> state;
    for (const Matrix& matrix : m_matrices) {
        state.insert(state.end(), matrix.left.begin(), matrix.left.end());
        state.insert(state.end(), matrix.right.begin(), matrix.right.end());
        state.push_back(matrix.norm);
    }
    return state;
}

Result<void> SpectralNormalization::restore(std::span<const float> state)
{
    if (state.size() != this->state().size())
        return badInput(text("nn", "The saved power iteration belongs to another network."));
    auto next = state.begin();
    const auto take = [&](std::vector<float>& values) {
        std::copy_n(next, values.size(), values.begin());
        next += static_cast<std::ptrdiff_t>(values.size());
    };
    for (Matrix& matrix : m_matrices) {
        take(matrix.left);
        take(matrix.right);
        matrix.norm = *next++;
    }
    return {};
}

} // namespace hounsfield::nn
