#include <QProcess>
#include <QtTest>

#include "core/base/clock.h"
#include "core/base/csv.h"
#include "core/base/parallel.h"
#include "core/reports/text_baseline.h"

#include <cmath>
#include <map>

using namespace hounsfield;
using namespace hounsfield::reports;

namespace {

/// Texts, answers and the part of each text in each split.
struct Collection {
    TextSet::Kind kind = TextSet::Kind::SeveralLabels;
    std::vector<std::string> texts;
    std::vector<std::uint8_t> answers;
    std::int64_t labels = 0;
    std::vector<std::vector<std::string>> splits; ///< of each text, split1 first

    TextSet set() const { return {kind, texts, answers, labels}; }
    std::vector<std::int64_t> part(std::size_t split, const std::string& name) const
    {
        std::vector<std::int64_t> part;
        for (std::size_t i = 0; i < splits.size(); ++i)
            if (splits[i][split - 1] == name)
                part.push_back(static_cast<std::int64_t>(i));
        return part;
    }
};

QString pathOf(const char* file)
{
    return QString(HOUNSFIELD_SHARED) + "/data/" + file;
}

bool hasCollections()
{
    return QFile::exists(pathOf("reports_openi/splits.csv"));
}

Csv readTable(const char* file)
{
    QProcess process;
    process.start("gzip", {"-cdf", pathOf(file)});
    process.waitForFinished();
    return parseCsv(process.readAllStandardOutput().toStdString(), file).value();
}

std::map<std::string, std::vector<std::string>> rowsById(const Csv& table)
{
    std::map<std::string, std::vector<std::string>> rows;
    for (const auto& row : table.rows)
        rows[row[0]] = {row.begin() + 1, row.end()};
    return rows;
}

/// Reports whose texts are the named columns joined by a blank.
Collection labelledReports(const char* file, const std::vector<const char*>& columns)
{
    Collection all;
    const Csv table = readTable(file);
    const auto labels = rowsById(readTable("reports_openi/labels.csv"));
    const auto splits = rowsById(readTable("reports_openi/splits.csv"));
    all.labels = std::ssize(labels.begin()->second);
    for (const auto& row : table.rows) {
        std::string text;
        for (const char* column : columns)
            text += (text.empty() ? "" : " ") + row[*table.column(column)];
        all.texts.push_back(text);
        for (const std::string& answer : labels.at(row[0]))
            all.answers.push_back(answer == "1");
        all.splits.push_back(splits.at(row[0]));
    }
    return all;
}

Collection questionsByDepartment()
{
    Collection all{TextSet::Kind::OneClass, {}, {}, 0, {}};
    const Csv table = readTable("zh_dialogue/dialogue.csv.gz");
    const auto splits = rowsById(readTable("zh_dialogue/splits.csv"));
    std::map<std::string, std::int64_t> departments;
    for (const auto& row : table.rows)
        departments.try_emplace(row[1], std::ssize(departments));
    all.labels = std::ssize(departments);
    for (const auto& row : table.rows) {
        all.texts.push_back(row[2] + " " + row[3]);
        for (std::int64_t label = 0; label < all.labels; ++label)
            all.answers.push_back(departments[row[1]] == label);
        all.splits.push_back(splits.at(row[0]));
    }
    return all;
}

TextBaseline fitted(const Collection& all, std::size_t split)
{
    const Stopwatch watch;
    const auto model = fitBaseline(all.set(), {all.part(split, "train"), all.part(split, "val")}, processorCount());
    qInfo("split %zu: %lld features, C %g, threshold %.2f, %.1f s", split,
        static_cast<long long>(model.value().tfidf.features()), model->c, model->threshold, watch.seconds());
    return *model;
}

/// Macro AUC, MAP, macro F1, micro F1 on the test part.
std::array<double, 4> testFigures(const Collection& all, std::size_t split)
{
    const TextBaseline model = fitted(all, split);
    const auto means =
        learning::computeLabelMetrics(scoresOf(model, all.set(), all.part(split, "test")), model.threshold, 0).means;
    qInfo("macro AUC %.4f, MAP %.4f, macro F1 %.4f, micro F1 %.4f", *means.macroAuc.value,
        *means.meanAveragePrecision.value, *means.macroF1.value, *means.microF1.value);
    return {*means.macroAuc.value, *means.meanAveragePrecision.value, *means.macroF1.value, *means.microF1.value};
}

bool isWithin(double tolerance, double actual, double expected)
{
    return std::abs(actual - expected) <= tolerance;
}

/// Twenty texts that name their label, and twenty that name the other.
Collection smallCollection()
{
    Collection all{TextSet::Kind::SeveralLabels, {}, {}, 2, {}};
    for (int i = 0; i < 40; ++i) {
        all.texts.push_back(
            (i % 2 ? "Large effusion " : "Small nodule ") + std::string("seen in image ") + std::to_string(i % 5));
        all.answers.push_back(i % 2 == 0);
        all.answers.push_back(i % 2 == 1);
        all.splits.push_back({i % 4 < 2 ? "train" : "val"});
    }
    return all;
}

} // namespace

/// The expected figures are those of scikit-learn's TfidfVectorizer and liblinear on the same splits.
class BaselineTest : public QObject {
    Q_OBJECT
  private slots:
    void englishReportsReachTheKnownFigures()
    {
        if (!hasCollections())
            QSKIP("The collections of texts are not here.");
        const Collection all = labelledReports("reports_openi/reports.csv.gz", {"findings", "impression"});
        constexpr std::size_t splits = 5;
        std::array<double, 4> means{};
        for (std::size_t split = 1; split <= splits; ++split)
            std::ranges::transform(
                means, testFigures(all, split), means.begin(), [](double a, double b) { return a + b / splits; });
        qInfo("means: macro AUC %.4f, MAP %.4f, macro F1 %.4f, micro F1 %.4f", means[0], means[1], means[2], means[3]);
        constexpr std::array known{0.979, 0.826, 0.720, 0.832}, near{0.001, 0.002, 0.005, 0.005};
        for (std::size_t k = 0; k < known.size(); ++k)
            QVERIFY(isWithin(near[k], means[k], known[k]));
    }

    void chineseReportsReachTheKnownFigures()
    {
        if (!hasCollections())
            QSKIP("The collections of texts are not here.");
        const auto figures = testFigures(labelledReports("zh_reports/openi_zh/reports.csv.gz", {"text"}), 1);
        // Within the range of the five splits.
        QVERIFY(figures[0] > 0.954 && figures[0] < 0.963);
        QVERIFY(figures[1] > 0.720 && figures[1] < 0.762);
        QVERIFY(figures[2] > 0.612 && figures[2] < 0.670);
        QVERIFY(figures[3] > 0.751 && figures[3] < 0.788);
    }

    void chineseQuestionsFindTheirDepartment()
    {
        if (!hasCollections())
            QSKIP("The collections of texts are not here.");
        const Collection all = questionsByDepartment();
        const TextBaseline model = fitted(all, 1);
        const auto means = learning::figuresByMostProbable(scoresOf(model, all.set(), all.part(1, "test")));
        qInfo("accuracy %.4f, macro F1 %.4f", *means.accuracy.value, *means.macroF1.value);
        QVERIFY(isWithin(0.005, *means.accuracy.value, 0.985));
        QVERIFY(isWithin(0.007, *means.macroF1.value, 0.977));
    }

    void anyNumberOfThreadsGivesTheSameModel()
    {
        const Collection all = smallCollection();
        const TextParts parts{all.part(1, "train"), all.part(1, "val")};
        const auto one = fitBaseline(all.set(), parts, 1), four = fitBaseline(all.set(), parts, 4);
        QVERIFY(one && four);
        QVERIFY(one->model == four->model && one->tfidf == four->tfidf && one->threshold == four->threshold);
        const auto logits = one->logits(std::vector<std::string>{"an effusion", ""});
        QVERIFY(logits.size() == 4 && logits[1] > logits[0] && logits[1] > logits[3]);
    }

    void progressIsToldAndStopIsObeyed()
    {
        const Collection all = smallCollection();
        const TextParts parts{all.part(1, "train"), all.part(1, "val")};
        std::stop_source source;
        double last = 0;
        QVERIFY(fitBaseline(all.set(), parts, 2, Monitor({}, [&](const Text&, double fraction) {
            QVERIFY(fraction >= last);
            last = fraction;
        })));
        QCOMPARE(last, 1.0);
        source.request_stop();
        QCOMPARE(fitBaseline(all.set(), parts, 2, Monitor(source.get_token())).error().kind, Error::Kind::Cancelled);
    }

    void unusableInputIsSaid()
    {
        const Collection all = smallCollection();
        QVERIFY(!fitBaseline(all.set(), {{0, 1}, {}}, 1));
        QVERIFY(!fitBaseline(all.set(), {{}, {0, 1}}, 1));
        QVERIFY(!fitBaseline(all.set(), {{0, 1}, {40}}, 1));
        TextSet set = all.set();
        set.labels = 3;
        QCOMPARE(fitBaseline(set, {{0, 1}, {2, 3}}, 1).error().kind, Error::Kind::BadInput);
    }
};

int baselineTest(int argc, char** argv)
{
    BaselineTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "baseline_test.moc"
