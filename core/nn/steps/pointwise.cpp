// Steps that change each element by itself: tanh, sigmoid, and dropout while training.

#include "core/base/random.h"
#include "core/nn/steps/step.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

/// A function whose gradient its own result tells.
class Curve final : public Step {
  public:
    Curve(const PlannedStep& planned, Program& owner)
        : Step(planned, owner)
        , m_isTanh(planned.node->op == "Tanh")
    {
    }

    void forward(const Group& group) override
    {
        const auto function = m_isTanh ? kernels::hyperbolicTangents : kernels::logistics;
        const Images x = valueOf(planned.inputs[0], group), y = valueOf(planned.outputs[0], group);
        const std::int64_t count = std::int64_t{x.extent.columns} * x.extent.channels;
        for (int image = 0; image < group.count; ++image)
            for (int row = 0; row < x.extent.rows; ++row)
                function(
                    count, x.data + image * x.at.image + row * x.at.row, y.data + image * y.at.image + row * y.at.row);
    }

    void backward(const Group& group) override
    {
        const Images y = valueOf(planned.outputs[0], group), d = gradientOf(planned.outputs[0], group),
                     to = gradientOf(planned.inputs[0], group);
        for (int image = 0; image < group.count; ++image)
            for (int row = 0; row < y.extent.rows; ++row)
                backwardRow(y.data + image * y.at.image + row * y.at.row, d.data + image * d.at.image + row * d.at.row,
                    to.data + image * to.at.image + row * to.at.row);
    }

  private:
    void backwardRow(const float* value, const float* d, float* to) const
    {
        const int x = planned.inputs[0];
        const auto extent = program.extent(x, program.everything());
        const bool isAdded = isAccumulated(x);
        const std::int64_t count = std::int64_t{extent.columns} * extent.channels;
        for (std::int64_t i = 0; i < count; ++i) {
            const float slope = m_isTanh ? 1 - value[i] * value[i] : value[i] * (1 - value[i]);
            to[i] = (isAdded ? to[i] : 0) + d[i] * slope;
        }
    }

    bool m_isTanh;
};

/// The factors are those of the operator table: a pure function of (seed, node, step, sample).
class Dropout final : public Step {
  public:
    Dropout(const PlannedStep& planned, Program& owner)
        : Step(planned, owner)
        , m_purpose("dropout " + planned.node->outputs[0])
    {
        const Tensor* ratio = planned.inputs.size() > 1 && planned.inputs[1] >= 0
                                  ? &*owner.plan().value(planned.inputs[1]).constant
                                  : nullptr;
        m_ratio = ratio ? static_cast<double>(ratio->as<float>()[0]) : planned.node->number("ratio", 0.5);
    }

    void prepare() override
    {
        m_factors =
            program.reserve(Buffer::Scope::Samples, program.place(planned.inputs[0]).image * program.groupSize() * 4);
    }

    void forward(const Group& group) override
    {
        const int x = planned.inputs[0];
        const std::int64_t each = program.place(x).image;
        float* factors = program.at(m_factors, group);
        const auto kept = static_cast<float>(1 / (1 - m_ratio));
        for (int sample = 0; sample < group.count; ++sample) {
            const Random random(
                program.seed, m_purpose, program.number, static_cast<std::uint64_t>(group.first + sample));
            kernels::RandomPlace place;
            std::ranges::copy(random.key(), place.key);
            std::ranges::copy(random.counter(), place.counter);
            kernels::dropoutFactors(place, m_ratio, kept, each, factors + sample * each);
        }
        multiplyByFactors(group, program.value(x, group), false, program.value(planned.outputs[0], group));
    }

    void backward(const Group& group) override
    {
        const int x = planned.inputs[0];
        multiplyByFactors(
            group, program.gradient(planned.outputs[0], group), isAccumulated(x), program.gradient(x, group));
    }

  private:
    void multiplyByFactors(const Group& group, const float* from, bool isAdded, float* to) const
    {
        const auto each = static_cast<int>(program.place(planned.inputs[0]).image);
        const kernels::Extent extent{group.count, 1, 1, each};
        const kernels::Place at{each, each, each};
        kernels::product(extent, from, at, program.at(m_factors, group), at, isAdded, to, at);
    }

    std::string m_purpose;
    double m_ratio = 0.5;
    int m_factors = -1;
};

} // namespace

std::unique_ptr<Step> makeCurve(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Curve>(planned, program);
}
std::unique_ptr<Step> makeDropout(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Dropout>(planned, program);
}

} // namespace hounsfield::nn
