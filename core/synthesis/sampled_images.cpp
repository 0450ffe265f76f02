#include "core/synthesis/sampled_images.h"

#include "core/base/atomic_file.h"

#include <algorithm>

namespace hounsfield::synthesis {

namespace {

template <typename Scalar>
image::Raster<Scalar> rasterOf(const learning::Preprocessing& form, std::span<const float> values)
{
    image::Raster<Scalar> raster(form.width, form.height, form.channels);
    std::ranges::transform(values, raster.pixels.begin(), [](float value) { return static_cast<Scalar>(value); });
    return raster;
}

} // namespace

Result<MakeImages> imagesOf(const GeneratorModel& generator, const SampledImages& wanted)
{
    const auto sampler =
        std::make_shared<Sampler>(TRY(Sampler::make(generator.graph, nullptr, generator.frame, wanted.threads)));
    const auto& form = generator.frame.preprocessing;
    return MakeImages([=, classes = generator.classes](std::int64_t first, std::int64_t count,
                          const Monitor& monitor) -> Result<std::vector<SyntheticImage>> {
        const auto turns = static_cast<std::int64_t>(wanted.labels.size());
        std::vector<Sampler::Wish> wishes;
        for (std::int64_t i = first; i < first + count; ++i)
            wishes.push_back({wanted.seed, wanted.labels[static_cast<std::size_t>(i % turns)], i / turns});
        const MadeImages made = TRY(sampler->make(wishes, monitor));
        std::vector<SyntheticImage> images;
        for (std::int64_t i = 0; i < made.count; ++i) {
            SyntheticImage one;
            if (form.white > 255)
                one.pixels = rasterOf<std::uint16_t>(form, made.image(i));
            else
                one.pixels = rasterOf<std::uint8_t>(form, made.image(i));
            one.className = classes[static_cast<std::size_t>(made.labels[static_cast<std::size_t>(i)])];
            images.push_back(std::move(one));
        }
        return images;
    });
}

learning::Provenance provenanceOf(const GeneratorModel& generator, const SampledImages& wanted)
{
    learning::Provenance provenance;
    const auto file = std::filesystem::path(generator.file).parent_path() / seenFile;
    if (const auto words = readFile(file))
        if (auto seen = learning::provenanceFrom(*words, file.string()); seen && seen->generator == generator.hash)
            provenance = std::move(*seen);
    provenance.generator = generator.hash;
    provenance.split = generator.splitHash;
    provenance.seed = wanted.seed;
    provenance.images = wanted.count;
    return provenance;
}

} // namespace hounsfield::synthesis
