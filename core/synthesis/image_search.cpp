#include "core/synthesis/image_search.h"

#include "core/base/parallel.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hounsfield::synthesis {

namespace {

constexpr std::int64_t coarseSide = 16;   ///< pooled windows are this wide and high at most
constexpr std::int64_t queriesATurn = 64; ///< between two questions to the monitor
constexpr std::int64_t queriesABlock = 4;
constexpr double rounding = 1e-12; ///< of a correlation

struct Shift {
    std::int64_t x = 0, y = 0;
};

/// Windows of images of one shape, brought to mean 0 and length 1.
class Windows {
  public:
    Windows(const PixelShape& shape, std::int64_t maximumShift)
        : m_shape(shape)
        , m_border(maximumShift)
        , m_width(shape.width - 2 * maximumShift)
        , m_height(shape.height - 2 * maximumShift)
        , m_cell((std::max(m_width, m_height) + coarseSide - 1) / coarseSide)
    {
        for (std::int64_t y = -maximumShift; y <= maximumShift; ++y)
            for (std::int64_t x = -maximumShift; x <= maximumShift; ++x)
                m_shifts.push_back({x, y});
    }

    const std::vector<Shift>& shifts() const { return m_shifts; }

    Eigen::VectorXd fine(std::span<const float> image, Shift shift) const { return window(image, shift, 1); }
    Eigen::VectorXf coarse(std::span<const float> image, Shift shift) const
    {
        return window(image, shift, m_cell).cast<float>();
    }

  private:
    Eigen::VectorXd window(std::span<const float> image, Shift shift, std::int64_t cell) const
    {
        const std::int64_t columns = m_width / cell, rows = m_height / cell, channels = m_shape.channels;
        Eigen::VectorXd sums = Eigen::VectorXd::Zero(columns * rows * channels);
        for (std::int64_t y = 0; y < rows * cell; ++y)
            for (std::int64_t x = 0; x < columns * cell; ++x) {
                const std::int64_t pixel = (y + m_border + shift.y) * m_shape.width + x + m_border + shift.x;
                for (std::int64_t c = 0; c < channels; ++c)
                    sums[((y / cell) * columns + x / cell) * channels + c] +=
                        static_cast<double>(image[static_cast<std::size_t>(pixel * channels + c)]);
            }
        const double length = sums.norm();
        sums.array() -= sums.mean();
        const double deviation = sums.norm();
        // What is left of a constant window is rounding.
        return deviation > 1e-7 * length ? Eigen::VectorXd(sums / deviation) : Eigen::VectorXd::Zero(sums.size());
    }

    PixelShape m_shape;
    std::int64_t m_border, m_width, m_height, m_cell;
    std::vector<Shift> m_shifts;
};

Eigen::MatrixXf coarseWindows(const FeatureSet& images, const Windows& windows)
{
    Eigen::MatrixXf columns(windows.coarse(images.row(0), {}).size(), images.count);
    parallelFor(
        images.count, processorCount(), [&](std::int64_t i) { columns.col(i) = windows.coarse(images.row(i), {}); });
    return columns;
}

/// The images that resemble most, by their highest similarity over all shifts.
std::vector<std::int64_t> candidatesOf(Eigen::VectorXf similarity, std::int64_t own, std::int64_t most)
{
    std::vector<std::int64_t> order(static_cast<std::size_t>(similarity.size()));
    std::iota(order.begin(), order.end(), 0);
    if (own >= 0)
        order.erase(order.begin() + own);
    const auto count = std::min(most, static_cast<std::int64_t>(order.size()));
    std::partial_sort(order.begin(), order.begin() + count, order.end(), [&](std::int64_t a, std::int64_t b) {
        return similarity[a] != similarity[b] ? similarity[a] > similarity[b] : a < b;
    });
    order.resize(static_cast<std::size_t>(count));
    return order;
}

/// The nearest of the candidates at full resolution.
NearestImage nearestOf(std::span<const float> query, const FeatureSet& images,
    const std::vector<std::int64_t>& candidates, const Windows& windows, std::int64_t neighbours)
{
    const std::vector<Shift>& shifts = windows.shifts();
    const Eigen::Index size = windows.fine(query, {}).size();
    Eigen::MatrixXd moved(size, static_cast<Eigen::Index>(shifts.size()));
    for (std::size_t s = 0; s < shifts.size(); ++s)
        moved.col(static_cast<Eigen::Index>(s)) = windows.fine(query, shifts[s]);
    Eigen::MatrixXd fixed(size, static_cast<Eigen::Index>(candidates.size()));
    for (std::size_t c = 0; c < candidates.size(); ++c)
        fixed.col(static_cast<Eigen::Index>(c)) = windows.fine(images.row(candidates[c]), {});
    const Eigen::MatrixXd correlations = moved.transpose() * fixed;
    std::vector<NearestImage> found;
    for (std::size_t c = 0; c < candidates.size(); ++c) {
        Eigen::Index best = 0;
        const double correlation = correlations.col(static_cast<Eigen::Index>(c)).maxCoeff(&best);
        const Shift shift = shifts[static_cast<std::size_t>(best)];
        const double distance = 1 - correlation < rounding ? 0 : std::sqrt(2 - 2 * correlation);
        found.push_back({candidates[c], shift.x, shift.y, distance, 0});
    }
    std::ranges::stable_sort(found, {}, &NearestImage::distance);
    const auto count = std::min(static_cast<std::size_t>(neighbours), found.size());
    for (std::size_t c = 0; c < count; ++c)
        found[0].meanOfNeighbours += found[c].distance / static_cast<double>(count);
    return found[0];
}

Result<void> check(const ImageSearch& search, const SearchOptions& options)
{
    TRY(checkFeatures(search.queries, text("synthesis", "images to look for"), 0));
    TRY(checkFeatures(search.images, text("synthesis", "images to search"), search.own.empty() ? 1 : 2));
    for (const FeatureSet* side : {&search.queries, &search.images})
        if (side->width != search.shape.size())
            return badInput(text("synthesis", "Images of %1 × %2 pixels in %3 channels do not have %4 values.")
                                .with(search.shape.width, search.shape.height, search.shape.channels, side->width));
    const std::int64_t smallest = std::min(search.shape.width, search.shape.height);
    if (options.maximumShift < 0 || smallest < 2 * options.maximumShift + 2 || options.neighbours < 1)
        return badInput(text("synthesis", "Images of %1 × %2 pixels cannot be searched with shifts of %3.")
                            .with(search.shape.width, search.shape.height, options.maximumShift));
    return {};
}

} // namespace

Result<std::vector<NearestImage>> findNearestImages(
    const ImageSearch& search, const SearchOptions& options, const Monitor& monitor)
{
    TRY(check(search, options));
    const Text stage = text("synthesis", "Searching for the nearest images");
    TRY(monitor.at(stage, 0));
    const Windows windows(search.shape, options.maximumShift);
    const Eigen::MatrixXf images = coarseWindows(search.images, windows);
    const auto shiftCount = static_cast<std::int64_t>(windows.shifts().size());
    std::vector<NearestImage> nearest(static_cast<std::size_t>(search.queries.count));
    const auto searchBlock = [&](std::int64_t first) {
        const std::int64_t count = std::min(queriesABlock, search.queries.count - first);
        Eigen::MatrixXf moved(images.rows(), count * shiftCount);
        for (std::int64_t column = 0; column < count * shiftCount; ++column)
            moved.col(column) = windows.coarse(search.queries.row(first + column / shiftCount),
                windows.shifts()[static_cast<std::size_t>(column % shiftCount)]);
        const Eigen::MatrixXf similarities = images.transpose() * moved;
        for (std::int64_t q = first; q < first + count; ++q) {
            const auto i = static_cast<std::size_t>(q);
            const auto candidates =
                candidatesOf(similarities.middleCols((q - first) * shiftCount, shiftCount).rowwise().maxCoeff(),
                    search.own.empty() ? -1 : search.own[i], 2 * options.neighbours);
            nearest[i] = nearestOf(search.queries.row(q), search.images, candidates, windows, options.neighbours);
        }
    };
    for (std::int64_t turn = 0; turn < search.queries.count; turn += queriesATurn) {
        TRY(monitor.at(stage, static_cast<double>(turn) / static_cast<double>(search.queries.count)));
        const std::int64_t count = std::min(queriesATurn, search.queries.count - turn);
        parallelFor((count + queriesABlock - 1) / queriesABlock, processorCount(), [&](std::int64_t block) {
            if (!monitor.stopRequested())
                searchBlock(turn + block * queriesABlock);
        });
    }
    TRY(monitor.at(stage, 1));
    return nearest;
}

} // namespace hounsfield::synthesis
