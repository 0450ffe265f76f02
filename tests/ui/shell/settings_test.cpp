#include <QTemporaryDir>
#include <QtTest>

#include "ui/shell/settings.h"
#include "ui/shell/theme.h"
#include "ui/shell/translate.h"

#include <cmath>

using namespace hounsfield;

namespace {

double luminance(QRgb colour)
{
    const auto part = [](int value) {
        const double v = value / 255.0;
        return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(qRed(colour)) + 0.7152 * part(qGreen(colour)) + 0.0722 * part(qBlue(colour));
}

} // namespace

class SettingsTest : public QObject {
    Q_OBJECT
  private slots:
    void recentPathsAreKeptNewestFirstAndOnlyWhileTheyExist()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath("settings.ini");
        const QString first = folder.filePath("a"), second = folder.filePath("b");
        QVERIFY(QDir().mkpath(first) && QDir().mkpath(second));
        {
            shell::Settings settings(file);
            settings.addRecent(first);
            settings.addRecent(second);
            settings.addRecent(first);
        }
        shell::Settings settings(file);
        QCOMPARE(settings.recent(), QStringList({first, second}));
        QVERIFY(QDir().rmdir(first));
        QCOMPARE(settings.recent(), QStringList({second}));
    }

    void textHasAContrastOfSevenToOneOnEveryBackground()
    {
        using namespace shell::theme;
        for (const QRgb back : {background, panel, field})
            for (const QRgb front : {words, quietWords, accent, good, warning, bad})
                QVERIFY((luminance(front) + 0.05) / (luminance(back) + 0.05) >= 7);
        for (const QRgb back : {background, panel, field})
            QVERIFY(luminance(back) <= luminance(0xff202428));
    }

    void aTextWithinATextIsTranslatedToo()
    {
        shell::Language language;
        language.choose(QStringLiteral("zh_CN"));
        const Text inner = text("reader", "The pixel data are empty."),
                   outer = text("study", "No backup could be made in %1: %2").with("here", inner);
        QCOMPARE(english(outer), std::string("No backup could be made in here: The pixel data are empty."));
        const QString words = shell::translated(outer);
        QVERIFY2(
            words.contains(shell::translated(inner)) && !words.contains(QStringLiteral("pixel")), qPrintable(words));
        language.choose(QStringLiteral("en"));
    }

    void errorsAreOneLine()
    {
        const Error error{Error::Kind::BadInput, text("shell", "Slice %1 is missing.").with(4), "folder",
            text("shell", "Copy it again.")};
        QCOMPARE(shell::translated(error), QString("folder: Slice 4 is missing. Copy it again."));
    }
};

int settingsTest(int argc, char** argv)
{
    SettingsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "settings_test.moc"
