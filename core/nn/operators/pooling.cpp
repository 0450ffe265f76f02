#include "core/nn/operators/windows.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

template <unsigned types> Shapes poolShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, types));
    const Window window = TRY(windowOf(context, inputs[0].shape, {}));
    const Shape shape = window.outShape(inputs[0].shape[0], inputs[0].shape[1]);
    std::vector<ValueInfo> result = infos(inputs[0].type, shape);
    if (context.node.outputs.size() > 1)
        result.push_back({"made", ElementType::Int64, shape});
    return result;
}

/// Place of the largest value of every window within its own plane; the first of equal ones, −1 where there is none.
std::vector<std::int64_t> largestPlaces(const Window& window, const std::vector<double>& x)
{
    const std::int64_t planes = window.inCount() ? static_cast<std::int64_t>(x.size()) / window.inCount() : 0;
    std::vector<std::int64_t> places;
    places.reserve(static_cast<std::size_t>(planes * window.outCount()));
    for (std::int64_t plane = 0; plane < planes; ++plane) {
        const double* image = x.data() + plane * window.inCount();
        window.places([&](std::int64_t, std::int64_t z, std::int64_t y, std::int64_t column) {
            std::int64_t best = -1;
            window.taps(z, y, column, [&](std::int64_t place, std::int64_t) {
                if (best < 0 || image[place] > image[best] || (std::isnan(image[place]) && !std::isnan(image[best])))
                    best = place;
            });
            places.push_back(best);
        });
    }
    return places;
}

Result<void> maxPoolForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Window window = TRY(windowOf(context, inputs[0]->shape(), {}));
    const auto x = doublesOf(*inputs[0]);
    const auto places = largestPlaces(window, x);
    std::vector<double> y(places.size());
    const bool isColumnMajor = context.node.integer("storage_order", 0) != 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::int64_t first = static_cast<std::int64_t>(i) / window.outCount() * window.inCount();
        y[i] = places[i] < 0 ? -std::numeric_limits<double>::infinity()
                             : x[static_cast<std::size_t>(first + places[i])];
        if (outputs.size() < 2)
            continue;
        std::int64_t place = places[i];
        if (isColumnMajor) {
            const std::int64_t column = place % window.in[2];
            const std::int64_t row = place / window.in[2] % window.in[1];
            const std::int64_t slice = place / window.in[2] / window.in[1];
            place = (column * window.in[1] + row) * window.in[0] + slice;
        }
        outputs[1].as<std::int64_t>()[i] = first + place;
    }
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), y);
    return {};
}

Result<Tensors> maxPoolBackward(const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>,
    std::span<const Tensor> gradients)
{
    const Window window = TRY(windowOf(context, inputs[0]->shape(), {}));
    const auto x = doublesOf(*inputs[0]);
    const auto dy = doublesOf(gradients[0]);
    const auto places = largestPlaces(window, x);
    std::vector<double> dx(x.size(), 0);
    for (std::size_t i = 0; i < places.size(); ++i)
        if (places[i] >= 0)
            dx[static_cast<std::size_t>(
                static_cast<std::int64_t>(i) / window.outCount() * window.inCount() + places[i])]
                += dy[i];
    return Tensors{fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx)};
}

/// Calls body(output, input, share of the mean) for every value that enters an average.
template <typename Body> void shares(const OperatorContext& context, const Window& window, std::int64_t planes, Body body)
{
    const bool countsPads = context.node.integer("count_include_pad", 0) != 0;
    for (std::int64_t plane = 0; plane < planes; ++plane)
        window.places([&](std::int64_t number, std::int64_t z, std::int64_t y, std::int64_t x) {
            std::int64_t count = 0;
            window.taps(z, y, x, [&](std::int64_t, std::int64_t) { ++count; });
            if (countsPads) { // what ceil_mode adds beyond the pads is not counted
                count = 1;
                const std::array<std::int64_t, 3> at{z, y, x};
                for (std::size_t d = 0; d < 3; ++d) {
                    const std::int64_t room = window.in[d] + window.before[d] + window.after[d] - at[d] * window.stride[d];
                    count *= std::min(window.kernel[d], (room + window.dilation[d] - 1) / window.dilation[d]);
                }
            }
            window.taps(z, y, x, [&](std::int64_t place, std::int64_t) {
                body(static_cast<std::size_t>(plane * window.outCount() + number),
                    static_cast<std::size_t>(plane * window.inCount() + place), 1 / static_cast<double>(count));
            });
        });
}

Result<void> averagePoolForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Window window = TRY(windowOf(context, inputs[0]->shape(), {}));
    const auto x = doublesOf(*inputs[0]);
    std::vector<double> y(static_cast<std::size_t>(outputs[0].count()), 0);
    const Shape& shape = inputs[0]->shape();
    shares(context, window, shape[0] * shape[1],
        [&](std::size_t o, std::size_t i, double share) { y[o] += x[i] * share; });
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), y);
    return {};
}

Result<Tensors> averagePoolBackward(const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>,
    std::span<const Tensor> gradients)
{
    const Window window = TRY(windowOf(context, inputs[0]->shape(), {}));
    const Shape& shape = inputs[0]->shape();
    const auto dy = doublesOf(gradients[0]);
    std::vector<double> dx(static_cast<std::size_t>(inputs[0]->count()), 0);
    shares(context, window, shape[0] * shape[1],
        [&](std::size_t o, std::size_t i, double share) { dx[i] += dy[o] * share; });
    return Tensors{fromDoubles(inputs[0]->type(), shape, dx)};
}

// ---- over the whole image

Shapes globalShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, floating));
    Shape shape = inputs[0].shape;
    if (shape.size() < 3)
        return wrong(context, text("nn", "An input of shape %1 has no spatial axes.").with(written(shape)));
    if (productOf(shape, 2, shape.size()) == 0)
        return wrong(context, text("nn", "The image %1 is empty.").with(written(shape)));
    std::fill(shape.begin() + 2, shape.end(), 1);
    return infos(inputs[0].type, shape);
}

std::size_t largestOf(const double* image, std::size_t count)
{
    std::size_t best = 0;
    for (std::size_t i = 1; i < count; ++i)
        if (image[i] > image[best] || (std::isnan(image[i]) && !std::isnan(image[best])))
            best = i;
    return best;
}

template <bool isMean> Result<void> globalForward(const OperatorContext&, const Inputs& inputs, Tensors& outputs)
{
    const auto x = doublesOf(*inputs[0]);
    std::vector<double> y(static_cast<std::size_t>(outputs[0].count()));
    const std::size_t count = y.empty() ? 0 : x.size() / y.size();
    for (std::size_t plane = 0; plane < y.size(); ++plane) {
        const double* image = x.data() + plane * count;
        double sum = 0;
        for (std::size_t i = 0; i < count; ++i)
            sum += image[i];
        y[plane] = isMean ? sum / static_cast<double>(count) : image[largestOf(image, count)];
    }
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), y);
    return {};
}

template <bool isMean>
Result<Tensors> globalBackward(
    const OperatorContext&, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const auto x = doublesOf(*inputs[0]);
    const auto dy = doublesOf(gradients[0]);
    std::vector<double> dx(x.size(), 0);
    const std::size_t count = dy.empty() ? 0 : x.size() / dy.size();
    for (std::size_t plane = 0; plane < dy.size(); ++plane)
        if (isMean)
            for (std::size_t i = 0; i < count; ++i)
                dx[plane * count + i] = dy[plane] / static_cast<double>(count);
        else
            dx[plane * count + largestOf(x.data() + plane * count, count)] = dy[plane];
    return Tensors{fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx)};
}

constexpr Operator rows[] = {
    {"MaxPool", 1, run<poolShapes<numeric>, maxPoolForward>, maxPoolBackward, poolShapes<numeric>},
    {"AveragePool", 1, run<poolShapes<floating>, averagePoolForward>, averagePoolBackward, poolShapes<floating>},
    {"GlobalAveragePool", 1, run<globalShapes, globalForward<true>>, globalBackward<true>, globalShapes},
    {"GlobalMaxPool", 1, run<globalShapes, globalForward<false>>, globalBackward<false>, globalShapes},
};

} // namespace

std::span<const Operator> poolingOperators()
{
    return rows;
}

} // namespace hounsfield::nn
