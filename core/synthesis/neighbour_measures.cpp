#include "core/synthesis/neighbour_measures.h"

#include "core/synthesis/distances.h"

#include <algorithm>
#include <numeric>

namespace hounsfield::synthesis {

namespace {

constexpr std::int64_t manifoldNeighbours = 3; ///< of precision and recall
constexpr std::int64_t densityNeighbours = 5;  ///< of density and coverage
// The distance of one pair may differ by rounding between two products, and the surface of a ball goes through a point.
constexpr double outside = 1 + 1e-9, inside = 1 - 1e-9;

/// Squared radii of the balls around the images of one side.
struct Balls {
    std::vector<double> manifold, density;
};

Result<Balls> ballsOf(const FeatureSet& side, const Monitor& monitor)
{
    Balls balls{std::vector<double>(static_cast<std::size_t>(side.count)), {}};
    balls.density = balls.manifold;
    TRY(visitSquaredDistances({side, side}, monitor, [&](std::int64_t row, std::span<double> distances) {
        const auto i = static_cast<std::size_t>(row);
        std::swap(distances[i], distances.back());
        const auto others = distances.first(distances.size() - 1);
        std::partial_sort(others.begin(), others.begin() + densityNeighbours, others.end());
        balls.manifold[i] = others[manifoldNeighbours - 1];
        balls.density[i] = others[densityNeighbours - 1];
    }));
    return balls;
}

/// What one side's images find among the other's balls.
struct Found {
    std::vector<char> isHeld;          ///< within a manifold ball
    std::vector<std::int64_t> holders; ///< density balls around it
    std::vector<double> nearest;       ///< squared distance to the nearest of the other side
};

Result<Found> find(const FromTo& sets, const Balls& balls, const Monitor& monitor)
{
    const auto count = static_cast<std::size_t>(sets.from.count);
    Found found{std::vector<char>(count), std::vector<std::int64_t>(count), std::vector<double>(count)};
    TRY(visitSquaredDistances(sets, monitor, [&](std::int64_t row, std::span<double> distances) {
        const auto i = static_cast<std::size_t>(row);
        for (std::size_t j = 0; j < distances.size(); ++j) {
            found.isHeld[i] |= static_cast<char>(distances[j] <= outside * balls.manifold[j]);
            found.holders[i] += distances[j] < inside * balls.density[j] ? 1 : 0;
        }
        found.nearest[i] = *std::ranges::min_element(distances);
    }));
    return found;
}

template <typename Value> double mean(const std::vector<Value>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

} // namespace

Result<NeighbourMeasures> neighbourMeasures(const Sides& sides, const Monitor& monitor)
{
    TRY(checkSides(sides, densityNeighbours + 1));
    const Balls real = TRY(ballsOf(sides.real, monitor.part(0, 0.25)));
    const Balls synthetic = TRY(ballsOf(sides.synthetic, monitor.part(0.25, 0.5)));
    const Found ofSynthetic = TRY(find({sides.synthetic, sides.real}, real, monitor.part(0.5, 0.75)));
    const Found ofReal = TRY(find({sides.real, sides.synthetic}, synthetic, monitor.part(0.75, 1)));
    double covered = 0;
    for (std::size_t i = 0; i < ofReal.nearest.size(); ++i)
        covered += ofReal.nearest[i] < inside * real.density[i] ? 1 : 0;
    return NeighbourMeasures{mean(ofSynthetic.isHeld), mean(ofReal.isHeld),
        mean(ofSynthetic.holders) / static_cast<double>(densityNeighbours),
        covered / static_cast<double>(sides.real.count)};
}

} // namespace hounsfield::synthesis
