#include "core/image/orientation.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::image {

namespace {

constexpr double leastPart = 0.1;
constexpr const char* pairs[3] = {"RL", "AP", "FH"}; // towards −x, +x of LPS, and so on

} // namespace

std::string orientationLetters(const std::array<double, 3>& direction)
{
    const double length = std::hypot(direction[0], direction[1], direction[2]);
    if (!(length > 0))
        return {};
    std::array<std::size_t, 3> order{0, 1, 2};
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return std::abs(direction[a]) > std::abs(direction[b]) + 1e-9; });
    std::string letters;
    for (const std::size_t axis : order)
        if (std::abs(direction[axis]) >= leastPart * length)
            letters += pairs[axis][direction[axis] > 0 ? 1 : 0];
    return letters;
}

std::string oppositeLetters(const std::string& letters)
{
    std::string opposite = letters;
    for (char& letter : opposite)
        for (const char* pair : pairs)
            if (letter == pair[0] || letter == pair[1]) {
                letter = letter == pair[0] ? pair[1] : pair[0];
                break;
            }
    return opposite;
}

const char* planeName(const std::array<double, 3>& normal)
{
    constexpr const char* names[3] = {"sagittal", "coronal", "axial"};
    std::size_t strongest = 0;
    for (std::size_t axis = 1; axis < 3; ++axis)
        if (std::abs(normal[axis]) >= std::abs(normal[strongest]))
            strongest = axis;
    return names[strongest];
}

} // namespace hounsfield::image
