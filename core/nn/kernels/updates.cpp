// Sums of gradient copies and the optimizers' rules: simple loops over restricted pointers, of which the compiler makes
// vectors. Settings are taken by value: behind a reference they might be what a loop writes, and no vectors are made.

#include "core/nn/kernels/kernels.h"
#include "core/nn/kernels/vector.h"

#include <algorithm>

namespace hounsfield::kernels {

double sumCopies(
    const float* parts, int copies, std::int64_t distance, std::int64_t count, bool isAccumulated, float* sum)
{
    constexpr std::int64_t piece = 512;
    double squares = 0;
    for (std::int64_t begin = 0; begin < count; begin += piece) {
        const std::int64_t n = std::min(piece, count - begin);
        float* __restrict to = sum + begin;
        for (int copy = 0; copy < copies; ++copy) {
            const float* __restrict from = parts + copy * distance + begin;
            if (copy == 0 && !isAccumulated)
                for (std::int64_t i = 0; i < n; ++i)
                    to[i] = from[i];
            else
                for (std::int64_t i = 0; i < n; ++i)
                    to[i] += from[i];
        }
        double lane[16] = {}; // the same order of sums for every width of vectors
        std::int64_t i = 0;
        for (; i + 16 <= n; i += 16)
            for (int l = 0; l < 16; ++l)
                lane[l] += static_cast<double>(to[i + l]) * static_cast<double>(to[i + l]);
        for (; i < n; ++i)
            lane[0] += static_cast<double>(to[i]) * static_cast<double>(to[i]);
        for (const double part : lane)
            squares += part;
    }
    return squares;
}

void sgd(SgdStep step, std::int64_t count, const float* gradient, float* velocity, float* weight)
{
    const float* __restrict g = gradient;
    float* __restrict v = velocity;
    float* __restrict w = weight;
    const float fromGradient = step.isNesterov ? step.rate : 0.0F;
    const float fromVelocity = step.isNesterov ? step.rate * step.momentum : step.rate;
    for (std::int64_t i = 0; i < count; ++i) {
        const float decayed = multiplyAdd(step.decay, w[i], g[i]);
        const float moved = multiplyAdd(step.momentum, v[i], decayed);
        v[i] = moved;
        w[i] -= multiplyAdd(fromVelocity, moved, fromGradient * decayed);
    }
}

void adam(AdamStep step, std::int64_t count, const float* gradient, float* first, float* second, float* weight)
{
    const float* __restrict g = gradient;
    float* __restrict m = first;
    float* __restrict v = second;
    float* __restrict w = weight;
    const float rest1 = 1 - step.beta1, rest2 = 1 - step.beta2;
    for (std::int64_t i = 0; i < count; ++i) {
        const float decayed = multiplyAdd(step.gradientDecay, w[i], g[i]);
        m[i] = multiplyAdd(step.beta1, m[i], rest1 * decayed);
        v[i] = multiplyAdd(step.beta2, v[i], rest2 * decayed * decayed);
        const float root = multiplyAdd(__builtin_sqrtf(v[i]), step.rootFactor, step.epsilon);
        w[i] = multiplyAdd(step.weightFactor, w[i], -(step.rate * m[i] / root));
    }
}

} // namespace hounsfield::kernels
