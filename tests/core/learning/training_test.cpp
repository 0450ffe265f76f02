#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/base/random.h"
#include "core/image/raster.h"
#include "core/learning/augmentation.h"
#include "core/learning/model_file.h"
#include "core/learning/options.h"
#include "core/learning/predictor.h"
#include "core/learning/training.h"

#include <onnx/checker.h>
#include <onnx/onnx_pb.h>
#include <opencv2/dnn.hpp>

#include <cmath>
#include <csignal>
#include <filesystem>

using namespace hounsfield;
using namespace hounsfield::learning;
namespace fs = std::filesystem;

namespace {

void writeImage(
    const fs::path& file, std::uint64_t seed, bool isBright, std::int64_t width = 20, std::int64_t height = 20)
{
    image::Raster<std::uint8_t> raster(width, height);
    Random random(seed, "picture");
    for (auto& pixel : raster.pixels)
        pixel = static_cast<std::uint8_t>(random.below(100) + (isBright ? 100 : 30));
    QVERIFY(makeFolder(file.parent_path()));
    const auto png = image::encodePng(raster);
    QVERIFY(png && writeAtomically(file, std::span<const std::byte>(*png)));
}

/// class/file, `each` of both classes.
void writeSet(const fs::path& folder, int each)
{
    for (int i = 0; i < each; ++i) {
        writeImage(folder / "dark" / (std::to_string(i) + ".png"), static_cast<std::uint64_t>(i), false);
        writeImage(folder / "light" / (std::to_string(i) + ".png"), static_cast<std::uint64_t>(i) + 1000, true);
    }
}

Result<DataSet> opened(const fs::path& folder, const fs::path& table = {})
{
    static files::ReaderPool readers(2);
    DataRequest request;
    request.data = folder;
    request.table = table;
    return openDataSet(readers, request, {});
}

std::string sentence(const Result<DataSet>& result)
{
    return result ? std::string() : english(result.error());
}

bool has(const DataSet& data, Warning::Kind kind)
{
    return std::ranges::any_of(data.warnings, [&](const Warning& warning) { return warning.kind == kind; });
}

} // namespace

class TrainingTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_data = fs::path(m_folder.path().toStdString()) / "data";
        writeSet(m_data, 40);
    }

    void aFolderIsReadTrainedAndScored()
    {
        const auto data = opened(m_data);
        QVERIFY2(data, sentence(data).c_str());
        QCOMPARE(data->cases.size(), std::size_t{80});
        QCOMPARE(data->images.width, std::int64_t{20});
        QVERIFY(has(*data, Warning::Kind::FewCases) && has(*data, Warning::Kind::NoPatients));
        TrainingRequest request;
        request.options = {{"epochs", "6"}, {"batch", "16"}, {"threads", "2"}};
        request.folder = m_data.parent_path() / "run";
        const auto run = trainClassifier(*data, request, {});
        QVERIFY2(run, run ? "" : english(run.error()).c_str());
        QVERIFY(run->test && run->validation);
        QVERIFY(*run->test->auc.value > 0.95);
        const auto again = readRun(request.folder);
        QVERIFY2(again, again ? "" : english(again.error()).c_str());
        QCOMPARE(jsonOf(*again->test, again->classes), jsonOf(*run->test, run->classes));
        QCOMPARE(again->predictions.size(), run->predictions.size());
        QVERIFY(again->history == run->history);
        const auto refused = trainClassifier(*data, request, {});
        QVERIFY(!refused && english(refused.error()).find("--force") != std::string::npos);
    }

    void theModelFilePassesTheCheckerAndAnotherRuntimeAgrees()
    {
        const fs::path file = m_data.parent_path() / "run" / "model.onnx";
        const auto bytes = readFile(file);
        QVERIFY(bytes);
        onnx::ModelProto proto;
        QVERIFY(proto.ParseFromString(*bytes));
        onnx::checker::check_model(proto);
        const auto model = readModel(file);
        QVERIFY2(model, model ? "" : english(model.error()).c_str());
        Preprocessing plain = model->preprocessing;
        plain.shifts = {{0, 0}};
        const auto data = opened(m_data);
        QVERIFY(data);
        auto predictor = Predictor::make(model->graph, nullptr, plain, 2, 1);
        QVERIFY(predictor);
        auto net = cv::dnn::readNetFromONNX(file.string());
        for (const std::int64_t i : {0, 30, 60}) {
            std::vector<float> values(static_cast<std::size_t>(plain.elements()));
            data->images.read(i, values.data());
            const auto ours =
                predictor->probabilities(1, [&](std::int64_t, float* to) { std::ranges::copy(values, to); }, {});
            QVERIFY(ours);
            plain.toUnit(values);
            plain.normalise(values);
            const int shape[] = {1, 1, static_cast<int>(plain.height), static_cast<int>(plain.width)};
            net.setInput(cv::Mat(4, shape, CV_32F, values.data()), "image");
            const cv::Mat theirs = net.forward();
            QVERIFY(std::abs(theirs.at<float>(0, 1) - (*ours)[1]) < 1e-4F);
        }
    }

    void badDataIsSaidClearly()
    {
        const fs::path root = m_data.parent_path();
        QVERIFY(sentence(opened(root / "nowhere")).find("no such") != std::string::npos);
        fs::create_directories(root / "empty");
        QVERIFY(sentence(opened(root / "empty")).find("no images") != std::string::npos);
        writeImage(root / "single" / "only" / "a.png", 1, true);
        QVERIFY(sentence(opened(root / "single")).find("only one class") != std::string::npos);
        QVERIFY(writeAtomically(root / "lost.csv", std::string_view("file,label\nnone.png,x\nnever.png,y\n")));
        QVERIFY(sentence(opened(m_data, root / "lost.csv")).find("names a file") != std::string::npos);
        QVERIFY(writeAtomically(root / "odd.csv", std::string_view("file,label,split\ndark/0.png,x,maybe\n")));
        QVERIFY(sentence(opened(m_data, root / "odd.csv")).find("maybe") != std::string::npos);
        QVERIFY(writeAtomically(root / "words.csv", std::string_view("a,b\n1,2\n")));
        QVERIFY(sentence(opened(m_data, root / "words.csv")).find("column \"label\"") != std::string::npos);
    }

    void mixedSizesDuplicatesAndBrokenFilesAreSaid()
    {
        const fs::path root = m_data.parent_path() / "mixed";
        for (int i = 0; i < 8; ++i) {
            writeImage(root / "dark" / (std::to_string(i) + ".png"), static_cast<std::uint64_t>(i), false, 20 + i, 30);
            writeImage(root / "light" / (std::to_string(i) + ".png"), static_cast<std::uint64_t>(i) + 50, true, 25, 22);
        }
        writeImage(root / "light" / "twin.png", 50, true, 25, 22);
        QVERIFY(writeAtomically(root / "dark" / "broken.png", std::string_view("not a picture")));
        const auto data = opened(root);
        QVERIFY2(data, sentence(data).c_str());
        QCOMPARE(data->cases.size(), std::size_t{17});
        QCOMPARE(data->unreadable.size(), std::size_t{1});
        QVERIFY(has(*data, Warning::Kind::Unreadable) && has(*data, Warning::Kind::Duplicates));
    }

    void threeImagesAreEnoughForASentenceOrAModel()
    {
        const fs::path root = m_data.parent_path() / "three";
        writeImage(root / "dark" / "a.png", 1, false);
        writeImage(root / "dark" / "b.png", 2, false);
        writeImage(root / "light" / "c.png", 3, true);
        const auto data = opened(root);
        QVERIFY(data);
        TrainingRequest request;
        request.network = "seed-cnn";
        request.options = {{"epochs", "1"}, {"test-share", "0.34"}};
        request.folder = m_data.parent_path() / "three-run";
        const auto run = trainClassifier(*data, request, {});
        QVERIFY(run || english(run.error()).find("training image") != std::string::npos);
    }

    void tablesGiveLabelsPartsAndPatients()
    {
        std::string table = "file,label,split,patient\n";
        for (int i = 0; i < 20; ++i)
            table += "dark/" + std::to_string(i) + ".png," + (i % 2 ? "odd" : "even") + ","
                     + (i < 10 ? "train" : "test") + ",p" + std::to_string(i / 2) + "\n";
        const fs::path file = m_data.parent_path() / "parts.csv";
        QVERIFY(writeAtomically(file, table));
        const auto data = opened(m_data, file);
        QVERIFY2(data, sentence(data).c_str());
        QCOMPARE(data->cases.size(), std::size_t{20});
        QCOMPARE(data->classes, (std::vector<std::string>{"even", "odd"}));
        QVERIFY(data->hasOwnTest && data->knowsPatients());
        QVERIFY(has(*data, Warning::Kind::Unlabelled));
    }

    void preprocessingSurvivesItsMetadata()
    {
        Preprocessing one;
        one.channels = 3;
        one.low = -1024;
        one.high = 3071.25;
        one.mean = {0.1, 0.2, 1.0 / 3};
        one.deviation = {0.5, 0.25, 0.7};
        one.shifts = {{0, 0}, {-1, 0}};
        const auto again = Preprocessing::fromJson(one.json(), "here");
        QVERIFY(again && *again == one);
        QVERIFY(!Preprocessing::fromJson("{}", "here"));
        one.deviation[1] = 0;
        QVERIFY(!Preprocessing::fromJson(one.json(), "here"));
        std::vector<float> values{std::nanf(""), -2000, 3071.25F};
        one.toUnit(values);
        QVERIFY(values[0] == 0 && values[1] == 0 && std::abs(values[2] - 1) < 1e-6F);
    }

    void augmentationIsAPureFunctionAndNoneChangesNothing()
    {
        std::vector<float> picture(400), first, second;
        for (std::size_t i = 0; i < picture.size(); ++i)
            picture[i] = static_cast<float>(i) / 400;
        const Augmentation all{10, 0.1, 0.1, 0.2, 0.1, 0.05, 0.01, true};
        first = second = picture;
        augment(all, {20, 20, 1}, Random(1, "augment", 2, 3), first);
        augment(all, {20, 20, 1}, Random(1, "augment", 2, 3), second);
        QCOMPARE(first, second);
        QVERIFY(first != picture);
        second = picture;
        augment({}, {20, 20, 1}, Random(1, "augment", 2, 3), second);
        QCOMPARE(second, picture);
    }

    void aTrainingKilledAtAnyMomentResumesToTheSameModel()
    {
        const QString program = QString(HOUNSFIELD_BINARIES) + "/hounsfield-cli";
        const QString runs = QString::fromStdString((m_data.parent_path()).string());
        const QStringList arguments{"train", "--data", QString::fromStdString(m_data.string()), "--network", "seed-cnn",
            "--epochs", "40", "--batch", "8", "--save-seconds", "0", "--threads", "2", "--json", "--quiet", "--out"};
        QProcess whole;
        whole.start(program, arguments + QStringList{runs + "/whole"});
        QVERIFY(whole.waitForFinished(60000));
        QVERIFY2(whole.exitCode() == 0, whole.readAllStandardError());
        Random random(4, "kill");
        int killed = 0;
        for (int round = 0; round < 10; ++round) {
            QProcess process;
            process.start(program, arguments + QStringList{runs + "/killed", "--resume"});
            QVERIFY(process.waitForStarted());
            if (!process.waitForFinished(150 + static_cast<int>(random.below(400)))) {
                ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
                process.waitForFinished();
                ++killed;
            }
            const fs::path model = fs::path(runs.toStdString()) / "killed" / "model.onnx";
            if (fs::exists(model))
                QVERIFY(readModel(model));
        }
        QVERIFY(killed > 0);
        QProcess last;
        last.start(program, arguments + QStringList{runs + "/killed", "--resume"});
        QVERIFY(last.waitForFinished(60000));
        QVERIFY2(last.exitCode() == 0, last.readAllStandardError());
        const auto one = readModel(runs.toStdString() + "/whole/model.onnx"),
                   two = readModel(runs.toStdString() + "/killed/model.onnx");
        QVERIFY(one && two);
        QVERIFY(one->graph->initializers == two->graph->initializers);
    }

    void anInterruptedTrainingKeepsItsModelAndExits130()
    {
        QProcess process;
        const QString out = QString::fromStdString((m_data.parent_path() / "interrupted").string());
        process.start(QString(HOUNSFIELD_BINARIES) + "/hounsfield-cli",
            {"train", "--data", QString::fromStdString(m_data.string()), "--network", "seed-cnn", "--epochs", "100000",
                "--json", "--out", out});
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(fs::exists(out.toStdString()), 10000);
        QTest::qWait(1500);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(10000));
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(readRun(out.toStdString()));
        QVERIFY(process.readAllStandardOutput().trimmed().startsWith('{'));
    }

  private:
    QTemporaryDir m_folder;
    fs::path m_data;
};

int trainingTest(int argc, char** argv)
{
    TrainingTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "training_test.moc"
