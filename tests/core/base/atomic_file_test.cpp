#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"

#include <cerrno>
#include <filesystem>

using namespace hounsfield;

namespace {

/// System calls of which the n-th fails, as a full disk does.
FileCalls failingAt(int n, int& count)
{
    FileCalls calls = FileCalls::ofTheSystem();
    const auto fails = [n, &count] {
        errno = ENOSPC;
        return ++count == n;
    };
    calls.open = [=, inner = calls.open](
                     const char* path, int flags, unsigned mode) { return fails() ? -1 : inner(path, flags, mode); };
    calls.write = [=, inner = calls.write](
                      int d, const void* bytes, std::size_t size) { return fails() ? -1 : inner(d, bytes, size); };
    calls.sync = [=, inner = calls.sync](int d) { return fails() ? -1 : inner(d); };
    calls.close = [=, inner = calls.close](int d) {
        const int closed = inner(d);
        return fails() ? -1 : closed;
    };
    calls.rename = [=, inner = calls.rename](
                       const char* from, const char* to) { return fails() ? -1 : inner(from, to); };
    return calls;
}

} // namespace

class AtomicFileTest : public QObject {
    Q_OBJECT
  private slots:
    void aFailureAtAnySystemCallLeavesTheOldFileOrTheNew()
    {
        for (int n = 1; n < 20; ++n) {
            QTemporaryDir folder;
            const std::filesystem::path path = folder.filePath("value.txt").toStdString();
            QVERIFY(writeAtomically(path, std::string_view("old")));
            int count = 0;
            const auto written = writeAtomically(path, std::string_view("new, and longer"), failingAt(n, count));
            const auto now = readFile(path);
            QVERIFY(now);
            if (!written) {
                QCOMPARE(*now, std::string("old"));
                QCOMPARE(written.error().kind, Error::Kind::Environment);
                QVERIFY(english(written.error()).find("15 bytes") != std::string::npos);
            } else {
                QCOMPARE(*now, std::string("new, and longer"));
            }
            QCOMPARE(
                std::distance(std::filesystem::directory_iterator(folder.path().toStdString()), {}), std::ptrdiff_t{1});
            if (count < n)
                return; // no call was left to fail
        }
        QFAIL("the calls never ended");
    }

    void aMissingFileAndALargeFileAreToldApart()
    {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath("a").toStdString();
        QCOMPARE(readFile(path).error().kind, Error::Kind::Environment);
        QVERIFY(writeAtomically(path, std::string_view("12345")));
        QCOMPARE(readFile(path, 4).error().kind, Error::Kind::BadInput);
        QVERIFY(!writeAtomically("/proc/none/a", std::string_view("x")));
        QVERIFY(!makeFolder("/proc/none"));
    }
};

int atomicFileTest(int argc, char** argv)
{
    AtomicFileTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "atomic_file_test.moc"
