#include <QTemporaryDir>
#include <QtTest>

#include "core/base/random.h"
#include "core/study/project.h"

#include <sys/resource.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <unistd.h>

using namespace hounsfield;
using namespace hounsfield::study;

namespace {

/// A step of the test's own preparation that cannot fail on a sound machine.
void must(const Result<void>& done)
{
    if (!done)
        qFatal("%s", english(done.error()).c_str());
}

namespace fs = std::filesystem;

Label labelNumber(std::int64_t n)
{
    return {{Subject::Level::Image, "1.2." + std::to_string(n), 0}, "class " + std::to_string(n % 7), {}};
}

/// Labels image after image and tells each number once its label is said to be saved. Ends by being killed.
[[noreturn]] void labelForEver(const fs::path& folder, std::int64_t first, int pipe)
{
    auto project = Project::open(folder);
    if (!project)
        ::_exit(1);
    for (std::int64_t n = first;; ++n) {
        if (!(*project)->setLabel(labelNumber(n)))
            ::_exit(2);
        if (::write(pipe, &n, sizeof n) != sizeof n)
            ::_exit(3);
    }
}

/// The last number that was told before the writer died.
std::int64_t lastTold(int pipe, std::int64_t before)
{
    std::int64_t last = before, n = 0;
    while (::read(pipe, &n, sizeof n) == sizeof n)
        last = n;
    return last;
}

/// Starts a writer, kills it after a while; true when it had died by the kill. `last`: number saved last.
bool killedWriter(const fs::path& folder, std::int64_t& last, int microseconds)
{
    int ends[2];
    if (::pipe(ends) != 0)
        return false;
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        labelForEver(folder, last + 1, ends[1]);
    }
    ::close(ends[1]);
    std::int64_t n = 0;
    if (::read(ends[0], &n, sizeof n) == sizeof n) // it works now
        last = n;
    ::usleep(static_cast<useconds_t>(microseconds));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    last = lastTold(ends[0], last);
    ::close(ends[0]);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

/// A file-size limit as long as it lives: every write behind it fails, as on a full disk.
class FullDisk {
  public:
    explicit FullDisk(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &m_before); }

  private:
    rlimit m_before{};
};

} // namespace

class CrashTest : public QObject {
    Q_OBJECT
  private slots:
    void noSavedLabelIsLostInTwentyKills()
    {
        QTemporaryDir folder;
        const fs::path path = folder.path().toStdString();
        Random random(1, "kills");
        std::int64_t last = 0;
        int inTransaction = 0;
        for (int kill = 0; kill < 20; ++kill) {
            QVERIFY(killedWriter(path, last, static_cast<int>(random.below(20000))));
            std::error_code problem;
            const auto journal = fs::file_size(path / "project.db-journal", problem);
            inTransaction += !problem && journal > 0;
            auto project = Project::open(path); // the lock of the dead is taken
            QVERIFY2(project, project ? "" : english(project.error()).c_str());
            QVERIFY((*project)->notes().sentences.empty());
            for (std::int64_t n = 1; n <= last; ++n)
                QVERIFY2((*project)->label(labelNumber(n).subject) == labelNumber(n), qPrintable(QString::number(n)));
            last = std::max<std::int64_t>(last, static_cast<std::int64_t>((*project)->labels().size()));
        }
        qInfo("%d of 20 kills hit an open transaction; %lld labels, none lost", inTransaction,
            static_cast<long long>(last));
        QVERIFY2(inTransaction >= 5, qPrintable(QString::number(inTransaction)));
    }

    void aFullDiskIsSaidAndWorkGoesOnWhenThereIsSpace()
    {
        QTemporaryDir folder;
        const fs::path path = folder.path().toStdString();
        auto project = Project::open(path);
        QVERIFY(project);
        std::int64_t saved = 0, refused = 0;
        for (std::int64_t n = 1; n <= 60; ++n) {
            const bool isFull = n % 3 == 0;
            Result<void> done;
            if (isFull) {
                // Each time another write fails: of the journal, or of the file itself.
                const FullDisk disk(static_cast<rlim_t>(n * 300));
                done = (*project)->setLabel(labelNumber(n));
            } else {
                done = (*project)->setLabel(labelNumber(n));
                QVERIFY2(done, done ? "" : english(done.error()).c_str());
            }
            if (!done) {
                ++refused;
                QCOMPARE(done.error().kind, Error::Kind::Environment);
                QVERIFY(!done.error().where.empty() && !done.error().advice.isEmpty());
            }
            saved += done.has_value();
            QCOMPARE((*project)->label(labelNumber(n).subject).has_value(), done.has_value());
        }
        QVERIFY(refused > 5 && saved >= 40);
        project->reset();
        project = Project::open(path);
        QVERIFY(project);
        QCOMPARE(static_cast<std::int64_t>((*project)->labels().size()), saved);
        QVERIFY((*project)->notes().sentences.empty());
    }

    void anOpeningOnAFullDiskChangesNothing()
    {
        QTemporaryDir folder;
        const fs::path path = folder.path().toStdString();
        must((*Project::open(path))->setLabel(labelNumber(1)));
        {
            const FullDisk disk(1000);
            const auto project = Project::open(path);
            if (project) {
                QVERIFY((*project)->label(labelNumber(1).subject));
                QVERIFY(!(*project)->notes().sentences.empty()); // no backup could be made
                QVERIFY(!(*project)->setLabel(labelNumber(2)));
            }
        }
        auto project = Project::open(path);
        QVERIFY(project);
        QVERIFY((*project)->label(labelNumber(1).subject));
    }
};

int crashTest(int argc, char** argv)
{
    CrashTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "crash_test.moc"
