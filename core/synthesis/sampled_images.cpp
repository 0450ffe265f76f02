#include "core/synthesis/sampled_images.h"

#include "core/base/atomic_file.h"

#include <algorithm>

namespace hounsfield::synthesis {

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
            images.push_back(
                syntheticImage(made.image(i), {form.width, form.height, form.channels}, form.white > 255 ? 16 : 8,
                    classes[static_cast<std::size_t>(made.labels[static_cast<std::size_t>(i)])]));
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
