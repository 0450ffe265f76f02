// Passes over rows of numbers that networks of texts need: softmax, layer normalisation, GELU. A row's sums run in
// whole vectors, whose lanes are added in one order at its end.

#include "core/nn/kernels/functions.h"
#include "core/nn/kernels/kernels.h"

namespace hounsfield::kernels {

namespace {

/// Calls step<V>(place) for all places of a row: whole vectors first, then one by one.
template <typename Step> inline __attribute__((always_inline)) void eachPlace(std::int64_t length, const Step& step)
{
    std::int64_t i = 0;
    for (; i + lanes <= length; i += lanes)
        step.template operator()<Lane>(i);
    for (; i < length; ++i)
        step.template operator()<float>(i);
}

/// A sum over a row: `add` takes vectors and single numbers.
class RowSum {
  public:
    inline __attribute__((always_inline)) void add(Lane v) { m_lanes += v; }
    inline __attribute__((always_inline)) void add(float v) { m_rest += v; }
    inline __attribute__((always_inline)) float total() const
    {
        float lane[lanes];
        store<Lane>(lane, m_lanes);
        for (int half = lanes / 2; half > 0; half /= 2)
            for (int i = 0; i < half; ++i)
                lane[i] += lane[i + half];
        return lane[0] + m_rest;
    }

  private:
    Lane m_lanes = {};
    float m_rest = 0;
};

template <typename V> inline __attribute__((always_inline)) V largerOf(V a, V b)
{
    return a > b ? a : b;
}

float largest(std::int64_t length, const float* x)
{
    Lane top = broadcast<Lane>(x[0]);
    float most = x[0];
    eachPlace(length, [&]<typename V>(std::int64_t i) {
        if constexpr (sizeof(V) == sizeof(Lane))
            top = largerOf(load<V>(x + i), top);
        else
            most = largerOf(x[i], most);
    });
    float lane[lanes];
    store<Lane>(lane, top);
    for (int i = 0; i < lanes; ++i)
        most = largerOf(lane[i], most);
    return most;
}

/// eˣ for x ≤ 0, and 0 where it is too small to count: what a mask forbids gets nothing at all.
template <typename V> inline __attribute__((always_inline)) V vanishing(V x)
{
    const V e = exponential<V>(x);
    return x < broadcast<V>(-87.0F) ? V{} : e;
}

void softmaxRow(int length, float scale, const float* add, const float* x, float* y)
{
    eachPlace(length, [&]<typename V>(std::int64_t i) {
        const V scaled = load<V>(x + i) * broadcast<V>(scale);
        store<V>(y + i, add ? scaled + load<V>(add + i) : scaled);
    });
    const float most = largest(length, y);
    RowSum sum;
    eachPlace(length, [&]<typename V>(std::int64_t i) {
        const V e = vanishing<V>(load<V>(y + i) - broadcast<V>(most));
        store<V>(y + i, e);
        sum.add(e);
    });
    const float factor = 1 / sum.total();
    eachPlace(length, [&]<typename V>(std::int64_t i) { store<V>(y + i, load<V>(y + i) * broadcast<V>(factor)); });
}

/// Φ(x), the normal distribution, and φ(x), its density: erf by Abramowitz and Stegun's formula 7.1.26, which is off by
/// less than 1.5e-7.
template <typename V> struct Normal {
    V distribution, density;
};
template <typename V> inline __attribute__((always_inline)) Normal<V> normalOf(V x)
{
    const V one = broadcast<V>(1.0F), half = broadcast<V>(0.5F);
    const V power = exponential<V>(x * x * broadcast<V>(-0.5F));
    const V size = x < V{} ? -x : x;
    const V t = one / multiplyAdd(size, broadcast<V>(0.3275911F * 0.70710678F), one);
    V p = broadcast<V>(1.061405429F);
    for (const float c : {-1.453152027F, 1.421413741F, -0.284496736F, 0.254829592F})
        p = multiplyAdd(p, t, broadcast<V>(c));
    const V beyond = half * p * t * power; // Φ(−|x|)
    return {x < V{} ? beyond : one - beyond, power * broadcast<V>(0.39894228F)};
}

} // namespace

void softmaxRows(const Rows& rows, float scale, const float* add, const float* x, float* y)
{
    for (std::int64_t row = 0; row < rows.count; ++row, x += rows.length, y += rows.length)
        softmaxRow(rows.length, scale, add, x, y);
}

void softmaxRowsGradient(const Rows& rows, float scale, const float* y, const float* d, bool isAccumulated, float* to)
{
    for (std::int64_t row = 0; row < rows.count; ++row, y += rows.length, d += rows.length, to += rows.length) {
        RowSum sum;
        eachPlace(rows.length, [&]<typename V>(std::int64_t i) { sum.add(load<V>(y + i) * load<V>(d + i)); });
        const float mean = sum.total();
        eachPlace(rows.length, [&]<typename V>(std::int64_t i) {
            const V made = load<V>(y + i) * (load<V>(d + i) - broadcast<V>(mean)) * broadcast<V>(scale);
            store<V>(to + i, isAccumulated ? load<V>(to + i) + made : made);
        });
    }
}

void softmaxColumns(const Columns& columns, const float* x, float* y)
{
    const int width = columns.width;
    eachPlace(width, [&]<typename V>(std::int64_t c) {
        V most = load<V>(x + c), sum = {};
        for (int i = 1; i < columns.length; ++i)
            most = largerOf(load<V>(x + std::int64_t{i} * width + c), most);
        for (int i = 0; i < columns.length; ++i) {
            const std::int64_t at = std::int64_t{i} * width + c;
            const V e = vanishing<V>(load<V>(x + at) - most);
            store<V>(y + at, e);
            sum += e;
        }
        const V factor = broadcast<V>(1.0F) / sum;
        for (int i = 0; i < columns.length; ++i) {
            const std::int64_t at = std::int64_t{i} * width + c;
            store<V>(y + at, load<V>(y + at) * factor);
        }
    });
}

void softmaxColumnsGradient(const Columns& columns, const float* y, const float* d, bool isAccumulated, float* to)
{
    const int width = columns.width;
    eachPlace(width, [&]<typename V>(std::int64_t c) {
        V mean = {};
        for (int i = 0; i < columns.length; ++i) {
            const std::int64_t at = std::int64_t{i} * width + c;
            mean = multiplyAdd(load<V>(y + at), load<V>(d + at), mean);
        }
        for (int i = 0; i < columns.length; ++i) {
            const std::int64_t at = std::int64_t{i} * width + c;
            const V made = load<V>(y + at) * (load<V>(d + at) - mean);
            store<V>(to + at, isAccumulated ? load<V>(to + at) + made : made);
        }
    });
}

void normalizeRows(const Rows& rows, const RowNormalization& by, const float* x, float* y, float* statistics)
{
    const float share = 1 / static_cast<float>(rows.length);
    for (std::int64_t row = 0; row < rows.count; ++row, x += rows.length, y += rows.length, statistics += 2) {
        RowSum sum, squares;
        eachPlace(rows.length, [&]<typename V>(std::int64_t i) { sum.add(load<V>(x + i)); });
        const float mean = sum.total() * share;
        eachPlace(rows.length, [&]<typename V>(std::int64_t i) {
            const V distance = load<V>(x + i) - broadcast<V>(mean);
            squares.add(distance * distance);
        });
        const float inverse = 1 / __builtin_sqrtf(multiplyAdd(squares.total(), share, by.epsilon));
        eachPlace(rows.length, [&]<typename V>(std::int64_t i) {
            const V normal = (load<V>(x + i) - broadcast<V>(mean)) * broadcast<V>(inverse);
            store<V>(y + i, by.shift ? multiplyAdd(normal, load<V>(by.scale + i), load<V>(by.shift + i))
                                     : normal * load<V>(by.scale + i));
        });
        statistics[0] = mean;
        statistics[1] = inverse;
    }
}

void normalizeRowsGradient(const Rows& rows, const float* scale, const float* x, const float* statistics,
    const float* d, bool isAccumulated, float* to, float* toScale, float* toShift)
{
    const float share = 1 / static_cast<float>(rows.length);
    for (std::int64_t row = 0; row < rows.count; ++row, x += rows.length, d += rows.length, statistics += 2) {
        const float mean = statistics[0], inverse = statistics[1];
        RowSum sum, product;
        eachPlace(rows.length, [&]<typename V>(std::int64_t i) {
            const V normal = (load<V>(x + i) - broadcast<V>(mean)) * broadcast<V>(inverse);
            const V given = load<V>(d + i), scaled = given * load<V>(scale + i);
            sum.add(scaled);
            product.add(scaled * normal);
            store<V>(toScale + i, multiplyAdd(given, normal, load<V>(toScale + i)));
            store<V>(toShift + i, load<V>(toShift + i) + given);
        });
        if (!to)
            continue;
        const float shifted = sum.total() * share, turned = product.total() * share;
        eachPlace(rows.length, [&]<typename V>(std::int64_t i) {
            const V normal = (load<V>(x + i) - broadcast<V>(mean)) * broadcast<V>(inverse);
            const V scaled = load<V>(d + i) * load<V>(scale + i);
            const V made = (scaled - broadcast<V>(shifted) - normal * broadcast<V>(turned)) * broadcast<V>(inverse);
            store<V>(to + i, isAccumulated ? load<V>(to + i) + made : made);
        });
        to += rows.length;
    }
}

void gelu(std::int64_t count, const float* x, float* y)
{
    eachPlace(count, [&]<typename V>(std::int64_t i) {
        const V v = load<V>(x + i);
        store<V>(y + i, v * normalOf<V>(v).distribution);
    });
}

void geluGradient(std::int64_t count, const float* x, const float* d, bool isAccumulated, float* to)
{
    eachPlace(count, [&]<typename V>(std::int64_t i) {
        const V v = load<V>(x + i);
        const Normal<V> normal = normalOf<V>(v);
        const V made = load<V>(d + i) * multiplyAdd(v, normal.density, normal.distribution);
        store<V>(to + i, isAccumulated ? load<V>(to + i) + made : made);
    });
}

} // namespace hounsfield::kernels
