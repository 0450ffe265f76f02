// Max pooling with the winner kept as one byte.

#include "core/nn/kernels/kernels.h"
#include "core/nn/kernels/vector.h"

#include <limits>

namespace hounsfield::kernels {

namespace {

/// Comparing lanes gives integers as wide as floats; a plain float gives a bool.
template <typename V> struct Integers {
    using Type = decltype(V{} > V{});
};
template <> struct Integers<float> {
    using Type = int;
};

template <typename V, int L> void storeBytes(std::uint8_t* to, const typename Integers<V>::Type& values)
{
    if constexpr (L == 1)
        *to = static_cast<std::uint8_t>(values);
    else
        for (int l = 0; l < L; ++l)
            to[l] = static_cast<std::uint8_t>(values[l]);
}
#if defined(__AVX2__)
template <typename V, int L> void storeWholeBytes(std::uint8_t* to, const typename Integers<V>::Type& values)
{
    typedef std::uint8_t Bytes __attribute__((vector_size(L)));
    const Bytes bytes = __builtin_convertvector(values, Bytes);
    std::memcpy(to, &bytes, sizeof bytes);
}
#endif

/// The taps of one window that lie on the image.
struct Window {
    int firstRow, endRow, firstColumn, endColumn;
};

Window windowAt(const Pooling& p, int row, int column)
{
    const auto range = [](int start, int step, int taps, int size, int& first, int& end) {
        first = 0;
        while (first < taps && start + first * step < 0)
            ++first;
        end = taps;
        while (end > first && start + (end - 1) * step >= size)
            --end;
    };
    Window w{};
    range(row * p.strideRow - p.padRow, p.dilationRow, p.kernelRows, p.inRows, w.firstRow, w.endRow);
    range(column * p.strideColumn - p.padColumn, p.dilationColumn, p.kernelColumns, p.inColumns, w.firstColumn,
        w.endColumn);
    return w;
}

} // namespace

void maxPool(const Pooling& p, const float* x, const Place& xAt, float* y, const Place& yAt, std::uint8_t* index)
{
    withWidth(p.channels, [&]<typename V, int L>() {
        using I = typename Integers<V>::Type;
        for (int row = 0; row < p.outRows; ++row)
            for (int column = 0; column < p.outColumns; ++column) {
                const Window w = windowAt(p, row, column);
                for (int c = 0; c < p.channels; c += L) {
                    V best = broadcast<V>(-std::numeric_limits<float>::infinity());
                    I winner = I{} + (w.firstRow * p.kernelColumns + w.firstColumn);
                    for (int i = w.firstRow; i < w.endRow; ++i)
                        for (int j = w.firstColumn; j < w.endColumn; ++j) {
                            const int r = row * p.strideRow - p.padRow + i * p.dilationRow;
                            const int q = column * p.strideColumn - p.padColumn + j * p.dilationColumn;
                            const V v = load<V>(x + r * xAt.row + q * xAt.column + c);
                            const auto isMore = v > best;
                            best = isMore ? v : best;
                            winner = isMore ? I{} + (i * p.kernelColumns + j) : winner;
                        }
                    store<V>(y + row * yAt.row + column * yAt.column + c, best);
                    if (index)
                        storeBytes<V, L>(index + (row * p.outColumns + column) * p.channels + c, winner);
                }
            }
    });
}

void maxPoolGradient(
    const Pooling& p, const float* d, const Place& dAt, const std::uint8_t* index, float* to, const Place& toAt)
{
    for (int row = 0; row < p.outRows; ++row)
        for (int column = 0; column < p.outColumns; ++column) {
            const float* from = d + row * dAt.row + column * dAt.column;
            for (int c = 0; c < p.channels; ++c) {
                const int winner = *index++;
                const int r = row * p.strideRow - p.padRow + winner / p.kernelColumns * p.dilationRow;
                const int q = column * p.strideColumn - p.padColumn + winner % p.kernelColumns * p.dilationColumn;
                to[r * toAt.row + q * toAt.column + c] += from[c];
            }
        }
}

void reluPool(const float* x, std::int64_t xRow, int columns, int channels, float* y, std::uint8_t* index)
{
    withWidth(channels, [&]<typename V, int L>() {
        using I = typename Integers<V>::Type;
        for (int column = 0; column < columns; ++column)
            for (int c = 0; c < channels; c += L) {
                const float* p = x + 2 * column * channels + c;
                V best = load<V>(p);
                I winner = {};
                const auto challenge = [&](const float* other, int number) {
                    const V v = load<V>(other);
                    const auto isMore = v > best;
                    best = isMore ? v : best;
                    winner = isMore ? I{} + number : winner;
                };
                challenge(p + channels, 1);
                challenge(p + xRow, 2);
                challenge(p + xRow + channels, 3);
                store<V>(y + column * channels + c, bent(best, 0));
                if (!index)
                    continue;
#if defined(__AVX2__)
                if constexpr (L > 4) {
                    storeWholeBytes<V, L>(index + column * channels + c, winner);
                    continue;
                }
#endif
                storeBytes<V, L>(index + column * channels + c, winner);
            }
    });
}

namespace {

/// Calls visit(coarse pixel, first fine pixel of its block), both as distances.
template <typename Visit>
inline void visitBlocks(const PixelBlocks& blocks, const Place& fineAt, const Place& coarseAt, const Visit& visit)
{
    for (int image = 0; image < blocks.coarse.images; ++image)
        for (int row = 0; row < blocks.coarse.rows; ++row)
            for (int column = 0; column < blocks.coarse.columns; ++column)
                visit(image * coarseAt.image + row * coarseAt.row + column * coarseAt.column,
                    image * fineAt.image + row * blocks.rows * fineAt.row + column * blocks.columns * fineAt.column);
}

} // namespace

void sumBlocks(const PixelBlocks& blocks, const float* fine, const Place& fineAt, float factor, bool isAccumulated,
    float* coarse, const Place& coarseAt)
{
    withWidth(blocks.coarse.channels, [&]<typename V, int L>() {
        visitBlocks(blocks, fineAt, coarseAt, [&](std::int64_t to, std::int64_t from) {
            for (int c = 0; c < blocks.coarse.channels; c += L) {
                V sum = {};
                for (int row = 0; row < blocks.rows; ++row)
                    for (int column = 0; column < blocks.columns; ++column)
                        sum += load<V>(fine + from + row * fineAt.row + column * fineAt.column + c);
                sum *= broadcast<V>(factor);
                store<V>(coarse + to + c, isAccumulated ? load<V>(coarse + to + c) + sum : sum);
            }
        });
    });
}

void spreadBlocks(const PixelBlocks& blocks, const float* coarse, const Place& coarseAt, float factor,
    bool isAccumulated, float* fine, const Place& fineAt)
{
    withWidth(blocks.coarse.channels, [&]<typename V, int L>() {
        visitBlocks(blocks, fineAt, coarseAt, [&](std::int64_t from, std::int64_t to) {
            for (int c = 0; c < blocks.coarse.channels; c += L) {
                const V v = load<V>(coarse + from + c) * broadcast<V>(factor);
                for (int row = 0; row < blocks.rows; ++row)
                    for (int column = 0; column < blocks.columns; ++column) {
                        float* p = fine + to + row * fineAt.row + column * fineAt.column + c;
                        store<V>(p, isAccumulated ? load<V>(p) + v : v);
                    }
            }
        });
    });
}

} // namespace hounsfield::kernels
