#include "core/nn/operators/table.h"

#include "core/nn/operators/support.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

std::vector<Operator> allOperators()
{
    std::vector<Operator> all;
    for (const auto family :
        {arithmeticOperators, arrangingOperators, axesOperators, classLossOperators, clipOperators, comparisonOperators,
            constantOperators, convolutionOperators, dropoutOperators, einsumOperators, elementOperators,
            matrixOperators, normalizationOperators, paddingOperators, poolingOperators, recurrentOperators,
            reductionOperators, resizeOperators, runNormalizationOperators, selectionOperators, shapingOperators,
            slicingOperators, softmaxOperators, transposedConvolutionOperators, unaryOperators, updateOperators}) {
        const auto rows = family();
        all.insert(all.end(), rows.begin(), rows.end());
    }
    std::sort(all.begin(), all.end(), [](const Operator& a, const Operator& b) { return a.name < b.name; });
    return all;
}

} // namespace

std::span<const Operator> operatorTable()
{
    static const std::vector<Operator> table = allOperators();
    return table;
}

const Operator* findOperator(std::string_view name)
{
    const auto table = operatorTable();
    const auto row = std::lower_bound(
        table.begin(), table.end(), name, [](const Operator& a, std::string_view b) { return a.name < b; });
    return row != table.end() && row->name == name ? &*row : nullptr;
}

} // namespace hounsfield::nn
