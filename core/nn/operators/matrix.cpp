#include "core/nn/operators/support.h"

namespace hounsfield::nn {

namespace {

// ---- Gemm

/// Y [rows × columns] = alpha · A' · B' + beta · C, with A' [rows × inner].
struct Product {
    std::int64_t rows = 0, columns = 0, inner = 0;
    bool isATransposed = false, isBTransposed = false;
    double alpha = 1, beta = 1;

    std::size_t a(std::int64_t r, std::int64_t k) const
    {
        return static_cast<std::size_t>(isATransposed ? k * rows + r : r * inner + k);
    }
    std::size_t b(std::int64_t k, std::int64_t c) const
    {
        return static_cast<std::size_t>(isBTransposed ? c * inner + k : k * columns + c);
    }
};

Result<Product> productOf(const OperatorContext& context, const Shape& a, const Shape& b)
{
    const Node& node = context.node;
    Product p;
    p.isATransposed = node.integer("transA", 0) != 0;
    p.isBTransposed = node.integer("transB", 0) != 0;
    p.alpha = node.number("alpha", 1);
    p.beta = node.number("beta", 1);
    if (a.size() != 2 || b.size() != 2)
        return wrong(context, text("nn", "Shapes %1 and %2 are no matrices.").with(written(a), written(b)));
    p.rows = p.isATransposed ? a[1] : a[0];
    p.inner = p.isATransposed ? a[0] : a[1];
    p.columns = p.isBTransposed ? b[0] : b[1];
    const std::int64_t other = p.isBTransposed ? b[1] : b[0];
    if (p.inner != other && p.inner >= 0 && other >= 0)
        return wrong(context, text("nn", "Shapes %1 and %2 do not fit together.").with(written(a), written(b)));
    return p;
}

Shapes gemmShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, numeric));
    TRY(needLikeFirst(context, inputs, 1));
    TRY(optionalLikeFirst(context, inputs, 2));
    const Product p = TRY(productOf(context, inputs[0].shape, inputs[1].shape));
    const Shape shape{p.rows, p.columns};
    if (isThere(inputs, 2) && TRY(broadcastOf(context, shape, inputs[2].shape)) != shape)
        return wrong(context,
            text("nn", "Shapes %1 and %2 do not fit together.").with(written(shape), written(inputs[2].shape)));
    return infos(inputs[0].type, shape);
}

Result<void> gemmForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Product p = TRY(productOf(context, inputs[0]->shape(), inputs[1]->shape()));
    const auto a = doublesOf(*inputs[0]);
    const auto b = doublesOf(*inputs[1]);
    const Shape shape{p.rows, p.columns};
    std::vector<double> y(static_cast<std::size_t>(p.rows * p.columns), 0);
    for (std::int64_t r = 0; r < p.rows; ++r)
        for (std::int64_t k = 0; k < p.inner; ++k)
            for (std::int64_t c = 0; c < p.columns; ++c)
                y[static_cast<std::size_t>(r * p.columns + c)] += p.alpha * a[p.a(r, k)] * b[p.b(k, c)];
    if (const Tensor* addend = inputAt(inputs, 2)) {
        const auto values = doublesOf(*addend);
        double* at = y.data();
        walk(shape, broadcastStrides(addend->shape(), shape), {0, 0},
            [&](std::int64_t i, std::int64_t) { *at++ += p.beta * values[static_cast<std::size_t>(i)]; });
    }
    outputs[0] = fromDoubles(outputs[0].type(), shape, y);
    return {};
}

Result<Tensors> gemmBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const Product p = TRY(productOf(context, inputs[0]->shape(), inputs[1]->shape()));
    const auto a = doublesOf(*inputs[0]);
    const auto b = doublesOf(*inputs[1]);
    const auto dy = doublesOf(gradients[0]);
    std::vector<double> da(a.size(), 0);
    std::vector<double> db(b.size(), 0);
    for (std::int64_t r = 0; r < p.rows; ++r)
        for (std::int64_t k = 0; k < p.inner; ++k)
            for (std::int64_t c = 0; c < p.columns; ++c) {
                const double g = p.alpha * dy[static_cast<std::size_t>(r * p.columns + c)];
                da[p.a(r, k)] += g * b[p.b(k, c)];
                db[p.b(k, c)] += g * a[p.a(r, k)];
            }
    const ElementType type = inputs[0]->type();
    Tensors result{fromDoubles(type, inputs[0]->shape(), da), fromDoubles(type, inputs[1]->shape(), db)};
    if (const Tensor* addend = inputAt(inputs, 2)) {
        std::vector<double> dc(static_cast<std::size_t>(addend->count()), 0);
        const double* at = dy.data();
        const Shape shape{p.rows, p.columns};
        walk(shape, broadcastStrides(addend->shape(), shape), {0, 0},
            [&](std::int64_t i, std::int64_t) { dc[static_cast<std::size_t>(i)] += p.beta * *at++; });
        result.push_back(fromDoubles(type, addend->shape(), dc));
    }
    return result;
}

// ---- MatMul

/// Shapes as NumPy's matmul sees them: a vector becomes a row or a column, batches broadcast.
struct Batched {
    Shape a, b;   ///< rank ≥ 2
    Shape batch;  ///< broadcast
    Shape result; ///< without the dimensions that vectors brought
    std::int64_t rows = 0, inner = 0, columns = 0;
};

Result<Batched> batchedOf(const OperatorContext& context, const Shape& a, const Shape& b)
{
    if (a.empty() || b.empty())
        return wrong(context, text("nn", "A scalar has no matrix product."));
    Batched m{a, b, {}, {}};
    if (a.size() == 1)
        m.a.insert(m.a.begin(), 1);
    if (b.size() == 1)
        m.b.push_back(1);
    m.rows = m.a[m.a.size() - 2];
    m.inner = m.a.back();
    m.columns = m.b.back();
    const std::int64_t other = m.b[m.b.size() - 2];
    if (m.inner != other && m.inner >= 0 && other >= 0)
        return wrong(context, text("nn", "Shapes %1 and %2 do not fit together.").with(written(a), written(b)));
    m.batch = TRY(broadcastOf(context, Shape(m.a.begin(), m.a.end() - 2), Shape(m.b.begin(), m.b.end() - 2)));
    m.result = m.batch;
    if (a.size() > 1)
        m.result.push_back(m.rows);
    if (b.size() > 1)
        m.result.push_back(m.columns);
    return m;
}

Shapes matMulShapes(const OperatorContext& context, Infos inputs, const Inputs&)
{
    TRY(need(context, inputs, 0, numeric));
    TRY(needLikeFirst(context, inputs, 1));
    return infos(inputs[0].type, TRY(batchedOf(context, inputs[0].shape, inputs[1].shape)).result);
}

/// Calls body(first element of a's matrix, of b's, of the result's) for every matrix of the batch.
template <typename Body> void walkMatrices(const Batched& m, Body&& body)
{
    const auto scaled = [&](const Shape& shape, std::int64_t size) {
        auto strides = broadcastStrides(Shape(shape.begin(), shape.end() - 2), m.batch);
        for (auto& stride : strides)
            stride *= size;
        return strides;
    };
    std::int64_t made = 0;
    walk(m.batch, scaled(m.a, m.rows * m.inner), scaled(m.b, m.inner * m.columns), [&](std::int64_t a, std::int64_t b) {
        body(a, b, made);
        made += m.rows * m.columns;
    });
}

Result<void> matMulForward(const OperatorContext& context, const Inputs& inputs, Tensors& outputs)
{
    const Batched m = TRY(batchedOf(context, inputs[0]->shape(), inputs[1]->shape()));
    const auto a = doublesOf(*inputs[0]);
    const auto b = doublesOf(*inputs[1]);
    std::vector<double> y(static_cast<std::size_t>(outputs[0].count()), 0);
    walkMatrices(m, [&](std::int64_t atA, std::int64_t atB, std::int64_t atY) {
        for (std::int64_t r = 0; r < m.rows; ++r)
            for (std::int64_t k = 0; k < m.inner; ++k)
                for (std::int64_t c = 0; c < m.columns; ++c)
                    y[static_cast<std::size_t>(atY + r * m.columns + c)] +=
                        a[static_cast<std::size_t>(atA + r * m.inner + k)]
                        * b[static_cast<std::size_t>(atB + k * m.columns + c)];
    });
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), y);
    return {};
}

Result<Tensors> matMulBackward(
    const OperatorContext& context, const Inputs& inputs, std::span<const Tensor>, std::span<const Tensor> gradients)
{
    const Batched m = TRY(batchedOf(context, inputs[0]->shape(), inputs[1]->shape()));
    const auto a = doublesOf(*inputs[0]);
    const auto b = doublesOf(*inputs[1]);
    const auto dy = doublesOf(gradients[0]);
    std::vector<double> da(a.size(), 0);
    std::vector<double> db(b.size(), 0);
    walkMatrices(m, [&](std::int64_t atA, std::int64_t atB, std::int64_t atY) {
        for (std::int64_t r = 0; r < m.rows; ++r)
            for (std::int64_t k = 0; k < m.inner; ++k)
                for (std::int64_t c = 0; c < m.columns; ++c) {
                    const double g = dy[static_cast<std::size_t>(atY + r * m.columns + c)];
                    const auto i = static_cast<std::size_t>(atA + r * m.inner + k);
                    const auto j = static_cast<std::size_t>(atB + k * m.columns + c);
                    da[i] += g * b[j];
                    db[j] += g * a[i];
                }
    });
    return Tensors{
        fromDoubles(inputs[0]->type(), inputs[0]->shape(), da), fromDoubles(inputs[1]->type(), inputs[1]->shape(), db)};
}

constexpr Operator rows[] = {
    {"Gemm", 1, run<gemmShapes, gemmForward>, gemmBackward, gemmShapes},
    {"MatMul", 1, run<matMulShapes, matMulForward>, matMulBackward, matMulShapes},
};

} // namespace

std::span<const Operator> matrixOperators()
{
    return rows;
}

} // namespace hounsfield::nn
