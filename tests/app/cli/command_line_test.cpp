#include <QProcess>
#include <QtTest>

namespace {

struct Answer {
    int status = -1;
    QString out, err;
};

Answer ask(const QStringList& words)
{
    QProcess process;
    process.start(QStringLiteral(HOUNSFIELD_BINARIES "/hounsfield-cli"), words);
    if (!process.waitForFinished(30000))
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

/// What every verb shares: help, usage errors, exit codes, the manual page and the completion.
class CommandLineTest : public QObject {
    Q_OBJECT
  private slots:
    void withoutWordsItExplainsItselfAndFailsAsUsage()
    {
        const Answer answer = ask({});
        QCOMPARE(answer.status, 2);
        QVERIFY(answer.err.contains("Research use, not for diagnosis"));
    }

    void aMisspeltVerbOrOptionIsGuessed_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("guess");
        QTest::newRow("verb") << QStringList{"netwroks"} << "Did you mean networks?";
        QTest::newRow("option") << QStringList{"networks", "--jsno"} << "Did you mean --json?";
        QTest::newRow("nothing near") << QStringList{"xyzzy"} << "There is no verb \"xyzzy\".";
    }

    void aMisspeltVerbOrOptionIsGuessed()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, guess);
        const Answer answer = ask(words);
        QCOMPARE(answer.status, 2);
        QVERIFY2(answer.err.contains(guess), qPrintable(answer.err));
        QCOMPARE(answer.err.count('\n'), 1);
    }

    void versionAndHelpSucceedAndSayWhatTheProgramIsFor()
    {
        const Answer version = ask({"--version"});
        QCOMPARE(version.status, 0);
        QVERIFY(version.out.contains("Research use, not for diagnosis"));
        const Answer help = ask({"networks", "--help"});
        QCOMPARE(help.status, 0);
        QVERIFY(help.out.contains("Example:"));
    }

    void manualAndCompletionNameEveryVerb()
    {
        const QString manual = ask({"--manual"}).out;
        const QString completion = ask({"--completion"}).out;
        const QString help = ask({"--help"}).out;
        const QStringList lines = help.mid(help.indexOf("Subcommands:")).split('\n', Qt::SkipEmptyParts);
        QVERIFY2(lines.size() > 4, qPrintable(help));
        for (qsizetype i = 1; i < lines.size(); ++i) {
            if (!lines[i].startsWith("  ") || lines[i].startsWith("   "))
                continue;
            const QString verb = lines[i].trimmed().section(' ', 0, 0);
            QVERIFY2(manual.contains(".SS " + verb), qPrintable(verb));
            QVERIFY2(completion.contains("        " + verb + ") options="), qPrintable(verb));
        }
    }
};

int commandLineTest(int argc, char** argv)
{
    CommandLineTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "command_line_test.moc"
