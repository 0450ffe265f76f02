#include "core/nn/operators/support.h"

#include <algorithm>
#include <numeric>

namespace hounsfield::nn {

namespace {

/// Begins and ends, negative ones cut; a list for each axis of the input.
struct Pads {
    std::vector<std::int64_t> before, after;
};

/// The attribute `pads` up to opset 10 (`paddings` in opset 1), inputs since 11; axes since 18.
Result<Pads> padsOf(const OperatorContext& context, const Shape& shape, const Inputs& known)
{
    const Node& node = context.node;
    const auto rank = static_cast<std::int64_t>(shape.size());
    const auto list =
        context.opset >= 11 ? TRY(listOf(context, known, 1)) : node.integers("pads", node.integers("paddings"));
    std::vector<std::int64_t> axes(shape.size());
    std::iota(axes.begin(), axes.end(), 0);
    if (context.opset >= 18 && (inputAt(known, 3) || (node.inputs.size() > 3 && !node.inputs[3].empty())))
        axes = TRY(listOf(context, known, 3));
    if (list.size() != 2 * axes.size())
        return wrong(context, text("nn", "%1 pads do not fit %2 axes.").with(list.size(), axes.size()));
    TRY(axesOf(context, axes, rank));
    Pads pads{std::vector<std::int64_t>(shape.size(), 0), std::vector<std::int64_t>(shape.size(), 0)};
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const auto axis = static_cast<std::size_t>(TRY(axisOf(context, axes[i], rank)));
        pads.before[axis] = list[i];
        pads.after[axis] = list[i + axes.size()];
    }
    return pads;
}

enum class PadMode { Constant, Edge, Reflect, Wrap };

Result<PadMode> modeOf(const OperatorContext& context)
{
    constexpr std::pair<std::string_view, PadMode> modes[] = {{"constant", PadMode::Constant}, {"edge", PadMode::Edge},
        {"reflect", PadMode::Reflect}, {"wrap", PadMode::Wrap}};
    const std::string name = context.node.words("mode", "constant");
    for (const auto& [known, mode] : modes)
        if (known == name)
            return mode;
    return unsupported(text("nn", "Pads of the mode %1 are not known here.").with(name), context.node.place());
}

Shapes padShapes(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    TRY(need(context, inputs, 0));
    if (context.opset >= 11)
        TRY(optionalLikeFirst(context, inputs, 2));
    const Shape& from = inputs[0].shape;
    const Pads pads = TRY(padsOf(context, from, known));
    const bool needsElements = TRY(modeOf(context)) != PadMode::Constant;
    constexpr std::int64_t largest = std::int64_t{1} << 31;
    Shape shape = from;
    for (std::size_t d = 0; d < from.size(); ++d) {
        const std::int64_t before = pads.before[d], after = pads.after[d];
        const bool isSane = std::max(before, after) <= largest && std::min(before, after) >= -largest;
        if (from[d] < 0 && isSane && before == 0 && after == 0)
            continue;
        const std::int64_t kept =
            isSane ? from[d] + std::min<std::int64_t>(before, 0) + std::min<std::int64_t>(after, 0) : -1;
        const bool isGrown = before > 0 || after > 0;
        if (from[d] < 0 || kept < 0 || (kept == 0 && needsElements && isGrown))
            return wrong(
                context, text("nn", "Pads of %1 and %2 do not fit a length of %3.").with(before, after, from[d]));
        shape[d] = kept + std::max<std::int64_t>(before, 0) + std::max<std::int64_t>(after, 0);
    }
    return infos(inputs[0].type, shape);
}

/// Where the i-th place of a padded axis is taken from; −1: nowhere. `kept` elements from `first` on remain of the
/// axis.
std::int64_t sourceOf(PadMode mode, std::int64_t i, std::int64_t first, std::int64_t kept)
{
    if (mode == PadMode::Constant && (i < 0 || i >= kept))
        return -1;
    if (mode == PadMode::Edge)
        i = std::clamp<std::int64_t>(i, 0, kept - 1);
    if (mode == PadMode::Wrap)
        i = (i % kept + kept) % kept;
    if (mode == PadMode::Reflect) {
        const std::int64_t period = std::max<std::int64_t>(1, 2 * (kept - 1));
        i = (i % period + period) % period;
        i = std::min(i, 2 * (kept - 1) - i);
    }
    return first + i;
}

/// Calls body(element of the output, element of the input or −1) in row-major order.
template <typename Body>
Result<void> walkPadded(const OperatorContext& context, const Inputs& inputs, const Shape& shape, Body&& body)
{
    const Shape& from = inputs[0]->shape();
    const Pads pads = TRY(padsOf(context, from, inputs));
    const PadMode mode = TRY(modeOf(context));
    const auto strides = stridesOf(from);
    std::vector<std::vector<std::int64_t>> places(shape.size()); // of the input, for each place of each axis
    for (std::size_t d = 0; d < shape.size(); ++d) {
        const std::int64_t first = std::max<std::int64_t>(0, -pads.before[d]);
        const std::int64_t kept = from[d] - first - std::max<std::int64_t>(0, -pads.after[d]);
        for (std::int64_t i = 0; i < shape[d]; ++i) {
            const std::int64_t source = sourceOf(mode, i - std::max<std::int64_t>(0, pads.before[d]), first, kept);
            places[d].push_back(source < 0 ? -1 : source * strides[d]);
        }
    }
    const std::int64_t count = elementCount(shape);
    std::vector<std::size_t> at(shape.size(), 0);
    for (std::int64_t o = 0; o < count; ++o) {
        std::int64_t place = 0;
        for (std::size_t d = 0; d < shape.size() && place >= 0; ++d)
            place = places[d][at[d]] < 0 ? -1 : place + places[d][at[d]];
        body(static_cast<std::size_t>(o), place);
        for (std::size_t d = shape.size(); d-- > 0;) {
            if (++at[d] < places[d].size())
                break;
            at[d] = 0;
        }
    }
    return {};
}

Result<void> padForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const double value = context.opset >= 11 ? TRY(numberOf(context, inputs, 2, 0)) : context.node.number("value", 0);
    return withElements(*inputs[0], [&]<typename T>(std::span<const T> from) {
        const auto out = outputs[0].as<T>();
        return walkPadded(context, inputs, outputs[0].shape(), [&](std::size_t o, std::int64_t i) {
            out[o] = i < 0 ? converted<T>(value) : from[static_cast<std::size_t>(i)];
        });
    });
}

Result<Tensors> padBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const auto dy = doublesOf(gradients[0]);
    std::vector<double> dx(static_cast<std::size_t>(inputs[0]->count()), 0);
    TRY(walkPadded(context, inputs, gradients[0].shape(), [&](std::size_t o, std::int64_t i) {
        if (i >= 0)
            dx[static_cast<std::size_t>(i)] += dy[o];
    }));
    Tensors result(inputs.size());
    result[0] = fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx);
    return result;
}

constexpr Operator rows[] = {
    {"Pad", 1, run<padShapes, padForward>, padBackward, padShapes},
};

} // namespace

std::span<const Operator> paddingOperators()
{
    return rows;
}

} // namespace hounsfield::nn
