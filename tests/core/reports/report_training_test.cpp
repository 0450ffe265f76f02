#include <QtTest>

#include "core/files/pool.h"
#include "core/nn/onnx_read.h"
#include "core/nn/onnx_write.h"
#include "core/reports/report_training.h"

#include <onnx/checker.h>
#include <onnx/onnx_pb.h>

#include <algorithm>
#include <fstream>

using namespace hounsfield;
using namespace hounsfield::reports;

namespace {

void write(const QString& path, const std::string& words)
{
    std::ofstream(path.toStdString(), std::ios::binary) << words;
}

/// A word of its own for each number: texts that differ in numbers alone count as equal.
std::string spelled(int number)
{
    std::string word;
    for (const char digit : std::to_string(number))
        word += static_cast<char>('a' + (digit - '0'));
    return word;
}

/// Reports whose labels their words decide: "opacity" is A, "fluid" is B.
std::string reportsTable(int count)
{
    std::string table = "id,findings\n";
    for (int i = 0; i < count; ++i)
        table += std::to_string(i) + ",\"" + (i % 2 == 0 ? "there is an opacity" : "lungs are clear") + ' '
                 + (i % 3 == 0 ? "with fluid on the left" : "without effusion") + " case " + spelled(i) + "\"\n";
    return table;
}

std::string labelsTable(int count, bool hasEmptyLabel = false)
{
    std::string table = std::string("id,A,B") + (hasEmptyLabel ? ",C" : "") + "\n";
    for (int i = 0; i < count; ++i)
        table += std::to_string(i) + (i % 2 == 0 ? ",1" : ",0") + (i % 3 == 0 ? ",1" : ",0")
                 + (hasEmptyLabel ? ",0" : "") + "\n";
    return table;
}

} // namespace

/// From tables of reports and labels to a model file and its figures.
class ReportTrainingTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    files::ReaderPool m_readers;

    QString path(const char* name) const { return m_folder.filePath(name); }
    ReportSetRequest request() const
    {
        ReportSetRequest request;
        request.data = path("reports.csv").toStdString();
        request.labels = path("labels.csv").toStdString();
        return request;
    }
    learning::TrainingRequest training(const std::string& network, const char* folder) const
    {
        learning::TrainingRequest training;
        training.network = network;
        training.folder = path(folder).toStdString();
        training.options = {
            {"epochs", "20"}, {"batch", "16"}, {"rate", "0.01"}, {"width", "12"}, {"units", "8"}, {"clip", "1"}};
        return training;
    }

  private slots:
    void initTestCase()
    {
        write(path("reports.csv"), reportsTable(240));
        write(path("labels.csv"), labelsTable(240));
    }

    void aModelLearnsIsWrittenAndReadBackBitForBit_data()
    {
        QTest::addColumn<QString>("network");
        for (const auto& network : learning::textNetworks())
            QTest::newRow(network.name.c_str()) << QString::fromStdString(network.name);
    }
    void aModelLearnsIsWrittenAndReadBackBitForBit()
    {
        QFETCH(QString, network);
        const auto set = openReportSet(m_readers, request(), {});
        QVERIFY2(set, set ? "" : english(set.error()).c_str());
        const auto run = trainReports(*set, training(network.toStdString(), network.toUtf8().constData()), {});
        QVERIFY2(run, run ? "" : english(run.error()).c_str());
        QVERIFY(run->test && run->test->network.means.macroAuc.value.value_or(0) > 0.95);
        const auto file = run->folder / "model.onnx";
        const auto model = readReportModel(file);
        QVERIFY2(model, model ? "" : english(model.error()).c_str());
        QCOMPARE(model->labels, (std::vector<std::string>{"A", "B"}));
        QCOMPARE(model->threshold, run->model.threshold);
        const auto before = probabilitiesOf(run->model, set->texts, 2, {});
        const auto after = probabilitiesOf(*model, set->texts, 1, {});
        QVERIFY(before && after && *before == *after);
        QVERIFY(baselineOf(*model, set->texts) == baselineOf(run->model, set->texts));
        std::ifstream stream(file, std::ios::binary);
        onnx::ModelProto proto;
        QVERIFY(proto.ParseFromIstream(&stream));
        onnx::checker::check_model(proto);
    }

    void aTrainingStoppedByItsOptionsGoesOnFromItsState()
    {
        const auto set = openReportSet(m_readers, request(), {});
        QVERIFY(set);
        auto whole = training("rnn", "whole");
        QVERIFY(trainReports(*set, whole, {}));
        QCOMPARE(trainReports(*set, whole, {}).error().kind, Error::Kind::BadInput); // a run is there
        whole.existing = learning::Existing::Resume;
        const auto again = trainReports(*set, whole, {});
        QVERIFY(again);
        QCOMPARE(again->epochs, std::int64_t{20});
    }

    /// The old run stays whole until there is a state of the new one; then nothing of it is left to be mistaken.
    void aRunThatIsReplacedIsForgottenWithTheFirstState()
    {
        const auto set = openReportSet(m_readers, request(), {});
        QVERIFY(set);
        auto asked = training("rnn", "replaced");
        asked.options["epochs"] = "3";
        asked.options["save-seconds"] = "0";
        QVERIFY(trainReports(*set, asked, {}));
        QStringList left;
        asked.existing = learning::Existing::Replace;
        asked.events.onEpoch = [&](const learning::EpochRecord&) {
            left.push_back(QDir(path("replaced")).entryList(QDir::Files).join(' '));
        };
        QVERIFY(trainReports(*set, asked, {}));
        QCOMPARE(left.size(), 3);
        QCOMPARE(left[0], "metrics.jsonl model.onnx predictions.csv run.json state.onnx summary.html");
        QCOMPARE(left[1], "metrics.jsonl state.onnx");
    }

    void theSummaryTellsNetworkAndRegressionByLabel()
    {
        auto set = openReportSet(m_readers, request(), {});
        QVERIFY(set);
        set->labels = {"A<b>", "B"};
        auto asked = training("rnn", "summary");
        asked.options["epochs"] = "2";
        QVERIFY(trainReports(*set, asked, {}));
        QFile page(path("summary") + "/summary.html");
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QString words = QString::fromUtf8(page.readAll());
        for (const char* expected : {"rnn on ", "Research use", "Test: ", "Validation: ", "TF-IDF and regression",
                 "A&lt;b&gt;", "Reports/s", "mean average precision"})
            QVERIFY2(words.contains(expected), expected);
        QVERIFY(!words.contains("A<b>"));
    }

    void aStoppedAndResumedTrainingGivesTheBitsOfAnUninterruptedOne_data()
    {
        QTest::addColumn<QString>("network");
        QTest::addColumn<int>("stopAt"); // steps after which it is stopped, of some ten an epoch
        QTest::newRow("gated, within an epoch") << "bigru-attention" << 37;
        QTest::newRow("gated, in the first epoch") << "bigru-attention" << 3;
        QTest::newRow("transformer, within an epoch") << "transformer" << 37;
    }
    void aStoppedAndResumedTrainingGivesTheBitsOfAnUninterruptedOne()
    {
        QFETCH(QString, network);
        QFETCH(int, stopAt);
        QTemporaryDir folder;
        const auto set = openReportSet(m_readers, request(), {});
        QVERIFY(set);
        auto asked = training(network.toStdString(), "unused");
        asked.options["epochs"] = "8";
        asked.folder = folder.filePath("whole").toStdString();
        const auto whole = trainReports(*set, asked, {});
        QVERIFY(whole);
        asked.folder = folder.filePath("parts").toStdString();
        asked.existing = learning::Existing::Resume;
        Result<ReportRun> parts = cancelled();
        for (const int at : {stopAt, stopAt + 20, 1 << 20}) {
            std::stop_source stop;
            asked.events.onStep = [&](const learning::StepEvent& event) {
                if (event.step >= at)
                    stop.request_stop();
            };
            parts = trainReports(*set, asked, Monitor(stop.get_token(), {}));
            QVERIFY(at == 1 << 20 || !parts || parts->ending == learning::Ending::Stopped);
        }
        QVERIFY2(parts, parts ? "" : english(parts.error()).c_str());
        QCOMPARE(parts->epochs, whole->epochs);
        QCOMPARE(parts->keptEpoch, whole->keptEpoch);
        QVERIFY(parts->model.graph->initializers == whole->model.graph->initializers);
        QCOMPARE(parts->model.threshold, whole->model.threshold);
        const auto once = probabilitiesOf(whole->model, set->texts, 1, {});
        const auto again = probabilitiesOf(*readReportModel(parts->folder / "model.onnx"), set->texts, 1, {});
        QVERIFY(once && again && *once == *again);
    }

    void aReportIsOfOneClassWhereAColumnSaysSo()
    {
        std::string table = "id,findings,department\n";
        for (int i = 0; i < 120; ++i)
            table += std::to_string(i)
                     + (i % 3 == 0    ? ",heart pain,cardio\n"
                         : i % 3 == 1 ? ",cough at night,lung\n"
                                      : ",knee hurts,bones\n");
        write(path("classes.csv"), table);
        write(path("parts.csv"), [] {
            std::string parts = "id,split1\n";
            for (int i = 0; i < 120; ++i)
                parts += std::to_string(i) + (i < 80 ? ",train\n" : i < 100 ? ",val\n" : ",test\n");
            return parts;
        }());
        ReportSetRequest request;
        request.data = path("classes.csv").toStdString();
        request.labelColumn = "department";
        request.splits = path("parts.csv").toStdString();
        request.splitColumn = "split1";
        const auto set = openReportSet(m_readers, request, {});
        QVERIFY2(set, set ? "" : english(set.error()).c_str());
        QCOMPARE(set->labels, (std::vector<std::string>{"bones", "cardio", "lung"}));
        QCOMPARE(set->casesOf(learning::Part::Test).size(), std::size_t{20});
        QVERIFY(!set->notes.empty()); // equal texts lie in several parts
        const auto run = trainReports(*set, training("seed-attention", "classes"), {});
        QVERIFY2(run, run ? "" : english(run.error()).c_str());
        QCOMPARE(run->test->networkClasses.accuracy.value.value_or(0), 1.0);
    }

    void aLabelThatNobodyHasIsLeftOutAndSaid()
    {
        write(path("empty_label.csv"), labelsTable(240, true));
        auto asked = request();
        asked.labels = path("empty_label.csv").toStdString();
        const auto set = openReportSet(m_readers, asked, {});
        QVERIFY(set);
        QCOMPARE(set->labels, (std::vector<std::string>{"A", "B"}));
        QVERIFY(english(set->notes.back()).find("C") != std::string::npos);
    }

    void badTablesAreSentences_data()
    {
        QTest::addColumn<QByteArray>("labels");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("another id column") << QByteArray("name,A\n1,1\n") << QByteArray("There is no column \"id\"");
        QTest::newRow("no 0 or 1") << QByteArray("id,A\n1,yes\n") << QByteArray("A label is \"yes\", not 0 or 1");
        QTest::newRow("no id in common") << QByteArray("id,A\nx,1\n")
                                         << QByteArray("No report of the table has a label");
    }
    void badTablesAreSentences()
    {
        QFETCH(QByteArray, labels);
        QFETCH(QByteArray, expected);
        write(path("bad.csv"), labels.toStdString());
        auto asked = request();
        asked.labels = path("bad.csv").toStdString();
        const auto set = openReportSet(m_readers, asked, {});
        QVERIFY(!set);
        QVERIFY2(english(set.error()).find(expected.toStdString()) != std::string::npos, english(set.error()).c_str());
    }

    void aFileThatIsNoModelOfReportsIsRefused()
    {
        write(path("no.onnx"), "no model");
        QVERIFY(!readReportModel(path("no.onnx").toStdString()));
        const auto network = (*learning::findTextNetwork("rnn"))->build({});
        write(path("bare.onnx"), nn::writeOnnx(network));
        const auto refused = readReportModel(path("bare.onnx").toStdString());
        QVERIFY(!refused);
        QVERIFY(english(refused.error()).find("no model of reports") != std::string::npos);
    }

    void aModelFileThatLiesIsRefused_data()
    {
        QTest::addColumn<QString>("lie");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("node without outputs") << "idle" << QByteArray("makes nothing");
        QTest::newRow("wide logits") << "wide" << QByteArray("its labels need 1×2");
        QTest::newRow("logits of every word") << "flat" << QByteArray("its labels need 1×2");
    }
    void aModelFileThatLiesIsRefused()
    {
        QFETCH(QString, lie);
        QFETCH(QByteArray, expected);
        const auto folder = path("truth").toStdString();
        if (!QFileInfo::exists(path("truth"))) {
            auto training = this->training("rnn", "truth");
            training.options["epochs"] = "1";
            const auto set = openReportSet(m_readers, request(), {});
            QVERIFY(set && trainReports(*set, training, {}));
        }
        auto graph = nn::readOnnx(std::filesystem::path(folder + "/model.onnx"));
        QVERIFY(graph);
        const auto maker = std::ranges::find(graph->nodes, std::vector<std::string>{"logits"}, &nn::Node::outputs);
        QVERIFY(maker != graph->nodes.end());
        if (lie == "idle")
            graph->nodes.push_back({"Identity", "idle", {"tokens"}, {}, {}, {}});
        else
            maker->outputs = {"true"};
        if (lie == "wide")
            graph->nodes.push_back({"Concat", "lie", {"true", "true"}, {"logits"}, {{"axis", std::int64_t{1}}}, {}});
        if (lie == "flat")
            graph->nodes.push_back({"Reshape", "lie", {"true", "all"}, {"logits"}, {}, {}});
        graph->initializers["all"] = nn::Tensor(nn::Shape{1}, std::vector<std::int64_t>{-1});
        write(path("lie.onnx"), nn::writeOnnx(*graph));
        const auto refused = readReportModel(path("lie.onnx").toStdString());
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::BadInput);
        const std::string words = english(refused.error());
        QVERIFY2(words.find(expected.toStdString()) != std::string::npos, words.c_str());
    }
};

int reportTrainingTest(int argc, char** argv)
{
    ReportTrainingTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "report_training_test.moc"
