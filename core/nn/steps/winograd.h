#pragma once

#include "core/nn/steps/step.h"

#include <optional>

namespace hounsfield::nn {

/// The products of a 3 × 3 convolution of stride 1 by Winograd's F(4 × 4, 3 × 3), in place of direct ones: 36 products
/// over tiles. Images go through in blocks that stay in the second cache.
class Winograd {
  public:
    /// Whether a convolution can be done so, and with less work. @param images  that go through in one call
    static bool suits(const ImageWindow& window, int groups, int channels, const kernels::Extent& y, int images);
    /// @param y  of one call
    Winograd(Program& program, const ImageWindow& window, int channels, const kernels::Extent& y);

    /// Reserves memory. Backward: for `backward` with an input gradient, a weight gradient.
    void prepare(bool hasInputGradient, bool hasWeightGradient);
    std::int64_t packTasks() const;
    /// @param master  the convolution's weights, in `order`
    void pack(std::int64_t task, const float* master, Weights::Order order);
    void forward(const Group& group, const Images& x, const Images& y, const kernels::Finish& finish) const;
    /// @param dx  its gradient is added to; without data: not wanted
    /// @param gradient  of the weights, [3][3][channels][outputs]; null: not wanted
    void backward(const Group& group, const Images& x, const Images& d, const Images& dx, float* gradient) const;

  private:
    kernels::WinogradTiles tilesOf(const Images& images, bool isInput) const;
    /// Calls run(first tile, tiles) for the blocks of some images.
    template <typename Run> void inBlocks(int images, const Run& run) const;
    void multiply(int count, int depth, const float* from, const float* packed, int outputs, float* to) const;

    Program& m_program;
    ImageWindow m_window;
    int m_channels, m_outputs;
    int m_tileRows, m_tileColumns;
    int m_block; ///< most tiles at a time
    int m_packed = -1, m_packedBack = -1, m_inputs = -1, m_products = -1, m_weights = -1;
};

} // namespace hounsfield::nn
