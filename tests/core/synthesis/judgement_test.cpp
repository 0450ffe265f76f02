#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include "core/synthesis/judgement.h"
#include "core/synthesis/pair_training.h"
#include "core/synthesis/trial.h"

#include <filesystem>
#include <stop_token>

#include "tests/core/synthesis/small_set.h"

using namespace hounsfield;
using namespace hounsfield::synthesis;
namespace fs = std::filesystem;

namespace {

QJsonObject objectOf(const std::string& words)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(words)).object();
}

} // namespace

class JudgementTest : public QObject {
    Q_OBJECT

    fs::path at(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }

    Result<GeneratorJudgement> judged(const fs::path& folder, const learning::DataSet& data)
    {
        JudgementOptions options;
        options.most = 40;
        options.copySamples = 30;
        options.isTraining = false;
        const auto generator = readGenerator(at("pair") / "generator.onnx");
        return judgeGenerator(*generator, folder, data, options, {});
    }

  private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        test::writeSmallSet(at("data"), 60);
        m_set = *test::openedForPair(at("data"));
        PairRequest request;
        request.options = {{"minutes", "0"}, {"steps", "6"}, {"batch", "8"}, {"evaluate-every", "6"}};
        request.classifier = {{"epochs", "3"}};
        request.folder = at("pair");
        const auto run = trainPair(m_set, request, {});
        QVERIFY2(run, run ? "" : english(run.error()).c_str());
    }

    void everyFigureStandsBesideItsFloorAndN()
    {
        const auto found = judged(at("pair"), m_set);
        QVERIFY2(found, found ? "" : english(found.error()).c_str());
        const QJsonObject json = objectOf(jsonOf(*found));
        for (const char* key : {"n", "features", "fid", "fid_floor", "fid_train_test", "kid", "precision", "recall",
                 "density", "coverage", "recognised", "trtr_auc", "copies", "membership_auc"})
            QVERIFY2(json.contains(key) && !json[key].isNull(), key);
        QVERIFY(json["features"].toString().contains("not ImageNet"));
        QVERIFY(json["tstr_auc"].isNull() && json["missing"].toObject().contains("tstr_auc"));
        QVERIFY(json["fid"].toDouble() > json["fid_floor"].toDouble());
        QVERIFY(json["n"].toInt() > 0 && json["n"].toInt() <= 40);
    }

    void theSameSeedJudgesAlike()
    {
        const auto a = judged(at("pair"), m_set), b = judged(at("pair"), m_set);
        QVERIFY(a && b);
        QCOMPARE(jsonOf(*a), jsonOf(*b));
    }

    void withoutTheRunsFolderEachAbsentFigureHasItsReason()
    {
        QVERIFY(fs::create_directories(at("alone")));
        const auto found = judged(at("alone"), m_set);
        QVERIFY(found);
        const QJsonObject json = objectOf(jsonOf(*found)), missing = json["missing"].toObject();
        for (const char* key : {"fid", "kid", "recall", "tstr_auc", "copies", "membership_auc"}) {
            QVERIFY2(json[key].isNull(), key);
            QVERIFY2(missing[key].toString().contains("run.json"), key);
        }
    }

    void otherDataAreRefused()
    {
        learning::DataSet other = m_set;
        other.cases.resize(other.cases.size() - 10);
        const auto found = judged(at("pair"), other);
        QVERIFY(!found);
        QVERIFY2(english(found.error()).find("not the data") != std::string::npos, english(found.error()).c_str());
    }

    void aTrialComparesSixArmsOnTheSamePatientsAndSaysOneSentence()
    {
        TrialOptions options;
        options.perClass = 12;
        options.seeds = 2;
        options.pairSteps = 4;
        options.classifierSteps = 12;
        const auto result = runTrial(m_set, at("trial"), options, {});
        QVERIFY2(result, result ? "" : english(result.error()).c_str());
        const QJsonObject json = objectOf(jsonOf(*result));
        QCOMPARE(json["rows"].toArray().size(), trialArms);
        QCOMPARE(json["difference"].toArray().size(), 3);
        QVERIFY(json["verdict"].toString().contains("interval"));
        for (const auto& arm : result->scores)
            for (const learning::Scores& scores : arm) {
                QVERIFY(scores.labels == result->scores[0][0].labels);
                QVERIFY(scores.units == result->scores[0][0].units);
            }
        const auto again = runTrial(m_set, at("trial"), options, {});
        QVERIFY(again);
        QCOMPARE(jsonOf(*again), jsonOf(*result));
    }

    void aTrialOfMoreImagesThanThereAreIsRefusedByName()
    {
        TrialOptions options;
        options.perClass = 1000;
        const auto result = runTrial(m_set, at("large"), options, {});
        QVERIFY(!result);
        QVERIFY2(
            english(result.error()).find("fewer than the 1000") != std::string::npos, english(result.error()).c_str());
    }

    void aStoppedTrialIsCancelled()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto result = runTrial(m_set, at("stopped"), {.perClass = 12, .seeds = 1}, Monitor(stop.get_token()));
        QVERIFY(!result && result.error().kind == Error::Kind::Cancelled);
    }

  private:
    QTemporaryDir m_folder;
    learning::DataSet m_set;
};

int judgementTest(int argc, char** argv)
{
    JudgementTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "judgement_test.moc"
