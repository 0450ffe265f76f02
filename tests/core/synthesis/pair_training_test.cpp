#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/base/random.h"
#include "core/synthesis/pair_training.h"

#include <csignal>
#include <filesystem>
#include <stop_token>

#include "tests/core/synthesis/small_set.h"

using namespace hounsfield;
using namespace hounsfield::synthesis;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t side = 28;

std::string bytesOf(const fs::path& file)
{
    return readFile(file).value_or("");
}

std::string sentence(const Result<PairRun>& result)
{
    return result ? std::string() : english(result.error());
}

} // namespace

class PairTrainingTest : public QObject {
    Q_OBJECT

    PairRequest request(const char* name, const char* steps = "12")
    {
        PairRequest request;
        request.options = {{"minutes", "0"}, {"steps", steps}, {"batch", "8"}, {"evaluate-every", "5"},
            {"save-seconds", "0"}, {"threads", "2"}};
        request.classifier = {{"epochs", "2"}};
        request.folder = fs::path(m_folder.path().toStdString()) / name;
        return request;
    }

  private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_data = fs::path(m_folder.path().toStdString()) / "data";
        test::writeSmallSet(m_data, 48);
        auto data = test::openedForPair(m_data);
        QVERIFY2(data, data ? "" : english(data.error()).c_str());
        m_set = std::move(*data);
    }

    void aRunLeavesGeneratorDiscriminatorFiguresAndState()
    {
        PairRequest wanted = request("whole");
        std::vector<std::int64_t> evaluated, stepped;
        MadeImages last;
        wanted.events.onStep = [&](const PairStepEvent& event) { stepped.push_back(event.step); };
        wanted.events.onEvaluation = [&](const PairEvaluation& evaluation, const MadeImages& grid) {
            evaluated.push_back(evaluation.step);
            last = grid;
        };
        const auto run = trainPair(m_set, wanted, {});
        QVERIFY2(run, sentence(run).c_str());
        QCOMPARE(run->steps, std::int64_t{12});
        QCOMPARE(stepped.size(), std::size_t{12});
        QCOMPARE(evaluated, (std::vector<std::int64_t>{5, 10, 12}));
        QCOMPARE(last.count, 2 * gridImages);
        QVERIFY(run->kept() && run->keptStep == run->kept()->step);
        for (const PairEvaluation& evaluation : run->evaluations)
            QVERIFY(evaluation.kid >= run->kept()->kid);
        const auto generator = readGenerator(run->folder / "generator.onnx");
        QVERIFY2(generator, generator ? "" : english(generator.error()).c_str());
        QCOMPARE(generator->classes, m_set.classes);
        QCOMPARE(generator->steps, run->keptStep);
        QVERIFY(readDiscriminator(run->folder / "discriminator.onnx", *generator));
        const auto read = readPairRun(run->folder);
        QVERIFY(read);
        QVERIFY(read->evaluations == run->evaluations && read->splitHash == run->splitHash);
        QVERIFY(read->features.find("features") != std::string::npos);
    }

    void fewImagesAreWarnedOf()
    {
        const auto run = trainPair(m_set, request("few", "1"), {});
        QVERIFY(run);
        QVERIFY(std::ranges::any_of(
            run->notes, [](const std::string& note) { return note.find("few to learn from") != std::string::npos; }));
    }

    void aRunInStagesEndsWithTheSameBytes()
    {
        const auto whole = trainPair(m_set, request("at once"), {});
        PairRequest parts = request("in stages", "4");
        QVERIFY(trainPair(m_set, parts, {}));
        parts.existing = learning::Existing::Resume;
        parts.options["steps"] = "12";
        parts.options["threads"] = "1";
        const auto resumed = trainPair(m_set, parts, {});
        QVERIFY2(whole && resumed, sentence(resumed).c_str());
        QCOMPARE(resumed->steps, std::int64_t{12});
        // The stage that ended at step 4 was judged there, which may not decide what a run without it would keep.
        QCOMPARE(resumed->evaluations.back().kid, whole->evaluations.back().kid);
    }

    void aStoppedRunGoesOnToTheSameBytes()
    {
        QVERIFY(trainPair(m_set, request("unstopped"), {}));
        PairRequest stopped = request("stopped");
        std::stop_source stop;
        stopped.events.onStep = [&](const PairStepEvent& event) {
            if (event.step == 7)
                stop.request_stop();
        };
        const auto first = trainPair(m_set, stopped, Monitor(stop.get_token()));
        QVERIFY2(first, sentence(first).c_str());
        QVERIFY(first->ending == PairRun::Ending::Stopped);
        QCOMPARE(first->steps, std::int64_t{7});
        stopped.existing = learning::Existing::Resume;
        stopped.events = {};
        QVERIFY(trainPair(m_set, stopped, {}));
        for (const char* file : {"generator.onnx", "discriminator.onnx"}) {
            const fs::path root = m_folder.path().toStdString();
            QVERIFY2(bytesOf(root / "unstopped" / file) == bytesOf(root / "stopped" / file), file);
            QVERIFY(!bytesOf(root / "unstopped" / file).empty());
        }
    }

    void stoppedBeforeAnythingWasJudgedItIsCancelledAndTheStateStays()
    {
        PairRequest wanted = request("early");
        std::stop_source stop;
        wanted.events.onStep = [&](const PairStepEvent&) { stop.request_stop(); };
        const auto run = trainPair(m_set, wanted, Monitor(stop.get_token()));
        QVERIFY(!run && run.error().kind == Error::Kind::Cancelled);
        QVERIFY(fs::exists(wanted.folder / "state.onnx"));
        wanted.events = {};
        wanted.existing = learning::Existing::Resume;
        QVERIFY(trainPair(m_set, wanted, {}));
    }

    void aRateAThousandTimesTooHighEndsInAnAlarmWithAdvice()
    {
        PairRequest wild = request("wild", "600");
        wild.options["generator-rate"] = wild.options["discriminator-rate"] = "0.4";
        wild.options["evaluate-every"] = "250";
        wild.options["save-seconds"] = "1000";
        const auto run = trainPair(m_set, wild, {});
        QVERIFY2(run, sentence(run).c_str());
        QVERIFY(run->ending == PairRun::Ending::Alarm);
        QVERIFY2(run->steps < 600, qPrintable(QString("%1 %2").arg(run->steps).arg(english(run->alarm).c_str())));
        QVERIFY2(english(run->advice).find("learning rate") != std::string::npos, english(run->advice).c_str());
        QVERIFY(readGenerator(run->folder / "generator.onnx"));
        QVERIFY(readPairRun(run->folder)->ending == PairRun::Ending::Alarm);
    }

    void aStateOfOtherSettingsIsRefusedByName()
    {
        QVERIFY(trainPair(m_set, request("settings", "5"), {}));
        PairRequest other = request("settings", "6");
        other.existing = learning::Existing::Resume;
        other.options["diffaugment"] = "off";
        const auto run = trainPair(m_set, other, {});
        QVERIFY(!run);
        QVERIFY2(sentence(run).find("other") != std::string::npos, sentence(run).c_str());
        other.existing = learning::Existing::Refuse;
        QVERIFY(!trainPair(m_set, other, {}));
    }

    /// What the test part looks like has no way to the generator: other pixels there, the same bytes here.
    void testPatientsDoNotReachTheGenerator()
    {
        const auto split = splitForPair(m_set, {});
        QVERIFY(split && !split->test.empty() && !split->heldBack.empty());
        learning::DataSet changed = m_set;
        std::vector<std::int64_t> images(m_set.cases.size());
        std::iota(images.begin(), images.end(), 0);
        for (const auto* hidden : {&split->test, &split->heldBack})
            for (const std::int64_t i : *hidden) // a member's pixels in their place
                images[static_cast<std::size_t>(i)] = split->members.front();
        changed.images.keep(images);
        PairRequest a = request("seen"), b = request("not seen");
        QVERIFY(trainPair(m_set, a, {}));
        QVERIFY(fs::create_directories(b.folder));
        fs::copy(a.folder / "features", b.folder / "features");
        b.existing = learning::Existing::Resume;
        QVERIFY(trainPair(changed, b, {}));
        QVERIFY(bytesOf(a.folder / "generator.onnx") == bytesOf(b.folder / "generator.onnx"));
    }

    void fiveKillsAndARestartGiveTheSameBytes()
    {
        const QString program = HOUNSFIELD_BINARIES "/hounsfield-cli", root = m_folder.path();
        const QStringList arguments{"synthesise", "train", "--data", QString::fromStdString(m_data.string()),
            "--minutes", "0", "--steps", "40", "--batch", "8", "--evaluate-every", "10", "--save-seconds", "0",
            "--quiet", "--out"};
        QProcess whole;
        whole.start(program, arguments + QStringList{root + "/cli"});
        QVERIFY(whole.waitForFinished(300000) && whole.exitCode() == 0);
        QVERIFY(fs::create_directories((root + "/killed").toStdString()));
        fs::copy((root + "/cli/features").toStdString(), (root + "/killed/features").toStdString());
        Random random(4, "kill");
        int killed = 0;
        for (int i = 0; i < 5; ++i) {
            QProcess process;
            process.start(program, arguments + QStringList{root + "/killed", "--resume"});
            if (!process.waitForFinished(500 + static_cast<int>(random.below(1500)))) {
                ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
                process.waitForFinished();
                ++killed;
            }
        }
        QVERIFY(killed > 0);
        QProcess last;
        last.start(program, arguments + QStringList{root + "/killed", "--resume"});
        QVERIFY(last.waitForFinished(300000));
        QVERIFY2(last.exitCode() == 0, last.readAllStandardError().constData());
        QVERIFY(bytesOf((root + "/cli/generator.onnx").toStdString())
                == bytesOf((root + "/killed/generator.onnx").toStdString()));
    }

    void imagesOfOtherSizesAreBroughtToThatOfThePair()
    {
        const auto large = test::openedForPair(m_data, 64);
        QVERIFY(large && large->images.width == 64);
        QCOMPARE(m_set.images.width, side);
    }

    void sizesAndOptionsThatCannotBeAreRefused()
    {
        PairRequest wrong = request("wrong");
        wrong.size = 48;
        QVERIFY(!trainPair(m_set, wrong, {}));
        wrong = request("wrong");
        wrong.network = "stylegan";
        QVERIFY(sentence(trainPair(m_set, wrong, {})).find("stylegan") != std::string::npos);
        wrong = request("wrong", "0");
        QVERIFY(sentence(trainPair(m_set, wrong, {})).find("when the training ends") != std::string::npos);
        QVERIFY(!fs::exists(wrong.folder));
    }

  private:
    QTemporaryDir m_folder;
    fs::path m_data;
    learning::DataSet m_set;
};

int pairTrainingTest(int argc, char** argv)
{
    PairTrainingTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "pair_training_test.moc"
