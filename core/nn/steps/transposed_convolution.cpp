// Transposed convolution of whole images: the products of a convolution the other way round. Its weights lie like those
// of the convolution that goes back.

#include "core/nn/steps/folded_weights.h"
#include "core/nn/steps/strided_products.h"
#include "core/nn/steps/weight_part.h"

namespace hounsfield::nn {

namespace {

StridedProducts::Form formOf(const PlannedStep& planned, const Plan& plan)
{
    const Shape& shape = plan.value(planned.inputs[1]).shape;
    StridedProducts::Form form{
        transposedWindowOf(*planned.node, plan.value(planned.inputs[0]).shape, {shape[2], shape[3]})};
    form.coarse = static_cast<int>(shape[0]);
    form.fine = static_cast<int>(shape[1]);
    return form;
}

class TransposedConvolution final : public Step {
  public:
    TransposedConvolution(const PlannedStep& planned, Program& owner)
        : Step(planned, owner)
        , m_x(planned.inputs[0])
        , m_y(planned.outputs[0])
        , m_weights(owner, planned.inputs[1], planned.inputs[2], true)
        , m_form(formOf(planned, owner.plan()))
        , m_products(owner, m_form)
        , m_folded(owner, planned, m_form.fine, m_form.coarse)
    {
        m_hasInputGradient = needsGradient(m_x) && needsGradient(m_y);
    }

    void prepare() override
    {
        m_products.prepareToFine(
            program.extent(m_y, program.everything()), program.extent(m_x, program.everything()), program.place(m_x));
        if (needsGradient(m_y))
            m_products.readFine(program.gradientPlace(m_y));
        if (m_hasInputGradient)
            m_products.prepareToCoarse();
        const std::int64_t columns = m_products.gradientColumns();
        m_weights.prepare(columns, columns, m_products.gradientRows() * columns);
        m_folded.prepare();
    }

    std::int64_t packTasks() const override { return m_folded.isFolded() ? 1 : m_products.packTasks(); }

    void pack(std::int64_t task) override
    {
        if (!m_folded.isFolded())
            return m_products.pack(task, m_folded.weights());
        m_folded.fold();
        for (std::int64_t part = 0; part < m_products.packTasks(); ++part)
            m_products.pack(part, m_folded.weights());
    }

    void forward(const Group& group) override
    {
        kernels::Finish finish{m_folded.bias()};
        finish.slope = planned.slope;
        m_products.toFine(valueOf(m_x, group), valueOf(m_y, group), finish);
    }

    void backward(const Group& group) override
    {
        m_weights.beginBackward(group, m_y, planned.slope);
        if (!m_weights.isSplit())
            weightGradient(group, 0, m_products.gradientRows());
        if (!m_hasInputGradient)
            return;
        kernels::Finish finish;
        finish.isAccumulated = isAccumulated(m_x);
        m_products.toCoarse(gradientOf(m_y, group), gradientOf(m_x, group), finish);
    }

    std::int64_t rowTasks() const override
    {
        return needsGradient(m_y) ? m_weights.rowTasks(m_products.gradientRows()) : 0;
    }

    void rowTask(std::int64_t task) override
    {
        const auto rows = WeightPart::rowsOf(task, m_products.gradientRows());
        weightGradient(program.everything(), rows.first, rows.end);
    }

  private:
    void weightGradient(const Group& group, int firstRow, int endRow)
    {
        if (float* gradient = m_weights.weightGradient(group))
            m_products.weightGradient(gradientOf(m_y, group), valueOf(m_x, group),
                {gradient, firstRow, endRow, m_weights.isWeightGradientAdded()});
    }

    int m_x, m_y;
    WeightPart m_weights;
    StridedProducts::Form m_form;
    StridedProducts m_products;
    FoldedWeights m_folded;
    bool m_hasInputGradient = false;
};

} // namespace

std::unique_ptr<Step> makeTransposedConvolution(const PlannedStep& planned, Program& program)
{
    return std::make_unique<TransposedConvolution>(planned, program);
}

} // namespace hounsfield::nn
