// Convolution of whole images, in place on bordered channels-last memory, with what follows it (normalisation folded
// into the weights, addition, relu).

#include "core/nn/steps/folded_weights.h"
#include "core/nn/steps/strided_products.h"
#include "core/nn/steps/weight_part.h"
#include "core/nn/steps/winograd.h"

namespace hounsfield::nn {

namespace {

using kernels::Finish;

StridedProducts::Form formOf(const PlannedStep& planned, const Plan& plan)
{
    const Shape& shape = plan.value(planned.inputs[1]).shape;
    StridedProducts::Form form{windowOf(*planned.node, plan.value(planned.inputs[0]).shape, {shape[2], shape[3]})};
    form.groups = static_cast<int>(planned.node->integer("group", 1));
    form.fine = static_cast<int>(shape[1]);
    form.coarse = static_cast<int>(shape[0]) / form.groups;
    form.order = plan.entryOf(planned.inputs[1]).order;
    return form;
}

class Convolution final : public Step {
  public:
    Convolution(const PlannedStep& planned, Program& owner)
        : Step(planned, owner)
        , m_x(planned.inputs[0])
        , m_y(planned.outputs[0])
        , m_weights(owner, planned.inputs[1], planned.inputs[2], true)
        , m_form(formOf(planned, owner.plan()))
        , m_products(owner, m_form)
        , m_folded(owner, planned, std::int64_t{m_form.coarse} * m_form.groups,
              m_form.order == Weights::Order::OutputFirst ? m_products.gradientRows() : 1)
    {
        m_hasInputGradient = needsGradient(m_x) && needsGradient(m_y);
        const kernels::Extent y = owner.extent(m_y, owner.group(0, 0));
        if (Winograd::suits(m_form.window, m_form.groups, m_form.fine, y, y.images))
            m_winograd.emplace(owner, m_form.window, m_form.fine, y);
    }

    void prepare() override
    {
        m_products.readFine(program.place(m_x));
        if (!m_winograd)
            m_products.prepareToCoarse();
        if (m_winograd)
            m_winograd->prepare(
                m_hasInputGradient, m_weights.isTrained() && !m_weights.isSplit() && needsGradient(m_y));
        else if (m_hasInputGradient)
            m_products.prepareToFine(program.extent(m_x, program.everything()),
                program.extent(m_y, program.everything()), program.gradientPlace(m_y));
        const std::int64_t all = m_products.gradientColumns(), rows = m_products.gradientRows();
        std::vector<std::int32_t> rowOf;
        if (m_form.order == Weights::Order::OutputFirst && m_weights.isTrained()) // element by element
            for (std::int64_t i = 0; i < all * rows; ++i)
                rowOf.push_back(static_cast<std::int32_t>(i % rows * all + i / rows));
        const std::int64_t rowLength = rowOf.empty() ? all : 1;
        m_weights.prepare(rowLength, rowLength, all * rows, std::move(rowOf));
        m_folded.prepare();
    }

    std::int64_t packTasks() const override { return m_folded.isFolded() ? 1 : packParts(); }

    void pack(std::int64_t task) override
    {
        if (!m_folded.isFolded())
            return packPart(task);
        m_folded.fold();
        for (std::int64_t part = 0; part < packParts(); ++part)
            packPart(part);
    }

    void forward(const Group& group) override
    {
        Finish finish{m_folded.bias()};
        if (planned.add >= 0) {
            const auto at = program.place(planned.add);
            finish.add = program.value(planned.add, group);
            finish.addImage = at.image;
            finish.addRow = at.row;
            finish.addColumn = at.column;
        }
        finish.slope = planned.slope;
        if (m_winograd)
            m_winograd->forward(group, valueOf(m_x, group), valueOf(m_y, group), finish);
        else
            m_products.toCoarse(valueOf(m_x, group), valueOf(m_y, group), finish);
    }

    void backward(const Group& group) override
    {
        m_weights.beginBackward(group, m_y, planned.slope);
        if (m_winograd)
            return winogradBackward(group);
        if (!m_weights.isSplit())
            weightGradient(group, 0, m_products.gradientRows());
        if (!m_hasInputGradient)
            return;
        Finish finish;
        finish.isAccumulated = isAccumulated(m_x);
        m_products.toFine(gradientOf(m_y, group), gradientOf(m_x, group), finish);
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
    void winogradBackward(const Group& group)
    {
        Images dx;
        if (m_hasInputGradient) {
            dx = gradientOf(m_x, group);
            if (!isAccumulated(m_x))
                clear(dx.extent, dx.data, dx.at);
        }
        float* gradient = m_weights.isSplit() ? nullptr : m_weights.weightGradient(group);
        m_winograd->backward(group, valueOf(m_x, group), gradientOf(m_y, group), dx, gradient);
    }

    void weightGradient(const Group& group, int firstRow, int endRow)
    {
        if (float* gradient = m_weights.weightGradient(group))
            m_products.weightGradient(valueOf(m_x, group), gradientOf(m_y, group),
                {gradient, firstRow, endRow, m_weights.isWeightGradientAdded()});
    }

    std::int64_t packParts() const { return m_winograd ? m_winograd->packTasks() : m_products.packTasks(); }

    void packPart(std::int64_t part)
    {
        if (m_winograd)
            m_winograd->pack(part, m_folded.weights(), m_form.order);
        else
            m_products.pack(part, m_folded.weights());
    }

    int m_x, m_y;
    WeightPart m_weights;
    StridedProducts::Form m_form;
    StridedProducts m_products;
    std::optional<Winograd> m_winograd; ///< in place of direct products
    FoldedWeights m_folded;
    bool m_hasInputGradient = false;
};

} // namespace

std::unique_ptr<Step> makeConvolution(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Convolution>(planned, program);
}

} // namespace hounsfield::nn
