#include "core/learning/sample_set.h"

#include "core/base/atomic_file.h"
#include "core/base/csv.h"
#include "core/base/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

namespace hounsfield::learning {

namespace {

using Plane = std::vector<double>;
constexpr std::int64_t n = phantomSize;

struct Lung {
    double u = 0, v = 0, halfWidth = 0, halfHeight = 0; ///< of the picture's size

    /// 0 at the centre, 1 on the edge.
    double radius(double atU, double atV) const { return std::hypot((atU - u) / halfWidth, (atV - v) / halfHeight); }
};

std::array<Lung, 2> drawLungs(Random& random)
{
    std::array<Lung, 2> lungs;
    const double apart = 0.22 + random.uniform(-0.02, 0.02);
    for (int side = 0; side < 2; ++side)
        lungs[static_cast<std::size_t>(side)] = {0.5 + (side == 0 ? -apart : apart), 0.5 + random.uniform(-0.03, 0.03),
            0.15 * random.uniform(0.9, 1.1), 0.34 * random.uniform(0.9, 1.1)};
    return lungs;
}

double inside(const Lung& lung, double u, double v)
{
    return 1 / (1 + std::exp((lung.radius(u, v) - 1) / 0.06));
}

/// Gaussian blur along one axis; the picture goes on with its border value.
Plane blurred(const Plane& plane, const std::vector<double>& kernel, bool isAlongRows)
{
    const auto reach = static_cast<std::int64_t>(kernel.size() / 2);
    Plane result(plane.size());
    for (std::int64_t y = 0; y < n; ++y)
        for (std::int64_t x = 0; x < n; ++x) {
            double sum = 0;
            for (std::int64_t d = -reach; d <= reach; ++d) {
                const std::int64_t px = std::clamp<std::int64_t>(x + (isAlongRows ? d : 0), 0, n - 1);
                const std::int64_t py = std::clamp<std::int64_t>(y + (isAlongRows ? 0 : d), 0, n - 1);
                sum += kernel[static_cast<std::size_t>(d + reach)] * plane[static_cast<std::size_t>(py * n + px)];
            }
            result[static_cast<std::size_t>(y * n + x)] = sum;
        }
    return result;
}

/// White noise blurred with σ 2.5 pixels, scaled to the deviation 0.025.
Plane tissue(Random& random)
{
    constexpr double sigma = 2.5;
    std::vector<double> kernel;
    for (int d = -8; d <= 8; ++d)
        kernel.push_back(std::exp(-d * d / (2 * sigma * sigma)));
    Plane plane(n * n);
    for (double& value : plane)
        value = random.normal();
    plane = blurred(blurred(plane, kernel, true), kernel, false);
    double sum = 0;
    double squares = 0;
    for (const double value : plane) {
        sum += value;
        squares += value * value;
    }
    const double mean = sum / static_cast<double>(plane.size());
    const double deviation = std::sqrt(squares / static_cast<double>(plane.size()) - mean * mean);
    for (double& value : plane)
        value = (value - mean) * 0.025 / deviation;
    return plane;
}

void addAnatomy(Plane& plane, const std::array<Lung, 2>& lungs, Random& random)
{
    const double period = random.uniform(0.10, 0.13);
    const double phase = random.uniform();
    for (std::int64_t y = 0; y < n; ++y)
        for (std::int64_t x = 0; x < n; ++x) {
            const double u = static_cast<double>(x) / n;
            const double v = static_cast<double>(y) / n;
            const double lung = std::max(inside(lungs[0], u, v), inside(lungs[1], u, v));
            const double wave = std::cos(2 * std::numbers::pi * ((v + 0.3 * (u - 0.5) * (u - 0.5)) / period + phase));
            const double heart = std::pow((u - 0.55) / 0.13, 2) + std::pow((v - 0.62) / 0.15, 2);
            plane[static_cast<std::size_t>(y * n + x)] +=
                0.72 - 0.42 * lung + 0.07 * lung * std::pow(std::max(0.0, wave), 4) + 0.12 * std::exp(-heart);
        }
}

void addLesion(
    Plane& plane, const std::array<Lung, 2>& lungs, LesionHeight height, Random& random, PhantomRadiograph& made)
{
    const Lung& lung = lungs[static_cast<std::size_t>(random.below(2))];
    const double radius = 0.77 * std::sqrt(random.uniform());
    const double angle = random.uniform(0, 2 * std::numbers::pi);
    made.hasLesion = true;
    made.lesionX = (lung.u + lung.halfWidth * radius * std::cos(angle)) * n;
    made.lesionY = (lung.v + lung.halfHeight * radius * std::sin(angle)) * n;
    made.lesionRadius = random.uniform(4, 7);
    const double sigma = made.lesionRadius / 1.5;
    const double brightness = random.uniform(height.least, height.most);
    for (std::int64_t y = 0; y < n; ++y)
        for (std::int64_t x = 0; x < n; ++x) {
            const double squared =
                std::pow(static_cast<double>(x) - made.lesionX, 2) + std::pow(static_cast<double>(y) - made.lesionY, 2);
            plane[static_cast<std::size_t>(y * n + x)] += brightness * std::exp(-squared / (2 * sigma * sigma));
        }
}

Result<std::string> writePart(const std::filesystem::path& folder, const std::string& part, std::uint64_t seed,
    std::int64_t count, LesionHeight height, const Monitor& monitor)
{
    for (const char* className : {"normal", "lesion"})
        TRY(makeFolder(folder / part / className));
    std::string lesions;
    for (std::int64_t i = 0; i < count; ++i) {
        TRY(monitor.at(
            text("learning", "Making the sample radiographs"), static_cast<double>(i) / static_cast<double>(count)));
        const PhantomRadiograph made = phantomRadiograph(seed, i, height);
        std::array<char, 32> name{};
        std::snprintf(name.data(), name.size(), "%04lld.png", static_cast<long long>(i));
        const auto file = std::filesystem::path(part) / (made.hasLesion ? "lesion" : "normal") / name.data();
        TRY(writeAtomically(folder / file, TRY(image::encodePng(made.picture))));
        if (made.hasLesion)
            lesions += csvCell(file.generic_string()) + "," + Text::written(made.lesionX) + ","
                       + Text::written(made.lesionY) + "," + Text::written(made.lesionRadius) + "\n";
    }
    return lesions;
}

} // namespace

PhantomRadiograph phantomRadiograph(std::uint64_t seed, std::int64_t index, LesionHeight height)
{
    Random random(seed, "phantom radiograph", 0, static_cast<std::uint64_t>(index));
    PhantomRadiograph made;
    const auto lungs = drawLungs(random);
    Plane plane = tissue(random);
    addAnatomy(plane, lungs, random);
    if (random.uniform() < 0.5)
        addLesion(plane, lungs, height, random, made);
    const double gain = random.uniform(0.92, 1.08);
    const double offset = random.uniform(-0.04, 0.04);
    made.picture = image::Raster<std::uint8_t>(n, n);
    for (std::size_t i = 0; i < plane.size(); ++i) {
        const double value = plane[i] * gain + offset + 0.04 * random.normal();
        made.picture.pixels[i] = static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 1.0) * 255));
    }
    return made;
}

Result<void> writeSampleSet(
    const std::filesystem::path& folder, const SampleSetOptions& options, const Monitor& monitor)
{
    const double share = static_cast<double>(options.training) / static_cast<double>(options.training + options.test);
    std::string table = "file,x,y,radius\n";
    table += TRY(writePart(folder, "train", 1, options.training, options.height, monitor.part(0, share)));
    table += TRY(writePart(folder, "test", 2, options.test, options.height, monitor.part(share, 1)));
    return writeAtomically(folder / "lesions.csv", table);
}

} // namespace hounsfield::learning
