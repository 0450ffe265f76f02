#include "core/synthesis/distances.h"

#include "core/base/parallel.h"

#include <Eigen/Core>

#include <algorithm>

namespace hounsfield::synthesis {

namespace {

constexpr std::int64_t blockRows = 64;
constexpr std::int64_t blocksATurn = 16; ///< between two questions to the monitor
constexpr double rounding = 1e-12;       ///< of a squared distance, in parts of the squared lengths

/// One image a column, around the middle of `to`: far from 0 a difference of squares would lose its digits.
Eigen::MatrixXd centred(const FeatureSet& features, const Eigen::VectorXd& middle)
{
    const Eigen::Map<const Eigen::MatrixXf> columns(features.values.data(), features.width, features.count);
    return columns.cast<double>().colwise() - middle;
}

Eigen::VectorXd middleOf(const FeatureSet& features)
{
    const Eigen::Map<const Eigen::MatrixXf> columns(features.values.data(), features.width, features.count);
    return columns.cast<double>().rowwise().mean();
}

} // namespace

Result<void> visitSquaredDistances(const FromTo& sets, const Monitor& monitor,
    const std::function<void(std::int64_t row, std::span<double> distances)>& visit)
{
    const Text stage = text("synthesis", "Distances of images");
    const Eigen::VectorXd middle = middleOf(sets.to);
    const Eigen::MatrixXd from = centred(sets.from, middle), to = centred(sets.to, middle);
    const Eigen::VectorXd fromSquares = from.colwise().squaredNorm(), toSquares = to.colwise().squaredNorm();
    const auto visitBlock = [&](std::int64_t first) {
        const std::int64_t rows = std::min(blockRows, sets.from.count - first);
        Eigen::MatrixXd distances = -2 * to.transpose() * from.middleCols(first, rows);
        for (std::int64_t i = 0; i < rows; ++i) {
            auto row = distances.col(i).array();
            const auto squares = toSquares.array() + fromSquares[first + i];
            row = (row + squares < rounding * squares).select(0.0, row + squares);
            visit(first + i, {&distances(0, i), static_cast<std::size_t>(sets.to.count)});
        }
    };
    for (std::int64_t turn = 0; turn < sets.from.count; turn += blockRows * blocksATurn) {
        TRY(monitor.at(stage, static_cast<double>(turn) / static_cast<double>(sets.from.count)));
        const std::int64_t rows = std::min(blockRows * blocksATurn, sets.from.count - turn);
        parallelFor((rows + blockRows - 1) / blockRows, processorCount(), [&](std::int64_t block) {
            if (!monitor.stopRequested())
                visitBlock(turn + block * blockRows);
        });
    }
    return monitor.at(stage, 1);
}

} // namespace hounsfield::synthesis
