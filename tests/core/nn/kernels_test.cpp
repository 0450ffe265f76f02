#include <QtTest>

#include "core/base/random.h"
#include "core/nn/kernels/kernels.h"

#include <algorithm>
#include <array>
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

kernels::WinogradTiles tilesOf(int rows, int columns, const kernels::Extent& extent)
{
    kernels::WinogradTiles tiles{extent};
    tiles.at = {std::int64_t{extent.rows} * extent.columns * extent.channels,
        std::int64_t{extent.columns} * extent.channels, extent.channels};
    tiles.tileRows = (rows + 3) / 4;
    tiles.tileColumns = (columns + 3) / 4;
    tiles.count = extent.images * tiles.tileRows * tiles.tileColumns;
    return tiles;
}

std::vector<float> transformedOf(const kernels::WinogradTiles& tiles)
{
    return std::vector<float>(static_cast<std::size_t>(kernels::winogradPoints * tiles.point()));
}

double dot(const std::vector<float>& a, const std::vector<float>& b)
{
    double sum = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    return sum;
}

/// Of transforms: what lies between the points does not count.
double dot(const std::vector<float>& a, const std::vector<float>& b, const kernels::WinogradTiles& tiles)
{
    double sum = 0;
    for (std::int64_t point = 0; point < kernels::winogradPoints; ++point)
        for (std::int64_t i = 0; i < std::int64_t{tiles.count} * tiles.extent.channels; ++i) {
            const auto at = static_cast<std::size_t>(point * tiles.point() + i);
            sum += static_cast<double>(a[at]) * static_cast<double>(b[at]);
        }
    return sum;
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

    void winogradEqualsPlainLoops()
    {
        for (const auto& [rows, columns, top, left] : {std::array{5, 9, 0, 0}, {8, 6, 1, 1}, {3, 11, 2, 1}}) {
            constexpr int images = 2, channels = 16, outputs = 48;
            const int inRows = rows + 2 - 2 * top, inColumns = columns + 2 - 2 * left;
            const auto x = noise(static_cast<std::size_t>(images * inRows * inColumns * channels), 11);
            const auto w = noise(static_cast<std::size_t>(9 * channels * outputs), 12);
            auto in = tilesOf(rows, columns, {images, inRows, inColumns, channels});
            in.top = top;
            in.left = left;
            const auto out = tilesOf(rows, columns, {images, rows, columns, outputs});
            const std::int64_t perPoint = kernels::winogradDistance(kernels::packedSize(channels, outputs));
            std::vector<float> packed(static_cast<std::size_t>(kernels::winogradPoints * perPoint));
            kernels::winogradPack({channels, outputs, channels * outputs, outputs, 1}, w.data(), 0,
                kernels::packedBlocks(outputs), packed.data());
            auto inputs = transformedOf(in), products = transformedOf(out);
            kernels::winogradInput(in, x.data(), inputs.data());
            const int tap = 0;
            const kernels::Product product{1, &tap, channels, 1, in.count, 0, channels, 0, outputs, outputs};
            for (int point = 0; point < kernels::winogradPoints; ++point)
                kernels::multiply(product, inputs.data() + point * in.point(), packed.data() + point * perPoint,
                    products.data() + point * out.point(), {});
            std::vector<float> y(static_cast<std::size_t>(images * rows * columns * outputs) + 1, 7.0F);
            kernels::winogradOutput(out, products.data(), y.data(), {});
            QCOMPARE(y.back(), 7.0F);
            for (int i = 0; i < images * rows * columns * outputs; ++i) {
                const int m = i % outputs, column = i / outputs % columns, row = i / outputs / columns % rows,
                          image = i / outputs / columns / rows;
                double sum = 0;
                for (int k = 0; k < 9 * channels; ++k) {
                    const int c = k % channels, r = row + k / channels / 3 - top, q = column + k / channels % 3 - left;
                    if (r >= 0 && r < inRows && q >= 0 && q < inColumns)
                        sum += static_cast<double>(
                                   x[static_cast<std::size_t>(((image * inRows + r) * inColumns + q) * channels + c)])
                               * static_cast<double>(w[static_cast<std::size_t>(k * outputs + m)]);
                }
                QVERIFY(std::abs(static_cast<double>(y[static_cast<std::size_t>(i)]) - sum) < 1e-4);
            }
        }
    }

    /// ⟨A x, v⟩ = ⟨x, Aᵀ v⟩; that of the weights is seen in the fused path.
    void winogradsGradientsAreExactAdjoints()
    {
        auto in = tilesOf(7, 9, {3, 8, 9, 16});
        in.top = in.left = 1;
        const auto out = tilesOf(7, 9, {3, 7, 9, 32});
        const auto x = noise(3 * 8 * 9 * 16, 13), y = noise(3 * 7 * 9 * 32, 14);
        auto transformed = transformedOf(in), products = transformedOf(out);
        const auto other = noise(transformed.size(), 15), others = noise(products.size(), 16);
        std::vector<float> back(x.size()), result(y.size());
        kernels::winogradInput(in, x.data(), transformed.data());
        kernels::winogradInputAdjoint(in, other.data(), back.data());
        QVERIFY(std::abs(dot(transformed, other, in) / dot(x, back) - 1) < 1e-4);
        kernels::winogradOutput(out, others.data(), result.data(), {});
        kernels::winogradOutputAdjoint(out, y.data(), products.data());
        QVERIFY(std::abs(dot(products, others, out) / dot(y, result) - 1) < 1e-4);
    }

    void shallowImagesNeedNoLists()
    {
        for (const int channels : {1, 3}) {
            constexpr int rows = 5, columns = 7, outputs = 32, width = 2 * columns + 2;
            const auto x = noise(static_cast<std::size_t>((2 * rows + 2) * width * channels), 19);
            auto y = noise(rows * columns * outputs, 20);
            const auto d = noise(y.size(), 21);
            std::vector<std::uint8_t> index(y.size());
            for (std::size_t i = 0; i < y.size(); ++i) {
                y[i] = std::max(y[i], 0.0F);
                index[i] = static_cast<std::uint8_t>((i * 7 + i / 5) % 4);
            }
            const kernels::Pooled pooled{
                y.data(), index.data(), d.data(), rows, columns, outputs, columns * outputs, columns * outputs};
            const kernels::SparseWeightGradient work{3, 3 * channels, width * channels, 16, outputs, rows * columns};
            std::vector<float> gradient(outputs * 3 * 16), bias(outputs), listed(gradient.size()), listedBias(outputs);
            if (!kernels::shallowWeightGradient(work, pooled, channels, x.data(), gradient.data(), bias.data())) {
                QVERIFY(QByteArray(kernels::levelName()) != "x86-64-v4"); // the others take the lists
                return;
            }
            std::vector<kernels::SparseEntry> entries(static_cast<std::size_t>(rows * columns * outputs));
            std::vector<int> counts(outputs);
            kernels::listByChannel(pooled, width * channels, channels, entries.data(), counts.data());
            kernels::sparseWeightGradient(
                work, x.data(), entries.data(), counts.data(), listed.data(), listedBias.data());
            for (std::size_t i = 0; i < gradient.size(); ++i)
                if (i % 16 < static_cast<std::size_t>(3 * channels)) // scratch behind it
                    QVERIFY(std::abs(gradient[i] - listed[i]) < 1e-4F);
            for (std::size_t i = 0; i < bias.size(); ++i)
                QVERIFY(std::abs(bias[i] - listedBias[i]) < 1e-4F);
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
