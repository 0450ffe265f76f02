#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/single_start.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <thread>
#include <unistd.h>

using hounsfield::desktop::SingleStart;

class SingleStartTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    /// As another process would: on a thread of its own, while the first window goes on.
    static bool handOver(const QString& project, const QStringList& paths)
    {
        std::atomic<int> taken = -1;
        std::thread second([&] { taken = SingleStart(project).handOver(paths) ? 1 : 0; });
        while (taken < 0)
            QTest::qWait(5);
        second.join();
        return taken == 1;
    }

  private slots:
    void initTestCase() { qputenv("XDG_RUNTIME_DIR", m_folder.path().toLocal8Bit()); }

    void withoutAFirstWindowNobodyTakesTheFiles() { QVERIFY(!handOver(m_folder.filePath("a"), {"/x.dcm"})); }

    void theFirstWindowGetsTheFilesOfTheSecondStart()
    {
        SingleStart first(m_folder.filePath("a"));
        first.listen();
        QSignalSpy opened(&first, &SingleStart::opened);
        QVERIFY(handOver(m_folder.filePath("a"), {"/x.dcm", "y"}));
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(opened[0][0].toStringList(), QStringList({"/x.dcm", QFileInfo("y").absoluteFilePath()}));
    }

    void anotherProjectIsAnotherWindow()
    {
        SingleStart first(m_folder.filePath("a"));
        first.listen();
        QVERIFY(!handOver(m_folder.filePath("b"), {}));
    }

    void theSocketOfADeadWindowIsTakenOver()
    {
        const QString project = m_folder.filePath("c");
        SingleStart next(project);
        // A socket file that nobody listens at any more, as a kill leaves it.
        const int dead = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un place{};
        place.sun_family = AF_UNIX;
        const QByteArray name = next.socketName().toLocal8Bit();
        QVERIFY(name.size() < qsizetype(sizeof place.sun_path));
        std::ranges::copy(name, place.sun_path);
        QCOMPARE(::bind(dead, reinterpret_cast<const sockaddr*>(&place), sizeof place), 0);
        ::close(dead);
        QVERIFY(QFile::exists(next.socketName()));
        next.listen();
        QVERIFY(handOver(m_folder.filePath("c"), {}));
    }
};

int singleStartTest(int argc, char** argv)
{
    SingleStartTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "single_start_test.moc"
