#include "core/nn/operators/unary.h"

#include "core/nn/operators/support.h"

#include <algorithm>
#include <array>
#include <numbers>

namespace hounsfield::nn {

namespace {

double sign(double x)
{
    return x > 0 ? 1 : x < 0 ? -1 : 0;
}
double sigmoid(double x)
{
    return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x));
}
double gelu(double x, const Parameters& p)
{
    if (p.isExact)
        return x * 0.5 * std::erfc(-x / std::numbers::sqrt2);
    return 0.5 * x * (1 + std::tanh(std::sqrt(2 / std::numbers::pi) * (x + 0.044715 * x * x * x)));
}
double geluSlope(double x, double, const Parameters& p)
{
    if (p.isExact)
        return 0.5 * std::erfc(-x / std::numbers::sqrt2) + x * std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi);
    const double scale = std::sqrt(2 / std::numbers::pi);
    const double t = std::tanh(scale * (x + 0.044715 * x * x * x));
    return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * scale * (1 + 3 * 0.044715 * x * x);
}
double hardSigmoid(double x, const Parameters& p)
{
    return std::clamp(p.alpha * x + p.beta, 0., 1.);
}

using P = const Parameters&;
// clang-format off
constexpr Unary table[] = {
    {"Relu",        numeric,  0, 0,             [](double x, P) { return std::max(x, 0.); },                      [](double x, double, P) { return x > 0 ? 1. : 0.; }},
    {"LeakyRelu",   floating, 0.01, 0,          [](double x, P p) { return x < 0 ? p.alpha * x : x; },            [](double x, double, P p) { return x < 0 ? p.alpha : 1; }},
    {"ThresholdedRelu", floating, 1, 0,         [](double x, P p) { return x > p.alpha ? x : 0; },                [](double x, double, P p) { return x > p.alpha ? 1. : 0.; }},
    {"Elu",         floating, 1, 0,             [](double x, P p) { return x < 0 ? p.alpha * std::expm1(x) : x; }, [](double x, double, P p) { return x < 0 ? p.alpha * std::exp(x) : 1; }},
    {"Celu",        floating, 1, 0,             [](double x, P p) { return x < 0 ? p.alpha * std::expm1(x / p.alpha) : x; }, [](double x, double, P p) { return x < 0 ? std::exp(x / p.alpha) : 1; }},
    {"Selu",        floating, 1.67326319217681884765625, 1.05070102214813232421875,
                                                [](double x, P p) { return p.beta * (x > 0 ? x : p.alpha * std::expm1(x)); }, [](double x, double, P p) { return p.beta * (x > 0 ? 1 : p.alpha * std::exp(x)); }},
    {"Sigmoid",     floating, 0, 0,             [](double x, P) { return sigmoid(x); },                           [](double, double y, P) { return y * (1 - y); }},
    {"HardSigmoid", floating, 0.2, 0.5,         [](double x, P p) { return hardSigmoid(x, p); },                  [](double x, double, P p) { const double line = p.alpha * x + p.beta; return line > 0 && line < 1 ? p.alpha : 0; }},
    {"HardSwish",   floating, 1. / 6, 0.5,      [](double x, P p) { return x * hardSigmoid(x, p); },              [](double x, double, P p) { return std::abs(x) < 3 ? 2 * p.alpha * x + p.beta : x > 0 ? 1. : 0.; }},
    {"Tanh",        floating, 0, 0,             [](double x, P) { return std::tanh(x); },                         [](double, double y, P) { return 1 - y * y; }},
    {"Softplus",    floating, 0, 0,             [](double x, P) { return std::max(x, 0.) + std::log1p(std::exp(-std::abs(x))); }, [](double x, double, P) { return sigmoid(x); }},
    {"Softsign",    floating, 0, 0,             [](double x, P) { return x / (1 + std::abs(x)); },                [](double x, double, P) { return 1 / ((1 + std::abs(x)) * (1 + std::abs(x))); }},
    {"Mish",        floating, 0, 0,             [](double x, P) { return x * std::tanh(std::max(x, 0.) + std::log1p(std::exp(-std::abs(x)))); },
                                                [](double x, double, P) { const double t = std::tanh(std::max(x, 0.) + std::log1p(std::exp(-std::abs(x)))); return t + x * (1 - t * t) * sigmoid(x); }},
    {"Gelu",        floating, 0, 0,             gelu,                                                             geluSlope},
    {"Erf",         numeric,  0, 0,             [](double x, P) { return std::erf(x); },                          [](double x, double, P) { return 2 / std::sqrt(std::numbers::pi) * std::exp(-x * x); }},
    {"Exp",         floating, 0, 0,             [](double x, P) { return std::exp(x); },                          [](double, double y, P) { return y; }},
    {"Log",         floating, 0, 0,             [](double x, P) { return std::log(x); },                          [](double x, double, P) { return 1 / x; }},
    {"Sqrt",        floating, 0, 0,             [](double x, P) { return std::sqrt(x); },                         [](double, double y, P) { return 0.5 / y; }},
    {"Reciprocal",  floating, 0, 0,             [](double x, P) { return 1 / x; },                                [](double, double y, P) { return -y * y; }},
    {"Abs",         numeric,  0, 0,             [](double x, P) { return std::abs(x); },                          [](double x, double, P) { return sign(x); }},
    {"Neg",         numeric,  0, 0,             [](double x, P) { return -x; },                                   [](double, double, P) { return -1.; }},
    {"Sin",         floating, 0, 0,             [](double x, P) { return std::sin(x); },                          [](double x, double, P) { return std::cos(x); }},
    {"Cos",         floating, 0, 0,             [](double x, P) { return std::cos(x); },                          [](double x, double, P) { return -std::sin(x); }},
    {"Tan",         floating, 0, 0,             [](double x, P) { return std::tan(x); },                          [](double, double y, P) { return 1 + y * y; }},
    {"Asin",        floating, 0, 0,             [](double x, P) { return std::asin(x); },                         [](double x, double, P) { return 1 / std::sqrt(1 - x * x); }},
    {"Acos",        floating, 0, 0,             [](double x, P) { return std::acos(x); },                         [](double x, double, P) { return -1 / std::sqrt(1 - x * x); }},
    {"Atan",        floating, 0, 0,             [](double x, P) { return std::atan(x); },                         [](double x, double, P) { return 1 / (1 + x * x); }},
    {"Sinh",        floating, 0, 0,             [](double x, P) { return std::sinh(x); },                         [](double x, double, P) { return std::cosh(x); }},
    {"Cosh",        floating, 0, 0,             [](double x, P) { return std::cosh(x); },                         [](double x, double, P) { return std::sinh(x); }},
    {"Asinh",       floating, 0, 0,             [](double x, P) { return std::asinh(x); },                        [](double x, double, P) { return 1 / std::sqrt(x * x + 1); }},
    {"Acosh",       floating, 0, 0,             [](double x, P) { return std::acosh(x); },                        [](double x, double, P) { return 1 / std::sqrt(x * x - 1); }},
    {"Atanh",       floating, 0, 0,             [](double x, P) { return std::atanh(x); },                        [](double x, double, P) { return 1 / (1 - x * x); }},
    {"Sign",        numeric,  0, 0,             [](double x, P) { return sign(x); },                              nullptr},
    {"Floor",       floating, 0, 0,             [](double x, P) { return std::floor(x); },                        nullptr},
    {"Ceil",        floating, 0, 0,             [](double x, P) { return std::ceil(x); },                         nullptr},
    {"Round",       floating, 0, 0,             [](double x, P) { return std::nearbyint(x); },                    nullptr},
    {"Identity",    anyType,  0, 0,             [](double x, P) { return x; },                                    [](double, double, P) { return 1.; }},
};
// clang-format on

template <int row> Shapes shapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, table[row].types));
    return infos(inputs[0].type, inputs[0].shape);
}

template <int row> Parameters parametersOf(const Node& node)
{
    Parameters parameters{node.number("alpha", table[row].alpha), table[row].beta};
    parameters.beta = node.number("beta", node.number("gamma", parameters.beta));
    parameters.isExact = node.words("approximate", "none") != "tanh";
    return parameters;
}

template <int row> Result<void> forward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    if (table[row].name == "Identity") { // any integer stays what it is
        outputs[0] = *inputs[0];
        return {};
    }
    const Parameters parameters = parametersOf<row>(context.node);
    auto values = doublesOf(*inputs[0]);
    for (double& value : values)
        value = table[row].value(value, parameters);
    outputs[0] = fromDoubles(inputs[0]->type(), inputs[0]->shape(), values);
    return {};
}

template <int row>
Result<Tensors> backward(const OperatorContext& context, const Inputs& inputs, std::span<const Tensor> outputs,
    std::span<const Tensor> gradients)
{
    const Parameters parameters = parametersOf<row>(context.node);
    const auto x = doublesOf(*inputs[0]);
    const auto y = doublesOf(outputs[0]);
    auto gradient = doublesOf(gradients[0]);
    for (std::size_t i = 0; i < x.size(); ++i)
        gradient[i] *= table[row].slope(x[i], y[i], parameters);
    return Tensors{fromDoubles(inputs[0]->type(), inputs[0]->shape(), gradient)};
}

constexpr bool hasSlope(const Unary& row)
{
    return row.slope != nullptr;
}

template <int row> constexpr Operator rowOf()
{
    Operator made{table[row].name, 1, run<shapes<row>, forward<row>>, nullptr, shapes<row>};
    constexpr auto slope = table[row].slope;
    if constexpr (slope != nullptr)
        made.backward = backward<row>;
    return made;
}

template <std::size_t... rows> constexpr auto rowsOf(std::index_sequence<rows...>)
{
    return std::array{rowOf<static_cast<int>(rows)>()...};
}

} // namespace

const Unary* findUnary(std::string_view name)
{
    const auto* row =
        std::find_if(std::begin(table), std::end(table), [&](const Unary& one) { return one.name == name; });
    return row == std::end(table) ? nullptr : row;
}

std::span<const Operator> unaryOperators()
{
    static constexpr auto rows = rowsOf(std::make_index_sequence<std::size(table)>{});
    return rows;
}

} // namespace hounsfield::nn
