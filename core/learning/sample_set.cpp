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
constexpr std::int64_t n = sampleSize;

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
    Plane& plane, const std::array<Lung, 2>& lungs, const SampleOptions& options, Random& random, SampleImage& made)
{
    const Lung& lung = lungs[static_cast<std::size_t>(random.below(2))];
    const double radius = 0.77 * std::sqrt(random.uniform());
    const double angle = random.uniform(0, 2 * std::numbers::pi);
    made.hasLesion = true;
    made.x = (lung.u + lung.halfWidth * radius * std::cos(angle)) * n;
    made.y = (lung.v + lung.halfHeight * radius * std::sin(angle)) * n;
    made.radius = random.uniform(4, 7);
    const double sigma = made.radius / 1.5;
    const double brightness = random.uniform(options.leastHeight, options.mostHeight);
    for (std::int64_t y = 0; y < n; ++y)
        for (std::int64_t x = 0; x < n; ++x) {
            const double squared =
                std::pow(static_cast<double>(x) - made.x, 2) + std::pow(static_cast<double>(y) - made.y, 2);
            plane[static_cast<std::size_t>(y * n + x)] += brightness * std::exp(-squared / (2 * sigma * sigma));
        }
}

} // namespace

SampleImage makeSample(const SampleOptions& options, std::int64_t number)
{
    Random random(options.seed, "phantom radiograph", 0, static_cast<std::uint64_t>(number));
    SampleImage made;
    const auto lungs = drawLungs(random);
    Plane plane = tissue(random);
    addAnatomy(plane, lungs, random);
    if (random.uniform() < 0.5)
        addLesion(plane, lungs, options, random, made);
    const double gain = random.uniform(0.92, 1.08);
    const double offset = random.uniform(-0.04, 0.04);
    made.picture = image::Raster<std::uint8_t>(n, n);
    for (std::size_t i = 0; i < plane.size(); ++i) {
        const double value = plane[i] * gain + offset + 0.04 * random.normal();
        made.picture.pixels[i] = static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 1.0) * 255));
    }
    return made;
}

Result<std::vector<SampleImage>> writeSampleFolder(const std::filesystem::path& folder, const SampleOptions& options,
    std::int64_t first, std::int64_t count, const Monitor& monitor)
{
    for (const char* className : {"normal", "lesion"})
        TRY(makeFolder(folder / className));
    std::vector<SampleImage> images;
    std::string table = "file,label,patient,x,y,radius\n";
    for (std::int64_t i = 0; i < count; ++i) {
        const double done = static_cast<double>(i) / static_cast<double>(count);
        TRY(monitor.at(text("learning", "Making the sample radiographs"), done));
        images.push_back(makeSample(options, first + i));
        const SampleImage& made = images.back();
        std::array<char, 32> name{};
        std::snprintf(name.data(), name.size(), "%04lld", static_cast<long long>(first + i));
        const std::string label = made.hasLesion ? "lesion" : "normal";
        const std::string file = label + "/" + name.data() + ".png";
        TRY(writeAtomically(folder / file, TRY(image::encodePng(made.picture))));
        table += csvCell(file) + "," + label + ",phantom-" + std::to_string(options.seed) + "-" + name.data();
        for (const double value : {made.x, made.y, made.radius})
            table += "," + (made.hasLesion ? Text::written(value) : std::string());
        table += "\n";
    }
    TRY(writeAtomically(folder / "labels.csv", table));
    return images;
}

} // namespace hounsfield::learning
