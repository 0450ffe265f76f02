#include "core/nn/operators/support.h"

#include <algorithm>
#include <cctype>
#include <map>

namespace hounsfield::nn {

namespace {

/// Labels are the letters of the equation; the dimensions of an ellipsis are −1, −2 … from the right.
using Labels = std::vector<int>;

/// The labels of one term; an ellipsis stands for `open` dimensions.
Result<Labels> labelsOf(const OperatorContext& context, const std::string& term, std::int64_t open)
{
    Labels labels;
    bool isOpened = false;
    for (std::size_t i = 0; i < term.size(); ++i) {
        if (std::isalpha(static_cast<unsigned char>(term[i]))) {
            labels.push_back(term[i]);
        } else if (!isOpened && term.compare(i, 3, "...") == 0) {
            isOpened = true;
            i += 2;
            for (std::int64_t d = open; d > 0; --d)
                labels.push_back(static_cast<int>(-d));
        } else {
            return wrong(context, text("nn", "%1 is no term of an equation.").with(term));
        }
    }
    return labels;
}

/// One loop over all labels, those of the output first: their lengths, and each operand's stride a label.
struct Contraction {
    Labels labels;
    Shape lengths;
    std::size_t outputs = 0; ///< labels of the output
    std::vector<std::vector<std::int64_t>> strides;

    Shape outShape() const { return {lengths.begin(), lengths.begin() + static_cast<std::ptrdiff_t>(outputs)}; }

    /// Calls body(element of the output, elements of the operands) for every product.
    template <typename Body> void walkAll(Body&& body) const
    {
        const std::int64_t inner = productOf(lengths, outputs, lengths.size());
        std::vector<std::int64_t> places(strides.size(), 0), at(lengths.size(), 0);
        const std::int64_t count = elementCount(lengths);
        for (std::int64_t i = 0; i < count; ++i) {
            body(static_cast<std::size_t>(i / inner), places);
            for (std::size_t d = lengths.size(); d-- > 0;) {
                const bool isWrapped = ++at[d] == lengths[d];
                for (std::size_t k = 0; k < places.size(); ++k)
                    places[k] += strides[k][d] * (isWrapped ? 1 - lengths[d] : 1);
                if (!isWrapped)
                    break;
                at[d] = 0;
            }
        }
    }
};

struct Equation {
    std::vector<Labels> terms;
    Labels output;
};

std::vector<std::string> termsOf(std::string written)
{
    std::vector<std::string> terms{""};
    for (const char c : written)
        if (c == ',')
            terms.emplace_back();
        else
            terms.back() += c;
    return terms;
}

/// Without an arrow the output has the ellipsis, then the letters that stand once, in alphabetical order.
Labels impliedOutput(const std::vector<Labels>& terms, std::int64_t open)
{
    std::map<int, int> uses;
    for (const Labels& term : terms)
        for (const int label : term)
            ++uses[label];
    Labels output;
    for (std::int64_t d = open; d > 0; --d)
        output.push_back(static_cast<int>(-d));
    for (const auto& [label, count] : uses)
        if (label > 0 && count == 1)
            output.push_back(label);
    return output;
}

Result<Equation> equationOf(const OperatorContext& context, Infos inputs)
{
    std::string written = context.node.words("equation", {});
    std::erase(written, ' ');
    const std::size_t arrow = written.find("->");
    const auto terms = termsOf(written.substr(0, arrow));
    if (terms.size() != inputs.size())
        return wrong(context, text("nn", "The equation %1 has not %2 terms.").with(written, inputs.size()));
    Equation equation;
    std::int64_t open = 0;
    for (std::size_t k = 0; k < terms.size(); ++k) {
        const auto letters = std::ranges::count_if(terms[k], [](unsigned char c) { return std::isalpha(c) != 0; });
        const std::int64_t own = std::ssize(inputs[k].shape) - letters;
        const bool isOpen = terms[k].find('.') != std::string::npos;
        equation.terms.push_back(TRY(labelsOf(context, terms[k], std::max<std::int64_t>(0, own))));
        if (own < 0 || (own > 0 && !isOpen))
            return wrong(context,
                text("nn", "The term %1 does not fit the shape %2.").with(terms[k], nn::written(inputs[k].shape)));
        open = std::max(open, own);
    }
    equation.output = arrow == std::string::npos ? impliedOutput(equation.terms, open)
                                                 : TRY(labelsOf(context, written.substr(arrow + 2), open));
    return equation;
}

/// The length of every label; of lengths that differ one has to be 1.
Result<std::map<int, std::int64_t>> lengthsOf(const OperatorContext& context, const Equation& equation, Infos inputs)
{
    std::map<int, std::int64_t> lengths;
    for (std::size_t k = 0; k < inputs.size(); ++k)
        for (std::size_t d = 0; d < equation.terms[k].size(); ++d) {
            const std::int64_t length = inputs[k].shape[d];
            const auto [known, isNew] = lengths.emplace(equation.terms[k][d], length);
            if (!isNew && known->second != length && known->second != 1 && length != 1 && known->second >= 0
                && length >= 0)
                return wrong(
                    context, text("nn", "One letter stands for the lengths %1 and %2.").with(known->second, length));
            if (!isNew && known->second == 1)
                known->second = length;
        }
    return lengths;
}

Result<Contraction> contractionOf(const OperatorContext& context, Infos inputs)
{
    const Equation equation = TRY(equationOf(context, inputs));
    const auto lengths = TRY(lengthsOf(context, equation, inputs));
    Contraction contraction;
    contraction.labels = equation.output;
    for (const int label : equation.output)
        if (!lengths.contains(label) || std::ranges::count(equation.output, label) > 1)
            return wrong(context, text("nn", "The equation's output does not name letters of its terms once each."));
    contraction.outputs = equation.output.size();
    for (const auto& [label, length] : lengths)
        if (std::ranges::find(equation.output, label) == equation.output.end())
            contraction.labels.push_back(label);
    double products = 1;
    for (const int label : contraction.labels) {
        contraction.lengths.push_back(lengths.at(label));
        products *= static_cast<double>(std::max<std::int64_t>(1, lengths.at(label)));
    }
    if (products > 1e15)
        return unsupported(text("nn", "The equation asks for too many products."), context.node.place());
    for (std::size_t k = 0; k < inputs.size(); ++k) {
        const auto own = stridesOf(inputs[k].shape);
        std::vector<std::int64_t> strides(contraction.labels.size(), 0);
        for (std::size_t d = 0; d < own.size(); ++d) // a label that stands twice walks along the diagonal
            if (inputs[k].shape[d] != 1)
                strides[static_cast<std::size_t>(std::ranges::find(contraction.labels, equation.terms[k][d])
                                                 - contraction.labels.begin())] += own[d];
        contraction.strides.push_back(std::move(strides));
    }
    return contraction;
}

Shapes einsumShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, numeric));
    for (std::size_t i = 1; i < inputs.size(); ++i)
        TRY(needLikeFirst(context, inputs, i));
    return infos(inputs[0].type, TRY(contractionOf(context, inputs)).outShape());
}

std::vector<std::vector<double>> operandsOf(const Inputs& inputs)
{
    std::vector<std::vector<double>> operands;
    for (const Tensor* input : inputs)
        operands.push_back(doublesOf(*input));
    return operands;
}

Result<void> einsumForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Contraction contraction = TRY(contractionOf(context, infosOf(inputs)));
    const auto operands = operandsOf(inputs);
    std::vector<double> y(static_cast<std::size_t>(outputs[0].count()), 0);
    contraction.walkAll([&](std::size_t o, const std::vector<std::int64_t>& places) {
        double product = 1;
        for (std::size_t k = 0; k < operands.size(); ++k)
            product *= operands[k][static_cast<std::size_t>(places[k])];
        y[o] += product;
    });
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), y);
    return {};
}

Result<Tensors> einsumBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const Contraction contraction = TRY(contractionOf(context, infosOf(inputs)));
    const auto operands = operandsOf(inputs);
    const auto dy = doublesOf(gradients[0]);
    auto made = operands;
    for (auto& gradient : made)
        std::ranges::fill(gradient, 0);
    contraction.walkAll([&](std::size_t o, const std::vector<std::int64_t>& places) {
        for (std::size_t k = 0; k < operands.size(); ++k) {
            double product = dy[o];
            for (std::size_t other = 0; other < operands.size(); ++other)
                product *= other == k ? 1 : operands[other][static_cast<std::size_t>(places[other])];
            made[k][static_cast<std::size_t>(places[k])] += product;
        }
    });
    Tensors result;
    for (std::size_t k = 0; k < inputs.size(); ++k)
        result.push_back(fromDoubles(inputs[k]->type(), inputs[k]->shape(), made[k]));
    return result;
}

constexpr Operator rows[] = {
    {"Einsum", 12, run<einsumShapes, einsumForward>, einsumBackward, einsumShapes},
};

} // namespace

std::span<const Operator> einsumOperators()
{
    return rows;
}

} // namespace hounsfield::nn
