#include "core/nn/losses.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace hounsfield::nn {

namespace {

/// Cross entropy of one sample times `scale` (weight ÷ sum of weights); its gradient goes into `gradient`.
template <typename T>
double classLoss(
    const T* output, std::int64_t classes, std::int64_t target, double smoothing, double scale, T* gradient)
{
    const double largest = static_cast<double>(*std::max_element(output, output + classes));
    double sum = 0, outputs = 0;
    for (std::int64_t c = 0; c < classes; ++c) {
        sum += std::exp(static_cast<double>(output[c]) - largest);
        outputs += static_cast<double>(output[c]);
    }
    const double logSum = largest + std::log(sum), even = smoothing / static_cast<double>(classes);
    for (std::int64_t c = 0; c < classes; ++c) {
        const double probability = std::exp(static_cast<double>(output[c]) - logSum);
        gradient[c] = static_cast<T>(scale * (probability - even - (c == target ? 1 - smoothing : 0)));
    }
    return scale * (logSum - (1 - smoothing) * static_cast<double>(output[target]) - even * outputs);
}

template <typename T>
double labelLoss(const T* output, const float* targets, std::int64_t count, double scale, T* gradient)
{
    double sum = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        gradient[i] = 0;
        if (std::isnan(targets[i]))
            continue;
        const double x = static_cast<double>(output[i]), t = static_cast<double>(targets[i]);
        sum += scale * (std::max(x, 0.0) - x * t + std::log1p(std::exp(-std::abs(x))));
        gradient[i] = static_cast<T>(scale * (1 / (1 + std::exp(-x)) - t));
    }
    return sum;
}

template <typename T>
double squareLoss(const T* output, const float* targets, std::int64_t count, double scale, T* gradient)
{
    double sum = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const double difference = static_cast<double>(output[i]) - static_cast<double>(targets[i]);
        sum += scale * difference * difference;
        gradient[i] = static_cast<T>(2 * scale * difference);
    }
    return sum;
}

double weightOf(const CrossEntropyOptions& options, std::int32_t target)
{
    return options.classWeights.empty() ? 1
                                        : static_cast<double>(options.classWeights[static_cast<std::size_t>(target)]);
}

/// Sum of the class weights of a batch.
double totalWeight(const CrossEntropyOptions& options, std::span<const std::int32_t> classes)
{
    double sum = 0;
    for (const std::int32_t target : classes)
        sum += weightOf(options, target);
    return sum > 0 ? sum : 1;
}

template <typename T>
double classLosses(std::span<const T> output, std::span<const std::int32_t> classes, SampleRange range,
    const CrossEntropyOptions& options, std::span<T> gradient)
{
    const std::int64_t outputs = static_cast<std::int64_t>(output.size()) / std::max<std::int64_t>(1, range.count);
    const double total = totalWeight(options, classes);
    double sum = 0;
    for (std::int64_t i = 0; i < range.count; ++i) {
        const std::int32_t target = classes[static_cast<std::size_t>(range.first + i)];
        sum += classLoss(output.data() + i * outputs, outputs, target, options.labelSmoothing,
            weightOf(options, target) / total, gradient.data() + i * outputs);
    }
    return sum;
}

using PointwiseLoss = double (*)(const float*, const float*, std::int64_t, double, float*);

/// A loss of single elements against targets of the same layout.
Executor::Loss pointwise(std::span<const float> targets, PointwiseLoss loss)
{
    return [targets, loss](SampleRange range, std::span<const float> output, std::span<float> gradient) {
        const auto perSample = static_cast<std::int64_t>(output.size()) / std::max<std::int64_t>(1, range.count);
        const double samples =
            static_cast<double>(targets.size()) / static_cast<double>(std::max<std::int64_t>(1, perSample));
        const double sum = loss(output.data(), targets.data() + range.first * perSample,
            static_cast<std::int64_t>(output.size()), 1.0 / static_cast<double>(targets.size()), gradient.data());
        return sum * samples;
    };
}

} // namespace

Executor::Loss softmaxCrossEntropy(std::span<const std::int32_t> classes, CrossEntropyOptions options)
{
    return [classes, options = std::move(options)](
               SampleRange range, std::span<const float> output, std::span<float> gradient) {
        return classLosses(output, classes, range, options, gradient) * static_cast<double>(classes.size());
    };
}

Executor::Loss binaryCrossEntropy(std::span<const float> targets)
{
    return pointwise(targets, &labelLoss<float>);
}

Executor::Loss meanSquaredError(std::span<const float> targets)
{
    return pointwise(targets, &squareLoss<float>);
}

double softmaxCrossEntropy(std::span<const double> output, std::span<const std::int32_t> classes,
    const CrossEntropyOptions& options, std::span<double> gradient)
{
    return classLosses(output, classes, {0, static_cast<std::int64_t>(classes.size())}, options, gradient);
}

double binaryCrossEntropy(std::span<const double> output, std::span<const float> targets, std::span<double> gradient)
{
    return labelLoss(output.data(), targets.data(), static_cast<std::int64_t>(output.size()),
        1.0 / static_cast<double>(targets.size()), gradient.data());
}

double meanSquaredError(std::span<const double> output, std::span<const float> targets, std::span<double> gradient)
{
    return squareLoss(output.data(), targets.data(), static_cast<std::int64_t>(output.size()),
        1.0 / static_cast<double>(targets.size()), gradient.data());
}

} // namespace hounsfield::nn
