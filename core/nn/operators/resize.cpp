#include "core/nn/operators/resize.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace hounsfield::nn {

namespace {

constexpr std::int64_t largest = std::int64_t{1} << 31;

/// Everything a node says; axes it does not name keep their length.
struct Resizing {
    Interpolation how;
    std::vector<ResizedAxis> axes;
};

Result<Interpolation> interpolationOf(const OperatorContext& context)
{
    constexpr std::array<std::string_view, 8> coordinates{"half_pixel", "half_pixel_symmetric", "pytorch_half_pixel",
        "align_corners", "asymmetric", "tf_half_pixel_for_nn", "tf_crop_and_resize", ""};
    const Node& node = context.node;
    const bool isOld = context.opset < 11 || node.op == "Upsample"; // these knew one kind of coordinates
    Interpolation how{node.words("mode", "nearest"),
        isOld ? "asymmetric" : node.words("coordinate_transformation_mode", "half_pixel"),
        isOld ? "floor" : node.words("nearest_mode", "round_prefer_floor"), node.number("cubic_coeff_a", -0.75),
        node.integer("exclude_outside", 0) != 0, node.integer("antialias", 0) != 0,
        node.number("extrapolation_value", 0)};
    if (how.mode == "nearest") // has one tap, which lies inside
        how.excludesOutside = false;
    if (how.mode == "bilinear" || how.mode == "trilinear") // names of opset 1
        how.mode = "linear";
    const bool isKnown = (how.mode == "nearest" || how.mode == "linear" || how.mode == "cubic")
                         && std::ranges::find(coordinates, how.coordinates) != coordinates.end();
    if (!isKnown)
        return unsupported(text("nn", "Resizing of the kind %1, %2 is not known here.").with(how.mode, how.coordinates),
            context.node.place());
    return how;
}

/// Numbers of an optional input that may also be there and empty.
Result<std::vector<double>> numbersOf(const OperatorContext& context, Infos inputs, const Inputs& known, std::size_t i)
{
    if (!isThere(inputs, i) || inputs[i].shape == Shape{0})
        return std::vector<double>();
    const Tensor* list = inputAt(known, i);
    if (!list)
        return unsupported(text("nn", "Input %1 has to be known before the model runs.").with(i + 1),
            context.node.place(), text("nn", "Export the model with fixed shapes."));
    return doublesOf(*list);
}

/// The new length and scale of an axis from a scale in single precision, as every runtime rounds it.
ResizedAxis scaledAxis(std::int64_t in, double scale)
{
    const float out = std::floor(static_cast<float>(in) * static_cast<float>(scale));
    return {in, out >= 0 && out <= static_cast<float>(largest) ? static_cast<std::int64_t>(out) : -1, scale};
}

/// Lengths from wanted sizes; a policy keeps the aspect of all axes named (opset 18).
void setSizes(const OperatorContext& context, const std::vector<double>& sizes, const std::vector<std::int64_t>& axes,
    std::vector<ResizedAxis>& all)
{
    const std::string policy = context.node.words("keep_aspect_ratio_policy", "stretch");
    const auto named = [&](std::size_t i) -> ResizedAxis& { return all[static_cast<std::size_t>(axes[i])]; };
    double common = policy == "not_larger" ? std::numeric_limits<double>::infinity() : 0;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        named(i).scale = sizes[i] / static_cast<double>(named(i).in);
        common = policy == "not_larger" ? std::min(common, named(i).scale) : std::max(common, named(i).scale);
    }
    for (std::size_t i = 0; i < axes.size(); ++i) {
        double size = sizes[i];
        if (policy != "stretch") {
            named(i).scale = common;
            size = std::floor(common * static_cast<double>(named(i).in) + 0.5);
        }
        named(i).out = size >= 0 && size <= static_cast<double>(largest) ? static_cast<std::int64_t>(size) : -1;
    }
}

/// Inputs by position: Resize since 11 X, roi, scales, sizes; Resize-10 and Upsample-9 X, scales.
Result<Resizing> resizingOf(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    const Shape& shape = inputs[0].shape;
    const bool isOld = context.opset < 11 || context.node.op == "Upsample";
    Resizing resizing{TRY(interpolationOf(context)), {}};
    for (const std::int64_t length : shape)
        resizing.axes.push_back({length, length});
    std::vector<std::int64_t> axes(shape.size());
    std::iota(axes.begin(), axes.end(), 0);
    if (context.opset >= 18 && context.node.has("axes")) {
        axes = context.node.integers("axes");
        TRY(axesOf(context, axes, std::ssize(shape)));
        for (auto& axis : axes)
            axis = TRY(axisOf(context, axis, std::ssize(shape)));
    }
    auto scales = TRY(numbersOf(context, inputs, known, isOld ? 1 : 2));
    if (const auto given = context.node.attributes.find("scales"); given != context.node.attributes.end() && isOld)
        if (const auto* list = std::get_if<std::vector<double>>(&given->second))
            scales = *list;
    const auto sizes = isOld ? std::vector<double>() : TRY(numbersOf(context, inputs, known, 3));
    const auto roi = isOld ? std::vector<double>() : TRY(numbersOf(context, inputs, known, 1));
    const std::size_t count = axes.size();
    if ((sizes.empty() ? scales : sizes).size() != count || (resizing.how.isCropping() && roi.size() != 2 * count))
        return wrong(context, text("nn", "Scales, sizes or region are not given for each of %1 axes.").with(count));
    for (std::size_t i = 0; i < count; ++i) {
        ResizedAxis& axis = resizing.axes[static_cast<std::size_t>(axes[i])];
        if (sizes.empty() && axis.in >= 0)
            axis = scaledAxis(axis.in, scales[i]);
        if (resizing.how.isCropping()) {
            axis.roiStart = roi[i];
            axis.roiEnd = roi[i + count];
        }
    }
    if (!sizes.empty())
        setSizes(context, sizes, axes, resizing.axes);
    return resizing;
}

template <unsigned types> Shapes resizeShapes(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    TRY(need(context, inputs, 0, types));
    const Resizing resizing = TRY(resizingOf(context, inputs, known));
    Shape shape;
    double most = 1; // elements while the axes change one by one
    for (const ResizedAxis& axis : resizing.axes) {
        const bool isSound = axis.in < 0 ? axis.out == axis.in
                                         : axis.out >= 0 && axis.in <= largest && (axis.in > 0 || axis.out == 0)
                                               && (axis.out == axis.in || axis.scale > 1e-6);
        if (!isSound)
            return wrong(context, text("nn", "A length of %1 cannot be resized to %2.").with(axis.in, axis.out));
        shape.push_back(axis.out);
        most *= static_cast<double>(std::max<std::int64_t>({1, axis.in, axis.out}));
    }
    if (most > static_cast<double>(largest / 4))
        return unsupported(text("nn", "A value of shape %1 is too large.").with(written(shape)), context.node.place());
    return infos(inputs[0].type, shape);
}

/// Calls body(axis number, taps of its new elements) for every axis that changes.
template <typename Body> void eachAxis(const Resizing& resizing, Body&& body)
{
    for (std::size_t d = 0; d < resizing.axes.size(); ++d) {
        const ResizedAxis& axis = resizing.axes[d];
        if (axis.in != axis.out || axis.scale != 1 || resizing.how.isCropping())
            body(d, tapsOf(resizing.how, axis));
    }
}

/// Lengths before axis d is resized: those before it are new already.
Shape shapeBefore(const Resizing& resizing, std::size_t d)
{
    Shape shape;
    for (std::size_t k = 0; k < resizing.axes.size(); ++k)
        shape.push_back(k < d ? resizing.axes[k].out : resizing.axes[k].in);
    return shape;
}

using AxisTaps = std::vector<std::vector<Tap>>;

/// Calls body(new element, old element, share) along axis d of `shape`.
template <typename Body> void walkTaps(const Shape& shape, std::size_t d, const AxisTaps& taps, Body&& body)
{
    const std::int64_t outer = productOf(shape, 0, d), inner = productOf(shape, d + 1, shape.size());
    const std::int64_t count = std::ssize(taps);
    for (std::int64_t o = 0; o < outer; ++o)
        for (std::int64_t place = 0; place < count; ++place)
            for (const Tap& tap : taps[static_cast<std::size_t>(place)])
                for (std::int64_t i = 0; i < inner; ++i)
                    body(static_cast<std::size_t>((o * count + place) * inner + i),
                        static_cast<std::size_t>((o * shape[d] + tap.place) * inner + i), tap.share);
}

Result<void> resizeForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Resizing resizing = TRY(resizingOf(context, infosOf(inputs), inputs));
    auto values = doublesOf(*inputs[0]);
    eachAxis(resizing, [&](std::size_t d, const AxisTaps& taps) {
        const Shape shape = shapeBefore(resizing, d);
        const auto size = static_cast<std::size_t>(elementCount(shapeBefore(resizing, d + 1)));
        std::vector<double> next(size, 0);
        walkTaps(
            shape, d, taps, [&](std::size_t to, std::size_t from, double share) { next[to] += share * values[from]; });
        values = std::move(next);
    });
    if (resizing.how.isCropping())
        eachAxis(resizing, [&](std::size_t d, const AxisTaps& taps) {
            const std::int64_t inner = productOf(outputs[0].shape(), d + 1, resizing.axes.size());
            for (std::size_t i = 0; i < values.size(); ++i)
                if (taps[i / static_cast<std::size_t>(inner) % taps.size()].empty())
                    values[i] = resizing.how.extrapolation;
        });
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), values);
    return {};
}

/// Every axis is a linear map; backward goes through their transposes in the other order.
Result<Tensors> resizeBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const Resizing resizing = TRY(resizingOf(context, infosOf(inputs), inputs));
    auto gradient = doublesOf(gradients[0]);
    std::vector<std::pair<std::size_t, AxisTaps>> maps;
    eachAxis(resizing, [&](std::size_t d, AxisTaps taps) { maps.emplace_back(d, std::move(taps)); });
    if (resizing.how.isCropping()) // an element outside along any axis is a constant
        for (const auto& [d, taps] : maps) {
            const std::int64_t inner = productOf(gradients[0].shape(), d + 1, resizing.axes.size());
            for (std::size_t i = 0; i < gradient.size(); ++i)
                if (taps[i / static_cast<std::size_t>(inner) % taps.size()].empty())
                    gradient[i] = 0;
        }
    for (auto map = maps.rbegin(); map != maps.rend(); ++map) {
        const Shape shape = shapeBefore(resizing, map->first);
        std::vector<double> before(static_cast<std::size_t>(elementCount(shape)), 0);
        walkTaps(shape, map->first, map->second,
            [&](std::size_t to, std::size_t from, double share) { before[from] += share * gradient[to]; });
        gradient = std::move(before);
    }
    Tensors result(inputs.size());
    result[0] = fromDoubles(inputs[0]->type(), inputs[0]->shape(), gradient);
    return result;
}

constexpr Operator rows[] = {
    {"Resize", 10, run<resizeShapes<numeric>, resizeForward>, resizeBackward, resizeShapes<numeric>},
    {"Upsample", 7, run<resizeShapes<numeric>, resizeForward>, resizeBackward, resizeShapes<numeric>},
};

} // namespace

std::span<const Operator> resizeOperators()
{
    return rows;
}

} // namespace hounsfield::nn
