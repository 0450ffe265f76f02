#include "core/synthesis/diff_augment.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::synthesis {

namespace {

std::int64_t whole(double value)
{
    return static_cast<std::int64_t>(std::floor(value + 0.5));
}

/// Calls visit(element of the changed image, element of the image) for every pixel that is not blank.
template <typename Visit> void visitPixels(const AugmentDraw& draw, const ImageForm& form, const Visit& visit)
{
    for (std::int64_t y = 0; y < form.height; ++y) {
        const std::int64_t fromY = y - draw.down;
        if (fromY < 0 || fromY >= form.height)
            continue;
        const bool isCutRow = y >= draw.top && y < draw.top + draw.cut;
        for (std::int64_t x = 0; x < form.width; ++x) {
            std::int64_t fromX = x - draw.right;
            if (fromX < 0 || fromX >= form.width || (isCutRow && x >= draw.left && x < draw.left + draw.cut))
                continue;
            fromX = draw.isMirrored ? form.width - 1 - fromX : fromX;
            const std::int64_t to = (y * form.width + x) * form.channels;
            const std::int64_t from = (fromY * form.width + fromX) * form.channels;
            for (std::int64_t c = 0; c < form.channels; ++c)
                visit(static_cast<std::size_t>(to + c), static_cast<std::size_t>(from + c));
        }
    }
}

float meanOf(std::span<const float> values)
{
    double sum = 0;
    for (const float value : values)
        sum += value;
    return static_cast<float>(sum / static_cast<double>(values.size()));
}

} // namespace

AugmentDraw drawAugment(const AugmentOptions& options, const ImageForm& form, Random random)
{
    AugmentDraw draw;
    if (!options.isOn)
        return draw;
    const auto most = [&](std::int64_t side) { return whole(options.shift * static_cast<double>(side)); };
    const auto between = [&](std::int64_t most) { return random.below(2 * most + 1) - most; };
    draw.right = between(most(form.width));
    draw.down = between(most(form.height));
    draw.cut = whole(options.cutout * static_cast<double>(std::min(form.width, form.height)));
    // The square's centre lies anywhere in the image.
    draw.left = random.below(form.width + 1) - draw.cut / 2;
    draw.top = random.below(form.height + 1) - draw.cut / 2;
    draw.brightness = static_cast<float>(random.uniform(-options.brightness, options.brightness));
    draw.contrast = static_cast<float>(random.uniform(1 - options.contrast, 1 + options.contrast));
    draw.isMirrored = options.isMirrored && random.uniform() < 0.5;
    return draw;
}

void augment(const AugmentDraw& draw, const ImageForm& form, std::span<const float> from, std::span<float> to)
{
    const float shift = draw.brightness + (1 - draw.contrast) * meanOf(from);
    std::ranges::fill(to, 0.0F);
    visitPixels(
        draw, form, [&](std::size_t target, std::size_t source) { to[target] = draw.contrast * from[source] + shift; });
}

void augmentBackward(
    const AugmentDraw& draw, const ImageForm& form, std::span<const float> gradient, std::span<float> to)
{
    double sum = 0;
    std::ranges::fill(to, 0.0F);
    visitPixels(draw, form, [&](std::size_t target, std::size_t source) {
        to[source] += draw.contrast * gradient[target];
        sum += gradient[target];
    });
    const float share = (1 - draw.contrast) * static_cast<float>(sum / static_cast<double>(to.size()));
    for (float& value : to)
        value += share;
}

} // namespace hounsfield::synthesis
