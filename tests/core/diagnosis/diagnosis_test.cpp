#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/diagnosis/diagnosis.h"
#include "core/image/voxels.h"
#include "core/learning/networks.h"
#include "core/learning/sample_set.h"
#include "core/nn/builder.h"
#include "core/nn/onnx_write.h"

#include <opencv2/dnn.hpp>

#include <cmath>

using namespace hounsfield;
using namespace hounsfield::diagnosis;

namespace {

learning::Model modelOf(const nn::Graph& trained, std::int64_t size)
{
    learning::Model model;
    model.classes = {"none", "square"};
    model.preprocessing.width = model.preprocessing.height = size;
    model.network = "test";
    model.graph = std::make_shared<const nn::Graph>(learning::exported(model, trained));
    return model;
}

/// Speaks for "square" where a neighbourhood of 3 × 3 is bright: convolution, relu, pooled over the whole picture.
learning::Model squareFinder(std::int64_t size)
{
    nn::Builder builder("finder", 1);
    std::string x = builder.input("image", {-1, 1, size, size});
    x = builder.relu(builder.convolution(x, {.channels = 1, .strides = {2, 2}}));
    x = builder.flatten(builder.globalAveragePool(x));
    x = builder.node("Identity", {builder.dense(x, 2)}, {}, "logits");
    nn::Graph graph = builder.finish({"logits"});
    for (auto& [name, tensor] : graph.initializers) {
        if (tensor.rank() == 4)
            tensor = nn::Tensor(tensor.shape(), std::vector<float>(9, 1.0F / 9));
        else if (tensor.rank() == 1 && tensor.count() == 1)
            tensor = nn::Tensor(tensor.shape(), std::vector<float>{-0.5F});
        else if (tensor.rank() == 2)
            tensor = nn::Tensor(tensor.shape(), std::vector<float>{-40, 40});
        else if (tensor.count() == 2)
            tensor = nn::Tensor(tensor.shape(), std::vector<float>{0, 0});
    }
    return modelOf(graph, size);
}

image::Volume pictureOf(std::int64_t width, std::int64_t height, const std::vector<std::uint8_t>& values)
{
    image::Geometry geometry;
    geometry.size = {width, height, 1};
    return image::makeVolume(geometry, values);
}

/// A bright square of side 9 around (x, y).
image::Volume squareAt(std::int64_t width, std::int64_t height, std::int64_t x, std::int64_t y)
{
    std::vector<std::uint8_t> values(static_cast<std::size_t>(width * height), 20);
    for (std::int64_t v = y - 4; v <= y + 4; ++v)
        for (std::int64_t u = x - 4; u <= x + 4; ++u)
            values[static_cast<std::size_t>(v * width + u)] = 240;
    return pictureOf(width, height, values);
}

std::array<double, 2> centroidOf(const image::Raster<float>& map)
{
    double sum = 0, x = 0, y = 0;
    for (std::int64_t v = 0; v < map.height; ++v)
        for (std::int64_t u = 0; u < map.width; ++u) {
            const auto value = static_cast<double>(map.at(u, v));
            sum += value;
            x += value * static_cast<double>(u);
            y += value * static_cast<double>(v);
        }
    return {x / sum, y / sum};
}

} // namespace

class DiagnosisTest : public QObject {
    Q_OBJECT
  private slots:
    void theMapLiesOnThePlantedSquare_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("x");
        QTest::addColumn<int>("y");
        QTest::newRow("as it is") << 64 << 64 << 20 << 40;
        QTest::newRow("flipped left-right") << 64 << 64 << 43 << 40;
        QTest::newRow("flipped up-down") << 64 << 64 << 20 << 23;
        QTest::newRow("turned by half") << 64 << 64 << 43 << 23;
        QTest::newRow("transposed") << 64 << 64 << 40 << 20;
        QTest::newRow("cropped to a landscape") << 64 << 48 << 20 << 30;
        QTest::newRow("cropped to a portrait") << 40 << 64 << 10 << 40;
        QTest::newRow("larger than the input") << 128 << 96 << 90 << 60;
    }
    void theMapLiesOnThePlantedSquare()
    {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, x);
        QFETCH(int, y);
        auto diagnoser = Diagnoser::of(squareFinder(64));
        QVERIFY2(diagnoser, diagnoser ? "" : english(diagnoser.error()).c_str());
        const double cell = 2.0 * std::max(width, height) / 64;
        for (const MapMethod method : {MapMethod::HiResCam, MapMethod::GradCam}) {
            MapOptions options;
            options.method = method;
            const auto map = diagnoser->explain(squareAt(width, height, x, y), 0, options);
            QVERIFY2(map, map ? "" : english(map.error()).c_str());
            QCOMPARE(map->map.width, std::int64_t{width});
            QCOMPARE(map->map.height, std::int64_t{height});
            QCOMPARE(map->classIndex, 1);
            QVERIFY(map->probability > 0.5);
            const auto centre = centroidOf(map->map);
            QVERIFY2(std::abs(centre[0] - x) <= cell && std::abs(centre[1] - y) <= cell,
                qPrintable(QString("%1, %2").arg(centre[0]).arg(centre[1])));
        }
    }

    void methodsAgreeForNetworksThatPoolTheWholeMap()
    {
        learning::NetworkForm form;
        form.width = form.height = 64;
        const auto graph = learning::buildNetwork(**learning::findNetwork("small-resnet"), form);
        auto diagnoser = Diagnoser::of(modelOf(*graph, 64));
        QVERIFY2(diagnoser, diagnoser ? "" : english(diagnoser.error()).c_str());
        const auto sample = learning::makeSample({}, 3);
        const auto volume = pictureOf(64, 64, sample.picture.pixels);
        for (int c = 0; c < 2; ++c) {
            MapOptions options{MapMethod::HiResCam, "", c};
            const auto fine = diagnoser->explain(volume, 0, options);
            options.method = MapMethod::GradCam;
            const auto coarse = diagnoser->explain(volume, 0, options);
            QVERIFY(fine && coarse);
            for (std::size_t i = 0; i < fine->map.pixels.size(); ++i)
                QVERIFY(std::abs(fine->map.pixels[i] - coarse->map.pixels[i]) < 1e-5F);
        }
    }

    void anotherRuntimeGivesTheProbabilityOfDiagnose()
    {
        learning::NetworkForm form;
        form.width = form.height = 64;
        const auto graph = learning::buildNetwork(**learning::findNetwork("seed-cnn"), form);
        learning::Model model = modelOf(*graph, 64);
        model.preprocessing.mean = {0.45};
        model.preprocessing.deviation = {0.2};
        const nn::Graph whole = learning::exported(model, *graph);
        QTemporaryDir folder;
        const std::string file = folder.filePath("model.onnx").toStdString();
        QVERIFY(writeAtomically(file, std::string_view(nn::writeOnnx(whole))));
        auto diagnoser = Diagnoser::load(file);
        QVERIFY2(diagnoser, diagnoser ? "" : english(diagnoser.error()).c_str());
        cv::dnn::Net other = cv::dnn::readNetFromONNX(file);
        for (int number = 0; number < 5; ++number) {
            const auto sample = learning::makeSample({7}, number);
            const auto said = diagnoser->diagnose(pictureOf(64, 64, sample.picture.pixels), 0);
            QVERIFY(said && said->gate.isOpen());
            const int sizes[] = {1, 1, 64, 64};
            cv::Mat blob(4, sizes, CV_32F);
            for (std::size_t i = 0; i < 64 * 64; ++i)
                blob.ptr<float>()[i] = (static_cast<float>(sample.picture.pixels[i]) / 255 - 0.45F) / 0.2F;
            other.setInput(blob);
            const cv::Mat out = other.forward();
            for (int c = 0; c < 2; ++c)
                QVERIFY(std::abs(out.ptr<float>()[c] - said->probabilities[static_cast<std::size_t>(c)]) < 1e-4F);
        }
    }

    void aVolumeIsDiagnosedSliceBySliceWithTheMostSuspiciousFirst()
    {
        auto diagnoser = Diagnoser::of(squareFinder(32));
        image::Geometry geometry;
        geometry.size = {32, 32, 15};
        std::vector<std::uint8_t> values(32 * 32 * 15, 20);
        for (const int slice : {4, 11})
            for (int i = 0; i < (slice == 4 ? 12 : 9) * 32; ++i)
                values[static_cast<std::size_t>(slice * 1024 + i)] = 250;
        const auto volume = image::makeVolume(geometry, values);
        const auto all = diagnoser->diagnoseVolume(volume, Gate::Obey, Monitor{});
        QVERIFY(all);
        QCOMPARE(all->slices.size(), std::size_t{15});
        QCOMPARE(all->mostSuspicious.size(), std::size_t{10});
        QCOMPARE(all->mostSuspicious[0], std::int64_t{4});
        QCOMPARE(all->mostSuspicious[1], std::int64_t{11});
        QCOMPARE(all->slices[4].called, 1);
        learning::Model named = squareFinder(32);
        named.classes = {"lesion", "Normal"};
        const auto other = Diagnoser::of(std::move(named))->diagnoseVolume(volume, Gate::Obey, Monitor{});
        QVERIFY(other && other->mostSuspicious[0] != 4); // its second class is the one that reassures
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = diagnoser->diagnoseVolume(volume, Gate::Obey, Monitor(stop.get_token()));
        QVERIFY(!stopped && stopped.error().kind == Error::Kind::Cancelled);
    }

    void aRefusedImageHasNoScoreUnlessOverriddenAndThenSaysSo()
    {
        learning::Model model = squareFinder(64);
        model.facts.modalities = {"CR"};
        auto diagnoser = Diagnoser::of(std::move(model));
        image::Volume volume = squareAt(64, 64, 20, 20);
        volume.facts.modality = "CT";
        const auto refused = diagnoser->diagnose(volume, 0);
        QVERIFY(refused && refused->isRefused() && !refused->gate.refusals.empty());
        QVERIFY(english(refused->gate.refusals[0]).find("CT") != std::string::npos);
        const auto forced = diagnoser->diagnose(volume, 0, Gate::Override);
        QVERIFY(forced && forced->isOverridden && !forced->isRefused());
    }

    void wrongFilesLayersAndClassesAreSentences()
    {
        QTemporaryDir folder;
        const std::string file = folder.filePath("x.onnx").toStdString();
        QVERIFY(writeAtomically(file, std::string_view("this is no model")));
        const auto loaded = Diagnoser::load(file);
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().where.substr(0, file.size()), file);
        learning::Model model = squareFinder(64);
        nn::Graph lying = *model.graph;
        lying.metadata["hounsfield.classes"] = R"(["a","b","c"])";
        QVERIFY(writeAtomically(file, std::string_view(nn::writeOnnx(lying))));
        const auto mismatch = Diagnoser::load(file);
        QVERIFY(!mismatch);
        QVERIFY(english(mismatch.error()).find("3 classes") != std::string::npos);
        auto diagnoser = Diagnoser::of(std::move(model));
        const auto picture = squareAt(64, 64, 20, 20);
        QVERIFY(!diagnoser->explain(picture, 0, {MapMethod::HiResCam, "no such layer", {}}));
        QVERIFY(!diagnoser->explain(picture, 0, {MapMethod::HiResCam, "", 5}));
        QVERIFY(!diagnoser->diagnose(picture, 3));
    }
};

int diagnosisTest(int argc, char** argv)
{
    DiagnosisTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diagnosis_test.moc"
