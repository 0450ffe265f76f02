#pragma once

#include "core/nn/operators/support.h"

#include <vector>

// Forward and backward loops of every convolution with inputs x, w and, where it is there, a bias. A convolution says
// which elements meet: `products(body)` calls body(output, input, weight) for every product, `biasAt(output)` is the
// channel whose bias an element of the output takes.
namespace hounsfield::nn {

template <typename Convolution> void convolve(const Convolution& convolution, const Inputs& inputs, Tensors& outputs)
{
    const auto x = doublesOf(*inputs[0]);
    const auto w = doublesOf(*inputs[1]);
    std::vector<double> y(static_cast<std::size_t>(outputs[0].count()), 0);
    if (const Tensor* bias = inputAt(inputs, 2)) {
        const auto b = doublesOf(*bias);
        for (std::size_t i = 0; i < y.size(); ++i)
            y[i] = b[convolution.biasAt(i)];
    }
    convolution.products([&](std::size_t o, std::size_t i, std::size_t k) { y[o] += x[i] * w[k]; });
    outputs[0] = fromDoubles(outputs[0].type(), outputs[0].shape(), y);
}

/// Gradients of x, w and, where it is there, the bias.
template <typename Convolution>
Tensors convolveBackward(const Convolution& convolution, const Inputs& inputs, const Tensor& gradient)
{
    const auto x = doublesOf(*inputs[0]);
    const auto w = doublesOf(*inputs[1]);
    const auto dy = doublesOf(gradient);
    std::vector<double> dx(x.size(), 0);
    std::vector<double> dw(w.size(), 0);
    convolution.products([&](std::size_t o, std::size_t i, std::size_t k) {
        dx[i] += dy[o] * w[k];
        dw[k] += dy[o] * x[i];
    });
    Tensors result{
        fromDoubles(inputs[0]->type(), inputs[0]->shape(), dx), fromDoubles(inputs[1]->type(), inputs[1]->shape(), dw)};
    if (const Tensor* bias = inputAt(inputs, 2)) {
        std::vector<double> db(static_cast<std::size_t>(bias->count()), 0);
        for (std::size_t i = 0; i < dy.size(); ++i)
            db[convolution.biasAt(i)] += dy[i];
        result.push_back(fromDoubles(bias->type(), bias->shape(), db));
    }
    return result;
}

} // namespace hounsfield::nn
