// Separable linear interpolation for cuts along the grid's axes (two passes with a table of places and weights for the
// columns), and clipped trilinear interpolation for all others: the part of a row whose eight neighbours all exist is
// found beforehand, so that its loop asks nothing.
#include "ui/viewer/slice_kernels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <type_traits>

namespace hounsfield::viewer {

namespace {

using Triple = std::array<double, 3>;

Triple parts(const image::VoxelPosition& p)
{
    return {p.i, p.j, p.k};
}

/// Floats hold 16 bits exactly; longer values are mixed in doubles.
template <typename Scalar>
using Real = std::conditional_t<(sizeof(Scalar) > 2 && !std::is_same_v<Scalar, float>), double, float>;

/// Moved above zero first, where cutting off rounds downwards: noise has no sign that a branch could foresee.
template <typename Scalar> Scalar rounded(Real<Scalar> value)
{
    if constexpr (std::is_floating_point_v<Scalar>) {
        return value;
    } else {
        using Whole = std::conditional_t<(sizeof(Scalar) > 2), std::int64_t, std::int32_t>;
        constexpr Whole up = Whole{1} << (sizeof(Scalar) > 2 ? 32 : 15);
        constexpr Real<Scalar> shift = static_cast<Real<Scalar>>(up) + Real<Scalar>(0.5);
        return static_cast<Scalar>(static_cast<Whole>(value + shift) - up);
    }
}

using Int4 = std::int32_t __attribute__((vector_size(16)));
using Float4 = float __attribute__((vector_size(16)));
using Float2 = float __attribute__((vector_size(8)));

template <typename Vector, typename Scalar> Vector loaded(const Scalar* from)
{
    Vector vector;
    std::memcpy(&vector, from, sizeof vector);
    return vector;
}

/// Mixes neighbours of a row of floats four columns at once: each pair is fetched whole, four are set side by side.
/// Returns the first column that is left.
template <typename Scalar>
int mixFours(const float* row, const std::int32_t* places, const float* weights, const Run& run, Scalar* to)
{
    int x = run.from;
    for (; x + 4 <= run.to; x += 4) {
        const auto pair = [&](int i) { return loaded<Float2>(row + places[x + i]); };
        const Float4 left = __builtin_shufflevector(pair(0), pair(1), 0, 1, 2, 3);
        const Float4 right = __builtin_shufflevector(pair(2), pair(3), 0, 1, 2, 3);
        const Float4 first = __builtin_shufflevector(left, right, 0, 2, 4, 6);
        const Float4 second = __builtin_shufflevector(left, right, 1, 3, 5, 7);
        const Float4 value = first + loaded<Float4>(weights + x) * (second - first);
        if constexpr (std::is_floating_point_v<Scalar>) {
            std::memcpy(to + x, &value, sizeof value);
        } else {
            constexpr std::int32_t up = 1 << 15; // as `rounded`
            const Int4 whole = __builtin_convertvector(value + (static_cast<float>(up) + 0.5f), Int4) - up;
            for (int i = 0; i < 4; ++i)
                to[x + i] = static_cast<Scalar>(whole[i]);
        }
    }
    return x;
}

/// The columns where start + x · step lies in low … high.
void narrow(Run& run, double start, double step, double low, double high)
{
    if (run.to <= run.from || low > high) {
        run.to = run.from;
        return;
    }
    if (std::abs(step) < 1e-12) {
        if (start < low || start > high)
            run.to = run.from;
        return;
    }
    const double a = (low - start) / step;
    const double b = (high - start) / step;
    const Run before = run;
    const auto inside = [&](double x) { return static_cast<int>(std::clamp<double>(x, before.from, before.to)); };
    run.from = inside(std::ceil(std::min(a, b)));
    run.to = inside(std::floor(std::max(a, b)) + 1);
}

/// One place between two voxels of an axis.
struct Between {
    std::int64_t first = 0;
    float weight = 0; ///< of the one behind it
};

Between between(double at, std::int64_t size)
{
    const double inside = std::clamp(at, 0.0, static_cast<double>(size - 1));
    const auto first =
        std::clamp<std::int64_t>(static_cast<std::int64_t>(inside), 0, std::max<std::int64_t>(0, size - 2));
    return {first, static_cast<float>(inside - static_cast<double>(first))};
}

/// The axis that a step follows, when it follows one alone; else −1.
int axisOf(const Triple& step)
{
    int axis = -1;
    for (int i = 0; i < 3; ++i)
        if (step[static_cast<std::size_t>(i)] != 0) {
            if (axis >= 0)
                return -1;
            axis = i;
        }
    return axis;
}

struct Grid {
    std::array<std::int64_t, 3> size, stride; // in values; the stride of an axis of one voxel is 0
};

Grid gridOf(const image::Geometry& geometry, int components)
{
    const auto& n = geometry.size;
    Grid grid{n, {components, components * n[0], components * n[0] * n[1]}};
    for (std::size_t axis = 0; axis < 3; ++axis)
        if (n[axis] < 2)
            grid.stride[axis] = 0;
    return grid;
}

/// A plane of the grid with axis u side by side and v row by row; where it lies so already, nothing is copied.
template <typename Scalar> struct Sheet {
    const Scalar* values = nullptr;
    std::int64_t rowStride = 0;
    std::vector<Scalar> copy;
};

template <typename Scalar>
Sheet<Scalar> sheetOf(const Scalar* voxels, const Grid& grid, std::size_t u, std::size_t v, std::int64_t offset)
{
    Sheet<Scalar> sheet;
    if (grid.stride[u] == 1) {
        sheet.values = voxels + offset;
        sheet.rowStride = grid.stride[v];
        return sheet;
    }
    sheet.rowStride = grid.size[u];
    sheet.copy.resize(static_cast<std::size_t>(grid.size[u] * grid.size[v]));
    for (std::int64_t row = 0; row < grid.size[v]; ++row) {
        const Scalar* from = voxels + offset + row * grid.stride[v];
        Scalar* to = sheet.copy.data() + row * sheet.rowStride;
        for (std::int64_t i = 0; i < grid.size[u]; ++i)
            to[i] = from[i * grid.stride[u]];
    }
    sheet.values = sheet.copy.data();
    return sheet;
}

/// Rows are mixed first, then columns. The third index must be whole.
template <typename Scalar>
void alongAxes(const Scalar* voxels, const Grid& grid, const Cut& cut, const std::vector<Run>& runs, std::size_t u,
    std::size_t v, Scalar* values)
{
    const Triple origin = parts(cut.origin), right = parts(cut.right), down = parts(cut.down);
    const std::size_t w = 3 - u - v;
    const Between depth = between(origin[w], grid.size[w]);
    const std::int64_t slice = depth.first + (depth.weight > 0.5f ? 1 : 0);
    const Sheet<Scalar> sheet = sheetOf(voxels, grid, u, v, slice * grid.stride[w]);
    std::vector<std::int32_t> place(static_cast<std::size_t>(cut.width));
    std::vector<float> weight(static_cast<std::size_t>(cut.width));
    for (int x = 0; x < cut.width; ++x) {
        const Between at = between(origin[u] + x * right[u], grid.size[u]);
        place[static_cast<std::size_t>(x)] = static_cast<std::int32_t>(at.first);
        weight[static_cast<std::size_t>(x)] = at.weight;
    }
    const std::int64_t count = grid.size[u];
    std::vector<Real<Scalar>> mixed(static_cast<std::size_t>(count) + 1);
    for (int y = 0; y < cut.height; ++y) {
        const Run run = runs[static_cast<std::size_t>(y)];
        if (run.from >= run.to)
            continue;
        const Between at = between(origin[v] + y * down[v], grid.size[v]);
        const Scalar* above = sheet.values + at.first * sheet.rowStride;
        const Scalar* below = above + (grid.size[v] > 1 ? sheet.rowStride : 0);
        for (std::int64_t i = 0; i < count; ++i) {
            const auto first = static_cast<Real<Scalar>>(above[i]);
            mixed[static_cast<std::size_t>(i)] = first + at.weight * (static_cast<Real<Scalar>>(below[i]) - first);
        }
        mixed[static_cast<std::size_t>(count)] = mixed[static_cast<std::size_t>(count) - 1]; // an axis of one voxel
        const Real<Scalar>* row = mixed.data();
        const std::int32_t* places = place.data();
        const float* weights = weight.data();
        Scalar* to = values + static_cast<std::ptrdiff_t>(y) * cut.width;
        int x = run.from;
        if constexpr (std::is_same_v<Real<Scalar>, float>)
            x = mixFours(row, places, weights, run, to);
        for (; x < run.to; ++x) {
            const Real<Scalar>* pair = row + places[x];
            to[x] = rounded<Scalar>(pair[0] + weights[x] * (pair[1] - pair[0]));
        }
    }
}

/// A run of pixels of any cut. Inner: all eight neighbours exist; else places are held inside.
template <bool isInner, typename Scalar>
void anyRun(const Scalar* voxels, const Grid& grid, int components, const std::array<float, 3>& start,
    const std::array<float, 3>& step, const Run& run, Scalar* to)
{
    const std::int64_t si = grid.stride[0], sj = grid.stride[1], sk = grid.stride[2];
    for (int x = run.from; x < run.to; ++x) {
        std::array<float, 3> weight;
        std::array<std::int64_t, 3> first;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            float at = start[axis] + static_cast<float>(x) * step[axis];
            if constexpr (!isInner)
                at = std::clamp(at, 0.0f, static_cast<float>(grid.size[axis] - 1));
            auto whole = static_cast<std::int32_t>(at);
            if constexpr (!isInner)
                whole = std::min(whole, static_cast<std::int32_t>(std::max<std::int64_t>(0, grid.size[axis] - 2)));
            first[axis] = whole;
            weight[axis] = at - static_cast<float>(whole);
        }
        const Scalar* near = voxels + first[0] * si + first[1] * sj + first[2] * sk;
        for (int c = 0; c < components; ++c, ++near) {
            const auto lerp = [&](const Scalar* p) {
                const auto a = static_cast<Real<Scalar>>(*p);
                return a + weight[0] * (static_cast<Real<Scalar>>(p[si]) - a);
            };
            const Real<Scalar> a = lerp(near), b = lerp(near + sj), d = lerp(near + sk), e = lerp(near + sj + sk);
            const Real<Scalar> front = a + weight[1] * (b - a), back = d + weight[1] * (e - d);
            to[static_cast<std::ptrdiff_t>(x) * components + c] = rounded<Scalar>(front + weight[2] * (back - front));
        }
    }
}

/// The inner part for one component of 16 bits: one load fetches two neighbours along a row, four of them are mixed at
/// once.
template <typename Scalar>
void innerRun(const Scalar* voxels, const Grid& grid, const std::array<float, 3>& start,
    const std::array<float, 3>& step, const Run& run, Scalar* to)
{
    const std::int64_t sj = grid.stride[1], sk = grid.stride[2];
    const auto pairAt = [](const Scalar* first) {
        std::int32_t pair = 0;
        std::memcpy(&pair, first, sizeof pair);
        return pair;
    };
    for (int x = run.from; x < run.to; ++x) {
        const auto column = static_cast<float>(x);
        const float i = start[0] + column * step[0], j = start[1] + column * step[1], k = start[2] + column * step[2];
        const auto wholeI = static_cast<std::int32_t>(i), wholeJ = static_cast<std::int32_t>(j),
                   wholeK = static_cast<std::int32_t>(k);
        const float wi = i - static_cast<float>(wholeI), wj = j - static_cast<float>(wholeJ),
                    wk = k - static_cast<float>(wholeK);
        const Scalar* near = voxels + wholeI + wholeJ * sj + wholeK * sk;
        const Int4 pairs = {pairAt(near), pairAt(near + sj), pairAt(near + sk), pairAt(near + sj + sk)};
        const Int4 low = std::is_signed_v<Scalar> ? (pairs << 16) >> 16 : pairs & 0xffff;
        const Int4 high = std::is_signed_v<Scalar> ? pairs >> 16 : (pairs >> 16) & 0xffff;
        const Float4 a = __builtin_convertvector(low, Float4), b = __builtin_convertvector(high, Float4);
        const Float4 row = a + wi * (b - a);
        const float front = row[0] + wj * (row[1] - row[0]), back = row[2] + wj * (row[3] - row[2]);
        to[x] = rounded<Scalar>(front + wk * (back - front));
    }
}

template <typename Scalar>
void anyhow(const Scalar* voxels, const Grid& grid, int components, const Cut& cut, const std::vector<Run>& runs,
    Scalar* values)
{
    const Triple origin = parts(cut.origin), right = parts(cut.right), down = parts(cut.down);
    std::array<float, 3> step{};
    for (std::size_t axis = 0; axis < 3; ++axis)
        step[axis] = static_cast<float>(right[axis]);
    for (int y = 0; y < cut.height; ++y) {
        const Run run = runs[static_cast<std::size_t>(y)];
        std::array<float, 3> start{};
        Run inner = run;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            const double at = origin[axis] + y * down[axis];
            start[axis] = static_cast<float>(at);
            constexpr double slack = 1e-3; // more than floats lose on the way
            narrow(inner, at, right[axis], slack, static_cast<double>(grid.size[axis] - 1) - slack);
        }
        if (inner.to <= inner.from)
            inner = {run.to, run.to};
        Scalar* to = values + static_cast<std::ptrdiff_t>(y) * cut.width * components;
        anyRun<false>(voxels, grid, components, start, step, {run.from, inner.from}, to);
        if constexpr (std::is_integral_v<Scalar> && sizeof(Scalar) == 2) {
            if (components == 1)
                innerRun(voxels, grid, start, step, inner, to);
            else
                anyRun<true>(voxels, grid, components, start, step, inner, to);
        } else {
            anyRun<true>(voxels, grid, components, start, step, inner, to);
        }
        anyRun<false>(voxels, grid, components, start, step, {inner.to, run.to}, to);
    }
}

} // namespace

std::vector<Run> runsOf(const Cut& cut, const image::Geometry& geometry)
{
    const Triple origin = parts(cut.origin), right = parts(cut.right), down = parts(cut.down);
    std::vector<Run> runs(static_cast<std::size_t>(std::max(0, cut.height)));
    for (int y = 0; y < cut.height; ++y) {
        Run& run = runs[static_cast<std::size_t>(y)] = {0, cut.width};
        for (std::size_t axis = 0; axis < 3; ++axis)
            narrow(
                run, origin[axis] + y * down[axis], right[axis], -0.5, static_cast<double>(geometry.size[axis]) - 0.5);
        if (run.to <= run.from)
            run = {};
    }
    return runs;
}

template <typename Scalar>
void interpolate(const Scalar* voxels, const image::Geometry& geometry, int components, const Cut& cut,
    const std::vector<Run>& runs, Scalar* values)
{
    const Grid grid = gridOf(geometry, components);
    const int u = axisOf(parts(cut.right)), v = axisOf(parts(cut.down));
    bool isAlongAxes = components == 1 && u >= 0 && v >= 0 && u != v;
    if (isAlongAxes) {
        const double depth = parts(cut.origin)[static_cast<std::size_t>(3 - u - v)];
        isAlongAxes = std::abs(depth - std::round(depth)) < 1e-6;
    }
    if (isAlongAxes)
        alongAxes(voxels, grid, cut, runs, static_cast<std::size_t>(u), static_cast<std::size_t>(v), values);
    else
        anyhow(voxels, grid, components, cut, runs, values);
}

template void interpolate(
    const std::int8_t*, const image::Geometry&, int, const Cut&, const std::vector<Run>&, std::int8_t*);
template void interpolate(
    const std::uint8_t*, const image::Geometry&, int, const Cut&, const std::vector<Run>&, std::uint8_t*);
template void interpolate(
    const std::int16_t*, const image::Geometry&, int, const Cut&, const std::vector<Run>&, std::int16_t*);
template void interpolate(
    const std::uint16_t*, const image::Geometry&, int, const Cut&, const std::vector<Run>&, std::uint16_t*);
template void interpolate(
    const std::int32_t*, const image::Geometry&, int, const Cut&, const std::vector<Run>&, std::int32_t*);
template void interpolate(
    const std::uint32_t*, const image::Geometry&, int, const Cut&, const std::vector<Run>&, std::uint32_t*);
template void interpolate(const float*, const image::Geometry&, int, const Cut&, const std::vector<Run>&, float*);
template void interpolate(const double*, const image::Geometry&, int, const Cut&, const std::vector<Run>&, double*);

} // namespace hounsfield::viewer
