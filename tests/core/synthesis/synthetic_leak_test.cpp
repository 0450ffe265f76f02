#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "core/learning/project_labels.h"
#include "core/learning/synthetic_cases.h"
#include "core/learning/training.h"

#include <archive.h>
#include <archive_entry.h>

#include <set>

#include "made_images.h"

using namespace hounsfield;
using namespace hounsfield::learning;
using namespace hounsfield::synthesis;
namespace fs = std::filesystem;

namespace {

/// All files below a folder in a ZIP or tar.gz.
bool packed(const fs::path& folder, const fs::path& to, bool isZip)
{
    archive* writer = archive_write_new();
    isZip ? archive_write_set_format_zip(writer) : archive_write_set_format_pax_restricted(writer);
    if (!isZip)
        archive_write_add_filter_gzip(writer);
    if (archive_write_open_filename(writer, to.c_str()) != ARCHIVE_OK)
        return false;
    for (const auto& file : fs::recursive_directory_iterator(folder)) {
        const auto bytes = file.is_regular_file() ? readFile(file.path()) : Result<std::string>("");
        if (!file.is_regular_file())
            continue;
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, file.path().lexically_relative(folder).c_str());
        archive_entry_set_size(entry, static_cast<la_int64_t>(bytes->size()));
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_write_header(writer, entry);
        archive_write_data(writer, bytes->data(), bytes->size());
        archive_entry_free(entry);
    }
    return archive_write_close(writer) == ARCHIVE_OK && archive_write_free(writer) == ARCHIVE_OK;
}

} // namespace

/// Each way in that a synthetic image could take to validation or test.
class SyntheticLeakTest : public QObject {
    Q_OBJECT
  private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void archivesAreNoWayIn_data()
    {
        QTest::addColumn<bool>("isZip");
        QTest::addColumn<bool>("isMarked");
        QTest::newRow("ZIP, exported") << true << true;
        QTest::newRow("tar.gz, exported") << false << true;
        QTest::newRow("ZIP, provenance") << true << false;
        QTest::newRow("tar.gz, provenance") << false << false;
    }
    void archivesAreNoWayIn()
    {
        QFETCH(bool, isZip);
        QFETCH(bool, isMarked);
        QVERIFY(writeReal(at("set"), "", realEach));
        if (isMarked) {
            QVERIFY(exportSynthetic(pool(), jobOf(at("made"), madeCount), {}, {}));
            mixIn(at("made"), at("set"));
        } else {
            for (int i = 0; i < madeCount; ++i) {
                const auto png =
                    image::encodePng(std::get<0>(made<std::uint8_t>(static_cast<std::uint64_t>(i)).pixels));
                const fs::path file = at("set/none/made") / ("x" + std::to_string(i) + ".png");
                QVERIFY(makeFolder(file.parent_path()));
                QVERIFY(png && writeAtomically(file, std::span<const std::byte>(*png)));
            }
            QVERIFY(writeAtomically(at("set/none/made/provenance.json"), learning::jsonOf(jobOf({}, 1).provenance)));
        }
        const fs::path file = at(isZip ? "set.zip" : "set.tar.gz");
        QVERIFY(packed(at("set"), file, isZip));
        const auto data = opened({.data = file});
        QVERIFY2(data, sentence(data).c_str());
        checkThatNoneIsScored(*data, madeCount);
    }

    void partsThatTheDataBringLeaveThemOut()
    {
        for (const char* part : {"train/", "val/", "test/"})
            QVERIFY(writeReal(at("set"), part, realEach, std::uint64_t(part[1]) * 1000));
        QVERIFY(exportSynthetic(pool(), jobOf(at("made"), madeCount), {}, {}));
        for (const char* part : {"train", "val", "test"})
            mixIn(at("made"), at("set") / part);
        const auto data = opened({.data = at("set")});
        QVERIFY2(data, sentence(data).c_str());
        checkThatNoneIsScored(*data, madeCount);
        QCOMPARE(data->casesOf(Part::Test).size(), std::size_t{2 * realEach});
        QCOMPARE(data->casesOf(Part::Validation).size(), std::size_t{2 * realEach});
        QCOMPARE(countOf(*data, Warning::Kind::SyntheticLeftOut), std::int64_t{1});
        const auto told = std::ranges::find(data->warnings, Warning::Kind::SyntheticLeftOut, &Warning::kind);
        QVERIFY(english(told->sentence).find("part of the data: 60.") != std::string::npos);
    }

    void aTableCannotCallThemTestCases()
    {
        QVERIFY(writeReal(at("set"), "", realEach));
        QVERIFY(exportSynthetic(pool(), jobOf(at("made"), madeCount), {}, {}));
        mixIn(at("made"), at("set"));
        std::string table = "file,label,split,patient\n";
        int row = 0;
        for (const auto& file : fs::recursive_directory_iterator(at("set")))
            if (file.is_regular_file())
                table += file.path().lexically_relative(at("set")).string() + ","
                         + file.path().parent_path().filename().string() + (row++ % 2 ? ",train,P1\n" : ",test,P2\n");
        QVERIFY(writeAtomically(at("set/labels.csv"), table));
        const auto data = opened({.data = at("set/labels.csv")});
        QVERIFY2(data, sentence(data).c_str());
        QVERIFY(data->hasOwnTest);
        checkThatNoneIsScored(*data, syntheticIn(*data));
        QVERIFY(syntheticIn(*data) < madeCount && syntheticIn(*data) > 0);
        QCOMPARE(countOf(*data, Warning::Kind::SyntheticLeftOut), std::int64_t{1});
    }

    void dicomStudiesWithATableByPatientAreNoWayIn()
    {
        QVERIFY(exportSynthetic(pool(), jobOf(at("made"), madeCount), {.format = ExportFormat::Dicom}, {}));
        fs::remove(at("made/provenance.json"));
        std::string table = "PatientID,label,split\n";
        for (int i = 0; i < madeCount; ++i)
            table += "SYNTHETIC-01234567-" + std::to_string(i + 1) + (i % 2 ? ",none" : ",square")
                     + (i % 3 ? ",train\n" : ",test\n");
        QVERIFY(writeAtomically(at("table.csv"), table));
        const auto data = opened({.data = at("made")}, at("table.csv"));
        QVERIFY2(data, sentence(data).c_str());
        checkThatNoneIsScored(*data, madeCount - madeCount / 3);
        QVERIFY(!data->hasOwnTest && !data->knowsPatients());
    }

    void aTestSetOfThemIsRefusedOrLeftOut()
    {
        QVERIFY(writeReal(at("set"), "", realEach));
        QVERIFY(writeReal(at("test"), "", realEach, 9000));
        QVERIFY(exportSynthetic(pool(), jobOf(at("made"), madeCount), {}, {}));
        mixIn(at("made"), at("test"));
        const auto data = opened({.data = at("set"), .test = at("test")});
        QVERIFY2(data, sentence(data).c_str());
        checkThatNoneIsScored(*data, 0);
        QCOMPARE(data->casesOf(Part::Test).size(), std::size_t{2 * realEach});
        const auto alone = opened({.data = at("set"), .test = at("made")});
        QVERIFY2(alone, sentence(alone).c_str());
        checkThatNoneIsScored(*alone, 0);
        QVERIFY(!alone->hasOwnTest);
        QCOMPARE(countOf(*alone, Warning::Kind::SyntheticLeftOut), std::int64_t{1});
    }

    void labelsOfAProjectAreNoWayIn()
    {
        QVERIFY(writeReal(at("set"), "", realEach));
        QVERIFY(exportSynthetic(pool(), jobOf(at("made"), madeCount), {}, {}));
        mixIn(at("made"), at("set"));
        const auto plain = opened({.data = at("set")});
        QVERIFY2(plain, sentence(plain).c_str());
        {
            const auto project = study::Project::open(at("project"));
            QVERIFY(project);
            for (const Case& one : plain->cases) {
                study::Label label;
                label.subject = {study::Subject::Level::Image, "pixels:" + one.pixelHash, 1};
                label.className = one.label == 0 ? "none" : "square";
                label.place.file = one.source.path.string();
                label.place.patientID = "P" + std::to_string(one.label); // real and synthetic ones alike
                QVERIFY((*project)->setLabel(label));
            }
        }
        for (const DataRequest& request : {DataRequest{.data = at("project")}, DataRequest{.data = at("set")}}) {
            const auto data = opened(request, at("project"));
            QVERIFY2(data, sentence(data).c_str());
            QCOMPARE(syntheticIn(*data), std::int64_t{madeCount});
            const Split split = makeSplit(data->cases, 2, {4, 0.3, 0.4});
            for (std::size_t i = 0; i < data->cases.size(); ++i)
                QVERIFY(!data->cases[i].isSynthetic || split.parts[i] == Part::Train);
        }
    }

    void aCopyOfARealImageIsLeftOut()
    {
        QVERIFY(writeReal(at("set"), "", realEach));
        auto job = jobOf(at("made"), 10);
        job.make = [](std::int64_t, std::int64_t count, const Monitor&) -> Result<std::vector<SyntheticImage>> {
            std::vector<SyntheticImage> images;
            for (std::int64_t i = 0; i < count; ++i) // the first five are real images
                images.push_back(
                    {noise<std::uint8_t>(static_cast<std::uint64_t>(i < 5 ? 2 * i : 4000 + i), true), "square"});
            return images;
        };
        QVERIFY(writeSyntheticFolder(job, {}));
        const auto data = opened({.data = at("set"), .synthetic = {at("made")}});
        QVERIFY2(data, sentence(data).c_str());
        QCOMPARE(syntheticIn(*data), std::int64_t{5});
        QCOMPARE(countOf(*data, Warning::Kind::SyntheticLeftOut), std::int64_t{1});
    }

    void addedImagesStandBesideTheRealOnesAndChangeNothingOfTheirSplit()
    {
        QVERIFY(writeReal(at("set"), "", realEach));
        QVERIFY(writeSyntheticFolder(jobOf(at("made"), madeCount), {}));
        const auto plain = opened({.data = at("set")});
        const auto data = opened({.data = at("set"), .synthetic = {at("made")}});
        QVERIFY2(data, sentence(data).c_str());
        checkThatNoneIsScored(*data, madeCount);
        QCOMPARE(data->syntheticCounts(), (std::vector<std::int64_t>{madeCount / 2, madeCount / 2}));
        QCOMPARE(data->facts.leastWidth, plain->facts.leastWidth);
        QCOMPARE(makeSplit(data->cases, 2, {}).hash, makeSplit(plain->cases, 2, {}).hash);
        QVERIFY(data->cases.back().name.starts_with("synthetic: made/square/"));
        QVERIFY(data->fingerprint != plain->fingerprint);
    }

    void whatIsAddedMustSayItsGeneratorAndHaveTheClassesOfTheData()
    {
        QVERIFY(writeReal(at("set"), "", realEach));
        QVERIFY(writeReal(at("others"), "", 3, 800));
        const auto real = sentence(opened({.data = at("set"), .synthetic = {at("others")}}));
        QVERIFY2(real.find("provenance.json is missing") != std::string::npos, real.c_str());
        auto job = jobOf(at("made"), 1);
        job.make = imagesOf({{noise<std::uint8_t>(1, true), "triangle"}});
        QVERIFY(writeSyntheticFolder(job, {}));
        const auto strange = sentence(opened({.data = at("set"), .synthetic = {at("made")}}));
        QVERIFY2(
            strange.find("a class \"triangle\" that the data do not have; they have none, square") != std::string::npos,
            strange.c_str());
        QVERIFY(!opened({.data = at("set"), .synthetic = {at("nowhere")}}));
    }

    void aGeneratorThatHasSeenWhatIsTestedIsRefused_data()
    {
        QTest::addColumn<QString>("knows");
        QTest::addColumn<bool>("isFine");
        QTest::newRow("the same split") << "split" << true;
        QTest::newRow("another split") << "other split" << false;
        QTest::newRow("only what is trained on") << "training" << true;
        QTest::newRow("pixels of a test image") << "pixels" << false;
        QTest::newRow("a patient of a test image") << "patient" << false;
    }
    void aGeneratorThatHasSeenWhatIsTestedIsRefused()
    {
        QFETCH(QString, knows);
        QFETCH(bool, isFine);
        QVERIFY(writeReal(at("set"), "", realEach));
        std::string table = "file,label,patient\n";
        for (int i = 0; i < 2 * realEach; ++i)
            table += std::string(i % 2 ? "none" : "square") + "/r" + std::to_string(i) + ".png,"
                     + (i % 2 ? "none" : "square") + ",P" + std::to_string(i / 2) + "\n";
        QVERIFY(writeAtomically(at("set/labels.csv"), table));
        const auto plain = opened({.data = at("set")});
        QVERIFY2(plain, sentence(plain).c_str());
        const Split split = *plannedSplit(*plain, "seed-cnn", {});
        auto job = jobOf(at("made"), madeCount);
        std::vector<std::int64_t> trained, tested;
        for (std::size_t i = 0; i < split.parts.size(); ++i)
            (split.parts[i] == Part::Train ? trained : tested).push_back(static_cast<std::int64_t>(i));
        Provenance seenTest;
        addSeen(*plain, {tested.front()}, seenTest);
        QVERIFY(seenTest.seenPixels.size() == 1 && seenTest.seenPatients.size() == 1);
        QVERIFY(seenTest.seenPatients[0].find(plain->cases[static_cast<std::size_t>(tested.front())].patient)
                == std::string::npos);
        if (knows.contains("split"))
            job.provenance.split = knows == "split" ? split.hash : "another";
        else
            addSeen(*plain, trained, job.provenance);
        if (knows == "pixels")
            job.provenance.seenPixels.push_back(seenTest.seenPixels[0]);
        if (knows == "patient")
            job.provenance.seenPatients.push_back(seenTest.seenPatients[0]);
        QVERIFY(writeSyntheticFolder(job, {}));
        const auto data = opened({.data = at("set"), .synthetic = {at("made")}});
        QVERIFY2(data, sentence(data).c_str());
        TrainingRequest request;
        request.network = "seed-cnn";
        request.options = {{"epochs", "1"}, {"threads", "1"}};
        request.folder = at("run");
        const auto run = trainClassifier(*data, request, {});
        QVERIFY2(run.has_value() == isFine, run ? "trained" : english(run.error()).c_str());
        if (!isFine) {
            QVERIFY(english(run.error()).find("generator that made the synthetic images") != std::string::npos);
            return;
        }
        for (const Prediction& one : run->predictions)
            QVERIFY(!one.name.starts_with("synthetic"));
        QCOMPARE(run->synthetic, (std::vector<std::int64_t>{madeCount / 2, madeCount / 2}));
        QCOMPARE(readRun(request.folder)->synthetic, run->synthetic);
    }

    void theCommandLineTrainsOnThemAndNeverScoresThem()
    {
        QVERIFY(writeReal(at("set"), "", realEach));
        QVERIFY(writeSyntheticFolder(jobOf(at("made"), madeCount), {}));
        QVERIFY(exportSynthetic(pool(), jobOf(at("exported"), 10), {}, {}));
        const auto ask = [](const QStringList& words) {
            QProcess process;
            process.start(QStringLiteral(HOUNSFIELD_BINARIES "/hounsfield-cli"), words);
            process.waitForFinished(120000);
            const auto out = process.readAllStandardOutput().trimmed();
            return process.exitCode() == 0 ? QJsonDocument::fromJson(out.mid(out.lastIndexOf('\n') + 1)).object()
                                           : QJsonObject{{"error", QString::fromUtf8(process.readAllStandardError())}};
        };
        const auto path = [&](const char* name) { return QString::fromStdString(at(name).string()); };
        const auto trained =
            ask({"train", "--data", path("set"), "--synthetic", path("made"), "--synthetic", path("exported"),
                "--network", "seed-cnn", "--epochs", "1", "--threads", "1", "--out", path("run"), "--json", "--quiet"});
        const auto counts = trained["counts"].toObject();
        QVERIFY2(counts.size() == 2, qPrintable(trained["error"].toString()));
        int scored = 0, all = 0;
        for (const auto& row : counts) {
            QCOMPARE(row.toObject()["synthetic"].toInt(), 20);
            scored += row.toObject()["validation"].toInt() + row.toObject()["test"].toInt();
            all += row.toObject()["train"].toInt();
        }
        QCOMPARE(all + scored, 2 * realEach + madeCount + 10);
        QCOMPARE(trained["test"].toObject()["n"].toInt() + trained["validation"].toObject()["n"].toInt(), scored);
        QVERIFY(scored < realEach);
        mixIn(at("exported"), at("set"));
        const auto scores =
            ask({"evaluate", "--model", path("run/model.onnx"), "--data", path("set"), "--json", "--quiet"});
        QVERIFY2(scores["n"].toInt() == 2 * realEach, qPrintable(scores["error"].toString()));
        QVERIFY(
            ask({"evaluate", "--model", path("run/model.onnx"), "--data", path("made")})["error"].toString().contains(
                "synthetic"));
    }

  private:
    fs::path at(const std::string& name) const { return fs::path(m_folder->path().toStdString()) / name; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

int syntheticLeakTest(int argc, char** argv)
{
    SyntheticLeakTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "synthetic_leak_test.moc"
