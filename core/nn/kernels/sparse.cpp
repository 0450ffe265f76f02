// Gradients behind relu and 2 × 2 max pooling are mostly zero: only the winner of four positions, and only where relu
// was on, carries one. Lists of those that are not zero replace dense products; only products with 0 are left out, so
// it is exact.

#include "core/nn/kernels/kernels.h"
#include "core/nn/kernels/vector.h"

#include <algorithm>

namespace hounsfield::kernels {

namespace {

/// Vectors of a kernel row that stay in registers at a time.
constexpr int most = lanes == 16 ? 6 : 12;

/// One channel's filter gradient for N vectors of `kernelRows` rows (all 3 at once where registers suffice).
template <int Rows, int N>
inline void filterGradient(
    const SparseWeightGradient& w, const float* x, const SparseEntry* entries, int count, float* gradient)
{
    Lane sum[Rows][N];
#pragma GCC unroll 4
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 12
        for (int n = 0; n < N; ++n)
            sum[r][n] = load<Lane>(gradient + r * w.gradientRow + n * lanes);
    for (int e = 0; e < count; ++e) {
        const Lane value = broadcast<Lane>(entries[e].value);
        const float* from = x + entries[e].offset;
#pragma GCC unroll 4
        for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 12
            for (int n = 0; n < N; ++n)
                sum[r][n] = multiplyAdd(value, load<Lane>(from + r * w.xRow + n * lanes), sum[r][n]);
    }
#pragma GCC unroll 4
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 12
        for (int n = 0; n < N; ++n)
            store(gradient + r * w.gradientRow + n * lanes, sum[r][n]);
}

template <int Rows>
void filterRows(const SparseWeightGradient& w, const float* x, const SparseEntry* entries, int count, float* gradient)
{
    const int vectors = (w.depth + lanes - 1) / lanes;
    int n = 0;
    const auto run = [&]<int N>() {
        for (; n + N <= vectors; n += N)
            filterGradient<Rows, N>(w, x + n * lanes, entries, count, gradient + n * lanes);
    };
    if constexpr (Rows == 1 || lanes == 16)
        run.template operator()<most>();
    if constexpr (Rows == 1 && lanes < 16)
        run.template operator()<6>();
    run.template operator()<3>();
    run.template operator()<1>();
}

} // namespace

void listByChannel(const Pooled& p, std::int64_t xRow, std::int64_t xColumn, SparseEntry* entries, int* counts)
{
    const int pixels = p.rows * p.columns;
    std::fill(counts, counts + p.channels, 0);
    for (int pixel = 0; pixel < pixels; ++pixel) {
        const int base = static_cast<int>(2 * (pixel / p.columns) * xRow + 2 * (pixel % p.columns) * xColumn);
        const int corners[4] = {base, base + static_cast<int>(xColumn), base + static_cast<int>(xRow),
            base + static_cast<int>(xRow + xColumn)};
        const std::uint8_t* index = p.index + pixel * p.channels;
        const float* gradient = p.gradient + pixel / p.columns * p.gradientRow + pixel % p.columns * p.channels;
        const float* y = p.y + pixel / p.columns * p.yRow + pixel % p.columns * p.channels;
        for (int c = 0; c < p.channels; ++c) {
            SparseEntry& entry = entries[c * pixels + counts[c]];
            entry.offset = corners[index[c]];
            entry.value = gradient[c];
            counts[c] += y[c] > 0 ? 1 : 0;
        }
    }
}

void sparseWeightGradient(const SparseWeightGradient& w, const float* x, const SparseEntry* entries, const int* counts,
    float* gradient, float* bias)
{
    for (int c = 0; c < w.channels; ++c, entries += w.listLength) {
        float sum = 0;
        for (int e = 0; e < counts[c]; ++e)
            sum += entries[e].value;
        bias[c] += sum;
        float* filter = gradient + c * w.kernelRows * w.gradientRow;
        if (lanes == 16 && w.kernelRows == 3) {
            filterRows<3>(w, x, entries, counts[c], filter);
            continue;
        }
        for (int r = 0; r < w.kernelRows; ++r)
            filterRows<1>(w, x + r * w.xRow, entries, counts[c], filter + r * w.gradientRow);
    }
}

namespace {

#if defined(__AVX512F__)
/// Some kernel rows of the gradient of 16 channels, sums[row][k][channel]. Each channel's winner among the four pixels
/// is a place in two rows of x.
template <int Rows, int Depth>
void shallowRows(const Pooled& p, std::int64_t xRow, std::int64_t xColumn, const float* x, int channel, float* sums)
{
    Float16 sum[Rows][Depth] = {};
    const __m512i column = _mm512_set1_epi32(static_cast<int>(xColumn)), one = _mm512_set1_epi32(1);
    for (int pixel = 0; pixel < p.rows * p.columns; ++pixel) {
        const int r = pixel / p.columns, c = pixel % p.columns;
        const __mmask16 isOn = _mm512_cmp_ps_mask(
            _mm512_loadu_ps(p.y + r * p.yRow + c * p.channels + channel), _mm512_setzero_ps(), _CMP_GT_OQ);
        const Float16 d = _mm512_maskz_loadu_ps(isOn, p.gradient + r * p.gradientRow + c * p.channels + channel);
        const __m512i winner = _mm512_cvtepu8_epi32(
            _mm_loadu_si128(reinterpret_cast<const __m128i*>(p.index + pixel * p.channels + channel)));
        const __m512i place = _mm512_add_epi32(_mm512_mullo_epi32(_mm512_and_si512(winner, one), column),
            _mm512_slli_epi32(_mm512_srli_epi32(winner, 1), 4));
        const float* from = x + 2 * r * xRow + 2 * c * xColumn;
        Float16 rows[Rows + 1];
#pragma GCC unroll 4
        for (int row = 0; row <= Rows; ++row)
            rows[row] = load<Float16>(from + row * xRow);
#pragma GCC unroll 9
        for (int k = 0; k < Depth; ++k) {
            const __m512i at = _mm512_add_epi32(place, _mm512_set1_epi32(k));
#pragma GCC unroll 3
            for (int row = 0; row < Rows; ++row)
                sum[row][k] = multiplyAdd(d, _mm512_permutex2var_ps(rows[row], at, rows[row + 1]), sum[row][k]);
        }
    }
#pragma GCC unroll 3
    for (int row = 0; row < Rows; ++row)
#pragma GCC unroll 9
        for (int k = 0; k < Depth; ++k)
            store(sums + (row * Depth + k) * 16, sum[row][k]);
}

void shallowBias(const Pooled& p, float* bias)
{
    for (int row = 0; row < p.rows; ++row)
        for (int i = 0; i < p.columns * p.channels; i += lanes) {
            const Lane y = load<Lane>(p.y + row * p.yRow + i), d = load<Lane>(p.gradient + row * p.gradientRow + i);
            float* to = bias + i % p.channels;
            store(to, load<Lane>(to) + (y > 0 ? d : Lane{}));
        }
}

template <int Depth>
void shallowGradient(
    const SparseWeightGradient& w, const Pooled& p, std::int64_t xColumn, const float* x, float* gradient)
{
    float sums[3][Depth][16];
    for (int channel = 0; channel < w.channels; channel += 16) {
        shallowRows<2, Depth>(p, w.xRow, xColumn, x, channel, sums[0][0]); // as many as registers hold
        shallowRows<1, Depth>(p, w.xRow, xColumn, x + 2 * w.xRow, channel, sums[2][0]);
        for (int c = 0; c < 16; ++c)
            for (int row = 0; row < 3; ++row)
                for (int k = 0; k < Depth; ++k)
                    gradient[((channel + c) * 3 + row) * w.gradientRow + k] += sums[row][k][c];
    }
}
#endif

} // namespace

bool shallowWeightGradient(
    const SparseWeightGradient& w, const Pooled& p, std::int64_t xColumn, const float* x, float* gradient, float* bias)
{
#if defined(__AVX512F__)
    if (w.kernelRows != 3 || w.channels % 16 != 0 || (w.depth != 3 && w.depth != 9) || w.depth + xColumn > 16)
        return false;
    shallowBias(p, bias);
    if (w.depth == 9)
        shallowGradient<9>(w, p, xColumn, x, gradient);
    else
        shallowGradient<3>(w, p, xColumn, x, gradient);
    return true;
#else
    (void)w, (void)p, (void)xColumn, (void)x, (void)gradient, (void)bias;
    return false;
#endif
}

void listByPixel(const Pooled& p, int filterSize, int* filters, float* values, int* counts)
{
    const int width = 2 * p.columns, longest = p.channels + 16;
    for (int pixel = 0; pixel < p.rows * p.columns; ++pixel) {
        const int first = 2 * (pixel / p.columns) * width + 2 * (pixel % p.columns);
        const int at[4] = {first, first + 1, first + width, first + width + 1};
        int number[4] = {};
        const std::uint8_t* index = p.index + pixel * p.channels;
        const float* gradient = p.gradient + pixel / p.columns * p.gradientRow + pixel % p.columns * p.channels;
        const float* y = p.y + pixel / p.columns * p.yRow + pixel % p.columns * p.channels;
        int c = 0;
#if defined(__AVX512F__)
        const __m512i steps = _mm512_mullo_epi32(
            _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0), _mm512_set1_epi32(filterSize));
        for (; c + 16 <= p.channels; c += 16) {
            const __m512i winner = _mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(index + c)));
            const __m512 value = _mm512_loadu_ps(gradient + c);
            const __mmask16 isOn = _mm512_cmp_ps_mask(_mm512_loadu_ps(y + c), _mm512_setzero_ps(), _CMP_GT_OQ);
            const __m512i filter = _mm512_add_epi32(_mm512_set1_epi32(c * filterSize), steps);
            for (int j = 0; j < 4; ++j) {
                const __mmask16 mask = _mm512_mask_cmpeq_epi32_mask(isOn, winner, _mm512_set1_epi32(j));
                const int to = at[j] * longest + number[j];
                _mm512_storeu_si512(filters + to, _mm512_maskz_compress_epi32(mask, filter));
                _mm512_storeu_ps(values + to, _mm512_maskz_compress_ps(mask, value));
                number[j] += __builtin_popcount(mask);
            }
        }
#endif
        for (; c < p.channels; ++c) {
            const int j = index[c], to = at[j] * longest + number[j];
            filters[to] = c * filterSize;
            values[to] = gradient[c];
            number[j] += y[c] > 0 ? 1 : 0;
        }
        for (int j = 0; j < 4; ++j)
            counts[at[j]] = number[j];
    }
}

namespace {

template <int N>
inline void pixelGradient(const float* filters, const int* list, const float* values, int count, float* d)
{
    Lane sum[N];
#pragma GCC unroll 12
    for (int n = 0; n < N; ++n)
        sum[n] = load<Lane>(d + n * lanes);
    for (int e = 0; e < count; ++e) {
        const Lane value = broadcast<Lane>(values[e]);
        const float* filter = filters + list[e];
#pragma GCC unroll 12
        for (int n = 0; n < N; ++n)
            sum[n] = multiplyAdd(value, load<Lane>(filter + n * lanes), sum[n]);
    }
#pragma GCC unroll 12
    for (int n = 0; n < N; ++n)
        store(d + n * lanes, sum[n]);
}

/// The last floats of a kernel row that fill no vector.
void pixelRest(const float* filters, const int* list, const float* values, int count, int depth, float* d)
{
    for (int e = 0; e < count; ++e)
        for (int k = 0; k < depth; ++k)
            d[k] = multiplyAdd(values[e], filters[list[e] + k], d[k]);
}

} // namespace

void sparseInputGradient(const SparseInputGradient& w, const float* filters, const int* listFilters,
    const float* listValues, const int* counts, float* d)
{
    const int longest = w.channels + 16;
    for (int kernelRow = 0; kernelRow < w.kernelRows; ++kernelRow)
        for (int pixel = 0; pixel < w.rows * w.columns; ++pixel) {
            if (counts[pixel] == 0)
                continue;
            float* to = d + (pixel / w.columns + kernelRow) * w.dRow + pixel % w.columns * w.dColumn;
            const float* filter = filters + kernelRow * w.depth;
            const int* list = listFilters + pixel * longest;
            const float* values = listValues + pixel * longest;
            int k = 0;
            const auto run = [&]<int N>() {
                for (; k + N * lanes <= w.depth; k += N * lanes)
                    pixelGradient<N>(filter + k, list, values, counts[pixel], to + k);
            };
            if constexpr (lanes < 16)
                run.template operator()<12>();
            run.template operator()<6>();
            run.template operator()<3>();
            run.template operator()<1>();
            if (k < w.depth)
                pixelRest(filter + k, list, values, counts[pixel], w.depth - k, to + k);
        }
}

} // namespace hounsfield::kernels
