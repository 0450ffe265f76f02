#pragma once

#include "core/base/result.h"
#include "core/nn/weights.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hounsfield::nn {

/// Divides every weight of a convolution or dense layer by its largest singular value σ, as outputs × everything else
/// (Miyato et al. 2018). The network runs on Ŵ = W / σ; the optimizer works on W. One power iteration a step follows σ;
/// its vectors are part of a training's state. Biases and normalisations pass through unchanged.
class SpectralNormalization {
  public:
    /// Entries of a block laid out like `form` that are decayed weights with two dimensions or more.
    SpectralNormalization(const Weights& form, std::uint64_t seed);

    /// One power iteration on `weights` (W), then `normalised` = Ŵ. Both are laid out like Weights::values().
    void iterate(std::span<const float> weights, std::span<float> normalised);

    /// Ŵ by the σ that is known.
    void divide(std::span<const float> weights, std::span<float> normalised) const;

    /// Turns a gradient by Ŵ into one by W, in place: dW = (dŴ − ⟨dŴ, Ŵ⟩ u vᵀ) / σ, where u and v are constants.
    /// @param normalised  the Ŵ of the last `iterate`
    void pullBack(std::span<const float> normalised, std::span<float> gradient) const;

    /// u, v and σ of all entries, to go on bit for bit.
    std::vector<float> state() const;
    /// Errors: BadInput when they are of another form.
    Result<void> restore(std::span<const float> state);

  private:
    struct Matrix {
        std::int64_t offset = 0, rows = 0, columns = 0; ///< row-major in the block
        std::vector<float> left, right;                 ///< of length rows and columns
        float norm = 1;
    };
    std::vector<Matrix> m_matrices;
};

} // namespace hounsfield::nn
