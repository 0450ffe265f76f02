#include "core/nn/operators/support.h"

namespace hounsfield::nn {

namespace {

template <unsigned types> Shapes comparisonShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, types));
    TRY(needLikeFirst(context, inputs, 1));
    const Shape second = placedShape(context, inputs[0].shape, inputs[1].shape);
    return infos(ElementType::Bool, TRY(broadcastOf(context, inputs[0].shape, second)));
}

using Compare = bool (*)(double, double);

template <Compare compare>
Result<void> comparisonForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Shape& shape = outputs[0].shape();
    const Shape second = placedShape(context, inputs[0]->shape(), inputs[1]->shape());
    Boolean* out = outputs[0].as<Boolean>().data();
    const auto placeA = broadcastStrides(inputs[0]->shape(), shape);
    const auto placeB = broadcastStrides(second, shape);
    withElements(*inputs[0], [&]<typename T>(std::span<const T> a) {
        const auto b = inputs[1]->as<T>();
        walk(shape, placeA, placeB, [&](std::int64_t i, std::int64_t j) {
            const T left = a[static_cast<std::size_t>(i)];
            const T right = b[static_cast<std::size_t>(j)];
            *out++ = static_cast<Boolean>(compare(static_cast<double>(left), static_cast<double>(right)));
        });
    });
    return {};
}

Shapes notShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, logical));
    return infos(ElementType::Bool, inputs[0].shape);
}

Result<void> notForward(const OperatorContext&, const Inputs& inputs, Tensors& outputs)
{
    const auto x = inputs[0]->as<Boolean>();
    const auto y = outputs[0].as<Boolean>();
    for (std::size_t i = 0; i < x.size(); ++i)
        y[i] = static_cast<Boolean>(x[i] == Boolean{0});
    return {};
}

template <unsigned wanted> Shapes testShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, wanted));
    return infos(ElementType::Bool, inputs[0].shape);
}

Result<void> isNanForward(const OperatorContext&, const Inputs& inputs, Tensors& outputs)
{
    const auto x = doublesOf(*inputs[0]);
    const auto y = outputs[0].as<Boolean>();
    for (std::size_t i = 0; i < x.size(); ++i)
        y[i] = static_cast<Boolean>(std::isnan(x[i]));
    return {};
}

Result<void> isInfForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const bool negative = context.node.integer("detect_negative", 1) != 0;
    const bool positive = context.node.integer("detect_positive", 1) != 0;
    const auto x = doublesOf(*inputs[0]);
    const auto y = outputs[0].as<Boolean>();
    for (std::size_t i = 0; i < x.size(); ++i)
        y[i] = static_cast<Boolean>(std::isinf(x[i]) && (x[i] < 0 ? negative : positive));
    return {};
}

// ---- Where

Shapes whereShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, logical));
    TRY(need(context, inputs, 1));
    TRY(need(context, inputs, 2, bit(inputs[1].type)));
    const Shape values = TRY(broadcastOf(context, inputs[1].shape, inputs[2].shape));
    return infos(inputs[1].type, TRY(broadcastOf(context, inputs[0].shape, values)));
}

Result<void> whereForward(const OperatorContext&, const Inputs& inputs, Tensors& outputs)
{
    const Shape& shape = outputs[0].shape();
    const auto condition = inputs[0]->as<Boolean>();
    const auto placeCondition = broadcastStrides(inputs[0]->shape(), shape);
    const std::vector<std::int64_t> one = stridesOf(shape);
    withElements(*inputs[1], [&]<typename T>(std::span<const T>) {
        const auto out = outputs[0].as<T>();
        for (std::size_t side : {1u, 2u}) {
            const auto x = inputs[side]->as<T>();
            std::size_t at = 0;
            std::vector<bool> takes(out.size());
            walk(shape, placeCondition, one, [&](std::int64_t c, std::int64_t) {
                takes[at++] = (condition[static_cast<std::size_t>(c)] != Boolean{0}) == (side == 1);
            });
            walk(shape, broadcastStrides(inputs[side]->shape(), shape), one, [&](std::int64_t i, std::int64_t o) {
                if (takes[static_cast<std::size_t>(o)])
                    out[static_cast<std::size_t>(o)] = x[static_cast<std::size_t>(i)];
            });
        }
    });
    return {};
}

Result<Tensors> whereBackward(
    const OperatorContext&, const Inputs& inputs, std::span<const Tensor> outputs, std::span<const Tensor> gradients)
{
    const Shape& shape = outputs[0].shape();
    const auto condition = inputs[0]->as<Boolean>();
    const auto gradient = doublesOf(gradients[0]);
    Tensors result(3);
    for (std::size_t side : {1u, 2u}) {
        std::vector<double> dx(static_cast<std::size_t>(inputs[side]->count()), 0);
        std::size_t at = 0;
        walk(shape, broadcastStrides(inputs[0]->shape(), shape), broadcastStrides(inputs[side]->shape(), shape),
            [&](std::int64_t c, std::int64_t i) {
                if ((condition[static_cast<std::size_t>(c)] != Boolean{0}) == (side == 1))
                    dx[static_cast<std::size_t>(i)] += gradient[at];
                ++at;
            });
        result[side] = fromDoubles(inputs[side]->type(), inputs[side]->shape(), dx);
    }
    return result;
}

template <unsigned types, Compare compare> constexpr Operator comparison(std::string_view name)
{
    return {name, 1, run<comparisonShapes<types>, comparisonForward<compare>>, nullptr, comparisonShapes<types>};
}

constexpr Operator rows[] = {
    comparison<anyType, [](double a, double b) { return a == b; }>("Equal"),
    comparison<numeric, [](double a, double b) { return a < b; }>("Less"),
    comparison<numeric, [](double a, double b) { return (a > b); }>("Greater"),
    comparison<numeric, [](double a, double b) { return a <= b; }>("LessOrEqual"),
    comparison<numeric, [](double a, double b) { return (a >= b); }>("GreaterOrEqual"),
    comparison<logical, [](double a, double b) { return a != 0 && b != 0; }>("And"),
    comparison<logical, [](double a, double b) { return a != 0 || b != 0; }>("Or"),
    comparison<logical, [](double a, double b) { return a != b; }>("Xor"),
    {"Not", 1, run<notShapes, notForward>, nullptr, notShapes},
    {"IsNaN", 1, run<testShapes<floating>, isNanForward>, nullptr, testShapes<floating>},
    {"IsInf", 1, run<testShapes<floating>, isInfForward>, nullptr, testShapes<floating>},
    {"Where", 9, run<whereShapes, whereForward>, whereBackward, whereShapes},
};

} // namespace

std::span<const Operator> comparisonOperators()
{
    return rows;
}

} // namespace hounsfield::nn
