#include <QtTest>

#include "core/base/random.h"
#include "core/nn/kernels/kernels.h"

#include <cmath>
#include <vector>

using namespace hounsfield;

namespace {

std::vector<float> noise(std::size_t count, std::uint64_t seed)
{
    Random random(seed, "kernels");
    std::vector<float> values(count + 64); // kernels may read some floats behind the last
    for (std::size_t i = 0; i < count; ++i)
        values[i] = static_cast<float>(random.uniform(-1, 1));
    return values;
}

} // namespace

/// Each kernel against plain loops in double, at the level that the loader has taken.
class KernelsTest : public QObject {
    Q_OBJECT
  private slots:
    void productsEqualPlainLoops_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("depth");
        QTest::addColumn<int>("outputs");
        for (const int outputs : {1, 3, 8, 10, 16, 17, 32, 33, 64})
            for (const int columns : {1, 2, 5, 7, 13, 15, 30})
                QTest::addRow("%d outputs, %d columns", outputs, columns)
                    << 1 + columns % 5 << columns << 9 + columns << outputs;
    }
    void productsEqualPlainLoops()
    {
        QFETCH(int, rows);
        QFETCH(int, columns);
        QFETCH(int, depth);
        QFETCH(int, outputs);
        constexpr int taps = 3, channels = 3;
        const int width = columns + depth, height = rows + taps;
        const auto x = noise(static_cast<std::size_t>(width * height * channels), 1);
        const auto w = noise(static_cast<std::size_t>(taps * depth * outputs), 2);
        const auto bias = noise(static_cast<std::size_t>(outputs), 3);
        std::vector<int> offsets;
        for (int tap = 0; tap < taps; ++tap)
            offsets.push_back(tap * width * channels);
        std::vector<float> packed(static_cast<std::size_t>(kernels::packedSize(taps * depth, outputs)));
        const kernels::PackSegment segment{0, outputs, 1, taps * depth};
        kernels::pack(w.data(), &segment, 1, outputs, 0, kernels::packedBlocks(outputs), packed.data());
        const kernels::Product product{taps, offsets.data(), depth, rows, columns, width * channels, channels,
            columns * outputs, outputs, outputs};
        std::vector<float> y(static_cast<std::size_t>(rows * columns * outputs) + 1, 7.0F);
        kernels::multiply(product, x.data(), packed.data(), y.data(), {bias.data()});
        for (int i = 0; i < rows * columns * outputs; ++i) {
            const int m = i % outputs, column = i / outputs % columns, row = i / outputs / columns;
            double sum = static_cast<double>(bias[static_cast<std::size_t>(m)]);
            for (int tap = 0; tap < taps; ++tap)
                for (int k = 0; k < depth; ++k)
                    sum +=
                        static_cast<double>(x[static_cast<std::size_t>(((row + tap) * width + column) * channels + k)])
                        * static_cast<double>(w[static_cast<std::size_t>((tap * depth + k) * outputs + m)]);
            QVERIFY(std::abs(static_cast<double>(y[static_cast<std::size_t>(i)]) - sum) < 1e-4);
        }
        QCOMPARE(y.back(), 7.0F); // nothing behind the last output is touched
    }

    void weightGradientsEqualPlainLoops()
    {
        for (const int outputs : {1, 5, 8, 16, 24, 33, 64})
            for (const int depth : {1, 3, 9, 13, 24}) {
                constexpr int images = 3, rows = 5, columns = 7, segments = 2;
                const int width = (columns + depth) * 2;
                const auto x = noise(static_cast<std::size_t>(images * (rows + segments) * width), 4);
                const auto d = noise(static_cast<std::size_t>(images * rows * columns * outputs), 5);
                const int offsets[segments] = {0, width};
                const kernels::WeightGradient work{images, rows, columns, (rows + segments) * width, width, 1,
                    rows * columns * outputs, columns * outputs, outputs, segments, offsets, depth, outputs, outputs,
                    false};
                std::vector<float> gradient(static_cast<std::size_t>(segments * depth * outputs), 9.0F);
                kernels::weightGradient(work, x.data(), d.data(), gradient.data(), 0, segments * depth);
                for (int i = 0; i < segments * depth * outputs; ++i) {
                    const int m = i % outputs, k = i / outputs % depth, segment = i / outputs / depth;
                    double sum = 0;
                    for (int pixel = 0; pixel < images * rows * columns; ++pixel) {
                        const int column = pixel % columns, row = pixel / columns % rows,
                                  image = pixel / columns / rows;
                        sum += static_cast<double>(x[static_cast<std::size_t>(
                                   (image * (rows + segments) + row + segment) * width + column + k)])
                               * static_cast<double>(d[static_cast<std::size_t>(pixel * outputs + m)]);
                    }
                    QVERIFY(std::abs(static_cast<double>(gradient[static_cast<std::size_t>(i)]) - sum) < 1e-4);
                }
            }
    }

    void momentsEqualPlainLoops()
    {
        for (const int channels : {1, 3, 8, 12, 16}) {
            const kernels::Extent extent{3, 5, 7, channels};
            const kernels::Place at{5 * 7 * channels, 7 * channels, channels};
            const auto x = noise(static_cast<std::size_t>(3 * 5 * 7 * channels), 6);
            std::vector<float> mean(16), squares(16);
            kernels::channelMoments(extent, x.data(), at, mean.data(), squares.data());
            for (int c = 0; c < channels; ++c) {
                double sum = 0, square = 0;
                for (int p = 0; p < 105; ++p)
                    sum += static_cast<double>(x[static_cast<std::size_t>(p * channels + c)]);
                for (int p = 0; p < 105; ++p)
                    square +=
                        std::pow(static_cast<double>(x[static_cast<std::size_t>(p * channels + c)]) - sum / 105, 2);
                QVERIFY(std::abs(static_cast<double>(mean[static_cast<std::size_t>(c)]) - sum / 105) < 1e-5);
                QVERIFY(std::abs(static_cast<double>(squares[static_cast<std::size_t>(c)]) - square) < 1e-3);
            }
        }
    }

    void theLevelIsTheOneAskedFor()
    {
        const QByteArray wanted = qgetenv("HOUNSFIELD_LEVEL");
        if (QByteArray(kernels::levelName()) < wanted)
            QSKIP("This machine has no such instruction set.");
        if (!wanted.isEmpty())
            QCOMPARE(QByteArray(kernels::levelName()), wanted);
        QVERIFY(QByteArray(kernels::levelName()).startsWith("x86-64"));
    }
};

int kernelsTest(int argc, char** argv)
{
    KernelsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "kernels_test.moc"
