#include "core/nn/operators/support.h"

#include <algorithm>
#include <numeric>

namespace hounsfield::nn {

namespace {

/// What a Slice node takes of each axis: `count` elements from `first` on, `step` apart.
struct Cut {
    std::vector<std::int64_t> first, step;
    Shape count;

    explicit Cut(const Shape& shape)
        : first(shape.size(), 0)
        , step(shape.size(), 1)
        , count(shape)
    {
    }

    /// ONNX follows NumPy: ends may lie outside, negative ones count from the end.
    void cutAxis(std::size_t axis, std::int64_t start, std::int64_t end, std::int64_t stride)
    {
        const std::int64_t length = count[axis];
        const std::int64_t lowest = stride < 0 ? -1 : 0;
        const std::int64_t highest = stride < 0 ? length - 1 : length;
        const auto placed = [&](std::int64_t at, std::int64_t least) {
            return std::clamp(at < 0 ? at + length : at, std::min(least, highest), highest);
        };
        step[axis] = std::clamp(stride, -length - 1, length + 1); // farther strides reach one element all the same
        first[axis] = placed(start, 0);
        const std::int64_t way = placed(end, lowest) - first[axis];
        count[axis] = (way > 0) == (stride > 0) && way != 0 ? (std::abs(way) - 1) / std::abs(step[axis]) + 1 : 0;
    }

    std::int64_t firstElement(const std::vector<std::int64_t>& strides) const
    {
        return std::inner_product(first.begin(), first.end(), strides.begin(), std::int64_t{0});
    }
    std::vector<std::int64_t> steppedStrides(std::vector<std::int64_t> strides) const
    {
        for (std::size_t d = 0; d < strides.size(); ++d)
            strides[d] *= step[d];
        return strides;
    }
    bool isEmpty() const { return std::ranges::find(count, 0) != count.end(); }
};

/// Starts, ends, axes and steps: attributes up to opset 9, inputs since 10.
Result<Cut> cutOf(const OperatorContext& context, const Shape& shape, const Inputs& known)
{
    const Node& node = context.node;
    const bool areInputs = context.opset >= 10;
    const auto rank = static_cast<std::int64_t>(shape.size());
    const auto starts = areInputs ? TRY(listOf(context, known, 1)) : node.integers("starts");
    const auto ends = areInputs ? TRY(listOf(context, known, 2)) : node.integers("ends");
    const auto isGiven = [&](std::size_t i) {
        return areInputs && (inputAt(known, i) || (i < node.inputs.size() && !node.inputs[i].empty()));
    };
    std::vector<std::int64_t> axes(starts.size()), steps(starts.size(), 1);
    std::iota(axes.begin(), axes.end(), 0);
    if (isGiven(3))
        axes = TRY(listOf(context, known, 3));
    else if (!areInputs)
        axes = node.integers("axes", axes);
    if (isGiven(4))
        steps = TRY(listOf(context, known, 4));
    if (ends.size() != starts.size() || axes.size() != starts.size() || steps.size() != starts.size())
        return wrong(context, text("nn", "The lists of starts, ends, axes and steps are not of one length."));
    TRY(axesOf(context, axes, rank));
    Cut cut(shape);
    for (std::size_t i = 0; i < starts.size(); ++i) {
        const auto axis = static_cast<std::size_t>(TRY(axisOf(context, axes[i], rank)));
        if (steps[i] == 0)
            return wrong(context, text("nn", "A slice cannot go in steps of 0."));
        if (shape[axis] >= 0) // a free dimension stays free
            cut.cutAxis(axis, starts[i], ends[i], steps[i]);
    }
    return cut;
}

Shapes sliceShapes(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    TRY(need(context, inputs, 0));
    return infos(inputs[0].type, TRY(cutOf(context, inputs[0].shape, known)).count);
}

Result<void> sliceForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Shape& shape = inputs[0]->shape();
    const Cut cut = TRY(cutOf(context, shape, inputs));
    if (!cut.isEmpty())
        copyWalked(*inputs[0], outputs[0], cut.count, cut.steppedStrides(stridesOf(shape)), stridesOf(cut.count),
            cut.firstElement(stridesOf(shape)));
    return {};
}

Result<Tensors> sliceBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const Shape& shape = inputs[0]->shape();
    const Cut cut = TRY(cutOf(context, shape, inputs));
    Tensors result(inputs.size());
    result[0] = Tensor(gradients[0].type(), shape);
    if (!cut.isEmpty())
        copyWalked(gradients[0], result[0], cut.count, stridesOf(cut.count), cut.steppedStrides(stridesOf(shape)), 0,
            cut.firstElement(stridesOf(shape)));
    return result;
}

// ---- Split

struct Parts {
    std::size_t axis = 0;
    std::vector<std::int64_t> lengths;
};

/// Equal parts; the last one is smaller where num_outputs (opset 18) does not divide the length.
Result<std::vector<std::int64_t>> equalParts(const OperatorContext& context, std::int64_t length)
{
    const auto count = static_cast<std::int64_t>(std::max<std::size_t>(1, context.node.outputs.size()));
    const bool isUneven = context.opset >= 18 && context.node.has("num_outputs");
    if (length < 0) // a free dimension leaves free ones
        return std::vector<std::int64_t>(static_cast<std::size_t>(count), -1);
    if (context.node.integer("num_outputs", count) != count || (!isUneven && length % count != 0))
        return wrong(context, text("nn", "A length of %1 cannot be split into %2 parts.").with(length, count));
    const std::int64_t each = (length + count - 1) / count;
    std::vector<std::int64_t> lengths;
    for (std::int64_t rest = length; std::ssize(lengths) < count; rest -= lengths.back())
        lengths.push_back(std::min(each, rest));
    return lengths;
}

/// The attribute `split` up to opset 12, the second input since 13 (opset 1 had both).
Result<Parts> partsOf(const OperatorContext& context, const Shape& shape, const Inputs& known)
{
    const Node& node = context.node;
    Parts parts;
    parts.axis = static_cast<std::size_t>(
        TRY(axisOf(context, node.integer("axis", 0), static_cast<std::int64_t>(shape.size()))));
    const std::int64_t length = shape[parts.axis];
    if (inputAt(known, 1) || (node.inputs.size() > 1 && !node.inputs[1].empty()))
        parts.lengths = TRY(listOf(context, known, 1));
    else if (context.opset < 13)
        parts.lengths = node.integers("split");
    if (parts.lengths.empty())
        parts.lengths = TRY(equalParts(context, length));
    if (length < 0 && parts.lengths.size() >= node.outputs.size())
        return parts;
    std::int64_t rest = length;
    for (const std::int64_t part : parts.lengths)
        rest = part < 0 || part > rest ? -1 : rest - part;
    if (rest != 0 || parts.lengths.size() < node.outputs.size())
        return wrong(
            context, text("nn", "Parts of %1 do not make up a length of %2.").with(written(parts.lengths), length));
    return parts;
}

Shapes splitShapes(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    TRY(need(context, inputs, 0));
    const Parts parts = TRY(partsOf(context, inputs[0].shape, known));
    std::vector<ValueInfo> result;
    for (const std::int64_t length : parts.lengths) {
        Shape shape = inputs[0].shape;
        shape[parts.axis] = length;
        result.push_back({"made", inputs[0].type, shape});
    }
    return result;
}

Result<void> splitForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Parts parts = TRY(partsOf(context, inputs[0]->shape(), inputs));
    const auto from = stridesOf(inputs[0]->shape());
    std::int64_t first = 0;
    for (Tensor& output : outputs) {
        const Shape shape = output.shape();
        copyWalked(*inputs[0], output, shape, from, stridesOf(shape), first);
        first += shape[parts.axis] * from[parts.axis];
    }
    return {};
}

Result<Tensors> splitBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const Parts parts = TRY(partsOf(context, inputs[0]->shape(), inputs));
    const auto to = stridesOf(inputs[0]->shape());
    Tensors result(inputs.size());
    result[0] = Tensor(gradients[0].type(), inputs[0]->shape());
    std::int64_t first = 0;
    for (std::size_t i = 0; i < parts.lengths.size(); ++i) {
        Shape shape = inputs[0]->shape();
        shape[parts.axis] = parts.lengths[i];
        if (i < gradients.size() && gradients[i].shape() == shape) // a part without a name has none
            copyWalked(gradients[i], result[0], shape, stridesOf(shape), to, 0, first);
        first += parts.lengths[i] * to[parts.axis];
    }
    return result;
}

constexpr Operator rows[] = {
    {"Slice", 1, run<sliceShapes, sliceForward>, sliceBackward, sliceShapes},
    {"Split", 1, run<splitShapes, splitForward>, splitBackward, splitShapes},
};

} // namespace

std::span<const Operator> slicingOperators()
{
    return rows;
}

} // namespace hounsfield::nn
