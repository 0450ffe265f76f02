#pragma once

#include <compare>

namespace hounsfield {

/// A number with a unit: different units do not mix. Used at doors (measurements, options, geometry), not inside
/// kernels.
template <typename Tag> struct Quantity {
    double value = 0;

    friend auto operator<=>(const Quantity&, const Quantity&) = default;
    friend Quantity operator+(Quantity a, Quantity b) { return {a.value + b.value}; }
    friend Quantity operator-(Quantity a, Quantity b) { return {a.value - b.value}; }
    friend Quantity operator*(double factor, Quantity a) { return {factor * a.value}; }
    friend double operator/(Quantity a, Quantity b) { return a.value / b.value; }
};
using Millimetres = Quantity<struct MillimetresTag>;
using Hounsfields = Quantity<struct HounsfieldsTag>;

} // namespace hounsfield
