#include "core/image/resample.h"

#include "core/base/parallel.h"
#include "core/image/voxels.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <limits>
#include <mutex>
#include <type_traits>

namespace hounsfield::image {

namespace {

constexpr double mostGrowth = 8;
constexpr double slackPixels = 0.01; // a shift below this adds no column and no row

double dot(const std::array<double, 3>& a, const std::array<double, 3>& b)
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

std::array<double, 3> cross(const std::array<double, 3>& a, const std::array<double, 3>& b)
{
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

template <typename Scalar> Scalar fitted(double value)
{
    if constexpr (std::is_floating_point_v<Scalar>)
        return static_cast<Scalar>(value);
    else
        return static_cast<Scalar>(
            std::clamp(std::round(value), static_cast<double>(std::numeric_limits<Scalar>::lowest()),
                static_cast<double>(std::numeric_limits<Scalar>::max())));
}

Result<void> overSlices(std::int64_t count, const Monitor& monitor, const std::function<void(std::int64_t)>& body)
{
    const Text stage = text("image", "Resampling");
    std::mutex mutex;
    std::int64_t done = 0;
    TRY(monitor.at(stage, 0));
    parallelFor(count, processorCount(), [&](std::int64_t k) {
        if (monitor.stopRequested())
            return;
        body(k);
        const std::scoped_lock lock(mutex);
        static_cast<void>(monitor.at(stage, static_cast<double>(++done) / static_cast<double>(count)));
    });
    return monitor.at(stage, 1);
}

/// Where the slices of a stack lie: along the normal in mm, and shifted in their plane in pixels.
struct Layout {
    std::vector<double> height, shiftX, shiftY;
    double step = 1;
    std::array<double, 3> normal{};
};

Layout layoutOf(const Volume& stack)
{
    const Geometry& g = stack.geometry;
    Layout layout;
    layout.normal = cross(g.axis(0), g.axis(1));
    const Point first = stack.sliceOrigins.front();
    for (const Point& p : stack.sliceOrigins) {
        const std::array<double, 3> from{p.x - first.x, p.y - first.y, p.z - first.z};
        layout.height.push_back(dot(from, layout.normal));
        layout.shiftX.push_back(dot(from, g.axis(0)) / g.spacing[0]);
        layout.shiftY.push_back(dot(from, g.axis(1)) / g.spacing[1]);
    }
    std::vector<double> steps;
    for (std::size_t k = 1; k < layout.height.size(); ++k)
        steps.push_back(layout.height[k] - layout.height[k - 1]);
    std::ranges::sort(steps);
    layout.step = steps[steps.size() / 2];
    return layout;
}

/// First and count of the whole pixels that hold all shifted rows (or columns).
std::pair<std::int64_t, std::int64_t> extent(const std::vector<double>& shifts, std::int64_t size)
{
    const auto [low, high] = std::ranges::minmax(shifts);
    const auto begin = static_cast<std::int64_t>(std::floor(low + slackPixels));
    const auto end = static_cast<std::int64_t>(std::ceil(high - slackPixels)) + size;
    return {begin, end - begin};
}

Result<Geometry> straightGrid(const Volume& stack, const Layout& layout)
{
    Geometry grid = stack.geometry;
    const auto [firstColumn, columns] = extent(layout.shiftX, grid.size[0]);
    const auto [firstRow, rows] = extent(layout.shiftY, grid.size[1]);
    const double slices = layout.step > 0 ? std::floor(layout.height.back() / layout.step + 1e-3) + 1 : 1e300;
    if (static_cast<double>(columns) * static_cast<double>(rows) * slices
        > mostGrowth * static_cast<double>(stack.geometry.voxelCount()))
        return badInput(text("image", "The slices lie too unevenly to be made into a volume."), {},
            text("image", "Look at them slice by slice."));
    grid.size = {columns, rows, static_cast<std::int64_t>(slices)};
    grid.spacing[2] = layout.step;
    for (std::size_t row = 0; row < 3; ++row)
        grid.direction[3 * row + 2] = layout.normal[row];
    const Point first = stack.sliceOrigins.front();
    grid.origin = {first.x, first.y, first.z};
    for (std::size_t axis = 0; axis < 3; ++axis)
        grid.origin[axis] += static_cast<double>(firstColumn) * grid.spacing[0] * grid.axis(0)[axis]
                             + static_cast<double>(firstRow) * grid.spacing[1] * grid.axis(1)[axis];
    return grid;
}

double airOf(const Volume& volume)
{
    if (volume.paddingLow)
        return *volume.paddingLow;
    if (volume.unit == "HU")
        return -1024;
    return visitVoxels(volume, [](auto values) {
        double least = std::numeric_limits<double>::infinity();
        for (const auto value : values)
            if (const auto v = static_cast<double>(value); v < least)
                least = v;
        return std::isfinite(least) ? least : 0;
    });
}

/// One slice read at continuous pixels, linear; outside it there is `outside`.
template <typename Scalar> class SliceReader {
  public:
    SliceReader(const Volume& volume, std::int64_t slice, double outside)
        : m_columns(volume.geometry.size[0])
        , m_rows(volume.geometry.size[1])
        , m_components(volume.components)
        , m_values(voxelsOf<Scalar>(volume).data() + slice * m_columns * m_rows * m_components)
        , m_outside(outside)
    {
    }

    double at(double x, double y, int component) const
    {
        constexpr double slack = 1e-6;
        if (!(x >= -slack && y >= -slack && x <= static_cast<double>(m_columns - 1) + slack
                && y <= static_cast<double>(m_rows - 1) + slack))
            return m_outside;
        const auto i =
            std::clamp<std::int64_t>(static_cast<std::int64_t>(x), 0, std::max<std::int64_t>(m_columns - 2, 0));
        const auto j = std::clamp<std::int64_t>(static_cast<std::int64_t>(y), 0, std::max<std::int64_t>(m_rows - 2, 0));
        const double u = std::clamp(x - static_cast<double>(i), 0.0, 1.0);
        const double v = std::clamp(y - static_cast<double>(j), 0.0, 1.0);
        return (1 - v) * row(i, j, u, component) + (v > 0 ? v * row(i, j + 1, u, component) : 0);
    }

  private:
    double row(std::int64_t i, std::int64_t j, double u, int component) const
    {
        const Scalar* at = m_values + (j * m_columns + i) * m_components + component;
        return (1 - u) * static_cast<double>(at[0]) + (u > 0 ? u * static_cast<double>(at[m_components]) : 0);
    }

    std::int64_t m_columns, m_rows;
    int m_components;
    const Scalar* m_values;
    double m_outside;
};

/// Slice k of the straight grid from the two stored slices around it.
template <typename Scalar>
void straightenSlice(
    const Volume& stack, const Layout& layout, const Geometry& grid, std::int64_t k, double outside, Scalar* out)
{
    const double height = static_cast<double>(k) * layout.step;
    const auto& heights = layout.height;
    const auto above = std::ranges::upper_bound(heights, height);
    const auto low = static_cast<std::size_t>(std::max<std::ptrdiff_t>(above - heights.begin() - 1, 0));
    const std::size_t high = std::min(low + 1, heights.size() - 1);
    double t = high > low ? std::clamp((height - heights[low]) / (heights[high] - heights[low]), 0.0, 1.0) : 0;
    t = t < 1e-3 ? 0 : t > 1 - 1e-3 ? 1 : t; // a stored slice stays as it is
    const SliceReader<Scalar> below(stack, static_cast<std::int64_t>(low), outside);
    const SliceReader<Scalar> over(stack, static_cast<std::int64_t>(high), outside);
    const auto [firstColumn, columns] = extent(layout.shiftX, stack.geometry.size[0]);
    const auto [firstRow, rows] = extent(layout.shiftY, stack.geometry.size[1]);
    for (std::int64_t j = 0; j < grid.size[1]; ++j)
        for (std::int64_t i = 0; i < grid.size[0]; ++i) {
            const auto x = static_cast<double>(i + firstColumn), y = static_cast<double>(j + firstRow);
            for (int c = 0; c < stack.components; ++c) {
                double value = 0;
                if (t < 1)
                    value += (1 - t) * below.at(x - layout.shiftX[low], y - layout.shiftY[low], c);
                if (t > 0)
                    value += t * over.at(x - layout.shiftX[high], y - layout.shiftY[high], c);
                *out++ = fitted<Scalar>(value);
            }
        }
}

std::shared_ptr<Volume> emptyLike(const Volume& volume, const Geometry& grid, const NewBlock& block)
{
    auto made = std::make_shared<Volume>(volume);
    made->geometry = grid;
    made->voxels = block.block();
    made->isInterpolated = true;
    made->isStack = true;
    made->sliceOrigins.clear();
    if (grid.size[2] != volume.geometry.size[2]) { // slices are no longer those of the files
        made->facts.sopInstanceUIDs.clear();
        made->facts.frameNumbers.clear();
        made->facts.files.clear();
    }
    return made;
}

std::int64_t bytesFor(const Volume& volume, const Geometry& grid)
{
    return grid.voxelCount() * volume.components * static_cast<std::int64_t>(bytesOf(volume.type));
}

} // namespace

Result<std::shared_ptr<const Volume>> straightened(const Volume& stack, const Monitor& monitor)
{
    if (stack.sliceOrigins.size() < 2)
        return badInput(text("image", "The positions of the slices are not known."), {},
            text("image", "Look at them slice by slice."));
    const Layout layout = layoutOf(stack);
    const Geometry grid = TRY(straightGrid(stack, layout));
    const double outside = airOf(stack);
    const NewBlock block = makeBlock(bytesFor(stack, grid));
    const auto perSlice = grid.size[0] * grid.size[1] * stack.components;
    TRY(overSlices(grid.size[2], monitor, [&](std::int64_t k) {
        visitVoxels(stack, [&]<typename Scalar>(std::span<const Scalar>) {
            auto* out = reinterpret_cast<Scalar*>(block.bytes.get()) + k * perSlice;
            straightenSlice<Scalar>(stack, layout, grid, k, outside, out);
        });
    }));
    return emptyLike(stack, grid, block);
}

Result<std::shared_ptr<const Volume>> resampled(
    const Volume& volume, const Geometry& grid, double outside, const Monitor& monitor)
{
    const NewBlock block = makeBlock(bytesFor(volume, grid));
    const auto perSlice = grid.size[0] * grid.size[1] * volume.components;
    const auto last = static_cast<double>(volume.geometry.size[2] - 1);
    const auto fill = [&]<typename Scalar>(std::int64_t k, Scalar* out) {
        const auto from = [&](std::int64_t i, std::int64_t j) {
            return volume.geometry.toIndex(
                grid.toPoint({static_cast<double>(i), static_cast<double>(j), static_cast<double>(k)}));
        };
        // The way from index to index is affine: one step along i is the same everywhere.
        const VoxelPosition zero = from(0, 0), right = from(1, 0), down = from(0, 1);
        for (std::int64_t j = 0; j < grid.size[1]; ++j)
            for (std::int64_t i = 0; i < grid.size[0]; ++i) {
                const auto a = static_cast<double>(i), b = static_cast<double>(j);
                const double x = zero.i + a * (right.i - zero.i) + b * (down.i - zero.i);
                const double y = zero.j + a * (right.j - zero.j) + b * (down.j - zero.j);
                const double z = zero.k + a * (right.k - zero.k) + b * (down.k - zero.k);
                const bool isInside = z >= -1e-6 && z <= last + 1e-6;
                const auto low = static_cast<std::int64_t>(std::clamp(std::floor(z), 0.0, std::max(last - 1, 0.0)));
                const double t = std::clamp(z - static_cast<double>(low), 0.0, 1.0);
                for (int c = 0; c < volume.components; ++c) {
                    double value = outside;
                    if (isInside) {
                        value = (1 - t) * SliceReader<Scalar>(volume, low, outside).at(x, y, c);
                        if (t > 0)
                            value += t * SliceReader<Scalar>(volume, low + 1, outside).at(x, y, c);
                    }
                    *out++ = fitted<Scalar>(value);
                }
            }
    };
    TRY(overSlices(grid.size[2], monitor, [&](std::int64_t k) {
        visitVoxels(volume, [&]<typename Scalar>(std::span<const Scalar>) {
            fill(k, reinterpret_cast<Scalar*>(block.bytes.get()) + k * perSlice);
        });
    }));
    return emptyLike(volume, grid, block);
}

} // namespace hounsfield::image
