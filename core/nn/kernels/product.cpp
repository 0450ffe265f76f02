// Products on register tiles (Georganas et al. 2018, arXiv 1808.05567): rows × columns pixels by one or two vectors of
// outputs stay in registers while taps and depth run; x is addressed in place, weights are packed per block of outputs.

#include "core/nn/kernels/blocks.h"
#include "core/nn/kernels/kernels.h"

#include <algorithm>
#include <array>
#include <utility>

namespace hounsfield::kernels {

namespace {

constexpr std::int64_t floatsOfHeavyWeights = 128 * 1024;

template <int L, int N> constexpr int mostPixels()
{
    return lanes == 16 ? 14 : N == 2 ? 6 : 12;
}

template <int L, int N>
inline __attribute__((always_inline)) void finishWhole(
    const Vector<L> (&sum)[N], float* y, const float* bias, const float* add, const Finish& finish)
{
    using V = Vector<L>;
#pragma GCC unroll 2
    for (int n = 0; n < N; ++n) {
        V v = sum[n];
        if (bias)
            v += load<V>(bias + n * L);
        if (finish.isAccumulated)
            v += load<V>(y + n * L);
        if (add)
            v += load<V>(add + n * L);
        store(y + n * L, bent(v, finish.slope));
    }
}

/// The last outputs of a layer, one by one, so that nothing beside them is touched. Not part of the tile: sums that
/// lived across a call would have no registers.
__attribute__((noinline)) void finishPart(
    const float* sum, float* y, const float* bias, const float* add, const Finish& finish, int outputs)
{
    for (int m = 0; m < outputs; ++m) {
        float v = sum[m];
        if (bias)
            v += bias[m];
        if (finish.isAccumulated)
            v += y[m];
        if (add)
            v += add[m];
        y[m] = bent(v, finish.slope);
    }
}

using Tile = void (*)(const Product&, const float* x, const float* w, float* y, const float* add, const float* bias,
    const Finish&, int outputs);

template <int L, int N, int R, int Q>
void tile(const Product& p, const float* x, const float* w, float* y, const float* add, const float* bias,
    const Finish& finish, int outputs)
{
    using V = Vector<L>;
    // Four pixels share a pointer (0, 1, 2 and 3 distances away): one each would not fit the integer registers.
    constexpr bool isDown = R > Q;
    constexpr int along = isDown ? R : Q, lines = isDown ? Q : R, quads = (along + 3) / 4;
    const std::int64_t stride = isDown ? p.xRow : p.xColumn, across = isDown ? p.xColumn : p.xRow;
    std::int64_t stride3 = 3 * stride;
    asm("" : "+r"(stride3)); // kept in a register
    V sum[R * Q][N] = {};
    for (int tap = 0; tap < p.taps; ++tap) {
        const float* at[lines * quads];
#pragma GCC unroll 14
        for (int i = 0; i < lines * quads; ++i)
            at[i] = x + p.tapOffsets[tap] + i / quads * across + i % quads * 4 * stride;
        for (int k = 0; k < p.depth; ++k, w += N * L) {
            V weight[N];
#pragma GCC unroll 2
            for (int n = 0; n < N; ++n)
                weight[n] = load<V>(w + n * L);
#pragma GCC unroll 32
            for (int i = 0; i < R * Q; ++i) {
                const int line = i / along, place = i % along, step = place % 4;
                const float* from = at[line * quads + place / 4];
                const V value = broadcast<V>(step == 3 ? from[stride3] : from[step * stride]);
#pragma GCC unroll 2
                for (int n = 0; n < N; ++n)
                    sum[i][n] = multiplyAdd(value, weight[n], sum[i][n]);
            }
#pragma GCC unroll 14
            for (int i = 0; i < lines * quads; ++i) {
                ++at[i];
                asm("" : "+r"(at[i])); // or they are all reckoned from one again
            }
        }
    }
    const auto finishAll = [&](const auto& finishOne) __attribute__((always_inline))
    {
#pragma GCC unroll 32
        for (int i = 0; i < R * Q; ++i) {
            const int r = isDown ? i % along : i / along, q = isDown ? i / along : i % along;
            finishOne(
                i, y + r * p.yRow + q * p.yColumn, add ? add + r * finish.addRow + q * finish.addColumn : nullptr);
        }
    };
    if (outputs == N * L)
        return finishAll([&](int i, float* to, const float* plus)
                __attribute__((always_inline)) { finishWhole<L, N>(sum[i], to, bias, plus, finish); });
    alignas(64) float spare[R * Q][N * L];
#pragma GCC unroll 32
    for (int i = 0; i < R * Q; ++i)
#pragma GCC unroll 2
        for (int n = 0; n < N; ++n)
            store(spare[i] + n * L, sum[i][n]);
    finishAll([&](int i, float* to, const float* plus)
            __attribute__((always_inline)) { finishPart(spare[i], to, bias, plus, finish, outputs); });
}

constexpr int widest = 14;

template <int L, int N, int R, int Q> constexpr Tile tileOf()
{
    if constexpr (R * Q <= mostPixels<L, N>())
        return &tile<L, N, R, Q>;
    else
        return nullptr;
}
template <int L, int N, int... I> constexpr std::array<Tile, widest * widest> tilesOf(std::integer_sequence<int, I...>)
{
    return {tileOf<L, N, I / widest + 1, I % widest + 1>()...};
}
template <int L, int N>
constexpr std::array<Tile, widest * widest> tiles = tilesOf<L, N>(std::make_integer_sequence<int, widest * widest>());

template <int L, int N>
void multiplyBlock(const Product& p, const Block& block, const float* x, const float* w, float* y, const Finish& finish)
{
    const int most = mostPixels<L, N>();
    const int pieces = (p.columns + most - 1) / most;
    const int mostRows = pieces == 1 ? std::min(most / p.columns, p.rows) : 1;
    const int bands = (p.rows + mostRows - 1) / mostRows, tileRows = (p.rows + bands - 1) / bands; // even bands
    const float* bias = finish.bias ? finish.bias + block.first : nullptr;
    for (int row = 0; row < p.rows; row += tileRows) {
        const int rows = std::min(tileRows, p.rows - row);
        for (int piece = 0, column = 0; piece < pieces; ++piece) {
            const int columns = (p.columns - column + pieces - piece - 1) / (pieces - piece);
            const float* add =
                finish.add ? finish.add + row * finish.addRow + column * finish.addColumn + block.first : nullptr;
            tiles<L, N>[static_cast<std::size_t>((rows - 1) * widest + columns - 1)](p,
                x + row * p.xRow + column * p.xColumn, w, y + row * p.yRow + column * p.yColumn + block.first, add,
                bias, finish, block.outputs);
            column += columns;
        }
    }
}

} // namespace

int packedBlocks(int outputs)
{
    return (outputs + blockLanes - 1) / blockLanes;
}

std::int64_t packedSize(int rows, int outputs)
{
    const Block last = blockAt(outputs, packedBlocks(outputs) - 1);
    return std::int64_t{rows} * (last.first + last.width);
}

void multiply(const Product& product, const float* x, const float* packed, float* y, const Finish& finish)
{
    const std::int64_t rows = std::int64_t{product.taps} * product.depth;
    if (product.rows <= 0 || product.columns <= 0)
        return;
    // Weights that no cache holds are read once for all images, else each image is read once for all weights.
    const int blocks = packedBlocks(product.outputs);
    const bool areWeightsHeavy = rows * product.outputs > floatsOfHeavyWeights;
    for (int i = 0; i < blocks * product.images; ++i) {
        const int image = areWeightsHeavy ? i % product.images : i / blocks;
        const Block block = blockAt(product.outputs, areWeightsHeavy ? i / product.images : i % blocks);
        const float* from = x + image * product.xImage;
        float* to = y + image * product.yImage;
        Finish finishOfImage = finish;
        finishOfImage.add = finish.add ? finish.add + image * finish.addImage : nullptr;
        const float* w = packed + block.first * rows;
        if (block.width == blockLanes)
            multiplyBlock<lanes, 2>(product, block, from, w, to, finishOfImage);
        else if (block.width == lanes)
            multiplyBlock<lanes, 1>(product, block, from, w, to, finishOfImage);
        else if constexpr (lanes == 16)
            multiplyBlock<lanes / 2, 1>(product, block, from, w, to, finishOfImage);
    }
}

void pack(const float* master, const PackSegment* segments, int count, int outputs, int firstBlock, int endBlock,
    float* packed)
{
    std::int64_t rows = 0;
    for (int s = 0; s < count; ++s)
        rows += segments[s].rows;
    for (int index = firstBlock; index < endBlock; ++index) {
        const Block block = blockAt(outputs, index);
        float* to = packed + block.first * rows;
        for (int s = 0; s < count; ++s) {
            const PackSegment& segment = segments[s];
            const float* from = master + segment.base + block.first * segment.column;
            for (int row = 0; row < segment.rows; ++row, to += block.width, from += segment.row) {
                for (int m = 0; m < block.outputs; ++m)
                    to[m] = from[m * segment.column];
                for (int m = block.outputs; m < block.width; ++m)
                    to[m] = 0;
            }
        }
    }
}

} // namespace hounsfield::kernels
