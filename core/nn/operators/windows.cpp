#include "core/nn/operators/windows.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

constexpr std::int64_t largest = std::int64_t{1} << 31;

/// An attribute with one value an axis. Errors: BadInput when it has another count or a value outside least … 2^31.
Result<std::vector<std::int64_t>> listed(const OperatorContext& context, const std::string& name, std::size_t count,
    std::int64_t fallback, std::int64_t least)
{
    auto values = context.node.integers(name);
    if (values.empty())
        values.assign(count, fallback);
    const bool isSound = values.size() == count && std::all_of(values.begin(), values.end(), [&](auto value) {
        return value >= least && value <= largest;
    });
    if (!isSound)
        return wrong(context, text("nn", "The attribute %1 does not fit %2 axes.").with(name, count));
    return values;
}

std::string automaticOf(const OperatorContext& context)
{
    const std::string automatic = context.node.words("auto_pad", "NOTSET");
    return automatic.empty() ? "NOTSET" : automatic;
}

/// Pads and output length of one axis, by auto_pad or the pads given.
void place(Window& window, std::size_t axis, const std::string& automatic, bool isCeiled)
{
    const std::int64_t reach = window.dilation[axis] * (window.kernel[axis] - 1) + 1;
    if (automatic == "SAME_UPPER" || automatic == "SAME_LOWER") {
        window.out[axis] = (window.in[axis] + window.stride[axis] - 1) / window.stride[axis];
        const std::int64_t all =
            std::max<std::int64_t>(0, (window.out[axis] - 1) * window.stride[axis] + reach - window.in[axis]);
        window.before[axis] = automatic == "SAME_UPPER" ? all / 2 : all - all / 2;
        window.after[axis] = all - window.before[axis];
        return;
    }
    const std::int64_t room = window.in[axis] + window.before[axis] + window.after[axis] - reach;
    window.out[axis] = room < 0 ? -1 : (room + (isCeiled ? window.stride[axis] - 1 : 0)) / window.stride[axis] + 1;
    // A window that begins in the end pad sees nothing and is not counted (as every runtime does).
    if (isCeiled && room >= 0 && (window.out[axis] - 1) * window.stride[axis] >= window.in[axis] + window.before[axis])
        --window.out[axis];
}

} // namespace

Shape Window::outShape(std::int64_t samples, std::int64_t channels) const
{
    Shape shape{samples, channels};
    shape.insert(shape.end(), out.end() - static_cast<std::ptrdiff_t>(spatial), out.end());
    return shape;
}

namespace {

/// Kernel, strides, dilations, pads and the image's lengths: what both directions share. Pads are 0 where auto_pad says
/// otherwise.
Result<Window> givenWindow(const OperatorContext& context, const Shape& input, std::vector<std::int64_t> kernel)
{
    if (input.size() < 3 || input.size() > 5)
        return wrong(context, text("nn", "An input of shape %1 has not 1 to 3 spatial axes.").with(written(input)));
    Window window;
    window.spatial = input.size() - 2;
    const std::size_t first = 3 - window.spatial;
    if (!context.node.integers("kernel_shape").empty())
        kernel = context.node.integers("kernel_shape");
    if (kernel.size() != window.spatial
        || std::any_of(kernel.begin(), kernel.end(), [](auto size) { return size < 1 || size > largest; }))
        return wrong(context, text("nn", "The kernel does not fit an input of shape %1.").with(written(input)));
    const auto strides = TRY(listed(context, "strides", window.spatial, 1, 1));
    const auto dilations = TRY(listed(context, "dilations", window.spatial, 1, 1));
    const std::string automatic = automaticOf(context);
    const auto pads = automatic == "NOTSET" ? TRY(listed(context, "pads", 2 * window.spatial, 0, 0))
                                            : std::vector<std::int64_t>(2 * window.spatial, 0);
    for (std::size_t k = 0; k < window.spatial; ++k) {
        const std::size_t axis = first + k;
        window.in[axis] = input[2 + k];
        if (input[2 + k] < 0 || input[2 + k] > largest)
            return wrong(context, text("nn", "The shape %1 is not known.").with(written(input)));
        window.kernel[axis] = kernel[k];
        window.stride[axis] = strides[k];
        window.dilation[axis] = dilations[k];
        window.before[axis] = pads[k];
        window.after[axis] = pads[k + window.spatial];
    }
    return window;
}

} // namespace

Result<Window> windowOf(const OperatorContext& context, const Shape& input, std::vector<std::int64_t> kernel)
{
    Window window = TRY(givenWindow(context, input, std::move(kernel)));
    for (std::size_t axis = 3 - window.spatial; axis < 3; ++axis) {
        place(window, axis, automaticOf(context), context.node.integer("ceil_mode", 0) != 0);
        if (window.out[axis] < 1)
            return wrong(context, text("nn", "The window is larger than the image %1.").with(written(input)));
    }
    return window;
}

Result<Window> transposedWindowOf(const OperatorContext& context, const Shape& input, std::vector<std::int64_t> kernel)
{
    Window window = TRY(givenWindow(context, input, std::move(kernel)));
    const auto more = TRY(listed(context, "output_padding", window.spatial, 0, 0));
    const std::string automatic = automaticOf(context);
    const bool isGiven = !context.node.integers("output_shape").empty();
    auto wanted = isGiven ? TRY(listed(context, "output_shape", window.spatial, 0, 0))
                          : std::vector<std::int64_t>(window.spatial, 0);
    std::swap(window.in, window.out);
    for (std::size_t k = 0; k < window.spatial; ++k) {
        const std::size_t axis = 3 - window.spatial + k;
        const std::int64_t reach = window.dilation[axis] * (window.kernel[axis] - 1) + 1;
        if (window.out[axis] > largest / window.stride[axis])
            return wrong(
                context, text("nn", "The window makes an image that is too large of %1.").with(written(input)));
        const std::int64_t full = window.stride[axis] * (window.out[axis] - 1) + more[k] + reach;
        if (!isGiven && automatic.starts_with("SAME"))
            wanted[k] = window.out[axis] * window.stride[axis];
        if (isGiven || automatic.starts_with("SAME")) {
            const std::int64_t all = std::max<std::int64_t>(0, full - wanted[k]);
            window.before[axis] = automatic == "SAME_UPPER" ? all / 2 : all - all / 2;
            window.in[axis] = wanted[k];
        } else {
            window.in[axis] = full - window.before[axis] - window.after[axis];
        }
        if (window.in[axis] < 1)
            return wrong(
                context, text("nn", "The pads are larger than the image that is made of %1.").with(written(input)));
    }
    return window;
}

} // namespace hounsfield::nn
