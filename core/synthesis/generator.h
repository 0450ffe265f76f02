#pragma once

#include "core/base/monitor.h"
#include "core/nn/weights.h"
#include "core/synthesis/real_images.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::synthesis {

/// A trained generator: one ONNX file with everything that is needed to use it in its metadata ("hounsfield.…"). No
/// time stands in it: the same data, options and steps give the same bytes.
struct GeneratorModel {
    std::shared_ptr<const nn::Graph> graph; ///< `noise`, `label` → `image`
    std::string network;
    std::vector<std::string> classes;
    ImageFrame frame;
    learning::SourceFacts facts; ///< of the images it learned from
    std::int64_t images = 0;     ///< it learned from
    std::int64_t steps = 0;
    std::string dataFingerprint, splitHash;
    std::string figures; ///< JSON of the evaluation it was kept for
    std::string hash;    ///< of the file's bytes; marks what it makes
    std::string file;    ///< where it was read from
};

/// Beside a generator in its run's folder: what it has seen, as a learning::Provenance.
inline constexpr const char* seenFile = "seen.json";

/// The file's bytes.
std::string exported(const GeneratorModel& model);
/// A discriminator beside it, with the facts it shares with its generator.
std::string exportedDiscriminator(const GeneratorModel& model, nn::Graph discriminator);

/// Errors: as nn::readOnnx; BadInput when it is no generator of Hounsfield or its metadata do not fit its graph.
Result<GeneratorModel> readGenerator(const std::filesystem::path& file);
/// The discriminator of a run. Errors: as nn::readOnnx; BadInput when it is none of this form.
Result<nn::Graph> readDiscriminator(const std::filesystem::path& file, const GeneratorModel& generator);

/// Class number of a name. Errors: BadInput naming the classes there are.
Result<int> classNamed(const GeneratorModel& model, const std::string& name);

/// Made images in stored values of the set's own size, one behind the other, channels last.
struct MadeImages {
    std::int64_t count = 0;
    std::int64_t elements = 0; ///< of one
    std::vector<float> values;
    std::vector<int> labels;

    std::span<const float> image(std::int64_t i) const
    {
        return std::span(values).subspan(static_cast<std::size_t>(i * elements), static_cast<std::size_t>(elements));
    }
};

/// Makes images. Image i of a seed and class is always the same, however many are asked for. Not to be used by two
/// threads at once.
class Sampler {
  public:
    /// @param weights  null: the graph's own
    static Result<Sampler> make(std::shared_ptr<const nn::Graph> graph, std::shared_ptr<nn::Weights> weights,
        const ImageFrame& frame, int threads);
    Sampler(Sampler&&) noexcept;
    Sampler& operator=(Sampler&&) noexcept;
    ~Sampler();

    struct Wish {
        std::uint64_t seed = 1;
        int label = 0;
        std::int64_t number = 0; ///< of the image among those of its seed and class
    };
    /// Errors: Cancelled.
    Result<MadeImages> make(std::span<const Wish> wishes, const Monitor& monitor);
    /// `count` images of a class, numbers `first` on.
    Result<MadeImages> make(
        std::uint64_t seed, int label, std::int64_t first, std::int64_t count, const Monitor& monitor);
    /// Images on the way from one wish to another of the same or another class, ends included; noise on a sphere's arc.
    Result<MadeImages> between(const Wish& from, const Wish& to, std::int64_t count, const Monitor& monitor);

  private:
    struct State;
    explicit Sampler(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace hounsfield::synthesis
