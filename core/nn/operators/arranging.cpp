#include "core/nn/operators/support.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

// ---- Tile

constexpr std::int64_t largest = std::int64_t{1} << 31;

/// Repeats of each axis: the second input; opset 1 gave a count and an axis instead.
Result<std::vector<std::int64_t>> repeatsOf(const OperatorContext& context, const Shape& shape, const Inputs& known)
{
    std::vector<std::int64_t> repeats(shape.size(), 1);
    if (context.opset >= 6) {
        repeats = TRY(listOf(context, known, 1));
    } else {
        const auto count = TRY(numberOf(context, known, 1, 1)), axis = TRY(numberOf(context, known, 2, 0));
        if (!(count >= 0 && count <= static_cast<double>(largest) && axis >= 0
                && axis < static_cast<double>(shape.size())))
            return wrong(context, text("nn", "%1 repeats of axis %2 do not fit %3.").with(count, axis, written(shape)));
        repeats[static_cast<std::size_t>(axis)] = static_cast<std::int64_t>(count);
    }
    const bool isSound = repeats.size() == shape.size()
                         && std::ranges::all_of(repeats, [](auto count) { return count >= 0 && count <= largest; })
                         && std::ranges::all_of(shape, [](auto length) { return length <= largest; });
    if (!isSound)
        return wrong(context, text("nn", "Repeats %1 do not fit %2.").with(written(repeats), written(shape)));
    return repeats;
}

Shapes tileShapes(const OperatorContext& context, Infos inputs, const Inputs& known)
{
    TRY(need(context, inputs, 0));
    Shape shape = inputs[0].shape;
    const auto repeats = TRY(repeatsOf(context, shape, known));
    for (std::size_t d = 0; d < shape.size(); ++d)
        shape[d] = shape[d] < 0 ? shape[d] : shape[d] * repeats[d];
    return infos(inputs[0].type, shape);
}

/// Calls body(element of the input) for every element of the output: each axis is its repeats, then its length.
template <typename Body> Result<void> walkTiles(const OperatorContext& context, const Inputs& inputs, Body&& body)
{
    const Shape& from = inputs[0]->shape();
    const auto repeats = TRY(repeatsOf(context, from, inputs));
    const auto own = stridesOf(from);
    Shape shape;
    std::vector<std::int64_t> strides;
    for (std::size_t d = 0; d < from.size(); ++d) {
        shape.insert(shape.end(), {repeats[d], from[d]});
        strides.insert(strides.end(), {0, own[d]});
    }
    walk(shape, strides, strides, [&](std::int64_t i, std::int64_t) { body(static_cast<std::size_t>(i)); });
    return {};
}

Result<void> tileForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    return withElements(*inputs[0], [&]<typename T>(std::span<const T> from) {
        T* out = outputs[0].as<T>().data();
        return walkTiles(context, inputs, [&](std::size_t i) { *out++ = from[i]; });
    });
}

Result<Tensors> tileBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const auto dy = doublesOf(gradients[0]);
    const double* at = dy.data();
    std::vector<double> dx(static_cast<std::size_t>(inputs[0]->count()), 0);
    TRY(walkTiles(context, inputs, [&](std::size_t i) { dx[i] += *at++; }));
    Tensors result(inputs.size());
    result[0] = fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx);
    return result;
}

// ---- DepthToSpace, SpaceToDepth: an image as six axes in another order

struct Blocks {
    Shape axes;                     ///< of the input
    std::vector<std::size_t> order; ///< of the output: which axis of the input
    Shape shape;                    ///< of the output

    Shape ordered() const
    {
        Shape result;
        for (const std::size_t axis : order)
            result.push_back(axes[axis]);
        return result;
    }
    std::vector<std::int64_t> strides() const
    {
        const auto own = stridesOf(axes);
        std::vector<std::int64_t> result;
        for (const std::size_t axis : order)
            result.push_back(own[axis]);
        return result;
    }
};

template <bool toSpace> Result<Blocks> blocksOf(const OperatorContext& context, const Shape& x)
{
    const std::int64_t size = context.node.integer("blocksize", 0);
    const bool fits = x.size() == 4 && std::min({x[1], x[2], x[3]}) >= 0 && size >= 1 && size <= 1 << 15
                      && (toSpace ? x[1] % (size * size) == 0 : x[2] % size == 0 && x[3] % size == 0);
    if (!fits)
        return wrong(context, text("nn", "Blocks of %1 do not fit an image of %2.").with(size, written(x)));
    if (!toSpace)
        return Blocks{{x[0], x[1], x[2] / size, size, x[3] / size, size}, {0, 3, 5, 1, 2, 4},
            {x[0], x[1] * size * size, x[2] / size, x[3] / size}};
    const std::int64_t channels = x[1] / (size * size);
    const Shape shape{x[0], channels, x[2] * size, x[3] * size};
    if (context.node.words("mode", "DCR") == "CRD")
        return Blocks{{x[0], channels, size, size, x[2], x[3]}, {0, 1, 4, 2, 5, 3}, shape};
    return Blocks{{x[0], size, size, channels, x[2], x[3]}, {0, 3, 4, 1, 5, 2}, shape};
}

template <bool toSpace> Shapes blockShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0));
    return infos(inputs[0].type, TRY(blocksOf<toSpace>(context, inputs[0].shape)).shape);
}

template <bool toSpace>
Result<void> blockForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Blocks blocks = TRY(blocksOf<toSpace>(context, inputs[0]->shape()));
    copyWalked(*inputs[0], outputs[0], blocks.ordered(), blocks.strides(), stridesOf(blocks.ordered()));
    return {};
}

template <bool toSpace>
Result<Tensors> blockBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const Blocks blocks = TRY(blocksOf<toSpace>(context, inputs[0]->shape()));
    Tensor dx(gradients[0].type(), inputs[0]->shape());
    copyWalked(gradients[0], dx, blocks.ordered(), stridesOf(blocks.ordered()), blocks.strides());
    return Tensors{std::move(dx)};
}

// ---- Trilu

Shapes triangleShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0));
    if (inputs[0].shape.size() < 2)
        return wrong(context, text("nn", "The shape %1 is that of no matrix.").with(written(inputs[0].shape)));
    return infos(inputs[0].type, inputs[0].shape);
}

/// The elements of a tensor inside the triangle, zeros elsewhere.
Result<Tensor> triangleOf(const OperatorContext& context, const Inputs& inputs, const Tensor& whole)
{
    const double diagonal = TRY(numberOf(context, inputs, 1, 0));
    const bool isUpper = context.node.integer("upper", 1) != 0;
    const auto columns = static_cast<std::size_t>(whole.shape().back());
    const auto rows = static_cast<std::size_t>(whole.shape()[whole.shape().size() - 2]);
    Tensor result(whole.type(), whole.shape());
    withElements(whole, [&]<typename T>(std::span<const T> from) {
        const auto to = result.as<T>();
        for (std::size_t i = 0; i < from.size(); ++i) {
            const double above = static_cast<double>(i % columns) - static_cast<double>(i / columns % rows) - diagonal;
            if (isUpper ? above >= 0 : above <= 0)
                to[i] = from[i];
        }
    });
    return result;
}

Result<void> triangleForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    outputs[0] = TRY(triangleOf(context, inputs, *inputs[0]));
    return {};
}

Result<Tensors> triangleBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    Tensors result(inputs.size());
    result[0] = TRY(triangleOf(context, inputs, gradients[0]));
    return result;
}

constexpr Operator rows[] = {
    {"Tile", 1, run<tileShapes, tileForward>, tileBackward, tileShapes},
    {"DepthToSpace", 1, run<blockShapes<true>, blockForward<true>>, blockBackward<true>, blockShapes<true>},
    {"SpaceToDepth", 1, run<blockShapes<false>, blockForward<false>>, blockBackward<false>, blockShapes<false>},
    {"Trilu", 14, run<triangleShapes, triangleForward>, triangleBackward, triangleShapes},
};

} // namespace

std::span<const Operator> arrangingOperators()
{
    return rows;
}

} // namespace hounsfield::nn
