#include "core/learning/sample_set.h"

#include "core/base/atomic_file.h"
#include "core/base/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <numeric>

namespace hounsfield::learning {

namespace {

constexpr int size = static_cast<int>(sampleSize);
using Plane = std::array<double, static_cast<std::size_t>(size) * size>;

std::size_t place(int x, int y)
{
    return static_cast<std::size_t>(y * size + x);
}

/// An ellipse in shares of the picture's width.
struct Lung {
    double u, v, halfU, halfV;

    double radiusAt(double atU, double atV) const { return std::hypot((atU - u) / halfU, (atV - v) / halfV); }
};

struct Ribs {
    double period, phase;

    double at(double u, double v) const
    {
        const double bow = v + 0.3 * (u - 0.5) * (u - 0.5);
        const double wave = std::max(0.0, std::cos(2 * std::numbers::pi * (bow / period + phase)));
        return 0.07 * wave * wave * wave * wave;
    }
};

/// White noise blurred with a Gaussian of 2.5 pixels and brought to a deviation of 0.025.
Plane tissue(Random& random)
{
    constexpr int reach = 8;
    constexpr int wide = size + 2 * reach;
    constexpr double sigma = 2.5;
    std::array<double, 2 * reach + 1> kernel{};
    double energy = 0;
    for (int k = -reach; k <= reach; ++k) {
        kernel[static_cast<std::size_t>(k + reach)] = std::exp(-k * k / (2 * sigma * sigma));
        energy += kernel[static_cast<std::size_t>(k + reach)] * kernel[static_cast<std::size_t>(k + reach)];
    }
    std::vector<double> noise(static_cast<std::size_t>(wide) * wide);
    for (double& value : noise)
        value = random.normal();
    std::vector<double> rows(static_cast<std::size_t>(wide) * size);
    for (int y = 0; y < wide; ++y)
        for (int x = 0; x < size; ++x)
            rows[static_cast<std::size_t>(y * size + x)] =
                std::inner_product(kernel.begin(), kernel.end(), noise.begin() + y * wide + x, 0.0);
    Plane blurred{};
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            double sum = 0;
            for (int k = 0; k <= 2 * reach; ++k)
                sum += kernel[static_cast<std::size_t>(k)] * rows[static_cast<std::size_t>((y + k) * size + x)];
            blurred[place(x, y)] = sum / energy * 0.025;
        }
    return blurred;
}

double gaussian(double du, double dv)
{
    return std::exp(-(du * du) - (dv * dv));
}

/// Background, lungs and ribs.
void addChest(Plane& plane, const std::array<Lung, 2>& lungs, const Ribs& ribs)
{
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
            const double u = double(x) / size;
            const double v = double(y) / size;
            double value = 0.72;
            for (const Lung& lung : lungs) {
                const double inside = 1 / (1 + std::exp((lung.radiusAt(u, v) - 1) / 0.06));
                value += inside * (ribs.at(u, v) - 0.42);
            }
            plane[place(x, y)] += value + 0.12 * gaussian((u - 0.55) / 0.13, (v - 0.62) / 0.15);
        }
}

void addLesion(Plane& plane, SampleImage& sample, const Lung& lung, const SampleOptions& options, Random& random)
{
    const double distance = 0.77 * std::sqrt(random.uniform());
    const double angle = random.uniform(0, 2 * std::numbers::pi);
    sample.hasLesion = true;
    sample.x = size * (lung.u + lung.halfU * distance * std::cos(angle));
    sample.y = size * (lung.v + lung.halfV * distance * std::sin(angle));
    sample.radius = random.uniform(4, 7);
    const double height = random.uniform(options.leastHeight, options.mostHeight);
    const double width = std::numbers::sqrt2 * sample.radius / 1.5;
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x)
            plane[place(x, y)] += height * gaussian((x - sample.x) / width, (y - sample.y) / width);
}

image::Raster<std::uint8_t> exposed(const Plane& plane, Random& random)
{
    const double gain = random.uniform(0.92, 1.08);
    const double offset = random.uniform(-0.04, 0.04);
    image::Raster<std::uint8_t> picture(sampleSize, sampleSize);
    for (std::size_t i = 0; i < plane.size(); ++i) {
        const double value = plane[i] * gain + offset + 0.04 * random.normal();
        picture.pixels[i] = static_cast<std::uint8_t>(std::lround(255 * std::clamp(value, 0.0, 1.0)));
    }
    return picture;
}

std::string fileName(std::int64_t number)
{
    char name[32];
    std::snprintf(name, sizeof name, "%04lld.png", static_cast<long long>(number));
    return name;
}

} // namespace

SampleImage makeSample(const SampleOptions& options, std::int64_t number)
{
    Random random(options.seed, "phantom", 0, static_cast<std::uint64_t>(number));
    std::array<Lung, 2> lungs{};
    for (const int side : {0, 1}) {
        const double away = 0.22 + random.uniform(-0.02, 0.02);
        lungs[static_cast<std::size_t>(side)] = {0.5 + (side == 0 ? -away : away), 0.5 + random.uniform(-0.03, 0.03),
            0.15 * random.uniform(0.9, 1.1), 0.34 * random.uniform(0.9, 1.1)};
    }
    const Ribs ribs{random.uniform(0.10, 0.13), random.uniform()};
    SampleImage sample;
    Plane plane = tissue(random);
    addChest(plane, lungs, ribs);
    if (random.uniform() < 0.5)
        addLesion(plane, sample, lungs[static_cast<std::size_t>(random.below(2))], options, random);
    sample.picture = exposed(plane, random);
    return sample;
}

Result<std::vector<SampleImage>> writeSampleFolder(const std::filesystem::path& folder, const SampleOptions& options,
    std::int64_t first, std::int64_t count, const Monitor& monitor)
{
    TRY(makeFolder(folder / "normal"));
    TRY(makeFolder(folder / "lesion"));
    std::vector<SampleImage> samples;
    std::string table = "file,label,patient,x,y,radius\n";
    for (std::int64_t i = 0; i < count; ++i) {
        TRY(monitor.at(text("learning", "Making sample images"), double(i) / double(count)));
        SampleImage sample = makeSample(options, first + i);
        const std::string kind = sample.hasLesion ? "lesion" : "normal";
        const std::string name = kind + "/" + fileName(first + i);
        const auto png = TRY(image::encodePng(sample.picture));
        TRY(writeAtomically(folder / name, png));
        char where[64] = ",,";
        if (sample.hasLesion)
            std::snprintf(where, sizeof where, "%.2f,%.2f,%.2f", sample.x, sample.y, sample.radius);
        table += name + "," + kind + ",phantom-" + std::to_string(options.seed) + "-" + std::to_string(first + i) + ","
                 + where + "\n";
        samples.push_back(std::move(sample));
    }
    TRY(writeAtomically(folder / "labels.csv", std::string_view(table)));
    return samples;
}

} // namespace hounsfield::learning
