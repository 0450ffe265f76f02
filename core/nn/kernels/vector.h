#pragma once

// Vectors of the instruction set a kernel file is compiled for. GCC's vector types; multiply-add written out, so that
// levels with FMA give the same bits.

#include <cstdint>
#include <cstring>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace hounsfield::kernels {

#if defined(__AVX512F__)
constexpr int lanes = 16;
#elif defined(__AVX2__)
constexpr int lanes = 8;
#else
constexpr int lanes = 4;
#endif

/// Outputs in a full block of packed weights.
constexpr int blockLanes = 2 * lanes;

typedef float Float4 __attribute__((vector_size(16), aligned(4), may_alias));
typedef float Float8 __attribute__((vector_size(32), aligned(4), may_alias));
typedef float Float16 __attribute__((vector_size(64), aligned(4), may_alias));

template <int L> struct VectorOf;
template <> struct VectorOf<4> {
    using Type = Float4;
};
#if defined(__AVX2__)
template <> struct VectorOf<8> {
    using Type = Float8;
};
#endif
#if defined(__AVX512F__)
template <> struct VectorOf<16> {
    using Type = Float16;
};
#endif
/// L floats.
template <int L> using Vector = typename VectorOf<L>::Type;
using Lane = Vector<lanes>;

template <typename V> inline __attribute__((always_inline)) V load(const float* p)
{
    V v; // a template argument loses the alignment of its type, so no cast
    std::memcpy(&v, p, sizeof(V));
    return v;
}
template <typename V> inline __attribute__((always_inline)) void store(float* p, V v)
{
    std::memcpy(p, &v, sizeof(V));
}
template <typename V> inline __attribute__((always_inline)) V broadcast(float x)
{
    return x - V{};
}

// a · b + c, rounded once where the level can
inline __attribute__((always_inline)) Float4 multiplyAdd(Float4 a, Float4 b, Float4 c)
{
#if defined(__FMA__)
    return _mm_fmadd_ps(a, b, c);
#else
    return a * b + c;
#endif
}
#if defined(__AVX2__)
inline __attribute__((always_inline)) Float8 multiplyAdd(Float8 a, Float8 b, Float8 c)
{
    return _mm256_fmadd_ps(a, b, c);
}
#endif
#if defined(__AVX512F__)
inline __attribute__((always_inline)) Float16 multiplyAdd(Float16 a, Float16 b, Float16 c)
{
    return _mm512_fmadd_ps(a, b, c);
}
#endif
inline __attribute__((always_inline)) float multiplyAdd(float a, float b, float c)
{
#if defined(__FMA__)
    return __builtin_fmaf(a, b, c);
#else
    return a * b + c;
#endif
}

/// The widest vector of which `channels` is a multiple gets the call; one by one where none fits.
template <typename Call> inline void withWidth(int channels, const Call& call)
{
#if defined(__AVX512F__)
    if (channels % 16 == 0)
        return call.template operator()<Float16, 16>();
#endif
#if defined(__AVX2__)
    if (channels % 8 == 0)
        return call.template operator()<Float8, 8>();
#endif
    if (channels % 4 == 0)
        return call.template operator()<Float4, 4>();
    call.template operator()<float, 1>();
}

template <> inline __attribute__((always_inline)) float broadcast<float>(float x)
{
    return x;
}

/// x · slope below 0 in every lane; 0 there, not −0, where slope is 0. NaN stays NaN, so that it is noticed.
template <typename V> inline __attribute__((always_inline)) V bent(V x, float slope)
{
    if (slope == 1.0F)
        return x;
    return x < V{} ? (slope == 0.0F ? V{} : x * broadcast<V>(slope)) : x;
}

/// Its gradient: d where y is above 0, else d · slope.
template <typename V> inline __attribute__((always_inline)) V bentBack(V d, V y, float slope)
{
    return y > V{} ? d : (slope == 0.0F ? V{} : d * broadcast<V>(slope));
}

} // namespace hounsfield::kernels
