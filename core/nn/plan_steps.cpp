// Which nodes run as one step. A pattern that a kernel knows becomes that kernel's step; every other node runs by the
// operator table.

#include "core/nn/plan_images.h"
#include "core/nn/plan_texts.h"

#include <algorithm>
#include <set>

namespace hounsfield::nn {

namespace {

class Chooser : public PlanView {
  public:
    explicit Chooser(Plan& plan)
        : PlanView(plan)
        , m_texts(plan)
        , m_images(plan)
    {
    }

    void run()
    {
        for (const Node& node : m_plan.graph->nodes) {
            if (m_done.contains(&node) || isKnown(node) || m_texts.isPart(node) || m_images.isPart(node))
                continue;
            PlannedStep step = stepOf(node);
            m_done.insert(&node);
            m_plan.steps.push_back(std::move(step));
        }
    }

  private:
    bool isKnown(const Node& node) const
    {
        return std::ranges::all_of(node.outputs, [&](const std::string& name) {
            const int index = m_plan.find(name);
            return index < 0 || value(index).constant;
        });
    }

    PlannedStep stepOf(const Node& node)
    {
        if (m_plan.find(node.outputs[0]) < 0) // it is made for its further outputs, which no kernel makes
            return plain(node, StepKind::Generic);
        if (auto step = m_texts.stepAt(node))
            return *step;
        if (auto step = m_images.stepAt(node))
            return step->kind == StepKind::Modulation ? withRelu(std::move(*step)) : *step;
        if (node.op == "Conv")
            return convolution(node);
        if (node.op == "ConvTranspose")
            return transposedConvolution(node);
        if (node.op == "BatchNormalization")
            return normalization(node);
        if (node.op == "Gemm" || node.op == "MatMul")
            return dense(node);
        if (node.op == "Flatten" || node.op == "Reshape" || node.op == "Squeeze" || node.op == "Unsqueeze")
            return reshape(node);
        if (node.op == "Identity" || (node.op == "Dropout" && isIdleDropout(node)))
            return isBatched(node.inputs[0]) ? firstOnly(node) : plain(node, StepKind::Generic);
        if (node.op == "MaxPool" && isPlainPool(node))
            return plain(node, StepKind::MaxPool);
        if (node.op == "GlobalAveragePool" && isBatchedImage(node.inputs[0]))
            return plain(node, StepKind::GlobalAverage);
        if (const auto slope = slopeOf(node); slope && isBatched(node.inputs[0])) {
            PlannedStep step = plain(node, StepKind::Relu);
            step.slope = *slope;
            return step;
        }
        if ((node.op == "Tanh" || node.op == "Sigmoid") && isBatchedImage(node.inputs[0]))
            return plain(node, StepKind::Curve);
        if (node.op == "Add" && isPlainAdd(node))
            return withRelu(plain(node, StepKind::Add));
        return plain(node, StepKind::Generic);
    }

    bool isIdleDropout(const Node& node) const
    {
        return !m_plan.request.isTraining() && (node.outputs.size() < 2 || node.outputs[1].empty());
    }

    /// A step that copies its first input.
    PlannedStep firstOnly(const Node& node) const
    {
        PlannedStep step = plain(node, StepKind::Flatten);
        step.inputs.resize(1);
        step.outputs.resize(1);
        return step;
    }

    bool isPlainAdd(const Node& node) const
    {
        return isBatched(node.inputs[0]) && isBatched(node.inputs[1])
               && value(m_plan.find(node.inputs[0])).shape == value(m_plan.find(node.inputs[1])).shape;
    }

    bool isPlainPool(const Node& node) const
    {
        const auto kernel = node.integers("kernel_shape");
        return isBatchedImage(node.inputs[0]) && kernel.size() == 2 && kernel[0] * kernel[1] < 256
               && (node.outputs.size() < 2 || node.outputs[1].empty());
    }

    /// What lies below 0 is multiplied by in a relu or LeakyRelu; its sign is still seen behind it.
    static std::optional<float> slopeOf(const Node& node)
    {
        if (node.op == "Relu")
            return 0.0F;
        const double alpha = node.number("alpha", 0.01);
        return node.op == "LeakyRelu" && alpha >= 0 && alpha < 1 ? std::optional(static_cast<float>(alpha))
                                                                 : std::nullopt;
    }

    /// Lets a step end with the relu that alone takes its output.
    PlannedStep withRelu(PlannedStep step)
    {
        const Node* next = onlyUser(step.outputs[0]);
        const auto slope = next ? slopeOf(*next) : std::nullopt;
        if (!slope)
            return step;
        step.slope = *slope;
        step.outputs[0] = m_plan.find(next->outputs[0]);
        m_done.insert(next);
        return step;
    }

    /// Lets a step add the other operand of the Add that alone takes its output, when that is made already.
    PlannedStep withAdd(PlannedStep step)
    {
        const Node* next = onlyUser(step.outputs[0]);
        if (!next || next->op != "Add" || !isPlainAdd(*next))
            return step;
        const int a = m_plan.find(next->inputs[0]), b = m_plan.find(next->inputs[1]);
        const int other = a == step.outputs[0] ? b : a;
        if (other == step.outputs[0] || !isMade(other))
            return step;
        step.add = other;
        step.outputs[0] = m_plan.find(next->outputs[0]);
        m_done.insert(next);
        return step;
    }

    bool isMade(int index) const
    {
        return value(index).isInput || std::ranges::any_of(m_plan.steps, [&](const PlannedStep& step) {
            return std::ranges::find(step.outputs, index) != step.outputs.end();
        });
    }

    PlannedStep convolution(const Node& node)
    {
        PlannedStep step = plain(node, StepKind::Generic);
        const bool hasBias = step.inputs.size() > 2 && step.inputs[2] >= 0;
        if (!isBatchedImage(node.inputs[0]) || !isWeight(node.inputs[1]) || (hasBias && !isWeight(node.inputs[2]))
            || m_plan.entryOf(step.inputs[1]).order == Weights::Order::Onnx)
            return step;
        step.kind = StepKind::Convolution;
        step.inputs.resize(3, -1);
        if (m_plan.entryOf(step.inputs[1]).order == Weights::Order::OutputFirst)
            if (auto pooled = pooledConvolution(step))
                return *pooled;
        foldNormalization(step);
        const PlannedValue& made = value(step.outputs[0]);
        if (!made.needsGradient)
            step = withAdd(step);
        return withRelu(std::move(step));
    }

    PlannedStep transposedConvolution(const Node& node)
    {
        PlannedStep step = plain(node, StepKind::Generic);
        const bool hasBias = step.inputs.size() > 2 && step.inputs[2] >= 0;
        if (!isBatchedImage(node.inputs[0]) || !isWeight(node.inputs[1]) || (hasBias && !isWeight(node.inputs[2]))
            || m_plan.entryOf(step.inputs[1]).order == Weights::Order::Onnx)
            return step;
        step.kind = StepKind::TransposedConvolution;
        step.inputs.resize(3, -1);
        foldNormalization(step);
        return withRelu(std::move(step));
    }

    std::optional<PlannedStep> pooledConvolution(PlannedStep step)
    {
        const Node* relu = onlyUser(step.outputs[0]);
        const Node* pool = relu && relu->op == "Relu" ? onlyUser(m_plan.find(relu->outputs[0])) : nullptr;
        if (!pool || !isBeforePooling(*m_plan.graph, *step.node))
            return {};
        step.kind = StepKind::PooledConvolution;
        step.pool = pool;
        step.outputs[0] = m_plan.find(pool->outputs[0]);
        m_done.insert(relu);
        m_done.insert(pool);
        return step;
    }

    /// A normalisation with running statistics becomes part of the weights, where nobody asks for its own gradients.
    void foldNormalization(PlannedStep& step)
    {
        const Node* next = onlyUser(step.outputs[0]);
        if (!next || next->op != "BatchNormalization" || m_plan.request.isTraining())
            return;
        const bool isTrained = m_plan.isTrained(step.inputs[1]) || m_plan.isTrained(step.inputs[2]);
        for (std::size_t i = 1; i < 5; ++i)
            if (!isWeight(next->inputs[i]) || m_plan.isTrained(m_plan.find(next->inputs[i])))
                return;
        if (isTrained)
            return;
        step.normalization = next;
        step.outputs[0] = m_plan.find(next->outputs[0]);
        m_done.insert(next);
    }

    PlannedStep normalization(const Node& node)
    {
        PlannedStep step = plain(node, StepKind::Generic);
        const auto rank = value(step.inputs[0]).shape.size();
        if (!isBatched(node.inputs[0]) || (rank != 2 && rank != 4))
            return step;
        for (std::size_t i = 1; i < 5; ++i)
            if (!isWeight(node.inputs[i]))
                return step;
        step.kind = StepKind::Normalization;
        step.outputs.resize(1);
        return withRelu(withAdd(std::move(step)));
    }

    PlannedStep dense(const Node& node)
    {
        PlannedStep step = plain(node, StepKind::Generic);
        const bool isGemm = node.op == "Gemm", hasBias = step.inputs.size() > 2 && step.inputs[2] >= 0;
        const PlannedValue& x = value(step.inputs[0]);
        if (x.isBatched && x.shape.size() == 3 && isBatched(node.inputs[1])
            && value(step.inputs[1]).shape.size() == 3) {
            step.kind = StepKind::Matrices;
            return step;
        }
        if (!x.isBatched || x.shape.size() < 2 || x.isImage() || !isWeight(node.inputs[1]))
            return step;
        const PlannedValue& w = value(step.inputs[1]);
        const bool isTransposed = isGemm && node.integer("transB", 0) == 1;
        const bool isPlain =
            !isGemm || (node.number("alpha", 1) == 1 && node.number("beta", 1) == 1 && node.integer("transA", 0) == 0);
        const auto wanted = isTransposed ? Weights::Order::Transposed : Weights::Order::Onnx;
        if (!isPlain || w.shape.size() != 2 || m_plan.entryOf(step.inputs[1]).order != wanted)
            return step;
        const std::int64_t outputs = w.shape[isTransposed ? 0 : 1];
        if (hasBias && (!isWeight(node.inputs[2]) || elementCount(value(step.inputs[2]).shape) != outputs))
            return step;
        step.kind = StepKind::Dense;
        step.inputs.resize(3, -1);
        if (!isGemm)
            takeBias(step);
        takeImage(step);
        return withRelu(std::move(step));
    }

    /// A MatMul followed by the Add of a weight for each output.
    void takeBias(PlannedStep& step)
    {
        const Node* next = onlyUser(step.outputs[0]);
        if (!next || next->op != "Add")
            return;
        const int a = m_plan.find(next->inputs[0]), b = m_plan.find(next->inputs[1]);
        const int bias = a == step.outputs[0] ? b : a;
        const Shape& made = value(step.outputs[0]).shape;
        if (value(bias).entry < 0 || value(bias).shape != Shape{made.back()})
            return;
        step.inputs[2] = bias;
        step.outputs[0] = m_plan.find(next->outputs[0]);
        m_done.insert(next);
    }

    /// A dense layer right behind a Flatten takes the image as it lies in memory.
    void takeImage(PlannedStep& step)
    {
        for (auto before = m_plan.steps.begin(); before != m_plan.steps.end(); ++before) {
            if (before->kind != StepKind::Flatten || before->outputs[0] != step.inputs[0]
                || value(before->inputs[0]).shape.size() == value(step.inputs[0]).shape.size())
                continue;
            if (onlyUser(step.inputs[0]) != step.node || !value(before->inputs[0]).isImage())
                return;
            step.isFlattening = true;
            step.inputs[0] = before->inputs[0];
            m_plan.steps.erase(before);
            return;
        }
    }

    /// Flatten and its like, and images made of a row of numbers.
    PlannedStep reshape(const Node& node)
    {
        PlannedStep step = plain(node, StepKind::Generic);
        const PlannedValue& from = value(step.inputs[0]);
        const PlannedValue& to = value(step.outputs[0]);
        const bool isFlat = to.shape.size() == 2 && from.shape.size() >= 2;
        const bool isImageOfRow = from.shape.size() == 2 && to.isImage();
        if (from.isBatched && to.isBatched && (isFlat || isImageOfRow)) {
            step.kind = StepKind::Flatten;
            step.inputs.resize(1);
        }
        return step;
    }

    const TextSteps m_texts;
    const ImageSteps m_images;
    std::set<const Node*> m_done;
};

/// The two images of a convolution (strided_products.h), by rows and columns.
struct Sides {
    ImageWindow window;
    int fineRows = 0, fineColumns = 0, coarseRows = 0, coarseColumns = 0;

    /// What the way to the coarse image reads around the fine one.
    Border aroundFine() const
    {
        const ImageWindow& w = window;
        const auto beyond = [](int outs, int stride, int taps, int dilation, int pad, int size) {
            return std::max(0, (outs - 1) * stride + (taps - 1) * dilation - pad - size + 1);
        };
        return {w.top, w.left, beyond(coarseRows, w.strideRow, w.kernelRows, w.dilationRow, w.top, fineRows),
            beyond(coarseColumns, w.strideColumn, w.kernelColumns, w.dilationColumn, w.left, fineColumns)};
    }

    /// What the way to the fine image reads around the coarse one: its row r meets fine rows r · stride − top + tap ·
    /// dilation. One pixel needs none.
    Border aroundCoarse() const
    {
        const ImageWindow& w = window;
        if (coarseRows * coarseColumns == 1)
            return {};
        const auto before = [](int taps, int dilation, int pad, int stride) {
            return std::max(0, ((taps - 1) * dilation - pad + stride - 1) / stride);
        };
        const auto behind = [](int size, int pad, int stride, int outs) {
            return std::max(0, (size - 1 + pad) / stride - outs + 1);
        };
        return {before(w.kernelRows, w.dilationRow, w.top, w.strideRow),
            before(w.kernelColumns, w.dilationColumn, w.left, w.strideColumn),
            behind(fineRows, w.top, w.strideRow, coarseRows),
            behind(fineColumns, w.left, w.strideColumn, coarseColumns)};
    }
};

/// The borders that a convolution's kernels want around its input and around the gradient of its output.
void growBorders(Plan& plan, const PlannedStep& step)
{
    PlannedValue& x = plan.value(step.inputs[0]);
    PlannedValue& y = plan.value(step.outputs[0]);
    const Shape& weight = plan.value(step.inputs[1]).shape;
    const std::array<std::int64_t, 2> kernel{weight[2], weight[3]};
    const auto rows = [](const PlannedValue& value) { return static_cast<int>(value.shape[2]); };
    const auto columns = [](const PlannedValue& value) { return static_cast<int>(value.shape[3]); };
    if (step.kind == StepKind::TransposedConvolution) {
        const Sides sides{transposedWindowOf(*step.node, x.shape, kernel), rows(y), columns(y), rows(x), columns(x)};
        x.border.grow(sides.aroundCoarse());
        if (y.needsGradient)
            y.gradientBorder.grow(sides.aroundFine());
        return;
    }
    Sides sides{windowOf(*step.node, x.shape, kernel), rows(x), columns(x), rows(y), columns(y)};
    const bool isPooled = step.kind == StepKind::PooledConvolution;
    if (isPooled) {
        sides.coarseRows = sides.fineRows - sides.window.kernelRows + 1;
        sides.coarseColumns = sides.fineColumns - sides.window.kernelColumns + 1;
    }
    x.border.grow(sides.aroundFine());
    if (x.needsGradient && !isPooled)
        y.gradientBorder.grow(sides.aroundCoarse());
}

} // namespace

Result<void> chooseSteps(Plan& plan)
{
    Chooser(plan).run();
    for (const PlannedStep& step : plan.steps) {
        if (step.kind == StepKind::Convolution || step.kind == StepKind::PooledConvolution
            || step.kind == StepKind::TransposedConvolution)
            growBorders(plan, step);
        if (step.kind != StepKind::Generic || !plan.isLedBack(step))
            continue;
        if (!findOperator(step.node->op)->backward)
            return unsupported(
                text("nn", "There is no gradient of the operator %1.").with(step.node->op), step.node->name);
    }
    return {};
}

} // namespace hounsfield::nn
