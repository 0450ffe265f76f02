#include "core/nn/operators/window.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

constexpr std::int64_t largest = 1 << 20; ///< of any attribute, so that sums cannot overflow

using Triple = Sliding::Triple;

/// Fills the last `values.size()` of three.
void place(Triple& triple, std::span<const std::int64_t> values)
{
    std::copy(values.begin(), values.end(), triple.end() - static_cast<std::ptrdiff_t>(values.size()));
}

/// An attribute with one value a spatial dimension, each least … largest.
Result<void> readAttribute(const OperatorContext& context, const std::string& name, std::int64_t least, Triple& triple,
    std::size_t rank)
{
    const auto values = context.node.integers(name);
    if (values.empty())
        return {};
    if (values.size() != rank)
        return wrong(context, text("nn", "The attribute %1 needs %2 values.").with(name, rank));
    for (const std::int64_t value : values)
        if (value < least || value > largest)
            return wrong(context, text("nn", "The attribute %1 cannot be %2.").with(name, value));
    place(triple, values);
    return {};
}

Result<void> readPads(const OperatorContext& context, Sliding& sliding)
{
    const auto pads = context.node.integers("pads");
    if (pads.empty())
        return {};
    if (pads.size() != 2 * sliding.rank)
        return wrong(context, text("nn", "The attribute %1 needs %2 values.").with("pads", 2 * sliding.rank));
    for (const std::int64_t pad : pads)
        if (pad < 0 || pad > largest)
            return wrong(context, text("nn", "The attribute %1 cannot be %2.").with("pads", pad));
    place(sliding.begins, std::span(pads).first(sliding.rank));
    place(sliding.ends, std::span(pads).last(sliding.rank));
    return {};
}

Result<void> measure(const OperatorContext& context, Sliding& s)
{
    const std::string automatic = context.node.words("auto_pad", "NOTSET");
    const bool isSame = automatic == "SAME_UPPER" || automatic == "SAME_LOWER";
    const bool isCeil = context.node.integer("ceil_mode", 0) != 0;
    for (std::size_t d = 0; d < 3; ++d) {
        const std::int64_t reach = s.dilations[d] * (s.kernel[d] - 1) + 1;
        if (automatic == "VALID")
            s.begins[d] = s.ends[d] = 0;
        if (isSame) {
            s.out[d] = (s.in[d] + s.strides[d] - 1) / s.strides[d];
            const std::int64_t pad = std::max<std::int64_t>(0, (s.out[d] - 1) * s.strides[d] + reach - s.in[d]);
            s.begins[d] = automatic == "SAME_UPPER" ? pad / 2 : pad - pad / 2;
            s.ends[d] = pad - s.begins[d];
            continue;
        }
        const std::int64_t room = s.in[d] + s.begins[d] + s.ends[d] - reach;
        if (room < 0)
            return wrong(context, text("nn", "The kernel reaches over %1 values, the padded input has %2.")
                                      .with(reach, s.in[d] + s.begins[d] + s.ends[d]));
        s.out[d] = (isCeil ? room + s.strides[d] - 1 : room) / s.strides[d] + 1;
        if (isCeil && (s.out[d] - 1) * s.strides[d] >= s.in[d] + s.begins[d])
            --s.out[d]; // a window must begin inside the input or its first pad
    }
    return {};
}

} // namespace

Shape Sliding::outShape() const
{
    return Shape(out.end() - static_cast<std::ptrdiff_t>(rank), out.end());
}

std::int64_t Sliding::inputPlace(std::int64_t output, std::int64_t kernelPlace) const
{
    std::int64_t result = 0;
    std::int64_t scale = 1;
    for (std::size_t d = 3; d-- > 0;) {
        const std::int64_t at = (output % out[d]) * strides[d] + (kernelPlace % kernel[d]) * dilations[d] - begins[d];
        if (at < 0 || at >= in[d])
            return -1;
        result += at * scale;
        scale *= in[d];
        output /= out[d];
        kernelPlace /= kernel[d];
    }
    return result;
}

std::int64_t Sliding::padded(std::int64_t output) const
{
    std::int64_t count = 1;
    for (std::size_t d = 3; d-- > 0;) {
        const std::int64_t first = (output % out[d]) * strides[d] - begins[d];
        std::int64_t inside = 0;
        for (std::int64_t k = 0; k < kernel[d]; ++k)
            inside += first + k * dilations[d] < in[d] + ends[d];
        count *= inside;
        output /= out[d];
    }
    return count;
}

Result<Sliding> slidingOf(const OperatorContext& context, const Shape& shape, const std::vector<std::int64_t>& kernel)
{
    Sliding sliding;
    if (shape.size() < 3 || shape.size() > 5)
        return wrong(context, text("nn", "The input has %1 dimensions; 3 to 5 are known.").with(shape.size()));
    sliding.rank = shape.size() - 2;
    if (kernel.size() != sliding.rank)
        return wrong(context, text("nn", "The kernel has %1 dimensions, the input %2.").with(kernel.size(), sliding.rank));
    for (std::size_t d = 0; d < sliding.rank; ++d)
        if (kernel[d] < 1 || kernel[d] > largest || shape[d + 2] < 1 || shape[d + 2] > (std::int64_t{1} << 31))
            return wrong(context, text("nn", "A kernel of %1 cannot slide over %2 values.").with(kernel[d], shape[d + 2]));
    place(sliding.in, std::span(shape).last(sliding.rank));
    place(sliding.kernel, kernel);
    TRY(readAttribute(context, "strides", 1, sliding.strides, sliding.rank));
    TRY(readAttribute(context, "dilations", 1, sliding.dilations, sliding.rank));
    TRY(readPads(context, sliding));
    TRY(measure(context, sliding));
    return sliding;
}

} // namespace hounsfield::nn
