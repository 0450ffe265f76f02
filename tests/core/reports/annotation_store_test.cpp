#include <QTemporaryDir>
#include <QtTest>

#include "core/base/random.h"
#include "core/reports/annotation_store.h"

using namespace hounsfield;
using namespace hounsfield::reports;
using State = StoredReport::State;

namespace {

std::vector<Document> someReports()
{
    return {documentOf({"1", "P1", "A1", {{"findings", "Small left effusion 🫁."}, {"impression", "Effusion."}}}),
        documentOf({"2", "P2", "", {{"text", "双肺未见结节。\r\n心影增大。"}}}),
        documentOf({"3", "", "", {{"text", "双肺未见结节。\r\n心影增大。"}}})};
}

Annotation annotation(const Document& document, const char* id, std::vector<Span> pieces, bool isConfirmed = true)
{
    const std::string words = surfaceOf(CodePoints(document.text), pieces);
    return {id, "Pleural Effusion", std::move(pieces), words, {{"status", "present"}, {"side", "left"}}, "seen",
        isConfirmed};
}

} // namespace

class AnnotationStoreTest : public QObject {
    Q_OBJECT
  private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        open();
        const auto documents = someReports();
        QCOMPARE(keepReports(*m_project, documents).value(), 2); // the third has the text of the second
    }

    void textsAreKeptAsTheyAreAndOnce()
    {
        const StoredReports stored = storedReports(*m_project);
        QCOMPARE(stored.reports.size(), std::size_t(2));
        QCOMPARE(keepReports(*m_project, someReports()).value(), 0);
        for (std::size_t i = 0; i < 2; ++i) {
            QVERIFY(stored.reports[i].document == someReports()[i]);
            QVERIFY(stored.reports[i].state == State::New);
        }
        QVERIFY(m_project->undoable().empty()); // what was imported is not lost by an undo too many
    }

    void whatWasSaidComesBackAfterReopening()
    {
        StoredReport report = storedReports(*m_project).reports[0];
        Document& document = report.document;
        document.spans = {
            annotation(document, "T1", {{10, 15}}), annotation(document, "T2", {{11, 13}, {16, 20}}, false)};
        document.relations = {{"R1", "at", "T1", "T2"}};
        document.labels = {"Pleural Effusion", "自己的"};
        report.state = State::Begun;
        QVERIFY(saveReports(*m_project, "annotate", {&report, 1}));
        m_project.reset();
        open();
        QVERIFY(storedReports(*m_project).reports[0] == report);
    }

    void oneActIsOneUndoHoweverManyReports()
    {
        const StoredReports before = storedReports(*m_project);
        std::vector<StoredReport> changed = before.reports;
        for (StoredReport& report : changed) {
            report.document.spans = {annotation(report.document, "T1", {{0, 3}})};
            report.state = State::Confirmed;
        }
        QVERIFY(saveReports(*m_project, "label everywhere", changed));
        QVERIFY(storedReports(*m_project).reports == changed);
        QCOMPARE(m_project->undoable(), std::string("label everywhere"));
        QVERIFY(m_project->undo().value());
        QVERIFY(storedReports(*m_project).reports == before.reports);
        QVERIFY(m_project->redo().value());
        QVERIFY(storedReports(*m_project).reports == changed);
    }

    void aWalkOfActsIsUndoneToItsStart()
    {
        Random random(7, "walk");
        std::vector<std::vector<StoredReport>> states{storedReports(*m_project).reports};
        for (int step = 0; step < 40; ++step) {
            StoredReport report = states.back()[std::size_t(random.below(2))];
            const std::int64_t begin = random.below(8);
            auto& spans = report.document.spans;
            if (!spans.empty() && random.below(3) == 0)
                spans.pop_back();
            else
                spans.push_back(annotation(report.document, ("T" + std::to_string(step)).c_str(),
                    {{begin, begin + 1 + random.below(5)}}));
            std::ranges::sort(spans, {}, &Annotation::id);
            report.state = State::Begun;
            QVERIFY(saveReports(*m_project, "annotate", {&report, 1}));
            states.push_back(storedReports(*m_project).reports);
        }
        while (states.size() > 1) {
            QVERIFY(storedReports(*m_project).reports == states.back());
            states.pop_back();
            QVERIFY(m_project->undo().value());
        }
        QVERIFY(storedReports(*m_project).reports == states.back());
    }

    void readersDoNotSeeEachOther()
    {
        Document document = someReports()[0];
        document.spans = {annotation(document, "T1", {{0, 8}})};
        QCOMPARE(keepReports(*m_project, {&document, 1}, "Dr. Li/Zhang").value(), 0);
        QVERIFY(storedReports(*m_project).reports[0].document.spans.empty());
        const StoredReports theirs = storedReports(*m_project, "Dr. Li/Zhang");
        QVERIFY(theirs.reports[0].document.spans == document.spans);
        QVERIFY(theirs.reports[0].state == State::Confirmed);
        QVERIFY(theirs.readers == std::vector<std::string>{"Dr. Li_Zhang"});
    }

    void whatFitsItsTextNoLongerIsSaidAndLeftOut()
    {
        const std::string key = storedReports(*m_project).reports[0].key;
        QVERIFY(m_project->setEntries("by another program",
            {{"report span", key + "//T1", R"({"label":"a","pieces":[[0,2]],"surface":"xx","confirmed":true})"},
                {"report span", key + "//T2", R"({"label":)"},
                {"report relation", key + "//R1", R"({"type":"at","from":"T1","to":"T1"})"}}));
        const StoredReports stored = storedReports(*m_project);
        QCOMPARE(stored.problems.size(), std::size_t(2));
        QVERIFY(stored.reports[0].document.spans.empty());
        QVERIFY(stored.reports[0].document.relations.empty());
    }

    void anAnnotationThatDoesNotFitIsNotSaved()
    {
        StoredReport report = storedReports(*m_project).reports[0];
        report.document.spans = {annotation(report.document, "T1", {{0, 3}})};
        report.document.spans[0].surface = "other words";
        QVERIFY(!saveReports(*m_project, "annotate", {&report, 1}));
        QVERIFY(m_project->undoable().empty());
    }

  private:
    void open()
    {
        auto opened = study::Project::open(m_folder->path().toStdString(), "reader");
        if (!opened)
            qFatal("%s", english(opened.error()).c_str());
        m_project = std::move(*opened);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<study::Project> m_project;
};

int annotationStoreTest(int argc, char** argv)
{
    AnnotationStoreTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "annotation_store_test.moc"
