#include "core/nn/operators/window.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

Shape pooledShape(const Shape& x, const Sliding& sliding)
{
    Shape shape{x[0], x[1]};
    for (const std::int64_t size : sliding.outShape())
        shape.push_back(size);
    return shape;
}

Result<Sliding> poolOf(const OperatorContext& context, const Shape& shape)
{
    return slidingOf(context, shape, context.node.integers("kernel_shape"));
}

// ---- MaxPool

/// Place of the largest value under each window, in its plane; −1 where a window lies in the padding alone. The first of
/// equal values wins; a NaN is larger than all.
std::vector<std::int64_t> largestPlaces(const Sliding& sliding, const double* plane)
{
    std::vector<std::int64_t> places(static_cast<std::size_t>(sliding.outCount()), -1);
    sliding.walkPairs([&](std::int64_t o, std::int64_t i, std::int64_t) {
        std::int64_t& best = places[static_cast<std::size_t>(o)];
        if (best < 0 || plane[i] > plane[best] || (std::isnan(plane[i]) && !std::isnan(plane[best])))
            best = i;
    });
    return places;
}

Shapes maxPoolShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, numeric));
    const Shape shape = pooledShape(inputs[0].shape, TRY(poolOf(context, inputs[0].shape)));
    auto result = infos(inputs[0].type, shape);
    if (context.node.outputs.size() > 1)
        result.push_back({"made", ElementType::Int64, shape});
    return result;
}

/// The Indices output: places in the whole tensor, counted column by column with storage_order 1.
std::int64_t storedPlace(const Sliding& s, std::int64_t place, bool isColumnMajor)
{
    if (!isColumnMajor)
        return place;
    std::int64_t result = 0;
    std::array<std::int64_t, 3> at{};
    for (std::size_t d = 3; d-- > 0;) {
        at[d] = place % s.in[d];
        place /= s.in[d];
    }
    for (std::size_t d = 3; d-- > 0;)
        result = result * s.in[d] + at[d];
    return result;
}

Result<void> maxPoolForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Sliding sliding = TRY(poolOf(context, inputs[0]->shape()));
    const bool isColumnMajor = context.node.integer("storage_order", 0) == 1;
    const auto x = doublesOf(*inputs[0]);
    const std::int64_t planes = inputs[0]->shape()[0] * inputs[0]->shape()[1];
    std::vector<double> y;
    std::vector<std::int64_t> indices;
    for (std::int64_t p = 0; p < planes; ++p) {
        const double* plane = x.data() + p * sliding.inCount();
        for (const std::int64_t place : largestPlaces(sliding, plane)) {
            y.push_back(place < 0 ? -std::numeric_limits<double>::infinity() : plane[place]);
            indices.push_back(p * sliding.inCount() + (place < 0 ? 0 : storedPlace(sliding, place, isColumnMajor)));
        }
    }
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), y);
    if (outputs.size() > 1)
        outputs[1] = Tensor(outputs[1].shape(), std::move(indices));
    return {};
}

Result<Tensors> maxPoolBackward(const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>,
    std::span<const Tensor> gradients)
{
    const Sliding sliding = TRY(poolOf(context, inputs[0]->shape()));
    const auto x = doublesOf(*inputs[0]);
    const auto dy = doublesOf(gradients[0]);
    std::vector<double> dx(x.size(), 0);
    const std::int64_t planes = inputs[0]->shape()[0] * inputs[0]->shape()[1];
    std::size_t at = 0;
    for (std::int64_t p = 0; p < planes; ++p) {
        const std::int64_t first = p * sliding.inCount();
        for (const std::int64_t place : largestPlaces(sliding, x.data() + first)) {
            if (place >= 0)
                dx[static_cast<std::size_t>(first + place)] += dy[at];
            ++at;
        }
    }
    return Tensors{fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx)};
}

// ---- AveragePool

Shapes averagePoolShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, floating));
    return infos(inputs[0].type, pooledShape(inputs[0].shape, TRY(poolOf(context, inputs[0].shape))));
}

/// What each window's sum is divided by.
std::vector<double> divisors(const OperatorContext& context, const Sliding& sliding)
{
    std::vector<double> counts(static_cast<std::size_t>(sliding.outCount()), 0);
    if (context.node.integer("count_include_pad", 0) != 0)
        for (std::size_t o = 0; o < counts.size(); ++o)
            counts[o] = static_cast<double>(sliding.padded(static_cast<std::int64_t>(o)));
    else
        sliding.walkPairs([&](std::int64_t o, std::int64_t, std::int64_t) { counts[static_cast<std::size_t>(o)] += 1; });
    for (double& count : counts)
        count = std::max(count, 1.0);
    return counts;
}

Result<void> averagePoolForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Sliding sliding = TRY(poolOf(context, inputs[0]->shape()));
    const auto counts = divisors(context, sliding);
    const auto x = doublesOf(*inputs[0]);
    std::vector<double> y(static_cast<std::size_t>(outputs[0].count()), 0);
    const std::int64_t planes = inputs[0]->shape()[0] * inputs[0]->shape()[1];
    for (std::int64_t p = 0; p < planes; ++p) {
        const double* xPlane = x.data() + p * sliding.inCount();
        double* yPlane = y.data() + p * sliding.outCount();
        sliding.walkPairs([&](std::int64_t o, std::int64_t i, std::int64_t) { yPlane[o] += xPlane[i]; });
        for (std::int64_t o = 0; o < sliding.outCount(); ++o)
            yPlane[o] /= counts[static_cast<std::size_t>(o)];
    }
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), y);
    return {};
}

Result<Tensors> averagePoolBackward(const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>,
    std::span<const Tensor> gradients)
{
    const Sliding sliding = TRY(poolOf(context, inputs[0]->shape()));
    const auto counts = divisors(context, sliding);
    const auto dy = doublesOf(gradients[0]);
    std::vector<double> dx(static_cast<std::size_t>(inputs[0]->count()), 0);
    const std::int64_t planes = inputs[0]->shape()[0] * inputs[0]->shape()[1];
    for (std::int64_t p = 0; p < planes; ++p) {
        double* dxPlane = dx.data() + p * sliding.inCount();
        const double* dyPlane = dy.data() + p * sliding.outCount();
        sliding.walkPairs([&](std::int64_t o, std::int64_t i, std::int64_t) {
            dxPlane[i] += dyPlane[o] / counts[static_cast<std::size_t>(o)];
        });
    }
    return Tensors{fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx)};
}

// ---- over the whole plane

Shapes globalShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, floating));
    Shape shape = inputs[0].shape;
    if (shape.size() < 3 || productOf(shape, 2, shape.size()) == 0)
        return wrong(context, text("nn", "There is nothing to pool in %1.").with(written(shape)));
    std::fill(shape.begin() + 2, shape.end(), 1);
    return infos(inputs[0].type, shape);
}

enum class Global { Average, Most };

template <Global kind> Result<void> globalForward(const OperatorContext&, const Inputs& inputs, Tensors& outputs)
{
    const auto x = doublesOf(*inputs[0]);
    const auto planes = static_cast<std::size_t>(outputs[0].count());
    const std::size_t size = planes == 0 ? 0 : x.size() / planes;
    std::vector<double> y(planes);
    for (std::size_t p = 0; p < planes; ++p) {
        const auto begin = x.begin() + static_cast<std::ptrdiff_t>(p * size);
        const auto end = begin + static_cast<std::ptrdiff_t>(size);
        if (kind == Global::Most)
            y[p] = *std::max_element(begin, end);
        else
            for (auto i = begin; i != end; ++i)
                y[p] += *i / static_cast<double>(size);
    }
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), y);
    return {};
}

template <Global kind>
Result<Tensors> globalBackward(const OperatorContext&, const Inputs& inputs, std::span<const Tensor>,
    std::span<const Tensor> gradients)
{
    const auto x = doublesOf(*inputs[0]);
    const auto dy = doublesOf(gradients[0]);
    const std::size_t size = dy.empty() ? 0 : x.size() / dy.size();
    std::vector<double> dx(x.size(), 0);
    for (std::size_t p = 0; p < dy.size(); ++p) {
        const auto begin = static_cast<std::ptrdiff_t>(p * size);
        const auto end = begin + static_cast<std::ptrdiff_t>(size);
        if (kind == Global::Most)
            dx[static_cast<std::size_t>(std::max_element(x.begin() + begin, x.begin() + end) - x.begin())] = dy[p];
        else
            std::fill(dx.begin() + begin, dx.begin() + end, dy[p] / static_cast<double>(size));
    }
    return Tensors{fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx)};
}

constexpr Operator rows[] = {
    {"MaxPool", 1, run<maxPoolShapes, maxPoolForward>, maxPoolBackward, maxPoolShapes},
    {"AveragePool", 1, run<averagePoolShapes, averagePoolForward>, averagePoolBackward, averagePoolShapes},
    {"GlobalAveragePool", 1, run<globalShapes, globalForward<Global::Average>>, globalBackward<Global::Average>, globalShapes},
    {"GlobalMaxPool", 1, run<globalShapes, globalForward<Global::Most>>, globalBackward<Global::Most>, globalShapes},
};

} // namespace

std::span<const Operator> poolingOperators()
{
    return rows;
}

} // namespace hounsfield::nn
