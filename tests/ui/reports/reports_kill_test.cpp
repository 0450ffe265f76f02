#include <QProcess>

#include <cstdio>

#include "tests/ui/reports/reports_bench.h"

using namespace hounsfield;
using namespace hounsfield::reporting;
using State = reports::StoredReport::State;

namespace {

const char* const childVariable = "HOUNSFIELD_TEST_KILLED_PROJECT";

std::int64_t confirmedIn(const study::Project& project)
{
    return std::ranges::count(reports::storedReports(project).reports, State::Confirmed, &reports::StoredReport::state);
}

} // namespace

/// The program is killed while a person confirms reports: what the screen called saved is there.
class ReportsKillTest : public QObject {
    Q_OBJECT
  private slots:
    void whatWasCalledSavedSurvivesAKill()
    {
        if (qEnvironmentVariableIsSet(childVariable))
            return confirmUntilKilled();
        for (int turn = 0; turn < 5; ++turn) {
            QTemporaryDir folder;
            QProcess child;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(childVariable, folder.path());
            child.setProcessEnvironment(environment);
            child.start(QCoreApplication::applicationFilePath(), {"reports_kill_test"});
            QVERIFY(child.waitForStarted());
            std::int64_t saved = 0;
            while (saved < 5 + 7 * turn && child.waitForReadyRead(30000))
                while (child.canReadLine()) {
                    const QByteArray line = child.readLine();
                    if (line.startsWith("saved "))
                        saved = line.mid(6).trimmed().toLongLong();
                }
            QVERIFY2(saved >= 5 + 7 * turn, child.readAll());
            child.kill();
            QVERIFY(child.waitForFinished());
            auto project = study::Project::open((folder.path() + "/project").toStdString(), "reader");
            QVERIFY(project);
            QVERIFY(confirmedIn(**project) >= saved);
            QVERIFY(reports::storedReports(**project).problems.empty());
        }
    }

  private:
    void confirmUntilKilled()
    {
        ReportsBench bench(qEnvironmentVariable(childVariable));
        std::vector<std::pair<std::string, std::string>> texts;
        for (int i = 0; i < 2000; ++i)
            texts.emplace_back(std::to_string(i), "No pneumothorax in film " + std::to_string(i) + ".");
        bench.take(texts);
        connect(bench.model.get(), &ReportsModel::saved, this, [&bench] {
            std::printf("saved %lld\n", static_cast<long long>(bench.model->view().confirmed));
            std::fflush(stdout);
        });
        for (int i = 0; i < 2000; ++i) {
            bench.press(Qt::Key_Return);
            if (i % 3 == 2) // two in three follow before the first is saved
                bench.waitUntilSaved();
        }
    }
};

int reportsKillTest(int argc, char** argv)
{
    ReportsKillTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "reports_kill_test.moc"
