#include <QAccessible>
#include <QRegularExpression>
#include <QSpinBox>

#include "ui/shell/translate.h"
#include "ui/synthesis/blind_test_view.h"

#include "tests/ui/synthesis/synthesis_fakes.h"

using namespace hounsfield;
using namespace hounsfield::synthesising;
using fakes::Bench;

/// The test of the reader, and what holds for every part of the page.
class BlindTestTest : public QObject {
    Q_OBJECT

    static void startTest(Bench& bench, int images)
    {
        bench.start();
        bench.trainOnce();
        bench.showTab("Blind test");
        bench.find<QSpinBox>("blindCount")->setValue(images);
        bench.click("blindStart");
        QTRY_VERIFY(bench.find("blindReal")->isVisible());
    }

  private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        shell::theme::apply(*qApp);
    }

    void theKeysAnswerAndTheEndTellsTheScoreWithItsInterval()
    {
        Bench bench;
        startTest(bench, 20);
        auto* view = bench.page->findChild<BlindTestView*>();
        QVERIFY(bench.words("blindTitle").startsWith("1 of 20"));
        fakes::keepPicture(*bench.page, "blind_en");
        QTest::keyClick(view, Qt::Key_R);
        QTest::keyClick(view, Qt::Key_M);
        QTest::keyClick(view, Qt::Key_Backspace);
        QVERIFY(bench.words("blindTitle").startsWith("2 of 20"));
        for (int i = 1; i < 20; ++i)
            QTest::keyClick(view, i % 2 ? Qt::Key_Left : Qt::Key_Right);
        const auto end = bench.models->blindTest.view();
        QCOMPARE(end.stage, BlindTestModel::Stage::Done);
        QCOMPARE(end.answers[0][0] + end.answers[0][1], 10); // half of them real
        QVERIFY2(bench.words("blindTitle").contains("of 20 right"), qPrintable(bench.words("blindTitle")));
        QVERIFY(bench.words("blindTitle").contains("interval"));
        fakes::keepPicture(*bench.page, "blind_score_en");
        QTRY_VERIFY(readRecord(bench.model->run()->folder)->blind.size() == 1); // kept in the run's folder
        QCOMPARE(readRecord(bench.model->run()->folder)->blind.front().images, std::int64_t{20});
    }

    void thePictureIsTakenFromUnseenCasesAndNoSideIsGivenAway()
    {
        Bench bench;
        std::vector<synthesis::Sampler::Wish> wishes;
        bench.core.make = [&](const auto&, const std::vector<synthesis::Sampler::Wish>& wanted,
                              const Monitor&) -> Result<synthesis::MadeImages> {
            wishes = wanted;
            return fakes::madeBy(wanted);
        };
        startTest(bench, 30);
        QCOMPARE(wishes.size(), std::size_t{15});
        QSet<QString> sizes;
        while (bench.models->blindTest.view().stage == BlindTestModel::Stage::Asking) {
            const QImage picture = bench.models->blindTest.view().picture;
            sizes << QString("%1 %2 %3").arg(picture.width()).arg(picture.height()).arg(picture.format());
            bench.click("blindReal");
        }
        QCOMPARE(sizes.size(), 1);
        const auto end = bench.models->blindTest.view();
        QCOMPARE(*end.score.value, 0.5); // who always says the same guesses
        QVERIFY(bench.words("blindWords").contains("This is what guessing may give."));
    }

    void aTestGivenUpLeavesNoScore()
    {
        Bench bench;
        startTest(bench, 20);
        bench.click("blindMade");
        bench.click("blindGiveUp");
        QCOMPARE(bench.models->blindTest.view().stage, BlindTestModel::Stage::Idle);
        QVERIFY(bench.model->run()->blind.empty());
    }

    void everyControlHasAnAccessibleName()
    {
        Bench bench;
        startTest(bench, 20);
        for (QWidget* widget : bench.page->findChildren<QWidget*>()) {
            const bool isControl = widget->focusPolicy() != Qt::NoFocus && !widget->objectName().isEmpty()
                                   && !widget->objectName().startsWith("qt_");
            if (!isControl || widget->isHidden() || qobject_cast<QLabel*>(widget))
                continue;
            auto* face = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(), qPrintable(widget->objectName()));
        }
    }

    void inChineseNoEnglishSentenceIsLeft()
    {
        shell::Language language;
        Bench bench;
        bench.core.train = fakes::trainForEver;
        bench.start();
        language.choose("zh_CN");
        QCoreApplication::sendPostedEvents();
        fakes::keepPicture(*bench.page, "empty_zh_CN");
        bench.click("open");
        QTRY_VERIFY(bench.find("start")->isEnabled());
        fakes::keepPicture(*bench.page, "data_zh_CN");
        bench.click("start");
        QTRY_COMPARE(bench.model->live().moments.size(), std::size_t{4});
        QTest::qWait(60);
        fakes::keepPicture(*bench.page, "learning_zh_CN");
        bench.click("stop");
        QTRY_VERIFY(bench.model->generator() != nullptr);
        bench.models->verdict.tryIt();
        QTRY_VERIFY(bench.model->run()->trial.has_value());
        bench.models->verdict.judge();
        QTRY_VERIFY(bench.model->run()->judged.has_value());
        auto* tabs = bench.find<QTabWidget>("tabs");
        const char* names[] = {"data", "learning_after", "verdict", "samples", "blind", "trainings"};
        static const QRegularExpression english("[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}");
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            QTRY_VERIFY(!bench.models->samples.isBusy());
            if (tab > 0)
                fakes::keepPicture(*bench.page, QString(names[tab]) + "_zh_CN");
            for (const QWidget* widget : bench.page->findChildren<QWidget*>()) {
                const QString words =
                    widget->property("text").toString() + '\n' + widget->toolTip() + '\n' + widget->accessibleName();
                QVERIFY2(!english.match(words).hasMatch(), qPrintable(widget->objectName() + ": " + words));
            }
        }
    }
};

int blindTestTest(int argc, char** argv)
{
    BlindTestTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "blind_test_test.moc"
