// Winograd's F(4 × 4, 3 × 3) (Lavin & Gray, arXiv 1509.09308) as transforms around plain products, and their adjoints:
// forward Y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A, backward the transposed of each. Vectors run over channels.

#include "core/nn/kernels/blocks.h"
#include "core/nn/kernels/kernels.h"

#include <algorithm>

namespace hounsfield::kernels {

namespace {

constexpr int points = winogradPoints, patchOfInput = 6, patchOfOutput = 4;

/// factor · a + b
inline __attribute__((always_inline)) Lane scaled(float factor, Lane a, Lane b)
{
    return multiplyAdd(broadcast<Lane>(factor), a, b);
}

// One-dimensional transforms of values that lie `From` apart into values `To` apart.

struct InputTransform { // Bᵀ
    static constexpr int in = 6, out = 6;
    template <int From, int To> static inline __attribute__((always_inline)) void run(const Lane* d, Lane* to)
    {
        const Lane d1 = d[From], d2 = d[2 * From], d3 = d[3 * From], d4 = d[4 * From];
        const Lane even4 = scaled(-4, d2, d4), odd4 = scaled(-4, d1, d3), even1 = d4 - d2, odd1 = d3 - d1;
        to[0] = scaled(4, d[0], scaled(-5, d2, d4));
        to[To] = even4 + odd4;
        to[2 * To] = even4 - odd4;
        to[3 * To] = scaled(2, odd1, even1);
        to[4 * To] = scaled(-2, odd1, even1);
        to[5 * To] = scaled(4, d1, scaled(-5, d3, d[5 * From]));
    }
};

struct InputAdjoint { // B
    static constexpr int in = 6, out = 6;
    template <int From, int To> static inline __attribute__((always_inline)) void run(const Lane* v, Lane* to)
    {
        const Lane v0 = v[0], v5 = v[5 * From];
        const Lane sum12 = v[From] + v[2 * From], minus12 = v[From] - v[2 * From];
        const Lane sum34 = v[3 * From] + v[4 * From], minus34 = v[3 * From] - v[4 * From];
        to[0] = broadcast<Lane>(4) * v0;
        to[To] = scaled(-4, minus12, scaled(-2, minus34, broadcast<Lane>(4) * v5));
        to[2 * To] = scaled(-5, v0, scaled(-4, sum12, -sum34));
        to[3 * To] = scaled(2, minus34, scaled(-5, v5, minus12));
        to[4 * To] = v0 + (sum12 + sum34);
        to[5 * To] = v5;
    }
};

struct OutputTransform { // Aᵀ
    static constexpr int in = 6, out = 4;
    template <int From, int To> static inline __attribute__((always_inline)) void run(const Lane* m, Lane* to)
    {
        const Lane sum12 = m[From] + m[2 * From], minus12 = m[From] - m[2 * From];
        const Lane sum34 = m[3 * From] + m[4 * From], minus34 = m[3 * From] - m[4 * From];
        to[0] = m[0] + sum12 + sum34;
        to[To] = scaled(2, minus34, minus12);
        to[2 * To] = scaled(4, sum34, sum12);
        to[3 * To] = scaled(8, minus34, minus12) + m[5 * From];
    }
};

struct OutputAdjoint { // A
    static constexpr int in = 4, out = 6;
    template <int From, int To> static inline __attribute__((always_inline)) void run(const Lane* y, Lane* to)
    {
        const Lane y0 = y[0], y1 = y[From], y2 = y[2 * From], y3 = y[3 * From];
        const Lane even1 = y0 + y2, odd1 = y1 + y3;
        const Lane even4 = scaled(4, y2, y0), odd2 = scaled(8, y3, y1 + y1);
        to[0] = y0;
        to[To] = even1 + odd1;
        to[2 * To] = even1 - odd1;
        to[3 * To] = even4 + odd2;
        to[4 * To] = even4 - odd2;
        to[5 * To] = y3;
    }
};

struct WeightTransform { // G
    static constexpr int in = 3, out = 6;
    template <int From, int To> static inline __attribute__((always_inline)) void run(const Lane* w, Lane* to)
    {
        const Lane w0 = w[0], w1 = w[From], w2 = w[2 * From];
        const Lane even6 = broadcast<Lane>(-1.0F / 6) * (w0 + w2);
        const Lane even24 = scaled(1.0F / 24, w0, broadcast<Lane>(1.0F / 6) * w2);
        to[0] = broadcast<Lane>(0.25F) * w0;
        to[To] = scaled(-1.0F / 6, w1, even6);
        to[2 * To] = scaled(1.0F / 6, w1, even6);
        to[3 * To] = scaled(1.0F / 12, w1, even24);
        to[4 * To] = scaled(-1.0F / 12, w1, even24);
        to[5 * To] = w2;
    }
};

struct WeightAdjoint { // Gᵀ
    static constexpr int in = 6, out = 3;
    template <int From, int To> static inline __attribute__((always_inline)) void run(const Lane* u, Lane* to)
    {
        const Lane sum12 = u[From] + u[2 * From], minus21 = u[2 * From] - u[From];
        const Lane sum34 = u[3 * From] + u[4 * From], minus34 = u[3 * From] - u[4 * From];
        to[0] = scaled(0.25F, u[0], scaled(-1.0F / 6, sum12, broadcast<Lane>(1.0F / 24) * sum34));
        to[To] = scaled(1.0F / 6, minus21, broadcast<Lane>(1.0F / 12) * minus34);
        to[2 * To] = scaled(-1.0F / 6, sum12, scaled(1.0F / 6, sum34, u[5 * From]));
    }
};

/// A transform of the columns, then of the rows.
template <typename Transform> inline __attribute__((always_inline)) void transform(const Lane* from, Lane* to)
{
    constexpr int in = Transform::in, out = Transform::out;
    Lane half[out * in];
#pragma GCC unroll 6
    for (int column = 0; column < in; ++column)
        Transform::template run<in, in>(from + column, half + column);
#pragma GCC unroll 6
    for (int row = 0; row < out; ++row)
        Transform::template run<1, 1>(half + row * in, to + row * out);
}

/// The pixels of a tile, of which only those inside its image are there.
struct Patch {
    int image, row, column; ///< of its first pixel, there or not
    int firstRow, endRow, firstColumn, endColumn;
};

Patch patchAt(const WinogradTiles& t, int index, int size)
{
    const int perImage = t.tileRows * t.tileColumns, tile = index % perImage;
    const int row = tile / t.tileColumns * patchOfOutput - t.top;
    const int column = tile % t.tileColumns * patchOfOutput - t.left;
    return {index / perImage, row, column, std::max(0, -row), std::min(size, t.extent.rows - row), std::max(0, -column),
        std::min(size, t.extent.columns - column)};
}

/// Calls visit(row, column) for the pixels of a patch that are there.
template <int Size, typename Visit>
inline __attribute__((always_inline)) void visitPatch(const Patch& patch, const Visit& visit)
{
    if (patch.firstRow == 0 && patch.endRow == Size && patch.firstColumn == 0 && patch.endColumn == Size) {
#pragma GCC unroll 6
        for (int row = 0; row < Size; ++row)
#pragma GCC unroll 6
            for (int column = 0; column < Size; ++column)
                visit(row, column);
        return;
    }
    for (int row = patch.firstRow; row < patch.endRow; ++row)
        for (int column = patch.firstColumn; column < patch.endColumn; ++column)
            visit(row, column);
}

std::int64_t placeOf(const Patch& patch, const Place& at)
{
    return patch.image * at.image + patch.row * at.row + patch.column * at.column;
}

/// Patches of images into their transforms [point][tile][channel].
template <typename Transform> void transformPatches(const WinogradTiles& t, const float* x, float* to)
{
    constexpr int size = Transform::in;
    const int channels = t.extent.channels;
    for (int tile = 0; tile < t.count; ++tile) {
        const Patch patch = patchAt(t, t.first + tile, size);
        const float* first = x + placeOf(patch, t.at);
        for (int c = 0; c < channels; c += lanes) {
            Lane pixels[size * size] = {}, transformed[points];
            visitPatch<size>(
                patch, [&](int row, int column) __attribute__((always_inline)) {
                    pixels[row * size + column] = load<Lane>(first + row * t.at.row + column * t.at.column + c);
                });
            transform<Transform>(pixels, transformed);
            for (int point = 0; point < points; ++point)
                store(to + point * t.point() + std::int64_t{tile} * channels + c, transformed[point]);
        }
    }
}

/// Calls take(patch, row, column, channel, pixel) for the pixels of patches made from their transforms.
template <typename Transform, typename Take>
inline __attribute__((always_inline)) void transformBack(const WinogradTiles& t, const float* from, const Take& take)
{
    constexpr int size = Transform::out;
    const int channels = t.extent.channels;
    for (int tile = 0; tile < t.count; ++tile) {
        const Patch patch = patchAt(t, t.first + tile, size);
        for (int c = 0; c < channels; c += lanes) {
            Lane transformed[points], pixels[size * size];
            for (int point = 0; point < points; ++point)
                transformed[point] = load<Lane>(from + point * t.point() + std::int64_t{tile} * channels + c);
            transform<Transform>(transformed, pixels);
            visitPatch<size>(
                patch, [&](int row, int column) __attribute__((always_inline)) {
                    take(patch, row, column, c, pixels[row * size + column]);
                });
        }
    }
}

inline Lane gathered(const float* from, std::int64_t distance)
{
    if (distance == 1)
        return load<Lane>(from);
    float values[lanes];
    for (int l = 0; l < lanes; ++l)
        values[l] = from[l * distance];
    return load<Lane>(values);
}

} // namespace

void winogradInput(const WinogradTiles& tiles, const float* x, float* transformed)
{
    transformPatches<InputTransform>(tiles, x, transformed);
}

void winogradOutputAdjoint(const WinogradTiles& tiles, const float* d, float* transformed)
{
    transformPatches<OutputAdjoint>(tiles, d, transformed);
}

void winogradOutput(const WinogradTiles& tiles, const float* transformed, float* y, const Finish& finish)
{
    const Place &at = tiles.at, addAt{finish.addImage, finish.addRow, finish.addColumn};
    transformBack<OutputTransform>(
        tiles, transformed,
        [&](const Patch& patch, int row, int column, int channel, Lane value) __attribute__((always_inline)) {
            float* to = y + placeOf(patch, at) + row * at.row + column * at.column + channel;
            if (finish.bias)
                value += load<Lane>(finish.bias + channel);
            if (finish.isAccumulated)
                value += load<Lane>(to);
            if (finish.add)
                value +=
                    load<Lane>(finish.add + placeOf(patch, addAt) + row * addAt.row + column * addAt.column + channel);
            store(to, bent(value, finish.slope));
        });
}

void winogradInputAdjoint(const WinogradTiles& tiles, const float* transformed, float* d)
{
    const Place& at = tiles.at;
    transformBack<InputAdjoint>(
        tiles, transformed,
        [&](const Patch& patch, int row, int column, int channel, Lane value) __attribute__((always_inline)) {
            float* to = d + placeOf(patch, at) + row * at.row + column * at.column + channel;
            store(to, load<Lane>(to) + value);
        });
}

void winogradPack(const WinogradWeights& w, const float* master, int firstBlock, int endBlock, float* packed)
{
    const std::int64_t perPoint = winogradDistance(packedSize(w.rows, w.columns));
    for (int index = firstBlock; index < endBlock; ++index) {
        const Block block = blockAt(w.columns, index);
        for (int row = 0; row < w.rows; ++row)
            for (int column = 0; column < block.width; column += lanes) {
                const float* from = master + row * w.row + (block.first + column) * w.column;
                float* to = packed + std::int64_t{block.first} * w.rows + row * block.width + column;
                Lane taps[9], transformed[points];
                for (int tap = 0; tap < 9; ++tap)
                    taps[tap] = gathered(from + tap * w.tap, w.column);
                transform<WeightTransform>(taps, transformed);
                for (int point = 0; point < points; ++point)
                    store(to + point * perPoint, transformed[point]);
            }
    }
}

void winogradWeightAdjoint(std::int64_t count, const float* transformed, float* gradient)
{
    const std::int64_t perPoint = winogradDistance(count);
    for (std::int64_t i = 0; i < count; i += lanes) {
        Lane from[points], taps[9];
        for (int point = 0; point < points; ++point)
            from[point] = load<Lane>(transformed + point * perPoint + i);
        transform<WeightAdjoint>(from, taps);
        for (int tap = 0; tap < 9; ++tap)
            store(gradient + tap * count + i, taps[tap]);
    }
}

} // namespace hounsfield::kernels
