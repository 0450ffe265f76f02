#include "core/nn/operators/support.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

Shapes binaryShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, numeric));
    TRY(needLikeFirst(context, inputs, 1));
    const Shape second = placedShape(context, inputs[0].shape, inputs[1].shape);
    return infos(inputs[0].type, TRY(broadcastOf(context, inputs[0].shape, second)));
}

/// One arithmetic operation with its derivatives by a and b.
struct Binary {
    double (*value)(double a, double b) = nullptr;
    double (*byA)(double a, double b) = nullptr;
    double (*byB)(double a, double b) = nullptr;
};

constexpr Binary addition{
    [](double a, double b) { return a + b; }, [](double, double) { return 1.; }, [](double, double) { return 1.; }};
constexpr Binary subtraction{
    [](double a, double b) { return a - b; }, [](double, double) { return 1.; }, [](double, double) { return -1.; }};
constexpr Binary multiplication{
    [](double a, double b) { return a * b; }, [](double, double b) { return b; }, [](double a, double) { return a; }};
constexpr Binary division{[](double a, double b) { return a / b; }, [](double, double b) { return 1 / b; },
    [](double a, double b) { return -a / (b * b); }};
constexpr Binary power{[](double a, double b) { return std::pow(a, b); },
    [](double a, double b) { return b == 0 ? 0 : b * std::pow(a, b - 1); },
    [](double a, double b) { return a > 0 ? std::log(a) * std::pow(a, b) : 0; }};
constexpr Binary slopes{[](double a, double b) { return a < 0 ? a * b : a; },
    [](double a, double b) { return a < 0 ? b : 1; }, [](double a, double) { return a < 0 ? a : 0; }};

/// Integers are computed as such, wrapping where C would not say.
template <typename T> T wholeValue(const Binary& operation, T a, T b)
{
    using Wrapping = std::make_unsigned_t<T>;
    const auto left = static_cast<Wrapping>(a);
    const auto right = static_cast<Wrapping>(b);
    if (operation.value == addition.value)
        return static_cast<T>(left + right);
    if (operation.value == subtraction.value)
        return static_cast<T>(left - right);
    if (operation.value == multiplication.value)
        return static_cast<T>(left * right);
    if (operation.value == division.value) {
        if (b == 0)
            return 0;
        return b == static_cast<T>(-1) && std::is_signed_v<T> ? static_cast<T>(Wrapping{} - left)
                                                              : static_cast<T>(a / b);
    }
    return converted<T>(operation.value(static_cast<double>(a), static_cast<double>(b)));
}

template <const Binary& operation>
Result<void> binaryForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Shape& shape = outputs[0].shape();
    const auto placeA = broadcastStrides(inputs[0]->shape(), shape);
    const auto placeB = broadcastStrides(placedShape(context, inputs[0]->shape(), inputs[1]->shape()), shape);
    withElements(*inputs[0], [&]<typename T>(std::span<const T> a) {
        if constexpr (!std::is_same_v<T, Boolean>) {
            const auto b = inputs[1]->as<T>();
            T* out = outputs[0].as<T>().data();
            walk(shape, placeA, placeB, [&](std::int64_t i, std::int64_t j) {
                const T left = a[static_cast<std::size_t>(i)];
                const T right = b[static_cast<std::size_t>(j)];
                if constexpr (std::is_floating_point_v<T>)
                    *out++ = static_cast<T>(operation.value(left, right));
                else
                    *out++ = wholeValue(operation, left, right);
            });
        }
    });
    return {};
}

template <const Binary& operation>
Result<Tensors> binaryBackward(const OperatorContext& context, const Inputs& inputs, std::span<const Tensor> outputs,
    std::span<const Tensor> gradients)
{
    const Shape& shape = outputs[0].shape();
    const auto a = doublesOf(*inputs[0]);
    const auto b = doublesOf(*inputs[1]);
    const auto gradient = doublesOf(gradients[0]);
    std::vector<double> da(a.size(), 0);
    std::vector<double> db(b.size(), 0);
    const double* g = gradient.data();
    walk(shape, broadcastStrides(inputs[0]->shape(), shape),
        broadcastStrides(placedShape(context, inputs[0]->shape(), inputs[1]->shape()), shape),
        [&](std::int64_t placeA, std::int64_t placeB) {
            const auto i = static_cast<std::size_t>(placeA);
            const auto j = static_cast<std::size_t>(placeB);
            da[i] += *g * operation.byA(a[i], b[j]);
            db[j] += *g * operation.byB(a[i], b[j]);
            ++g;
        });
    return Tensors{
        fromDoubles(inputs[0]->type(), inputs[0]->shape(), da), fromDoubles(inputs[1]->type(), inputs[1]->shape(), db)};
}

/// Pow takes an exponent of another type.
Shapes powerShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, numeric));
    TRY(need(context, inputs, 1, numeric));
    const Shape second = placedShape(context, inputs[0].shape, inputs[1].shape);
    return infos(inputs[0].type, TRY(broadcastOf(context, inputs[0].shape, second)));
}

/// One element of the output from one of each input, in double whatever the types.
template <typename Value>
void binaryDoubles(const OperatorContext& context, const Inputs& inputs, Tensors& outputs, Value&& value)
{
    const Shape& shape = outputs[0].shape();
    const auto a = doublesOf(*inputs[0]);
    const auto b = doublesOf(*inputs[1]);
    std::vector<double> values;
    values.reserve(static_cast<std::size_t>(outputs[0].count()));
    walk(shape, broadcastStrides(inputs[0]->shape(), shape),
        broadcastStrides(placedShape(context, inputs[0]->shape(), inputs[1]->shape()), shape),
        [&](std::int64_t i, std::int64_t j) {
            values.push_back(value(a[static_cast<std::size_t>(i)], b[static_cast<std::size_t>(j)]));
        });
    outputs[0] = fromDoubles(outputs[0].type(), shape, values);
}

Result<void> powerForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    binaryDoubles(context, inputs, outputs, power.value);
    return {};
}

/// The remainder has the sign of the divisor as in Python, or with fmod that of the dividend as in C.
double remainder(const OperatorContext& context, double a, double b)
{
    const double rest = std::fmod(a, b);
    const bool isOther = context.node.integer("fmod", 0) == 0 && rest != 0 && (rest < 0) != (b < 0);
    return isOther ? rest + b : rest;
}

Result<void> remainderForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    binaryDoubles(context, inputs, outputs, [&](double a, double b) { return remainder(context, a, b); });
    return {};
}

/// The slope of PRelu broadcasts to x alone; before opset 7 a list of slopes belongs to the channels.
Shape slopeShape(const OperatorContext& context, const Shape& x, const Shape& slope)
{
    Shape placed = slope;
    if (context.opset < 7 && slope.size() == 1 && x.size() > 2 && slope[0] != 1)
        placed.insert(placed.end(), x.size() - 2, 1);
    return placed;
}

Shapes slopesShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, floating | indexing));
    TRY(needLikeFirst(context, inputs, 1));
    const Shape& x = inputs[0].shape;
    const Shape shape = TRY(broadcastOf(context, x, slopeShape(context, x, inputs[1].shape)));
    if (shape != x)
        return wrong(context,
            text("nn", "The slope %1 is larger than the input %2.").with(written(inputs[1].shape), written(x)));
    return infos(inputs[0].type, x);
}

Result<void> slopesForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Tensor slope = inputs[1]->reshaped(slopeShape(context, inputs[0]->shape(), inputs[1]->shape()));
    return binaryForward<slopes>(context, {inputs[0], &slope}, outputs);
}

Result<Tensors> slopesBackward(const OperatorContext& context, const Inputs& inputs, std::span<const Tensor> outputs,
    std::span<const Tensor> gradients)
{
    const Tensor slope = inputs[1]->reshaped(slopeShape(context, inputs[0]->shape(), inputs[1]->shape()));
    auto result = TRY(binaryBackward<slopes>(context, {inputs[0], &slope}, outputs, gradients));
    result[1] = result[1].reshaped(inputs[1]->shape());
    return result;
}

// ---- any number of inputs

Shapes variadicShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, numeric));
    Shape shape = inputs[0].shape;
    for (std::size_t i = 1; i < inputs.size(); ++i) {
        TRY(needLikeFirst(context, inputs, i));
        shape = TRY(broadcastOf(context, shape, inputs[i].shape));
    }
    return infos(inputs[0].type, shape);
}

enum class Fold { Sum, Mean, Least, Most };

template <Fold fold> double folded(double a, double b)
{
    if (fold == Fold::Least)
        return std::isnan(a) || a < b ? a : b;
    if (fold == Fold::Most)
        return std::isnan(a) || a > b ? a : b;
    return a + b;
}

template <Fold fold> Result<void> variadicForward(const OperatorContext&, const Inputs& inputs, Tensors& outputs)
{
    const Shape shape = outputs[0].shape();
    std::vector<double> values(static_cast<std::size_t>(outputs[0].count()));
    const std::vector<std::int64_t> nowhere(shape.size(), 0);
    for (std::size_t k = 0; k < inputs.size(); ++k) {
        const auto x = doublesOf(*inputs[k]);
        double* value = values.data();
        walk(shape, broadcastStrides(inputs[k]->shape(), shape), nowhere, [&](std::int64_t i, std::int64_t) {
            *value = k == 0 ? x[static_cast<std::size_t>(i)] : folded<fold>(*value, x[static_cast<std::size_t>(i)]);
            ++value;
        });
    }
    if (fold == Fold::Mean)
        for (double& value : values)
            value /= static_cast<double>(inputs.size());
    outputs[0] = fromDoubles(outputs[0].type(), shape, values);
    return {};
}

/// Of equal smallest or largest values the first receives the gradient.
template <Fold fold>
Result<Tensors> variadicBackward(
    const OperatorContext&, const Inputs& inputs, std::span<const Tensor> outputs, std::span<const Tensor> gradients)
{
    const Shape& shape = outputs[0].shape();
    const auto gradient = doublesOf(gradients[0]);
    const auto y = doublesOf(outputs[0]);
    std::vector<bool> isTaken(y.size(), false);
    const std::vector<std::int64_t> nowhere(shape.size(), 0);
    Tensors result;
    for (const Tensor* input : inputs) {
        const auto x = doublesOf(*input);
        std::vector<double> dx(x.size(), 0);
        std::size_t at = 0;
        walk(shape, broadcastStrides(input->shape(), shape), nowhere, [&](std::int64_t place, std::int64_t) {
            const auto i = static_cast<std::size_t>(place);
            if (fold == Fold::Sum || fold == Fold::Mean)
                dx[i] += gradient[at] / (fold == Fold::Mean ? static_cast<double>(inputs.size()) : 1);
            else if (!isTaken[at] && x[i] == y[at]) {
                dx[i] += gradient[at];
                isTaken[at] = true;
            }
            ++at;
        });
        result.push_back(fromDoubles(input->type(), input->shape(), dx));
    }
    return result;
}

constexpr Operator rows[] = {
    {"Add", 1, run<binaryShapes, binaryForward<addition>>, binaryBackward<addition>, binaryShapes},
    {"Sub", 1, run<binaryShapes, binaryForward<subtraction>>, binaryBackward<subtraction>, binaryShapes},
    {"Mul", 1, run<binaryShapes, binaryForward<multiplication>>, binaryBackward<multiplication>, binaryShapes},
    {"Div", 1, run<binaryShapes, binaryForward<division>>, binaryBackward<division>, binaryShapes},
    {"Pow", 1, run<powerShapes, powerForward>, binaryBackward<power>, powerShapes},
    {"Mod", 10, run<binaryShapes, remainderForward>, nullptr, binaryShapes},
    {"PRelu", 1, run<slopesShapes, slopesForward>, slopesBackward, slopesShapes},
    {"Sum", 1, run<variadicShapes, variadicForward<Fold::Sum>>, variadicBackward<Fold::Sum>, variadicShapes},
    {"Mean", 1, run<variadicShapes, variadicForward<Fold::Mean>>, variadicBackward<Fold::Mean>, variadicShapes},
    {"Min", 1, run<variadicShapes, variadicForward<Fold::Least>>, variadicBackward<Fold::Least>, variadicShapes},
    {"Max", 1, run<variadicShapes, variadicForward<Fold::Most>>, variadicBackward<Fold::Most>, variadicShapes},
};

} // namespace

std::span<const Operator> arithmeticOperators()
{
    return rows;
}

} // namespace hounsfield::nn
