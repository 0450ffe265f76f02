#include "core/image/window.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::image {

double Window::grey(double value) const
{
    if (std::isnan(value))
        return 0;
    switch (function) {
    case Function::Sigmoid:
        return 1 / (1 + std::exp(-4 * (value - center) / width));
    case Function::LinearExact:
        return std::clamp((value - center) / width + 0.5, 0.0, 1.0);
    case Function::Linear:
        break;
    }
    if (width <= 1) // a step: the formula would divide by width − 1
        return value <= center - 0.5 ? 0 : 1;
    return std::clamp((value - (center - 0.5)) / (width - 1) + 0.5, 0.0, 1.0);
}

double LookupTable::at(double value) const
{
    if (data.empty())
        return value;
    const double last = static_cast<double>(data.size()) - 1;
    const double index = std::isnan(value) ? 0 : std::clamp(std::floor(value) - firstMapped, 0.0, last);
    return data[static_cast<std::size_t>(index)];
}

} // namespace hounsfield::image
