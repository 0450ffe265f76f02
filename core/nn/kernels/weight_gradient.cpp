// Weight gradients as outer products over pixels: a tile of gradient rows by one or two vectors of outputs stays in
// registers over a chunk of pixels small enough for the first cache.

#include "core/nn/kernels/kernels.h"
#include "core/nn/kernels/vector.h"

#include <algorithm>

namespace hounsfield::kernels {

namespace {

constexpr int pixelsOfChunk = 224;

/// Some whole images, or some rows of one.
struct Chunk {
    int firstImage, images, firstRow, rows;
};

template <typename V, int L, int N, int R>
void tile(
    const WeightGradient& w, const Chunk& chunk, const float* x, const float* d, float* g, int outputs, bool isAdded)
{
    V sum[R][N] = {};
    for (int image = chunk.firstImage; image < chunk.firstImage + chunk.images; ++image)
        for (int row = chunk.firstRow; row < chunk.firstRow + chunk.rows; ++row) {
            const float* xp = x + image * w.xImage + row * w.xRow;
            const float* dp = d + image * w.dImage + row * w.dRow;
            for (int column = 0; column < w.columns; ++column, xp += w.xColumn, dp += w.dColumn) {
                V gradient[N];
#pragma GCC unroll 2
                for (int n = 0; n < N; ++n)
                    gradient[n] = load<V>(dp + n * L);
#pragma GCC unroll 16
                for (int r = 0; r < R; ++r) {
                    const V value = broadcast<V>(xp[r]);
#pragma GCC unroll 2
                    for (int n = 0; n < N; ++n)
                        sum[r][n] = multiplyAdd(value, gradient[n], sum[r][n]);
                }
            }
        }
    alignas(64) float spare[N * L];
#pragma GCC unroll 16
    for (int r = 0; r < R; ++r) {
        float* to = g + r * w.gradientRow;
        if (outputs < N * L) {
#pragma GCC unroll 2
            for (int n = 0; n < N; ++n)
                store(spare + n * L, sum[r][n]);
            for (int m = 0; m < outputs; ++m)
                to[m] = isAdded ? to[m] + spare[m] : spare[m];
            continue;
        }
#pragma GCC unroll 2
        for (int n = 0; n < N; ++n)
            store(to + n * L, isAdded ? load<V>(to + n * L) + sum[r][n] : sum[r][n]);
    }
}

/// All rows of the gradient for one block of outputs and one chunk of pixels.
template <int L, int N>
void block(const WeightGradient& w, const Chunk& chunk, const float* x, const float* d, float* gradient, int firstRow,
    int endRow, int outputs, bool isAdded)
{
    using V = Vector<L>;
    constexpr int most = lanes == 16 || N == 1 ? 12 : 6;
    for (int row = firstRow; row < endRow;) {
        const int k = row % w.depth;
        const int left = std::min(w.depth - k, endRow - row);
        const float* xk = x + w.segmentOffsets[row / w.depth] + k;
        float* g = gradient + row * w.gradientRow;
        const auto run = [&](auto tileFunction, int rows) {
            tileFunction(w, chunk, xk, d, g, outputs, isAdded);
            row += rows;
        };
        if (left >= most)
            run(tile<V, L, N, most>, most);
        else if (most > 8 && left >= 8)
            run(tile < V, L, N, most == 12 ? 8 : 1 >, 8);
        else if (left >= 4)
            run(tile<V, L, N, 4>, 4);
        else if (left >= 2)
            run(tile<V, L, N, 2>, 2);
        else
            run(tile<V, L, N, 1>, 1);
    }
}

void chunkGradient(const WeightGradient& w, const Chunk& chunk, const float* x, const float* d, float* gradient,
    int firstRow, int endRow, bool isAdded)
{
    int output = 0;
    for (; w.outputs - output > lanes; output += blockLanes)
        block<lanes, 2>(w, chunk, x, d + output, gradient + output, firstRow, endRow,
            std::min(w.outputs - output, blockLanes), isAdded);
    const int left = w.outputs - output;
    if (left <= 0)
        return;
    if constexpr (lanes == 16)
        if (left <= 8)
            return block<8, 1>(w, chunk, x, d + output, gradient + output, firstRow, endRow, left, isAdded);
    block<lanes, 1>(w, chunk, x, d + output, gradient + output, firstRow, endRow, left, isAdded);
}

} // namespace

void weightGradient(
    const WeightGradient& work, const float* x, const float* d, float* gradient, int firstRow, int endRow)
{
    const int pixels = std::max(1, work.rows * work.columns);
    bool isAdded = work.isAccumulated;
    if (pixels <= pixelsOfChunk) {
        const int images = std::max(1, pixelsOfChunk / pixels);
        for (int image = 0; image < work.images; image += images, isAdded = true)
            chunkGradient(work, {image, std::min(images, work.images - image), 0, work.rows}, x, d, gradient, firstRow,
                endRow, isAdded);
        return;
    }
    const int rows = std::max(1, pixelsOfChunk / work.columns);
    for (int image = 0; image < work.images; ++image)
        for (int row = 0; row < work.rows; row += rows, isAdded = true)
            chunkGradient(
                work, {image, 1, row, std::min(rows, work.rows - row)}, x, d, gradient, firstRow, endRow, isAdded);
}

} // namespace hounsfield::kernels
