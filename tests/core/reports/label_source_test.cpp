#include <QtTest>

#include "core/reports/annotating.h"
#include "core/reports/image_labels.h"
#include "core/reports/image_place.h"
#include "core/reports/label_source.h"
#include "core/reports/model_text.h"

using namespace hounsfield;
using namespace hounsfield::reports;
using State = StoredReport::State;

namespace {

StoredReport reportWith(int number, const char* words, State state)
{
    StoredReport report;
    report.document = documentOf({std::to_string(number), "P" + std::to_string(number), "", {{"text", words}}});
    report.key = "key " + std::to_string(number);
    report.state = state;
    return report;
}

/// Texts that differ by their digits alone count as equal.
std::string wordOf(int i)
{
    return std::string("word ") + char('a' + i / 26) + char('a' + i % 26);
}

} // namespace

class LabelSourceTest : public QObject {
    Q_OBJECT
  private slots:
    void onlyConfirmedReportsTellWhatAPersonSays()
    {
        std::vector<StoredReport> reports{reportWith(1, "Edema.", State::Confirmed),
            reportWith(2, "Edema.", State::Begun), reportWith(3, "Clear.", State::Confirmed)};
        addSpan(reports[0].document, "Edema", {{0, 5}}, {{attribute::status, "present"}});
        reports[2].document.labels = {"Pneumonia"};
        std::vector<SourceReport> sources;
        for (const StoredReport& report : reports)
            sources.push_back({&report, {}});
        const auto labelled = labelledBy(LabelSource::Confirmed, sources, {"Edema", "Pneumonia"});
        QCOMPARE(labelled.size(), std::size_t(2));
        QCOMPARE(labelled[0].answers, (std::vector<std::uint8_t>{1, 0}));
        QCOMPARE(labelled[1].answers, (std::vector<std::uint8_t>{0, 1}));
        QCOMPARE(labelled[1].report.id, std::string("key 3"));
    }

    void absentAndSuggestedFindingsAreNoPositives()
    {
        Document document;
        document.text = "No edema. Edema?";
        addSpan(document, "Edema", {{3, 8}}, {{attribute::status, "absent"}});
        QVERIFY(!isConfirmedLabel(document, "Edema"));
        addSpan(document, "Edema", {{10, 15}}, {{attribute::status, "present"}});
        document.spans.back().isConfirmed = false;
        QVERIFY(!isConfirmedLabel(document, "Edema"));
        document.spans.back().isConfirmed = true;
        QVERIFY(isConfirmedLabel(document, "Edema"));
    }

    void rulesSayWhatIsPresentByEitherName()
    {
        const auto findings = readFindings("No pneumothorax. A nodule.", RuleSet::shipped());
        QVERIFY(!isRuleLabel(findings, "Pneumothorax"));
        QVERIFY(isRuleLabel(findings, "lung lesion"));
        QVERIFY(isRuleLabel(findings, "nodule"));
    }

    void theErrorOfTheRulesIsUnknownBelowThirtyReports()
    {
        std::vector<StoredReport> reports;
        for (int i = 0; i < 40; ++i) {
            reports.push_back(reportWith(i, "Edema.", i < 35 ? State::Confirmed : State::Begun));
            if (i % 5 != 0)
                reports.back().document.labels = {"Edema"};
        }
        const auto findings = readFindings("Edema.", RuleSet::shipped());
        std::vector<SourceReport> sources;
        for (const StoredReport& report : reports)
            sources.push_back({&report, findings});
        const RuleError all = ruleErrorOf(sources, "Edema");
        QCOMPARE(all.n, std::int64_t(35));
        QCOMPARE(*all.rate, 7.0 / 35);
        QVERIFY(!ruleErrorOf(std::span(sources).first(29), "Edema").rate);
    }

    void aSetIsSplitAndItsEmptyLabelsAreLeftOut()
    {
        std::vector<LabelledReport> labelled;
        for (int i = 0; i < 100; ++i)
            labelled.push_back(
                {{std::to_string(i), "P" + std::to_string(i / 2), "", {{"findings", wordOf(i)}, {"impression", ""}}},
                    {std::uint8_t(i % 3 == 0), 0}});
        const auto set = reportSetOf("project", {"A", "never"}, labelled);
        QVERIFY(set);
        QCOMPARE(set->labels, std::vector<std::string>{"A"});
        QCOMPARE(set->columns, (std::vector<std::string>{"findings", "impression"}));
        QCOMPARE(set->texts[0], wordOf(0));
        for (std::size_t i = 0; i < 100; i += 2)
            QCOMPARE(set->parts[i], set->parts[i + 1]); // a patient lies in one part
        QVERIFY(!set->casesOf(learning::Part::Test).empty());
        const auto nothing = reportSetOf("project", {"A"}, {});
        QVERIFY(!nothing && !english(nothing.error()).empty());
    }

    void imagesAreLabelledByPatientOrByStudy()
    {
        std::vector<StoredReport> reports{reportWith(1, "Edema.", State::New),
            reportWith(2, "Clear.", State::Confirmed), reportWith(3, "Edema.", State::New),
            reportWith(3, "No edema.", State::New), reportWith(4, "Edema.", State::New)};
        reports[4].document.facts.clear();
        std::vector<std::vector<Finding>> findings;
        std::vector<SourceReport> sources;
        for (const StoredReport& report : reports)
            findings.push_back(readFindings(report.document.text, RuleSet::shipped()));
        for (std::size_t i = 0; i < reports.size(); ++i)
            sources.push_back({&reports[i], findings[i]});
        const ImageLabels labels = imageLabelsOf(sources, "Edema");
        QCOMPARE(labels.csv, std::string("PatientID,label\nP1,Edema\nP2,no Edema\n"));
        QCOMPARE(labels.byPerson, std::int64_t(1));
        QCOMPARE(labels.byRules, std::int64_t(1));
        QCOMPARE(labels.leftOut, std::int64_t(3)); // two that contradict each other, one without a patient
        for (std::size_t i = 0; i < reports.size(); ++i)
            reports[i].studyInstanceUID = "1.2." + std::to_string(i);
        QVERIFY(
            imageLabelsOf(sources, "Edema").csv.starts_with("StudyInstanceUID,label\n1.2.0,Edema\n1.2.1,no Edema\n"));
    }

    void aModelReadsThePartsItWasTrainedOn()
    {
        const Document document =
            documentOf({"1", "", "", {{"indication", "Cough 🫁"}, {"findings", "Clear."}, {"impression", "正常"}}});
        const ModelText both = modelTextOf(document, {"findings", "impression"});
        QCOMPARE(both.text, std::string("Clear. 正常"));
        const CodePoints words(document.text);
        QCOMPARE(words.slice(both.inDocument({0, 5})), std::string("Clear"));
        QCOMPARE(words.slice(both.inDocument({7, 9})), std::string("正常"));
        const ModelText whole = modelTextOf(document, {"text"});
        QCOMPARE(whole.text, document.text);
        QCOMPARE(whole.inDocument({3, 4}), (Span{3, 4}));
    }

    void placesComeBackFromTheirAttribute()
    {
        Annotation span;
        QVERIFY(!placeOf(span));
        for (const ImagePlace& place :
            {ImagePlace{"1.2", "1.2.3", {0.1, -200.25, 1e-3}, "left"}, ImagePlace{"1.2", "", {1 / 3.0, 0, 0}, ""}}) {
            span.attributes[placeAttribute] = written(place);
            QVERIFY(placeOf(span) == place);
        }
        for (const char* bad : {"", "1.2", "1.2 - x 0 0 -", "1.2 - nan 0 0 -"}) {
            span.attributes[placeAttribute] = bad;
            QVERIFY2(!placeOf(span), bad);
        }
    }
};

int labelSourceTest(int argc, char** argv)
{
    LabelSourceTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "label_source_test.moc"
