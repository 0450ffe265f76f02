#pragma once

// Exponential, logistic and hyperbolic tangent of whole vectors. The same operations for every width, so that a row
// gives the same numbers wherever it is cut.

#include "core/nn/kernels/vector.h"

#include <bit>
#include <initializer_list>

namespace hounsfield::kernels {

/// Whole numbers as wide as V.
template <typename V> struct WholeOf {
    typedef std::int32_t Type __attribute__((vector_size(sizeof(V))));
};
template <> struct WholeOf<float> {
    using Type = std::int32_t;
};
template <typename V> using Whole = typename WholeOf<V>::Type;

/// eˣ, held inside ±87 where it neither overflows nor vanishes; relative error below 2e-7. Cephes' polynomial
/// (Moshier, expf): x = n · ln 2 + r, the power of two is put into the exponent's bits. NaN stays NaN.
template <typename V> inline __attribute__((always_inline)) V exponential(V x)
{
    const V low = broadcast<V>(-87.0F), high = broadcast<V>(87.0F);
    x = x < low ? low : x;
    x = x > high ? high : x;
    const V shift = broadcast<V>(12582912.0F); // 1.5 · 2²³: what is added to it is rounded to a whole number
    const V shifted = multiplyAdd(x, broadcast<V>(1.44269504F), shift);
    const V n = shifted - shift;
    V r = multiplyAdd(n, broadcast<V>(-0.693359375F), x);
    r = multiplyAdd(n, broadcast<V>(2.12194440e-4F), r);
    V p = broadcast<V>(1.9875691500e-4F);
    for (const float c : {1.3981999507e-3F, 8.3334519073e-3F, 4.1665795894e-2F, 1.6666665459e-1F, 5.0000001201e-1F})
        p = multiplyAdd(p, r, broadcast<V>(c));
    p = multiplyAdd(p, r * r, r + broadcast<V>(1.0F));
    const auto power = (std::bit_cast<Whole<V>>(shifted) - std::int32_t{0x4B400000}) << 23;
    return std::bit_cast<V>(std::bit_cast<Whole<V>>(p) + power);
}

/// 1 / (1 + e⁻ˣ)
template <typename V> inline __attribute__((always_inline)) V logistic(V x)
{
    const V one = broadcast<V>(1.0F);
    return one / (one + exponential<V>(-x));
}

/// tanh x; near 0 by Cephes' odd polynomial (tanhf), which keeps the relative error there.
template <typename V> inline __attribute__((always_inline)) V hyperbolicTangent(V x)
{
    const V one = broadcast<V>(1.0F);
    const V far = one - broadcast<V>(2.0F) / (one + exponential<V>(x + x));
    const V square = x * x;
    V p = broadcast<V>(-5.70498872745e-3F);
    for (const float c : {2.06390887954e-2F, -5.37397155531e-2F, 1.33314422036e-1F, -3.33332819422e-1F})
        p = multiplyAdd(p, square, broadcast<V>(c));
    const V near = multiplyAdd(p * square, x, x);
    return square < broadcast<V>(0.390625F) ? near : far;
}

} // namespace hounsfield::kernels
