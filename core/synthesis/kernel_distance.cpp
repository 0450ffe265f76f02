#include "core/synthesis/kernel_distance.h"

#include "core/base/parallel.h"
#include "core/base/random.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

namespace hounsfield::synthesis {

namespace {

using Matrix = Eigen::MatrixXd;

/// Some images, drawn without replacement, one a column.
Matrix drawn(const FeatureSet& features, std::int64_t size, Random random)
{
    std::vector<std::int64_t> rows(static_cast<std::size_t>(features.count));
    std::iota(rows.begin(), rows.end(), 0);
    Matrix columns(features.width, size);
    for (std::int64_t i = 0; i < size; ++i) {
        std::swap(
            rows[static_cast<std::size_t>(i)], rows[static_cast<std::size_t>(i + random.below(features.count - i))]);
        const auto row = features.row(rows[static_cast<std::size_t>(i)]);
        columns.col(i) = Eigen::Map<const Eigen::VectorXf>(row.data(), features.width).cast<double>();
    }
    return columns;
}

auto kernel(const Matrix& products, std::int64_t width)
{
    return (products.array() / static_cast<double>(width) + 1).cube();
}

/// Mean kernel of different images of one side.
double within(const Matrix& side)
{
    Matrix products = Matrix::Zero(side.cols(), side.cols());
    products.selfadjointView<Eigen::Lower>().rankUpdate(side.transpose());
    double sum = 0;
    for (Eigen::Index i = 0; i + 1 < side.cols(); ++i)
        sum += kernel(products.col(i).tail(side.cols() - i - 1), side.rows()).sum();
    return 2 * sum / static_cast<double>(side.cols() * (side.cols() - 1));
}

double discrepancy(const Matrix& real, const Matrix& synthetic)
{
    const Matrix products = real.transpose() * synthetic;
    return within(real) + within(synthetic) - 2 * kernel(products, real.rows()).mean();
}

KernelDistance summary(const std::vector<double>& values, std::int64_t size)
{
    const auto count = static_cast<double>(values.size());
    const double mean = std::reduce(values.begin(), values.end()) / count;
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return {
        mean, values.size() > 1 ? std::sqrt(squares / (count - 1)) : 0, static_cast<std::int64_t>(values.size()), size};
}

} // namespace

Result<KernelDistance> kernelDistance(const Sides& sides, const KernelDistanceOptions& options, const Monitor& monitor)
{
    TRY(checkSides(sides, 4));
    if (options.subsets < 1 || options.subsetSize < 2)
        return badInput(text("synthesis", "%1 subsets of %2 images give no kernel distance.")
                            .with(options.subsets, options.subsetSize));
    const Text stage = text("synthesis", "Kernel distance");
    TRY(monitor.at(stage, 0));
    const std::int64_t size = std::min({options.subsetSize, sides.real.count / 2, sides.synthetic.count / 2});
    std::vector<double> values(static_cast<std::size_t>(options.subsets));
    parallelFor(options.subsets, processorCount(), [&](std::int64_t subset) {
        if (monitor.stopRequested())
            return;
        const auto draw = [&](const FeatureSet& features, std::string_view side) {
            return drawn(features, size, Random(options.seed, side, 0, static_cast<std::uint64_t>(subset)));
        };
        values[static_cast<std::size_t>(subset)] =
            discrepancy(draw(sides.real, "real subset"), draw(sides.synthetic, "synthetic subset"));
    });
    TRY(monitor.at(stage, 1));
    return summary(values, size);
}

} // namespace hounsfield::synthesis
