// The parts of recurrent cells between their products: gates, states and their gradients, row by row.

#include "core/nn/kernels/functions.h"
#include "core/nn/kernels/kernels.h"

namespace hounsfield::kernels {

namespace {

/// Calls step(row, first unit) for every vector of units of every row.
template <typename V, int L, typename Step> inline void visitUnits(const CellRows& rows, const Step& step)
{
    for (int row = 0; row < rows.count; ++row)
        for (int c = 0; c < rows.units; c += L)
            step(row, c);
}

} // namespace

void gruForward(const CellRows& rows, const CellStep& step)
{
    withWidth(rows.units, [&]<typename V, int L>() {
        const int h = rows.units;
        visitUnits<V, L>(rows, [&](int row, int c) {
            float* x = step.gates + row * step.gateRow + c;
            const float* r = step.recurrent + row * step.recurrentRow + c;
            const V update = logistic<V>(load<V>(x) + load<V>(r));
            const V reset = logistic<V>(load<V>(x + h) + load<V>(r + h));
            const V hidden = load<V>(r + 2 * h);
            const V candidate = hyperbolicTangent<V>(multiplyAdd(reset, hidden, load<V>(x + 2 * h)));
            const V before = load<V>(step.before + row * step.beforeRow + c);
            store<V>(x, update);
            store<V>(x + h, reset);
            store<V>(x + 2 * h, candidate);
            store<V>(step.kept + row * step.keptRow + c, hidden);
            store<V>(step.after + row * step.afterRow + c, multiplyAdd(update, before - candidate, candidate));
        });
    });
}

void gruBackward(const CellRows& rows, const CellGradient& step)
{
    withWidth(rows.units, [&]<typename V, int L>() {
        const int h = rows.units;
        const V one = broadcast<V>(1.0F);
        visitUnits<V, L>(rows, [&](int row, int c) {
            float* x = step.gates + row * step.gateRow + c;
            float* r = step.recurrent + row * step.recurrentRow + c;
            const V update = load<V>(x), reset = load<V>(x + h), candidate = load<V>(x + 2 * h);
            const V hidden = load<V>(step.kept + row * step.keptRow + c);
            const V before = load<V>(step.before + row * step.beforeRow + c);
            float* state = step.state + row * step.stateRow + c;
            const V d = load<V>(state) + load<V>(step.after + row * step.afterRow + c);
            const V toCandidate = d * (one - update) * (one - candidate * candidate);
            const V toUpdate = d * (before - candidate) * update * (one - update);
            const V toReset = toCandidate * hidden * reset * (one - reset);
            store<V>(x, toUpdate);
            store<V>(x + h, toReset);
            store<V>(x + 2 * h, toCandidate);
            store<V>(r, toUpdate);
            store<V>(r + h, toReset);
            store<V>(r + 2 * h, toCandidate * reset);
            store<V>(state, d * update);
        });
    });
}

void lstmForward(const CellRows& rows, const CellStep& step)
{
    withWidth(rows.units, [&]<typename V, int L>() {
        const int h = rows.units;
        visitUnits<V, L>(rows, [&](int row, int c) {
            float* x = step.gates + row * step.gateRow + c;
            const float* r = step.recurrent + row * step.recurrentRow + c;
            const V in = logistic<V>(load<V>(x) + load<V>(r));
            const V out = logistic<V>(load<V>(x + h) + load<V>(r + h));
            const V forget = logistic<V>(load<V>(x + 2 * h) + load<V>(r + 2 * h));
            const V candidate = hyperbolicTangent<V>(load<V>(x + 3 * h) + load<V>(r + 3 * h));
            float* cell = step.cell + row * step.cellRow + c;
            const V now = multiplyAdd(forget, load<V>(cell), in * candidate);
            store<V>(x, in);
            store<V>(x + h, out);
            store<V>(x + 2 * h, forget);
            store<V>(x + 3 * h, candidate);
            store<V>(cell, now);
            store<V>(step.kept + row * step.keptRow + c, now);
            store<V>(step.after + row * step.afterRow + c, out * hyperbolicTangent<V>(now));
        });
    });
}

void lstmBackward(const CellRows& rows, const CellGradient& step)
{
    withWidth(rows.units, [&]<typename V, int L>() {
        const int h = rows.units;
        const V one = broadcast<V>(1.0F);
        visitUnits<V, L>(rows, [&](int row, int c) {
            float* x = step.gates + row * step.gateRow + c;
            const V in = load<V>(x), out = load<V>(x + h), forget = load<V>(x + 2 * h), candidate = load<V>(x + 3 * h);
            const V now = hyperbolicTangent<V>(load<V>(step.kept + row * step.keptRow + c));
            const V cellBefore = load<V>(step.cellBefore + row * step.cellBeforeRow + c);
            float* state = step.state + row * step.stateRow + c;
            float* cell = step.cell + row * step.cellRow + c;
            const V d = load<V>(state) + load<V>(step.after + row * step.afterRow + c);
            const V toCell = multiplyAdd(d * out, one - now * now, load<V>(cell));
            store<V>(x, toCell * candidate * in * (one - in));
            store<V>(x + h, d * now * out * (one - out));
            store<V>(x + 2 * h, toCell * cellBefore * forget * (one - forget));
            store<V>(x + 3 * h, toCell * in * (one - candidate * candidate));
            store<V>(cell, toCell * forget);
            store<V>(state, V{});
        });
    });
}

void rnnForward(const CellRows& rows, const CellStep& step)
{
    withWidth(rows.units, [&]<typename V, int L>() {
        visitUnits<V, L>(rows, [&](int row, int c) {
            const V sum = load<V>(step.gates + row * step.gateRow + c)
                          + load<V>(step.recurrent + row * step.recurrentRow + c);
            store<V>(step.after + row * step.afterRow + c, hyperbolicTangent<V>(sum));
        });
    });
}

void rnnBackward(const CellRows& rows, const CellGradient& step)
{
    withWidth(rows.units, [&]<typename V, int L>() {
        const V one = broadcast<V>(1.0F);
        visitUnits<V, L>(rows, [&](int row, int c) {
            float* state = step.state + row * step.stateRow + c;
            const V now = load<V>(step.kept + row * step.keptRow + c);
            const V d = load<V>(state) + load<V>(step.after + row * step.afterRow + c);
            store<V>(step.gates + row * step.gateRow + c, d * (one - now * now));
            store<V>(state, V{});
        });
    });
}

void hyperbolicTangents(std::int64_t count, const float* x, float* y)
{
    std::int64_t i = 0;
    for (; i + lanes <= count; i += lanes)
        store<Lane>(y + i, hyperbolicTangent<Lane>(load<Lane>(x + i)));
    for (; i < count; ++i)
        y[i] = hyperbolicTangent<float>(x[i]);
}

void logistics(std::int64_t count, const float* x, float* y)
{
    std::int64_t i = 0;
    for (; i + lanes <= count; i += lanes)
        store<Lane>(y + i, logistic<Lane>(load<Lane>(x + i)));
    for (; i < count; ++i)
        y[i] = logistic<float>(x[i]);
}

} // namespace hounsfield::kernels
