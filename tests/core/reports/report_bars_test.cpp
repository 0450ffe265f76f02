#include <QProcess>
#include <QtTest>

#include "core/base/csv.h"
#include "core/reports/finding_rules.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>

using namespace hounsfield;
using namespace hounsfield::reports;

namespace {

const QString shared = QStringLiteral(HOUNSFIELD_SHARED "/data/");

/// A table, unpacked when its name ends in gz; nothing when it is absent.
std::optional<Csv> tableOf(const QString& path)
{
    QByteArray bytes;
    if (path.endsWith(".gz")) {
        QProcess gzip;
        gzip.start("gzip", {"-dc", path});
        if (!gzip.waitForFinished(60000) || gzip.exitCode() != 0)
            return {};
        bytes = gzip.readAllStandardOutput();
    } else {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        bytes = file.readAll();
    }
    auto table = parseCsv(bytes.toStdString(), path.toStdString());
    return table ? std::optional(std::move(*table)) : std::nullopt;
}

std::map<std::string, Report> reportsOf(const Csv& table, std::initializer_list<const char*> columns)
{
    std::map<std::string, Report> reports;
    for (const auto& row : table.rows) {
        Report report{row[*table.column("id")], {}, {}, {}};
        for (const char* name : columns)
            report.columns.push_back({name, row[*table.column(name)]});
        reports[report.id] = std::move(report);
    }
    return reports;
}

struct Counts {
    int right = 0, wrong = 0, missed = 0;
    double f1() const { return 2.0 * right / std::max(1, 2 * right + wrong + missed); }
};

using Told = std::set<std::string>;

Told toldIn(const Report& report, const std::string& column, Span sentence)
{
    Told told;
    for (const Finding& finding : readFindings(report, RuleSet::shipped()))
        if (finding.column == column && finding.span.begin >= sentence.begin && finding.span.begin < sentence.end
            && !finding.label.empty() && finding.label != "No Finding")
            told.insert(finding.label + "=" + std::string(nameOf(finding.status)));
    return told;
}

void count(Counts& counts, const Told& told, const Told& wanted)
{
    for (const std::string& one : told)
        ++(wanted.contains(one) ? counts.right : counts.wrong);
    for (const std::string& one : wanted)
        counts.missed += told.contains(one) ? 0 : 1;
}

/// Whether a report has a finding: present, or past (an old fracture is one). Doubt does not count.
bool has(const std::vector<Finding>& findings, std::string Finding::*member, const std::string& name)
{
    return std::ranges::any_of(findings, [&](const Finding& finding) {
        return finding.*member == name && (finding.status == Status::Present || finding.status == Status::Historical);
    });
}

} // namespace

/// How well the rules read sentences and reports with known answers.
class ReportBarsTest : public QObject {
    Q_OBJECT
  private slots:
    void labelledSentencesAreRead_data()
    {
        QTest::addColumn<QString>("sentences");
        QTest::addColumn<QString>("reports");
        QTest::addColumn<bool>("hasParts");
        QTest::newRow("English") << "gold_en.csv"
                                 << "reports_openi/reports.csv.gz" << true;
        QTest::newRow("Chinese") << "gold_zh.csv"
                                 << "zh_reports/openi_zh/reports.csv.gz" << false;
    }
    void labelledSentencesAreRead()
    {
        QFETCH(QString, sentences);
        QFETCH(QString, reports);
        QFETCH(bool, hasParts);
        const auto table = tableOf(shared + reports);
        if (!table)
            QSKIP("The reports are not here.");
        const auto labelled = tableOf(QFINDTESTDATA(sentences));
        QVERIFY(labelled.has_value());
        const auto all = hasParts ? reportsOf(*table, {"findings", "impression"}) : reportsOf(*table, {"text"});
        Counts counts;
        for (const auto& row : labelled->rows) {
            const Span sentence{std::stoll(row[2]), std::stoll(row[3])};
            Told wanted;
            for (const QString& one : QString::fromStdString(row[4]).split(';', Qt::SkipEmptyParts))
                wanted.insert(one.toStdString());
            count(counts, toldIn(all.at(row[0]), row[1], sentence), wanted);
        }
        qInfo("F1 %.3f: %d right, %d wrong, %d missed", counts.f1(), counts.right, counts.wrong, counts.missed);
        QVERIFY(counts.f1() >= 0.95);
    }

    void tagsOfReportsAreFound_data()
    {
        QTest::addColumn<QString>("tag");
        QTest::addColumn<bool>("isLabel");
        QTest::addColumn<QString>("name");
        QTest::addColumn<double>("bar");
        QTest::newRow("cardiomegaly") << "cardiomegaly" << true << "Cardiomegaly" << 0.92;
        QTest::newRow("atelectasis") << "pulmonary_atelectasis" << true << "Atelectasis" << 0.89;
        QTest::newRow("fracture") << "fractures_bone" << true << "Fracture" << 0.83;
        QTest::newRow("effusion") << "pleural_effusion" << true << "Pleural Effusion" << 0.78;
        QTest::newRow("nodule") << "nodule" << false << "nodule" << 0.80;
        QTest::newRow("catheter") << "catheters_indwelling" << false << "catheter" << 0.78;
    }
    void tagsOfReportsAreFound()
    {
        QFETCH(QString, tag);
        QFETCH(bool, isLabel);
        QFETCH(QString, name);
        QFETCH(double, bar);
        const auto table = tableOf(shared + "reports_openi/reports.csv.gz");
        const auto tags = tableOf(shared + "reports_openi/labels.csv");
        if (!table || !tags)
            QSKIP("The reports are not here.");
        const auto all = reportsOf(*table, {"findings", "impression"});
        const std::size_t column = tags->column(tag.toStdString()).value();
        Counts counts;
        for (const auto& row : tags->rows) {
            const auto findings = readFindings(all.at(row[0]), RuleSet::shipped());
            const bool isTold = has(findings, isLabel ? &Finding::label : &Finding::finding, name.toStdString());
            const bool isTagged = row[column] == "1";
            counts.right += isTold && isTagged ? 1 : 0;
            counts.wrong += isTold && !isTagged ? 1 : 0;
            counts.missed += !isTold && isTagged ? 1 : 0;
        }
        qInfo("F1 %.3f: %d right, %d wrong, %d missed", counts.f1(), counts.right, counts.wrong, counts.missed);
        QVERIFY(counts.f1() >= bar);
    }

    void fiveThousandReportsTakeNoSecond()
    {
        const auto table = tableOf(shared + "reports_openi/reports.csv.gz");
        if (!table)
            QSKIP("The reports are not here.");
        const auto all = reportsOf(*table, {"findings", "impression"});
        double best = 0;
        for (int round = 0; round < 3; ++round) {
            const auto start = std::chrono::steady_clock::now();
            std::size_t found = 0;
            for (const auto& [id, report] : all)
                found += readFindings(report, RuleSet::shipped()).size();
            const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
            best = std::max(best, static_cast<double>(all.size()) / seconds.count());
            QVERIFY(found > all.size());
        }
        qInfo("%.0f reports a second", best);
#ifdef NDEBUG
        QVERIFY(best >= 5000);
#endif
    }
};

int reportBarsTest(int argc, char** argv)
{
    ReportBarsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "report_bars_test.moc"
