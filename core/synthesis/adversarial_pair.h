#pragma once

#include "core/base/monitor.h"
#include "core/nn/optimizers.h"
#include "core/synthesis/adversarial_loss.h"
#include "core/synthesis/diff_augment.h"
#include "core/synthesis/pair_networks.h"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace hounsfield::synthesis {

/// How a pair is trained.
struct PairOptions {
    PairForm form;
    AdversarialLoss loss = AdversarialLoss::Hinge;
    AugmentOptions augment;
    std::int64_t batch = 64; ///< real images a step, and as many made ones
    double generatorRate = 4e-4, discriminatorRate = 4e-4;
    double beta1 = 0.5, beta2 = 0.99; ///< of Adam
    double averaging = 0.995;         ///< decay of the generator's average: min(averaging, (1 + t)/(10 + t))
    std::uint64_t seed = 1;
    int threads = 1;
};

/// What one step came to; means over its batch.
struct PairFigures {
    double discriminatorLoss = 0, generatorLoss = 0;
    double realScore = 0, madeScore = 0; ///< of the discriminator, before it learned from them
    double generatorNorm = 0;            ///< length of the generator's gradient
    bool isFinite() const;
};

/// Everything that a step changes. Blocks lie like nn::Weights::values().
struct PairState {
    std::int64_t step = 0; ///< done
    std::vector<float> generator, average, discriminator;
    std::vector<std::vector<float>> generatorMoments, discriminatorMoments;
    std::vector<float> spectral; ///< of nn::SpectralNormalization
    bool operator==(const PairState&) const = default;
};

/// A generator and a discriminator that learn against each other, one step each in turn on the same made images
/// (Goodfellow et al. 2014), with an average of the generator beside. Bits do not depend on the number of threads.
class AdversarialPair {
  public:
    /// Errors: as nn::Executor::plan.
    static Result<AdversarialPair> make(const PairNetwork& network, const PairOptions& options);
    AdversarialPair(AdversarialPair&&) noexcept;
    AdversarialPair& operator=(AdversarialPair&&) noexcept;
    ~AdversarialPair();

    /// Writes real image `place` of step `step` (from 1) with the class it must have, −1 … 1, channels last. A pure
    /// function; called by several threads.
    using Real = std::function<void(std::int64_t step, std::int64_t place, std::int64_t label, std::span<float>)>;
    /// Whether the generator shall learn from this step's gradient.
    using Allow = std::function<bool(const PairFigures&)>;
    /// One step. Figures that are not finite, and a refusal of `allow`, leave everything as it was but the count of
    /// steps. Errors: Cancelled, after which everything is as before the step.
    Result<PairFigures> step(const Real& real, const Allow& allow, const Monitor& monitor);

    PairState state() const;
    /// Errors: BadInput when the state is of another form.
    Result<void> restore(const PairState& state);

    /// The averaged generator and the discriminator (its weights divided as they are used), to be saved.
    nn::Graph generator() const;
    nn::Graph discriminator() const;

  private:
    struct State;
    explicit AdversarialPair(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Noise of an image, N(0, 1): a pure function.
void drawNoise(Random random, std::span<float> noise);

} // namespace hounsfield::synthesis
