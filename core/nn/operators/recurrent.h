#pragma once

#include "core/nn/operators/support.h"
#include "core/nn/operators/unary.h"

#include <array>

// One step of a recurrent network for one sample and one direction, in double. States are [h] or [h | c].
namespace hounsfield::nn {

/// An activation of a recurrent node, on inputs that are clipped to −clip … clip first.
struct Activation {
    const Unary* function = nullptr;
    Parameters parameters;
    double clip = std::numeric_limits<double>::infinity();

    double operator()(double x) const { return function->value(std::clamp(x, -clip, clip), parameters); }
    double slope(double x, double y) const { return std::abs(x) > clip ? 0 : function->slope(x, y, parameters); }
};

/// The weights of one direction, gates one behind the other in ONNX's order.
struct Direction {
    std::int64_t inputs = 0, hidden = 0;
    const double* w = nullptr; ///< [gates · hidden, inputs]
    const double* r = nullptr; ///< [gates · hidden, hidden]
    const double* b = nullptr; ///< Wb, then Rb: [2 · gates · hidden]
    const double* p = nullptr; ///< peepholes i, o, f: [3 · hidden]
    std::array<Activation, 3> activations;
    bool isLinearBeforeReset = false; ///< GRU
    bool isForgetCoupled = false;     ///< LSTM: f = 1 − i
};

/// Where the gradients of a direction's weights are summed.
struct DirectionGradient {
    double* w = nullptr;
    double* r = nullptr;
    double* b = nullptr;
    double* p = nullptr;
};

/// A kind of recurrent network. `saved` are the numbers that `backward` needs of `forward`, `savedPerUnit` for each
/// hidden unit. `backward` adds to the gradients of weights and x, and sets that of the state before.
struct Cell {
    std::int64_t gates = 1;
    std::int64_t states = 1;
    std::int64_t savedPerUnit = 1;
    std::size_t activations = 1;
    std::array<std::string_view, 3> fallback; ///< activations that no attribute names
    void (*forward)(const Direction&, const double* x, const double* before, double* saved, double* after) = nullptr;
    void (*backward)(const Direction&, const double* x, const double* before, const double* saved, const double* after,
        const double* dAfter, const DirectionGradient&, double* dx, double* dBefore) = nullptr;
};

/// H = f(X·Wᵀ + H·Rᵀ + Wb + Rb). Elman 1990.
extern const Cell simpleCell;
/// Gates z, r, h. Cho et al. 2014; ONNX's linear_before_reset is cuDNN's and PyTorch's form.
extern const Cell gatedCell;
/// Gates i, o, f, c and peepholes. Hochreiter and Schmidhuber 1997; Gers and Schmidhuber 2000.
extern const Cell memoryCell;

} // namespace hounsfield::nn
