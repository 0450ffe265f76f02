#include <QtTest>

#include "core/base/random.h"
#include "core/nn/kernels/kernels.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "tests/core/nn/double_path.h"

using namespace hounsfield;
using namespace hounsfield::nn::test;

namespace {

using Floats = std::vector<float>;

Floats noise(std::size_t count, std::uint64_t seed, double limit = 3)
{
    Random random(seed, "rows");
    Floats values(count);
    for (float& value : values)
        value = static_cast<float>(random.uniform(-limit, limit));
    return values;
}

double wide(float value)
{
    return static_cast<double>(value);
}

/// Softmax of `length` numbers that lie `step` apart.
std::vector<double> softmaxOf(const std::vector<double>& x)
{
    std::vector<double> y;
    const double most = *std::ranges::max_element(x);
    double sum = 0;
    for (const double value : x)
        sum += y.emplace_back(std::exp(value - most));
    for (double& value : y)
        value /= sum;
    return y;
}

double distribution(double x)
{
    return 0.5 * (1 + std::erf(x / std::numbers::sqrt2));
}

} // namespace

/// Passes over rows against plain loops in double, at the level that the loader has taken.
class RowKernelsTest : public QObject {
    Q_OBJECT

    static void addLengths()
    {
        QTest::addColumn<int>("length");
        for (const int length : {1, 3, 7, 8, 14, 16, 17, 33, 128})
            QTest::addRow("%d", length) << length;
    }

  private slots:
    void initTestCase()
    {
        if (!missingLevel().isEmpty())
            QSKIP("This machine has no " + missingLevel());
        QCOMPARE(loadedLevel(), wantedLevel());
    }

    void softmaxOfRowsEqualsPlainLoops_data() { addLengths(); }
    void softmaxOfRowsEqualsPlainLoops()
    {
        QFETCH(int, length);
        const auto size = static_cast<std::size_t>(length);
        const Floats x = noise(5 * size, 1), d = noise(5 * size, 2), before = noise(5 * size, 4);
        Floats add = noise(size, 3), y(5 * size), to = before;
        if (length > 1)
            add.back() = -1e9F;
        kernels::softmaxRows({5, length}, 0.7F, add.data(), x.data(), y.data());
        kernels::softmaxRowsGradient({5, length}, 0.7F, y.data(), d.data(), true, to.data());
        for (std::size_t row = 0; row < 5; ++row) {
            std::vector<double> scores;
            double mean = 0;
            for (std::size_t i = 0; i < size; ++i)
                scores.push_back(0.7 * wide(x[row * size + i]) + wide(add[i]));
            const auto exact = softmaxOf(scores);
            for (std::size_t i = 0; i < size; ++i)
                mean += exact[i] * wide(d[row * size + i]);
            for (std::size_t i = 0; i < size; ++i) {
                const std::size_t at = row * size + i;
                QVERIFY(std::abs(wide(y[at]) - exact[i]) < 1e-6);
                const double gradient = 0.7 * exact[i] * (wide(d[at]) - mean);
                QVERIFY(std::abs(wide(to[at]) - wide(before[at]) - gradient) < 2e-6);
            }
            QVERIFY(length == 1 || y[row * size + size - 1] == 0); // what is forbidden gets nothing
        }
    }

    void softmaxOfColumnsEqualsPlainLoops_data() { addLengths(); }
    void softmaxOfColumnsEqualsPlainLoops()
    {
        QFETCH(int, length);
        const auto width = static_cast<std::size_t>(length);
        constexpr int high = 9;
        const Floats x = noise(high * width, 1), d = noise(high * width, 2), before = noise(high * width, 3);
        Floats y(high * width), to = before;
        kernels::softmaxColumns({high, length}, x.data(), y.data());
        kernels::softmaxColumnsGradient({high, length}, y.data(), d.data(), true, to.data());
        for (std::size_t c = 0; c < width; ++c) {
            std::vector<double> scores;
            double mean = 0;
            for (std::size_t i = 0; i < high; ++i)
                scores.push_back(wide(x[i * width + c]));
            const auto exact = softmaxOf(scores);
            for (std::size_t i = 0; i < high; ++i)
                mean += exact[i] * wide(d[i * width + c]);
            for (std::size_t i = 0; i < high; ++i) {
                const std::size_t at = i * width + c;
                QVERIFY(std::abs(wide(y[at]) - exact[i]) < 1e-6);
                QVERIFY(std::abs(wide(to[at]) - wide(before[at]) - exact[i] * (wide(d[at]) - mean)) < 2e-6);
            }
        }
    }

    void normalizedRowsEqualPlainLoops_data() { addLengths(); }
    void normalizedRowsEqualPlainLoops()
    {
        QFETCH(int, length);
        const auto size = static_cast<std::size_t>(length);
        constexpr std::size_t count = 4;
        const Floats x = noise(count * size, 1), scale = noise(size, 2), shift = noise(size, 3);
        const Floats d = noise(count * size, 4), before = noise(count * size, 5), start = noise(size, 6);
        Floats y(count * size), statistics(2 * count), to = before, toScale = start, toShift = start;
        kernels::normalizeRows(
            {count, length}, {scale.data(), shift.data(), 1e-2F}, x.data(), y.data(), statistics.data());
        kernels::normalizeRowsGradient({count, length}, scale.data(), x.data(), statistics.data(), d.data(), true,
            to.data(), toScale.data(), toShift.data());
        std::vector<double> ofScale(size, 0), ofShift(size, 0);
        for (std::size_t row = 0; row < count; ++row) {
            const auto at = [&](const Floats& values, std::size_t i) { return wide(values[row * size + i]); };
            double mean = 0, variance = 0, sum = 0, product = 0;
            for (std::size_t i = 0; i < size; ++i)
                mean += at(x, i) / length;
            for (std::size_t i = 0; i < size; ++i)
                variance += std::pow(at(x, i) - mean, 2) / length;
            const double inverse = 1 / std::sqrt(variance + 1e-2);
            const auto normal = [&](std::size_t i) { return (at(x, i) - mean) * inverse; };
            for (std::size_t i = 0; i < size; ++i) {
                sum += at(d, i) * wide(scale[i]) / length;
                product += at(d, i) * wide(scale[i]) * normal(i) / length;
                ofScale[i] += at(d, i) * normal(i);
                ofShift[i] += at(d, i);
                QVERIFY(std::abs(at(y, i) - normal(i) * wide(scale[i]) - wide(shift[i])) < 2e-5);
            }
            for (std::size_t i = 0; i < size; ++i) {
                const double exact = (at(d, i) * wide(scale[i]) - sum - normal(i) * product) * inverse;
                QVERIFY(std::abs(at(to, i) - at(before, i) - exact) < 1e-4);
            }
        }
        for (std::size_t i = 0; i < size; ++i) {
            QVERIFY(std::abs(wide(toScale[i]) - wide(start[i]) - ofScale[i]) < 2e-5);
            QVERIFY(std::abs(wide(toShift[i]) - wide(start[i]) - ofShift[i]) < 2e-5);
        }
    }

    void productsByElementEqualPlainLoops_data() { addLengths(); }
    void productsByElementEqualPlainLoops()
    {
        QFETCH(int, length);
        const auto size = static_cast<std::size_t>(length);
        const Floats a = noise(6 * size, 1), b = noise(size, 2), before = noise(6 * size, 3);
        for (const bool isAdded : {false, true}) {
            Floats y = before;
            const kernels::Place at{3 * length, 3 * length, length}, shared{0, 0, 0};
            kernels::product({2, 1, 3, length}, a.data(), at, b.data(), shared, isAdded, y.data(), at);
            for (std::size_t i = 0; i < y.size(); ++i) {
                const double exact = wide(a[i]) * wide(b[i % size]) + (isAdded ? wide(before[i]) : 0);
                QVERIFY(std::abs(wide(y[i]) - exact) < 2e-6);
            }
        }
    }

    void dropoutFactorsAreThoseThatRandomDraws_data() { addLengths(); }
    void dropoutFactorsAreThoseThatRandomDraws()
    {
        QFETCH(int, length);
        for (const double ratio : {0.0, 0.3, 0.999}) {
            Random random(7, "dropout x", 3, 11);
            kernels::RandomPlace place;
            std::ranges::copy(random.key(), place.key);
            std::ranges::copy(random.counter(), place.counter);
            Floats factors(static_cast<std::size_t>(length) + 1, -1.0F);
            kernels::dropoutFactors(place, ratio, 1.25F, length, factors.data());
            for (int i = 0; i < length; ++i)
                QCOMPARE(factors[static_cast<std::size_t>(i)], random.uniform() < ratio ? 0.0F : 1.25F);
            QCOMPARE(factors.back(), -1.0F);
        }
    }

    void geluEqualsItsDefinition()
    {
        const Floats x = noise(2003, 1, 8), d = noise(2003, 2, 1), before = noise(2003, 3, 1);
        Floats y(x.size()), to = before;
        kernels::gelu(2003, x.data(), y.data());
        kernels::geluGradient(2003, x.data(), d.data(), true, to.data());
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double v = wide(x[i]), density = std::exp(-v * v / 2) / std::sqrt(2 * std::numbers::pi);
            QVERIFY(std::abs(wide(y[i]) - v * distribution(v)) < 1e-6);
            const double slope = distribution(v) + v * density;
            QVERIFY(std::abs(wide(to[i]) - wide(before[i]) - wide(d[i]) * slope) < 1e-6);
        }
    }
};

int rowKernelsTest(int argc, char** argv)
{
    RowKernelsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "row_kernels_test.moc"
