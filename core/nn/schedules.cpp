#include "core/nn/schedules.h"

#include <cmath>
#include <numbers>

namespace hounsfield::nn {

namespace {

double cosineBetween(double from, double to, double q)
{
    return to + (from - to) * (1 + std::cos(std::numbers::pi * q)) / 2;
}

} // namespace

double Schedule::rate(std::int64_t step) const
{
    const double t = static_cast<double>(step), all = static_cast<double>(steps);
    if (kind == Kind::Constant)
        return peak;
    if (kind == Kind::Cosine)
        return cosineBetween(peak, 0, t / all);
    const double rise = warmUp * all, first = peak / divisor;
    return t < rise ? cosineBetween(first, peak, t / rise)
                    : cosineBetween(peak, first / lastDivisor, (t - rise) / (all - rise));
}

} // namespace hounsfield::nn
