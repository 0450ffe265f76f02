// Images scaled and shifted channel by channel, each sample by numbers of its own (conditional batch normalisation, de
// Vries et al. 2017), with the relu behind it.

#include "core/nn/steps/step.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

class Modulation final : public Step {
  public:
    Modulation(const PlannedStep& planned, Program& owner)
        : Step(planned, owner)
        , m_x(planned.inputs[0])
        , m_scale(planned.inputs[1])
        , m_shift(planned.inputs[2])
        , m_y(planned.outputs[0])
        , m_channels(owner.extent(m_x, owner.everything()).channels)
        , m_ones(static_cast<std::size_t>(m_channels), 1.0F)
        , m_zeros(static_cast<std::size_t>(m_channels), 0.0F)
    {
    }

    void prepare() override { m_sums = program.reserve(Buffer::Scope::Thread, std::int64_t{m_channels} * 8); }

    void forward(const Group& group) override
    {
        for (int image = 0; image < group.count; ++image) {
            const Images x = one(valueOf(m_x, group), image), y = one(valueOf(m_y, group), image);
            kernels::affine(x.extent, x.data, x.at, scaleOf(group, image),
                m_shift < 0 ? m_zeros.data() : one(valueOf(m_shift, group), image).data, nullptr, {}, planned.slope,
                y.data, y.at);
        }
    }

    void backward(const Group& group) override
    {
        float* sum = program.at(m_sums, group);
        float* product = sum + m_channels;
        for (int image = 0; image < group.count; ++image) {
            const Images x = one(valueOf(m_x, group), image), y = one(valueOf(m_y, group), image),
                         d = one(gradientOf(m_y, group), image);
            kernels::maskAndSum(d.extent, planned.isBent() ? y.data : nullptr, y.at, planned.slope, x.data, x.at,
                m_zeros.data(), d.data, d.at, sum, product);
            deliver(m_scale, group, image, product, false);
            deliver(m_shift, group, image, sum, m_shift == m_scale);
            if (!needsGradient(m_x))
                continue;
            const Images to = one(gradientOf(m_x, group), image);
            kernels::affine(d.extent, d.data, d.at, scaleOf(group, image), m_zeros.data(),
                isAccumulated(m_x) ? to.data : nullptr, to.at, 1, to.data, to.at);
        }
    }

  private:
    static Images one(Images images, int image)
    {
        images.extent.images = 1;
        images.data += image * images.at.image;
        return images;
    }

    const float* scaleOf(const Group& group, int image) const
    {
        return m_scale < 0 ? m_ones.data() : one(valueOf(m_scale, group), image).data;
    }

    void deliver(int value, const Group& group, int image, const float* sums, bool isAdded) const
    {
        if (!needsGradient(value))
            return;
        float* to = one(gradientOf(value, group), image).data;
        for (int c = 0; c < m_channels; ++c)
            to[c] = isAdded || isAccumulated(value) ? to[c] + sums[c] : sums[c];
    }

    int m_x, m_scale, m_shift, m_y;
    int m_channels;
    std::vector<float> m_ones, m_zeros; ///< in place of a scale, of a shift
    int m_sums = -1;
};

} // namespace

std::unique_ptr<Step> makeModulation(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Modulation>(planned, program);
}

} // namespace hounsfield::nn
