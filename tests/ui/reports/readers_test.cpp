#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

#include "core/reports/annotating.h"
#include "ui/reports/files_model.h"
#include "ui/reports/files_panel.h"
#include "ui/reports/readers_model.h"
#include "ui/reports/readers_panel.h"
#include "ui/shell/translate.h"

#include "tests/ui/reports/reports_bench.h"

using namespace hounsfield;
using namespace hounsfield::reporting;

namespace {

const std::vector<std::pair<std::string, std::string>> texts = {
    {"1", "Small left pleural effusion. No pneumothorax."},
    {"2", "Cardiomegaly. 双肺未见结节。"},
    {"3", "No pneumothorax. 🫁 Edema."},
};

/// What another reader says of the texts: in the second all is as the rules have it, in the first and third not.
std::vector<reports::Document> theirs(const ReportsBench& bench)
{
    std::vector<reports::Document> documents;
    for (const auto& stored : reports::storedReports(*bench.project).reports)
        documents.push_back(stored.document);
    for (reports::Document& document : documents) {
        const ReadReport* read = nullptr;
        for (std::size_t i = 0; i < bench.model->size(); ++i)
            if (bench.model->report(i).report.document.id == document.id)
                read = &bench.model->report(i);
        document.spans = read->report.document.spans;
        for (reports::Annotation& span : document.spans)
            span.isConfirmed = true;
    }
    documents[0].spans[0].attributes[reports::attribute::side] = "right";
    documents[0].labels = {"Pleural Effusion"};
    reports::removeSpan(documents[2], documents[2].spans[0].id);
    return documents;
}

} // namespace

class ReadersTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        shell::theme::apply(*qApp);
    }

    void onlyDisagreementsAreSettled()
    {
        ReportsBench bench;
        bench.take(texts);
        ReadersModel model(*bench.model, bench.core, bench.tasks);
        auto* panel = new ReadersPanel(model);
        bench.page->addPanel(panel);
        QObject::connect(&model, &ReadersModel::shown, bench.page->reportText(), &ReportText::reveal);
        for (int i = 0; i < 3; ++i)
            bench.press(Qt::Key_Return);
        bench.waitUntilSaved();
        bench.model->importDocuments(theirs(bench), "Dr. Li");
        QTRY_VERIFY(!model.isBusy() && model.agreement() && !model.differences().empty());
        QCOMPARE(model.differences().size(), std::size_t(3)); // a label of the report, a side, a missing annotation
        QVERIFY(model.agreement()->overall.exactF1.value && *model.agreement()->overall.exactF1.value < 1);
        bench.find<QTabWidget>("reportTabs")->setCurrentWidget(panel);
        auto* table = panel->findChild<QTableView*>("differences");
        table->setFocus();
        QTRY_COMPARE(table->currentIndex().row(), 0);
        bench.keepPicture("adjudication_en");
        QTest::keyClick(table, Qt::Key_2); // theirs
        QTRY_VERIFY(!model.isBusy() && model.differences().size() == 2);
        QCOMPARE(bench.model->report(0).report.document.labels, std::vector<std::string>{"Pleural Effusion"});
        QTest::keyClick(table, Qt::Key_1); // mine: stays settled although we still differ
        QTRY_VERIFY(!model.isBusy() && model.differences().size() == 1);
        QCOMPARE(bench.model->report(0).report.document.spans[0].attributes.at(reports::attribute::side),
            std::string("left"));
        QTest::keyClick(table, Qt::Key_4); // neither
        QTRY_VERIFY(!model.isBusy() && model.differences().empty());
        QCOMPARE(panel->findChild<QLabel*>("differencesTitle")->text(), QString("Nothing is left to settle."));
        bench.press(Qt::Key_Z, Qt::ControlModifier);
        bench.waitUntilSaved();
        QTRY_VERIFY(!model.isBusy() && model.differences().size() == 1);
    }

    void relationsThatGoWithAnAnnotationAreSaidBeforeAndAfter()
    {
        ReportsBench bench;
        bench.take(texts);
        bench.model->relate(bench.spans()[0].id, bench.spans()[1].id, "with");
        ReadersModel model(*bench.model, bench.core, bench.tasks);
        auto* panel = new ReadersPanel(model);
        bench.page->addPanel(panel);
        for (int i = 0; i < 3; ++i)
            bench.press(Qt::Key_Return);
        bench.waitUntilSaved();
        std::vector<reports::Document> other{reports::storedReports(*bench.project).reports[0].document};
        reports::removeSpan(other[0], other[0].spans[1].id); // and so its relation
        bench.model->importDocuments(other, "Dr. Li");
        QTRY_VERIFY(!model.isBusy() && model.differences().size() == 2);
        bench.find<QTabWidget>("reportTabs")->setCurrentWidget(panel);
        auto* table = panel->findChild<QTableView*>("differences");
        table->setFocus();
        const int marked = model.differences()[0].what.kind == reports::Disagreement::Kind::Marked ? 0 : 1;
        table->selectRow(marked);
        auto* before = panel->findChild<QLabel*>("relationsLost");
        auto* after = panel->findChild<QLabel*>("relationsGone");
        QVERIFY(before->isVisible() && !after->isVisible());
        QCOMPARE(before->text(), QString("Relations that would go with the annotation – Theirs: 1, Neither: 1."));
        bench.keepPicture("relations_en");
        shell::Language language;
        language.choose("zh_CN");
        QTest::qWait(50);
        bench.keepPicture("relations_zh_CN");
        language.choose("en");
        const auto whole = bench.model->report(0).report;
        QTest::keyClick(table, Qt::Key_2);
        QTRY_VERIFY(!model.isBusy() && after->isVisible());
        QVERIFY(after->text().contains("the last decision: 1."));
        QCOMPARE(bench.model->report(0).report.document.spans.size(), whole.document.spans.size() - 1);
        QVERIFY(bench.model->report(0).report.document.relations.empty());
        bench.press(Qt::Key_Z, Qt::ControlModifier);
        bench.waitUntilSaved();
        QTRY_VERIFY(!model.isBusy() && model.differences().size() == 2);
        QVERIFY(bench.model->report(0).report == whole);
        QVERIFY(!after->isVisible());
    }

    void whatAFormatCannotHoldIsListedBeforeItIsWritten()
    {
        ReportsBench bench;
        bench.take(texts);
        bench.press(Qt::Key_Return);
        bench.waitUntilSaved();
        files::ReaderPool readers;
        FilesModel model(*bench.model, readers, bench.tasks);
        shell::Choosers choosers;
        const QString target = bench.folder.filePath("own.jsonl");
        choosers.saveAs = [&](QWidget*, const QString&, const QString&) { return target; };
        choosers.files = [&](QWidget*, const QString&, const QString&) { return QStringList{target}; };
        choosers.folder = [&](QWidget*, const QString&) { return bench.folder.filePath("brat"); };
        auto* panel = new FilesPanel(model, *bench.model, choosers);
        bench.page->addPanel(panel);
        bench.find<QTabWidget>("reportTabs")->setCurrentWidget(panel);
        QTRY_COMPARE(panel->findChild<QLabel*>("lossesTitle")->text(), QString("Nothing would be lost."));
        QTest::mouseClick(panel->findChild<QPushButton*>("exportAnnotations"), Qt::LeftButton);
        QTRY_VERIFY(model.sentence().contains("3 reports were written"));
        const auto before = reports::storedReports(*bench.project).reports;

        ReportsBench other;
        other.start();
        FilesModel reading(*other.model, readers, other.tasks);
        reading.read(target, {});
        QTRY_VERIFY(other.model->view().total == 3 && other.model->view().isSaved);
        QCOMPARE(
            reports::storedReports(*other.project).reports[0].document.spans.size(), before[0].document.spans.size());
        const int last = int(reports::exchangeFormats().size()) - 1;
        if (last > 0) {
            panel->findChild<QComboBox*>("format")->setCurrentIndex(1);
            model.setFormat(1);
            QTRY_VERIFY(panel->findChild<QLabel*>("losses")->isVisible()); // suggestions of the other two reports
            bench.keepPicture("files_en");
            shell::Language language;
            language.choose("zh_CN");
            QTest::qWait(50);
            bench.keepPicture("files_zh_CN");
            QCOMPARE(panel->findChild<QComboBox*>("imageLabel")->itemText(7), QString("肺炎"));
            QCOMPARE(panel->findChild<QComboBox*>("imageLabel")->itemData(7).toString(), QString("Pneumonia"));
            language.choose("en");
        }
    }

    void aFileThatIsNoneOfTheFormatIsSaid()
    {
        ReportsBench bench;
        bench.take(texts);
        files::ReaderPool readers;
        FilesModel model(*bench.model, readers, bench.tasks);
        model.read(bench.fileWith("x.jsonl", "no json at all"), {});
        QTRY_VERIFY(model.problem() || model.sentence().contains("Left out"));
        QCOMPARE(bench.model->view().total, std::int64_t(3));
    }
};

int readersTest(int argc, char** argv)
{
    ReadersTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "readers_test.moc"
