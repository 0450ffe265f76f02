#include <QtTest>

#include "core/base/random.h"
#include "core/nn/builder.h"
#include "core/nn/spectral_normalization.h"

#include <Eigen/SVD>

#include <cmath>

using namespace hounsfield;
using namespace hounsfield::nn;

namespace {

/// A convolution, one before pooling, a dense layer and a bare product: every order of weights.
Weights form()
{
    Builder net("orders", 3);
    std::string x = net.input("image", {-1, 2, 8, 8});
    x = net.maxPool(net.relu(net.convolution(x, {.channels = 5})));
    x = net.relu(net.convolution(x, {.channels = 7}));
    x = net.relu(net.dense(net.flatten(x), 6));
    x = net.node(
        "MatMul", {x, net.initializer("table", net.startingWeights("table", {6, 3}, Builder::Start::HeNormal))});
    return Weights(net.finish({x}));
}

std::vector<float> blockOf(const Weights& weights)
{
    const auto values = weights.values();
    return {values.begin(), values.end()};
}

/// The largest singular value of a weight as outputs × everything else, of its ONNX form.
double largestOf(const Weights& form, const std::string& name, const std::vector<float>& block)
{
    Weights copy = form;
    std::ranges::copy(block, copy.values().begin());
    const Tensor tensor = copy.tensor(name);
    const auto rows = tensor.shape()[0];
    using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const Eigen::Map<const Rows> matrix(tensor.as<float>().data(), rows, tensor.count() / rows);
    return Eigen::JacobiSVD<Eigen::MatrixXd>(matrix.cast<double>()).singularValues()[0];
}

bool isMatrix(const Weights::Entry& entry)
{
    return entry.shape.size() > 1;
}

} // namespace

class SpectralNormalizationTest : public QObject {
    Q_OBJECT
  private slots:
    void everyMatrixGetsALargestSingularValueOfOne()
    {
        const Weights weights = form();
        SpectralNormalization norm(weights, 1);
        const auto block = blockOf(weights);
        auto normalised = block;
        for (int i = 0; i < 300; ++i)
            norm.iterate(block, normalised);
        int matrices = 0;
        for (const auto& entry : weights.entries()) {
            if (!isMatrix(entry))
                continue;
            ++matrices;
            QVERIFY2(std::abs(largestOf(weights, entry.name, normalised) - 1) < 1e-3, entry.name.c_str());
        }
        QCOMPARE(matrices, 4);
    }

    void biasesPassThrough()
    {
        Weights weights = form();
        for (float& value : weights.values())
            value += 0.25F;
        SpectralNormalization norm(weights, 1);
        const auto block = blockOf(weights);
        auto normalised = block;
        norm.iterate(block, normalised);
        for (const auto& entry : weights.entries())
            if (!isMatrix(entry))
                for (std::int64_t i = entry.offset; i < entry.offset + entry.count; ++i)
                    QCOMPARE(normalised[static_cast<std::size_t>(i)], block[static_cast<std::size_t>(i)]);
    }

    /// With u and v held, W / (uᵀ W v) has the gradient that pullBack gives: central differences in double.
    void theGradientIsThatOfCentralDifferences()
    {
        const Weights weights = form();
        SpectralNormalization norm(weights, 1);
        const auto block = blockOf(weights);
        auto normalised = block;
        for (int i = 0; i < 300; ++i) // u and v have settled, so that σ(W) itself has them as its slope
            norm.iterate(block, normalised);
        std::vector<float> slope(block.size());
        Random random(5, "slope");
        for (float& value : slope)
            value = static_cast<float>(random.normal());
        auto gradient = slope;
        norm.pullBack(normalised, gradient);
        for (const auto& entry : weights.entries())
            for (std::int64_t i = entry.offset; i < entry.offset + entry.count; i += 11) {
                const auto at = static_cast<std::size_t>(i);
                const auto value = [&](float by) {
                    auto moved = block;
                    moved[at] += by;
                    const double largest = isMatrix(entry) ? largestOf(weights, entry.name, moved) : 1;
                    double sum = 0;
                    for (std::int64_t k = entry.offset; k < entry.offset + entry.count; ++k)
                        sum += static_cast<double>(moved[static_cast<std::size_t>(k)])
                               * static_cast<double>(slope[static_cast<std::size_t>(k)]) / largest;
                    return sum;
                };
                constexpr float by = 1.0F / 1024;
                const double numeric = (value(by) - value(-by)) / (2 * static_cast<double>(by));
                QVERIFY2(std::abs(numeric - static_cast<double>(gradient[at])) < 3e-3 + 3e-3 * std::abs(numeric),
                    qPrintable(QString("%1 %2: %3 for %4")
                                   .arg(entry.name.c_str())
                                   .arg(i)
                                   .arg(numeric)
                                   .arg(static_cast<double>(gradient[at]))));
            }
    }

    void aRestoredStateGoesOnWithTheSameBits()
    {
        const Weights weights = form();
        SpectralNormalization whole(weights, 1), second(weights, 2);
        const auto block = blockOf(weights);
        auto first = block, other = block;
        whole.iterate(block, first);
        QVERIFY(second.restore(whole.state()));
        whole.iterate(block, first);
        second.iterate(block, other);
        QCOMPARE(first, other);
        QVERIFY(!second.restore(std::vector<float>(3)));
    }
};

int spectralNormalizationTest(int argc, char** argv)
{
    SpectralNormalizationTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "spectral_normalization_test.moc"
