#include <QtTest>

#include "core/files/pool.h"
#include "core/reports/report_data.h"

#include <fstream>
#include <set>

using namespace hounsfield;
using namespace hounsfield::reports;

namespace {

using learning::Part;

bool says(const ReportSet& set, const char* words)
{
    return std::ranges::any_of(
        set.notes, [&](const Text& note) { return english(note).find(words) != std::string::npos; });
}

} // namespace

/// What is learned from: reports, labels and parts put together.
class ReportDataTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    files::ReaderPool m_readers{1};

    std::string path(const char* name) const { return m_folder.filePath(name).toStdString(); }
    std::string table(const char* name, const std::string& words) const
    {
        std::ofstream(path(name), std::ios::binary) << words;
        return path(name);
    }
    ReportSetRequest labelled(const std::string& reports, const std::string& labels) const
    {
        ReportSetRequest request;
        request.data = table("reports.csv", reports);
        request.labels = table("labels.csv", labels);
        return request;
    }
    ReportSetRequest inParts(ReportSetRequest request, const std::string& parts) const
    {
        request.splits = table("parts.csv", parts);
        request.splitColumn = "split";
        return request;
    }
    Result<ReportSet> open(const ReportSetRequest& request) { return openReportSet(m_readers, request, {}); }
    void refuses(const ReportSetRequest& request, const char* words)
    {
        const auto set = open(request);
        QVERIFY(!set);
        QVERIFY2(english(set.error()).find(words) != std::string::npos, english(set.error()).c_str());
    }

  private slots:
    void whatHasNoPartnerIsCountedOnBothSides()
    {
        const auto set = open(labelled("id,text\n1,one\n2,two\n3,three\n", "id,A\n2,1\n3,0\n8,1\n9,0\n"));
        QVERIFY2(set, set ? "" : english(set.error()).c_str());
        QCOMPARE(set->ids, (std::vector<std::string>{"2", "3"}));
        QCOMPARE(set->unmatched, std::int64_t{3});
        QVERIFY(says(*set, "1 reports have no labels") && says(*set, "2 rows of labels belong to no report"));
    }

    void aReportWithoutAPartIsNotTrainedOn()
    {
        const auto set =
            open(inParts(labelled("id,text\n1,one\n2,two\n3,three\n4,four\n", "id,A\n1,1\n2,1\n3,0\n4,1\n"),
                "id,split\n1,TRAIN\n2,dev\n3,test\n"));
        QVERIFY2(set, set ? "" : english(set.error()).c_str());
        QCOMPARE(set->ids, (std::vector<std::string>{"1", "2", "3"}));
        QCOMPARE(set->parts, (std::vector<Part>{Part::Train, Part::Validation, Part::Test}));
        QCOMPARE(set->units.size(), std::size_t{3});
        QCOMPARE(set->unmatched, std::int64_t{1});
        QVERIFY(says(*set, "1 reports are in no part"));
    }

    void textsThatDifferInMarksAndNumbersStayTogether()
    {
        std::string reports = "id,text\n", labels = "id,A\n";
        for (int i = 0; i < 300; ++i) {
            const char letter = static_cast<char>('a' + i / 3 % 26), other = static_cast<char>('a' + i / 78);
            reports += std::to_string(i) + ",\"Nodule " + letter + letter + other + (i % 3 == 0 ? "." : ", ")
                       + (i % 3 == 1 ? "3 mm" : "MM 12") + "\"\n";
            labels += std::to_string(i) + (i % 4 == 0 ? ",1\n" : ",0\n");
        }
        const auto set = open(labelled(reports, labels));
        QVERIFY2(set, set ? "" : english(set.error()).c_str());
        for (std::size_t i = 0; i < set->parts.size(); i += 3)
            QVERIFY(set->parts[i] == set->parts[i + 1] && set->parts[i] == set->parts[i + 2]);
        QVERIFY(!set->casesOf(Part::Test).empty() && !set->casesOf(Part::Validation).empty());
        QVERIFY(english(set->splitRule).find("no text lies in two parts") != std::string::npos);
    }

    void textsWithoutLettersAreNotTakenForOneText()
    {
        std::string reports = "id,text\n", labels = "id,A\n";
        for (int i = 0; i < 100; ++i) {
            reports += std::to_string(i) + "," + std::to_string(1000 + i) + "\n";
            labels += std::to_string(i) + (i % 2 == 0 ? ",1\n" : ",0\n");
        }
        const auto set = open(labelled(reports, labels));
        QVERIFY(set);
        QVERIFY(!set->casesOf(Part::Test).empty() && !set->casesOf(Part::Train).empty());
    }

    void patientsNeverLieInTwoParts()
    {
        std::string reports = "id,text,PatientID\n", labels = "id,A\n";
        for (int i = 0; i < 200; ++i) {
            reports += std::to_string(i) + ",words " + std::string(static_cast<std::size_t>(i + 1), 'x') + ",p"
                       + std::to_string(i % 40) + "\n";
            labels += std::to_string(i) + (i % 7 == 0 ? ",1\n" : ",0\n");
        }
        const auto set = open(labelled(reports, labels));
        QVERIFY(set);
        for (std::size_t i = 40; i < 200; ++i) {
            QCOMPARE(set->parts[i], set->parts[i % 40]);
            QCOMPARE(set->units[i], set->units[i % 40]);
        }
    }

    void everyPartGetsItsShareOfARareLabel()
    {
        std::string reports = "id,text\n", labels = "id,common,rare\n";
        for (int i = 0; i < 400; ++i) {
            reports += std::to_string(i) + ",words " + std::string(static_cast<std::size_t>(i + 1), 'x') + "\n";
            labels += std::to_string(i) + ",1" + (i % 20 == 0 ? ",1\n" : ",0\n");
        }
        const auto set = open(labelled(reports, labels));
        QVERIFY(set);
        std::array<int, 3> rare{};
        for (std::size_t i = 0; i < set->parts.size(); ++i)
            rare[static_cast<std::size_t>(set->parts[i])] += set->answers[2 * i + 1];
        QVERIFY2(rare[0] >= 12 && rare[1] >= 2 && rare[2] >= 3,
            qPrintable(QString("%1 %2 %3").arg(rare[0]).arg(rare[1]).arg(rare[2])));
    }

    void aMissingValidationPartIsTakenFromTheTrainingSide()
    {
        std::string reports = "id,text\n", labels = "id,A\n", parts = "id,split\n";
        for (int i = 0; i < 200; ++i) {
            reports += std::to_string(i) + ",words " + std::string(static_cast<std::size_t>(i + 1), 'x') + "\n";
            labels += std::to_string(i) + (i % 3 == 0 ? ",1\n" : ",0\n");
            parts += std::to_string(i) + (i < 150 ? ",train\n" : ",test\n");
        }
        const auto set = open(inParts(labelled(reports, labels), parts));
        QVERIFY(set);
        QCOMPARE(set->casesOf(Part::Test).size(), std::size_t{50});
        QVERIFY(set->casesOf(Part::Validation).size() > 10 && set->casesOf(Part::Train).size() > 100);
        QVERIFY(english(set->splitRule).find("validation was taken") != std::string::npos);
    }

    void sharedPatientsAndTextsOfGivenPartsAreSaid()
    {
        const auto set = open(inParts(
            labelled("id,text,patient\n1,Clear lungs.,a\n2,clear lungs,b\n3,nodule,a\n", "id,A\n1,1\n2,0\n3,1\n"),
            "id,split\n1,train\n2,val\n3,test\n"));
        QVERIFY(set);
        QVERIFY(says(*set, "1 texts lie in more than one part"));
        QVERIFY(says(*set, "1 patients lie in more than one part"));
    }

    void reportsOfAClassThatIsNotLearnedAreLeftOut()
    {
        ReportSetRequest request;
        request.data = table("classes.csv", "id,text,kind\n1,heart,A\n2,lung,B\n3,heart,A\n4,bone,C\n5,,\n");
        request.labelColumn = "kind";
        const auto set = open(inParts(request, "id,split\n1,train\n2,train\n3,val\n4,test\n"));
        QVERIFY2(set, set ? "" : english(set.error()).c_str());
        QCOMPARE(set->labels, (std::vector<std::string>{"A", "B"}));
        QCOMPARE(set->ids, (std::vector<std::string>{"1", "2", "3"}));
        QCOMPARE(set->answers, (std::vector<std::uint8_t>{1, 0, 0, 1, 1, 0}));
        QCOMPARE(set->parts.size(), std::size_t{3});
        QVERIFY(says(*set, "1 reports of these classes are left out"));
    }

    void classesNeedNoIds()
    {
        ReportSetRequest request;
        request.data = table("classes.csv", "text,kind\nheart one,A\nlung two,B\nheart three,A\nlung four,B\n");
        request.labelColumn = "kind";
        const auto set = open(request);
        QVERIFY2(set, set ? "" : english(set.error()).c_str());
        QCOMPARE(set->count(), std::int64_t{4});
        QCOMPARE(set->unmatched, std::int64_t{0});
    }

    void aModelIsScoredOnItsOwnLabelsInItsOrder()
    {
        auto request = labelled("id,text\n1,one\n2,two\n", "id,A,B,C\n1,1,0,1\n2,0,0,1\n");
        request.known = {"C", "A"};
        const auto set = open(request);
        QVERIFY2(set, set ? "" : english(set.error()).c_str());
        QCOMPARE(set->answers, (std::vector<std::uint8_t>{1, 1, 1, 0}));
        request.known = {"C", "D"};
        refuses(request, "There is no column \"D\"");
        request.knownKind = ReportSet::Kind::OneClass;
        refuses(request, "one class a report");
        request.knownKind = ReportSet::Kind::SeveralLabels;
        request.labels.clear();
        request.labelColumn = "text";
        refuses(request, "several labels");
    }

    void oneIdInTwoRowsIsRefused()
    {
        const auto request = labelled("id,text\n1,one\n2,two\n", "id,A\n1,1\n2,1\n1,0\n");
        refuses(request, "The id 1 stands in two rows");
        refuses(inParts(labelled("id,text\n1,one\n2,two\n", "id,A\n1,1\n2,1\n"), "id,split\n1,train\n1,test\n"),
            "The id 1 stands in two rows");
    }

    void partsThatFitNothingAreRefused()
    {
        const auto request = labelled("id,text\n1,one\n2,two\n", "id,A\n1,1\n2,0\n");
        refuses(inParts(request, "id,split\n1,train\n2,later\n"), "A part is \"later\"");
        refuses(inParts(request, "id,split\nx,train\ny,test\n"), "None of the labelled reports is in a part");
        auto asked = inParts(request, "id,split\n1,train\n2,test\n");
        asked.splitColumn = "fold";
        refuses(asked, "There is no column \"fold\"");
    }

    void trainingReportsThatShowNothingAreRefused()
    {
        refuses(inParts(labelled("id,text\n1,one\n2,two\n", "id,A\n1,0\n2,1\n"), "id,split\n1,train\n2,test\n"),
            "too few labels");
    }
};

int reportDataTest(int argc, char** argv)
{
    ReportDataTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "report_data_test.moc"
