#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/base/random.h"
#include "core/image/raster.h"
#include "core/learning/model_file.h"
#include "core/learning/networks.h"
#include "core/nn/onnx_write.h"

#include <onnx/onnx_pb.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <functional>

#include "tests/phantoms.h"

using namespace hounsfield;
namespace fs = std::filesystem;

namespace {

constexpr int side = 20;

std::vector<double> values(int seed, bool isBright)
{
    Random random(static_cast<std::uint64_t>(seed), "bad input");
    std::vector<double> all(side * side);
    for (double& value : all)
        value = static_cast<double>(random.below(100) + (isBright ? 120 : 20));
    return all;
}

bool writePng(const fs::path& file, int seed, bool isBright, int channels = 1, std::int64_t width = side)
{
    image::Raster<std::uint8_t> raster(width, side, channels);
    const auto all = values(seed, isBright);
    for (std::size_t i = 0; i < raster.pixels.size(); ++i)
        raster.pixels[i] = static_cast<std::uint8_t>(all[(i / static_cast<std::size_t>(channels)) % all.size()]);
    if (channels == 3)
        raster.pixels[0] = 255; // one red pixel: colour it is
    const auto png = image::encodePng(raster);
    return png && makeFolder(file.parent_path()) && writeAtomically(file, std::span<const std::byte>(*png));
}

bool writeWords(const fs::path& file, const std::string& words)
{
    return makeFolder(file.parent_path()) && writeAtomically(file, words);
}

bool writeSet(const fs::path& folder, int each)
{
    bool isWritten = true;
    for (int i = 0; i < each; ++i) {
        isWritten &= writePng(folder / "dark" / (std::to_string(i) + ".png"), i, false);
        isWritten &= writePng(folder / "light" / (std::to_string(i) + ".png"), i + 1000, true);
    }
    return isWritten;
}

struct Answer {
    int status = -1;
    QByteArray out, err;

    QByteArray lastLine() const { return out.trimmed().split('\n').last(); }
    QByteArray words() const { return "status " + QByteArray::number(status) + ": " + err; }
};

Answer ask(const QStringList& words, const std::function<void()>& before = {})
{
    QProcess process;
    if (before)
        process.setChildProcessModifier(before);
    process.start(QStringLiteral(HOUNSFIELD_BINARIES "/hounsfield-cli"), words);
    if (!process.waitForFinished(60000))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2, process.readAllStandardOutput(),
        process.readAllStandardError()};
}

} // namespace

/// What the command line does with what it cannot use: one clear sentence, the right status, nothing lost.
class BadInputTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QVERIFY(writeSet(at("good"), 24));
        const Answer trained = ask({"train", "--data", path("good"), "--network", "seed-cnn", "--epochs", "3", "--out",
            path("run"), "--quiet"});
        QVERIFY2(trained.status == 0, trained.words());
        QVERIFY2(trained.err.isEmpty(), trained.err);
    }

    void dataThatCannotBeLearnedFromIsOneSentence_data()
    {
        QTest::addColumn<std::function<bool(const fs::path&)>>("make");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("advice");
        using Make = std::function<bool(const fs::path&)>;
        const auto row = [](const char* name, Make make, const char* what, const char* advice) {
            QTest::newRow(name) << std::move(make) << QString(what) << QString(advice);
        };
        row(
            "nothing there", [](const fs::path&) { return true; }, "no such file or folder", "Check how");
        row(
            "an empty folder", [](const fs::path& p) { return fs::create_directories(p); }, "There are no images here",
            "folder named after");
        row(
            "one class", [](const fs::path& p) { return writePng(p / "only" / "a.png", 1, true); }, "only one class",
            "folder named after");
        row(
            "images without a class", [](const fs::path& p) { return writePng(p / "a.png", 1, true); },
            "None of the 1 files here has a class", "folder named after");
        row(
            "texts named as images",
            [](const fs::path& p) {
                return writeWords(p / "a" / "x.png", "hello") && writeWords(p / "b" / "y.png", "world");
            },
            "None of the 2 files can be read as an image; the first is a/x.png", "Give images");
        row(
            "empty files",
            [](const fs::path& p) { return writeWords(p / "a" / "x.png", "") && writeWords(p / "b" / "y.png", ""); },
            "is empty", "Give images");
        row(
            "cut images",
            [](const fs::path& p) {
                if (!writePng(p / "a" / "x.png", 1, true) || !writePng(p / "b" / "y.png", 2, true))
                    return false;
                fs::resize_file(p / "a" / "x.png", 60);
                fs::resize_file(p / "b" / "y.png", 70);
                return true;
            },
            "None of the 2 files can be read", "Give images");
        row(
            "an image of 10^10 pixels",
            [](const fs::path& p) {
                std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\x86\xa0\0\x01\x86\xa0\x08\0\0\0\0", 29);
                return writeWords(p / "a" / "x.png", png + "abcd") && writeWords(p / "b" / "y.png", png + "abcd");
            },
            "None of the 2 files can be read", "Give images");
        row(
            "an archive cut in the middle",
            [](const fs::path& p) { return writeWords(p, std::string("PK\3\4cut off", 11)); }, "", "");
        row(
            "a text", [](const fs::path& p) { return writeWords(p, "hello"); }, "neither a folder nor an archive",
            "Give a folder of class folders");
    }
    void dataThatCannotBeLearnedFromIsOneSentence()
    {
        QFETCH(std::function<bool(const fs::path&)>, make);
        QFETCH(QString, what);
        QFETCH(QString, advice);
        const fs::path data = at("bad") / QTest::currentDataTag();
        QVERIFY(make(data));
        const QString place = QString::fromStdString(data.string());
        const Answer answer = ask({"train", "--data", place, "--out", path("bad-run"), "--quiet"});
        QVERIFY2(answer.status == 1, answer.words());
        QVERIFY2(answer.err.contains(what.toUtf8()) && answer.err.contains(advice.toUtf8()), answer.err);
        QVERIFY2(answer.err.contains(place.toUtf8()), answer.err);
        QCOMPARE(answer.err.count('\n'), 1);
        QVERIFY(answer.out.isEmpty());
        QVERIFY(!fs::exists(at("bad-run")));
    }

    void tablesThatDoNotFitAreOneSentence_data()
    {
        QTest::addColumn<QString>("table");
        QTest::addColumn<QString>("what");
        QTest::newRow("no such columns") << "a,b\n1,2\n"
                                         << "column \"label\"";
        QTest::newRow("files that are not there") << "file,label\nx.png,a\ny.png,b\n"
                                                  << "names a file that is there";
        QTest::newRow("an unknown split") << "file,label,split\ndark/0.png,a,maybe\n"
                                          << "\"maybe\"";
        QTest::newRow("two labels of one file") << "file,label\ndark/0.png,a\ndark/0.png,b\n"
                                                << "another label";
        QTest::newRow("a quote that never ends") << "file,label\n\"dark/0.png,a\n"
                                                 << "";
        QTest::newRow("one class") << "file,label\ndark/0.png,a\ndark/1.png,a\n"
                                   << "only one class";
        QTest::newRow("empty") << ""
                               << "";
    }
    void tablesThatDoNotFitAreOneSentence()
    {
        QFETCH(QString, table);
        QFETCH(QString, what);
        QVERIFY(writeWords(at("labels.csv"), table.toStdString()));
        const Answer answer =
            ask({"train", "--data", path("good"), "--labels", path("labels.csv"), "--out", path("bad-run"), "--quiet"});
        QVERIFY2(answer.status == 1, answer.words());
        QVERIFY2(answer.err.contains(what.toUtf8()), answer.err);
        QCOMPARE(answer.err.count('\n'), 1);
    }

    void oddDataIsLearnedFromAndSaid()
    {
        QVERIFY(writeSet(at("odd"), 12));
        QVERIFY(writePng(at("odd") / "dark" / "wide.png", 5, false, 1, 31));
        QVERIFY(writePng(at("odd") / "light" / "red.png", 6, true, 3));
        QVERIFY(writeWords(at("odd") / "dark" / "broken.png", "no image"));
        auto holes = values(77, true);
        for (std::size_t i = 0; i < holes.size(); i += 3)
            holes[i] = i % 2 ? NAN : INFINITY;
        QVERIFY(phantoms::writeNifti(at("odd") / "light" / "holes.nii", {side, side, 1}, 16, holes));
        QVERIFY(phantoms::writeNifti(
            at("odd") / "light" / "nothing.nii", {side, side, 1}, 16, std::vector<double>(side * side, NAN)));
        const Answer answer = ask({"train", "--data", path("odd"), "--network", "seed-cnn", "--epochs", "2", "--out",
            path("odd-run"), "--json", "--quiet"});
        QVERIFY2(answer.status == 0, answer.words());
        const auto json = QJsonDocument::fromJson(answer.lastLine()).object();
        QVERIFY2(QJsonDocument(json.value("notes").toArray()).toJson().contains("cannot be read and are left out: 1"),
            answer.lastLine());
        for (const auto& epoch : {"validation", "test"})
            QVERIFY(json.contains(epoch));
        const Answer said = ask({"diagnose", "--model", path("odd-run/model.onnx"), "--override",
            path("odd/light/holes.nii"), path("odd/light/nothing.nii"), "--json", "--quiet"});
        QVERIFY2(said.status == 0, said.words());
        for (const auto& result : QJsonDocument::fromJson(said.lastLine()).object().value("results").toArray()) {
            const double p = result.toObject().value("probability").toDouble(-1);
            QVERIFY(p >= 0 && p <= 1);
        }
    }

    void modelsThatAreNoneAreOneSentence_data()
    {
        QTest::addColumn<std::function<bool(const fs::path&)>>("make");
        QTest::addColumn<QString>("what");
        using Make = std::function<bool(const fs::path&)>;
        const auto row = [](const char* name, Make make, const char* what) {
            QTest::newRow(name) << std::move(make) << QString(what);
        };
        const auto changed = [this](std::function<void(onnx::ModelProto&)> change) -> Make {
            return [this, change = std::move(change)](const fs::path& file) {
                const auto bytes = readFile(at("run") / "model.onnx");
                onnx::ModelProto model;
                if (!bytes || !model.ParseFromString(*bytes))
                    return false;
                change(model);
                return writeWords(file, model.SerializeAsString());
            };
        };
        row(
            "nothing there", [](const fs::path&) { return true; }, "cannot be read");
        row(
            "an empty file", [](const fs::path& p) { return writeWords(p, ""); }, "no ONNX file");
        row(
            "a text", [](const fs::path& p) { return writeWords(p, "not a model"); }, "no ONNX file");
        row(
            "an image", [](const fs::path& p) { return writePng(p, 1, true); }, "no ONNX file");
        row(
            "a cut model",
            [this](const fs::path& p) {
                const auto bytes = readFile(at("run") / "model.onnx");
                return bytes && writeWords(p, bytes->substr(0, bytes->size() / 2));
            },
            "");
        row("data elsewhere", changed([](onnx::ModelProto& model) {
            auto& tensor = *model.mutable_graph()->mutable_initializer(0);
            tensor.set_data_location(onnx::TensorProto::EXTERNAL);
            auto& entry = *tensor.add_external_data();
            entry.set_key("location");
            entry.set_value("../../../etc/passwd");
        }),
            "external");
        row("another number of classes", changed([](onnx::ModelProto& model) {
            for (auto& entry : *model.mutable_metadata_props())
                if (entry.key() == "hounsfield.classes")
                    entry.set_value("[\"a\",\"b\",\"c\"]");
        }),
            "names 3 classes");
        row("no word on preparation", changed([](onnx::ModelProto& model) { model.clear_metadata_props(); }),
            "not trained by Hounsfield");
    }
    void modelsThatAreNoneAreOneSentence()
    {
        QFETCH(std::function<bool(const fs::path&)>, make);
        QFETCH(QString, what);
        const fs::path model = at("models") / (std::string(QTest::currentDataTag()) + ".onnx");
        QVERIFY(make(model));
        const QString file = QString::fromStdString(model.string());
        const QStringList verbs[] = {{"diagnose", path("good/dark/0.png")}, {"evaluate", "--data", path("good")},
            {"explain", "--out", path("x.png"), path("good/dark/0.png")}};
        for (const QStringList& verb : verbs) {
            const Answer answer = ask(verb + QStringList{"--model", file, "--json", "--quiet"});
            QVERIFY2(answer.status == 1, answer.words());
            QVERIFY2(answer.err.contains(what.toUtf8()) && answer.err.contains(file.toUtf8()), answer.err);
            QCOMPARE(answer.err.count('\n'), 1);
        }
    }

    void aRefusedImageLeavesTheAnswerWhole()
    {
        QVERIFY(writeWords(at("text.png"), "no image"));
        QVERIFY(writePng(at("red.png"), 3, true, 3));
        const QStringList words{"diagnose", "--model", path("run/model.onnx"), path("good/light/0.png"),
            path("text.png"), path("red.png"), path("nowhere.png"), path("good/dark/0.png"), "--json", "--quiet"};
        const Answer answer = ask(words);
        QCOMPARE(answer.status, 1);
        const auto results = QJsonDocument::fromJson(answer.lastLine()).object().value("results").toArray();
        QCOMPARE(results.size(), 5);
        for (int i = 0; i < 5; ++i) {
            const QJsonObject one = results[i].toObject();
            QCOMPARE(one.value("file").toString(), words[3 + i]);
            const bool isGood = i == 0 || i == 4;
            QCOMPARE(one.contains("refused"), !isGood);
            QCOMPARE(one.contains("probability"), isGood);
            QVERIFY(isGood || one.value("refused").toString().size() > 20);
        }
        QCOMPARE(ask(words + QStringList{"--keep-going"}).status, 0);
    }

    void dataThatAModelDoesNotKnowIsOneSentence()
    {
        QVERIFY(
            writePng(at("other") / "dark" / "a.png", 1, false) && writePng(at("other") / "green" / "b.png", 2, true));
        const Answer answer =
            ask({"evaluate", "--model", path("run/model.onnx"), "--data", path("other"), "--json", "--quiet"});
        QCOMPARE(answer.status, 1);
        QVERIFY2(answer.err.contains("\"green\"") && answer.err.contains("dark, light"), answer.err);
    }

    void aPlaceThatCannotBeWrittenIsSaidBeforeTheWork()
    {
        const Answer answer = ask({"train", "--data", path("good"), "--out", path("good/dark/0.png/run")});
        QCOMPARE(answer.status, 1);
        QVERIFY2(answer.err.contains("0.png/run") && !answer.err.contains("%"), answer.err);
        QCOMPARE(answer.err.count('\n'), 1);
        const Answer there = ask({"train", "--data", path("good"), "--out", path("run"), "--quiet"});
        QCOMPARE(there.status, 1);
        QVERIFY2(there.err.contains("--resume") && there.err.contains("--force"), there.err);
    }

    void aFullDiskIsASentenceAndTheOldModelStays()
    {
        const auto before = readFile(at("run") / "model.onnx");
        // The data and their memory are smaller than this, the state of the training is larger.
        const auto isNearlyFull = [] {
            const rlimit limit{120'000, 120'000};
            setrlimit(RLIMIT_FSIZE, &limit);
            std::signal(SIGXFSZ, SIG_IGN);
        };
        const Answer answer = ask({"train", "--data", path("good"), "--network", "seed-cnn", "--epochs", "1", "--out",
                                      path("run"), "--force", "--quiet"},
            isNearlyFull);
        QVERIFY2(answer.status == 1, answer.words());
        QVERIFY2(answer.err.contains("cannot be written"), answer.err);
        QCOMPARE(answer.err.count('\n'), 1);
        const auto after = readFile(at("run") / "model.onnx");
        QVERIFY(before && after && *before == *after);
    }

    void cancelledAtAnyMomentItEndsSoonAndKeepsWhatItSays_data()
    {
        QTest::addColumn<int>("milliseconds");
        for (const int wait : {5, 40, 90, 150, 250, 400, 700, 1100})
            QTest::addRow("after %d ms", wait) << wait;
    }
    void cancelledAtAnyMomentItEndsSoonAndKeepsWhatItSays()
    {
        QFETCH(int, milliseconds);
        const fs::path run = at("cancelled") / std::to_string(milliseconds);
        QProcess process;
        process.start(QStringLiteral(HOUNSFIELD_BINARIES "/hounsfield-cli"),
            {"train", "--data", path("good"), "--epochs", "100000", "--out", QString::fromStdString(run.string()),
                "--quiet"});
        QVERIFY(process.waitForStarted());
        QTest::qWait(milliseconds);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QElapsedTimer watch;
        watch.start();
        QVERIFY(process.waitForFinished(10000));
        QVERIFY2(watch.elapsed() < 3000, qPrintable(QString::number(watch.elapsed())));
        // In its first moments a program has not yet learned to listen; then there is nothing to keep.
        const bool isListening = process.exitStatus() == QProcess::NormalExit;
        QVERIFY(isListening || !fs::exists(run));
        if (isListening)
            QCOMPARE(process.exitCode(), 130);
        if (!fs::exists(run / "model.onnx"))
            return;
        const Answer used = ask({"diagnose", "--model", QString::fromStdString((run / "model.onnx").string()),
            path("good/dark/0.png"), "--json", "--quiet"});
        QVERIFY2(used.status == 0, used.words());
    }

  private:
    fs::path at(const std::string& name) const { return fs::path(m_folder.path().toStdString()) / name; }
    QString path(const std::string& name) const { return QString::fromStdString(at(name).string()); }

    QTemporaryDir m_folder;
};

int badInputTest(int argc, char** argv)
{
    BadInputTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "bad_input_test.moc"
