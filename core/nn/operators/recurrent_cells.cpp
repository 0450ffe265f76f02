#include "core/nn/operators/recurrent.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

/// out[j] += Σ matrix[j, k] · v[k]
void addProduct(const double* matrix, std::int64_t rows, std::int64_t columns, const double* v, double* out)
{
    for (std::int64_t j = 0; j < rows; ++j) {
        const double* row = matrix + j * columns;
        double sum = 0;
        for (std::int64_t k = 0; k < columns; ++k)
            sum += row[k] * v[k];
        out[j] += sum;
    }
}

/// The gradients of addProduct, from that of its output.
void addProductBackward(const double* matrix, std::int64_t rows, std::int64_t columns, const double* v,
    const double* dOut, double* dMatrix, double* dv)
{
    for (std::int64_t j = 0; j < rows; ++j)
        for (std::int64_t k = 0; k < columns; ++k) {
            dMatrix[j * columns + k] += dOut[j] * v[k];
            dv[k] += dOut[j] * matrix[j * columns + k];
        }
}

/// out[j] += (X·Wᵀ + Wb)[j] of the gates first … first + count − 1.
void addInput(const Direction& d, std::int64_t first, std::int64_t count, const double* x, double* out)
{
    const std::int64_t rows = count * d.hidden, at = first * d.hidden;
    addProduct(d.w + at * d.inputs, rows, d.inputs, x, out);
    for (std::int64_t j = 0; j < rows; ++j)
        out[j] += d.b[at + j];
}

void addInputBackward(const Direction& d, std::int64_t first, std::int64_t count, const double* x, const double* dOut,
    const DirectionGradient& to, double* dx)
{
    const std::int64_t rows = count * d.hidden, at = first * d.hidden;
    addProductBackward(d.w + at * d.inputs, rows, d.inputs, x, dOut, to.w + at * d.inputs, dx);
    for (std::int64_t j = 0; j < rows; ++j)
        to.b[at + j] += dOut[j];
}

/// out[j] += (H·Rᵀ + Rb)[j] of the gates first … first + count − 1 of `gates`.
void addState(
    const Direction& d, std::int64_t gates, std::int64_t first, std::int64_t count, const double* h, double* out)
{
    const std::int64_t rows = count * d.hidden, at = first * d.hidden;
    addProduct(d.r + at * d.hidden, rows, d.hidden, h, out);
    for (std::int64_t j = 0; j < rows; ++j)
        out[j] += d.b[gates * d.hidden + at + j];
}

void addStateBackward(const Direction& d, std::int64_t gates, std::int64_t first, std::int64_t count, const double* h,
    const double* dOut, const DirectionGradient& to, double* dh)
{
    const std::int64_t rows = count * d.hidden, at = first * d.hidden;
    addProductBackward(d.r + at * d.hidden, rows, d.hidden, h, dOut, to.r + at * d.hidden, dh);
    for (std::int64_t j = 0; j < rows; ++j)
        to.b[gates * d.hidden + at + j] += dOut[j];
}

// ---- RNN; saved: the sum before the activation

void simpleForward(const Direction& d, const double* x, const double* before, double* saved, double* after)
{
    std::fill_n(saved, d.hidden, 0);
    addInput(d, 0, 1, x, saved);
    addState(d, 1, 0, 1, before, saved);
    for (std::int64_t j = 0; j < d.hidden; ++j)
        after[j] = d.activations[0](saved[j]);
}

void simpleBackward(const Direction& d, const double* x, const double* before, const double* saved, const double* after,
    const double* dAfter, const DirectionGradient& to, double* dx, double* dBefore)
{
    std::vector<double> sum(static_cast<std::size_t>(d.hidden));
    for (std::int64_t j = 0; j < d.hidden; ++j)
        sum[static_cast<std::size_t>(j)] = dAfter[j] * d.activations[0].slope(saved[j], after[j]);
    std::fill_n(dBefore, d.hidden, 0);
    addInputBackward(d, 0, 1, x, sum.data(), to, dx);
    addStateBackward(d, 1, 0, 1, before, sum.data(), to, dBefore);
}

// ---- GRU; saved: the sums of z, r, h, the values of z, r, h, and what the third gate takes of the state: r∘H, or
// H·Rᵀ + Rb where that comes before the reset

void gatedForward(const Direction& d, const double* x, const double* before, double* saved, double* after)
{
    const std::int64_t size = d.hidden;
    double *sum = saved, *value = saved + 3 * size, *taken = saved + 6 * size;
    std::fill_n(saved, 7 * size, 0);
    addInput(d, 0, 3, x, sum);
    addState(d, 3, 0, 2, before, sum);
    for (std::int64_t j = 0; j < 2 * size; ++j)
        value[j] = d.activations[0](sum[j]);
    const double* reset = value + size;
    if (d.isLinearBeforeReset) {
        addState(d, 3, 2, 1, before, taken);
        for (std::int64_t j = 0; j < size; ++j)
            sum[2 * size + j] += reset[j] * taken[j];
    } else {
        for (std::int64_t j = 0; j < size; ++j)
            taken[j] = reset[j] * before[j];
        addState(d, 3, 2, 1, taken, sum + 2 * size);
    }
    for (std::int64_t j = 0; j < size; ++j) {
        value[2 * size + j] = d.activations[1](sum[2 * size + j]);
        after[j] = (1 - value[j]) * value[2 * size + j] + value[j] * before[j];
    }
}

void gatedBackward(const Direction& d, const double* x, const double* before, const double* saved, const double*,
    const double* dAfter, const DirectionGradient& to, double* dx, double* dBefore)
{
    const std::int64_t size = d.hidden;
    const double *sum = saved, *value = saved + 3 * size, *taken = saved + 6 * size, *reset = value + size;
    std::vector<double> block(static_cast<std::size_t>(4 * size), 0);
    double *dSum = block.data(), *dReset = dSum + size, *dNew = dSum + 2 * size, *dTaken = dSum + 3 * size;
    for (std::int64_t j = 0; j < size; ++j) {
        const double fresh = value[2 * size + j];
        dSum[j] = dAfter[j] * (before[j] - fresh);
        dNew[j] = dAfter[j] * (1 - value[j]) * d.activations[1].slope(sum[2 * size + j], fresh);
        dBefore[j] = dAfter[j] * value[j];
    }
    if (d.isLinearBeforeReset) {
        for (std::int64_t j = 0; j < size; ++j) {
            dReset[j] = dNew[j] * taken[j];
            dTaken[j] = dNew[j] * reset[j];
        }
        addStateBackward(d, 3, 2, 1, before, dTaken, to, dBefore);
    } else {
        addStateBackward(d, 3, 2, 1, taken, dNew, to, dTaken);
        for (std::int64_t j = 0; j < size; ++j) {
            dReset[j] = dTaken[j] * before[j];
            dBefore[j] += dTaken[j] * reset[j];
        }
    }
    for (std::int64_t j = 0; j < 2 * size; ++j)
        dSum[j] *= d.activations[0].slope(sum[j], value[j]);
    addInputBackward(d, 0, 3, x, dSum, to, dx);
    addStateBackward(d, 3, 0, 2, before, dSum, to, dBefore);
}

// ---- LSTM; saved: the sums of i, o, f, c, their values, and the activated cell

void memoryForward(const Direction& d, const double* x, const double* before, double* saved, double* after)
{
    const std::int64_t size = d.hidden;
    const double* cell = before + size;
    double *sum = saved, *value = saved + 4 * size, *shown = saved + 8 * size;
    std::fill_n(saved, 9 * size, 0);
    addInput(d, 0, 4, x, sum);
    addState(d, 4, 0, 4, before, sum);
    for (std::int64_t j = 0; j < size; ++j) {
        double* const in = sum + j;
        double* const out = value + j;
        in[0] += d.p[j] * cell[j];
        in[2 * size] += d.p[2 * size + j] * cell[j];
        out[0] = d.activations[0](in[0]);
        out[2 * size] = d.isForgetCoupled ? 1 - out[0] : d.activations[0](in[2 * size]);
        out[3 * size] = d.activations[1](in[3 * size]);
        after[size + j] = out[2 * size] * cell[j] + out[0] * out[3 * size];
        in[size] += d.p[size + j] * after[size + j];
        out[size] = d.activations[0](in[size]);
        shown[j] = d.activations[2](after[size + j]);
        after[j] = out[size] * shown[j];
    }
}

void memoryBackward(const Direction& d, const double* x, const double* before, const double* saved, const double* after,
    const double* dAfter, const DirectionGradient& to, double* dx, double* dBefore)
{
    const std::int64_t size = d.hidden;
    const double* cell = before + size;
    std::vector<double> block(static_cast<std::size_t>(4 * size));
    for (std::int64_t j = 0; j < size; ++j) {
        const double *in = saved + j, *out = saved + 4 * size + j, shown = saved[8 * size + j];
        double* const d4 = block.data() + j; // gradients of the four sums
        const auto slope = [&](std::int64_t gate) {
            return d.activations[gate == 3 ? 1 : 0].slope(in[gate * size], out[gate * size]);
        };
        d4[size] = dAfter[j] * shown * slope(1);
        const double dCell = dAfter[size + j] + dAfter[j] * out[size] * d.activations[2].slope(after[size + j], shown)
                             + d4[size] * d.p[size + j];
        const double dForget = dCell * cell[j];
        d4[0] = (dCell * out[3 * size] - (d.isForgetCoupled ? dForget : 0)) * slope(0);
        d4[2 * size] = d.isForgetCoupled ? 0 : dForget * slope(2);
        d4[3 * size] = dCell * out[0] * slope(3);
        dBefore[j] = 0;
        dBefore[size + j] = dCell * out[2 * size] + d4[0] * d.p[j] + d4[2 * size] * d.p[2 * size + j];
        to.p[j] += d4[0] * cell[j];
        to.p[size + j] += d4[size] * after[size + j];
        to.p[2 * size + j] += d4[2 * size] * cell[j];
    }
    addInputBackward(d, 0, 4, x, block.data(), to, dx);
    addStateBackward(d, 4, 0, 4, before, block.data(), to, dBefore);
}

} // namespace

constexpr Cell simpleCell{1, 1, 1, 1, {"Tanh"}, simpleForward, simpleBackward};
constexpr Cell gatedCell{3, 1, 7, 2, {"Sigmoid", "Tanh"}, gatedForward, gatedBackward};
constexpr Cell memoryCell{4, 2, 9, 3, {"Sigmoid", "Tanh", "Tanh"}, memoryForward, memoryBackward};

} // namespace hounsfield::nn
