// Mean pooling without overlap, and its reverse: each pixel repeated in rows and columns.

#include "core/nn/steps/weight_part.h"

namespace hounsfield::nn {

namespace {

class PixelBlocks : public Step {
  public:
    PixelBlocks(const PlannedStep& planned, Program& owner, int fine, int coarse)
        : Step(planned, owner)
    {
        const auto large = owner.extent(fine, owner.everything()), small = owner.extent(coarse, owner.everything());
        m_blocks = {small, large.rows / small.rows, large.columns / small.columns};
        m_isWhole = m_blocks.rows * small.rows == large.rows && m_blocks.columns * small.columns == large.columns;
    }

  protected:
    kernels::PixelBlocks blocksOf(const Group& group) const
    {
        kernels::PixelBlocks blocks = m_blocks;
        blocks.coarse.images = group.count;
        return blocks;
    }
    void sum(const Group& group, const Images& fine, float factor, bool isAdded, const Images& coarse) const
    {
        kernels::sumBlocks(blocksOf(group), fine.data, fine.at, factor, isAdded, coarse.data, coarse.at);
    }
    void spread(const Group& group, const Images& coarse, float factor, bool isAdded, const Images& fine) const
    {
        kernels::spreadBlocks(blocksOf(group), coarse.data, coarse.at, factor, isAdded, fine.data, fine.at);
    }

    kernels::PixelBlocks m_blocks;
    bool m_isWhole = false; ///< no fine pixel lies beside the blocks
};

class AveragePool final : public PixelBlocks {
  public:
    AveragePool(const PlannedStep& planned, Program& owner)
        : PixelBlocks(planned, owner, planned.inputs[0], planned.outputs[0])
        , m_share(1.0F / static_cast<float>(m_blocks.rows * m_blocks.columns))
    {
    }

    void forward(const Group& group) override
    {
        sum(group, valueOf(planned.inputs[0], group), m_share, false, valueOf(planned.outputs[0], group));
    }

    void backward(const Group& group) override
    {
        const Images to = gradientOf(planned.inputs[0], group);
        const bool isAdded = isAccumulated(planned.inputs[0]);
        if (!isAdded && !m_isWhole)
            clear(to.extent, to.data, to.at);
        spread(group, gradientOf(planned.outputs[0], group), m_share, isAdded, to);
    }

  private:
    float m_share;
};

class Repeat final : public PixelBlocks {
  public:
    Repeat(const PlannedStep& planned, Program& owner)
        : PixelBlocks(planned, owner, planned.outputs[0], planned.inputs[0])
    {
    }

    void forward(const Group& group) override
    {
        spread(group, valueOf(planned.inputs[0], group), 1, false, valueOf(planned.outputs[0], group));
    }

    void backward(const Group& group) override
    {
        sum(group, gradientOf(planned.outputs[0], group), 1, isAccumulated(planned.inputs[0]),
            gradientOf(planned.inputs[0], group));
    }
};

} // namespace

std::unique_ptr<Step> makeAveragePool(const PlannedStep& planned, Program& program)
{
    return std::make_unique<AveragePool>(planned, program);
}
std::unique_ptr<Step> makeRepeat(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Repeat>(planned, program);
}

} // namespace hounsfield::nn
