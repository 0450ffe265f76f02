#include <QtTest>

#include "core/files/reader_client.h"
#include "core/files/reader_process.h"
#include "core/image/raster.h"

#include <sys/socket.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <signal.h>
#include <unistd.h>
#include <vector>

#include "tests/phantoms.h"

using namespace hounsfield;
using namespace hounsfield::files;
using phantoms::bytesOf;

namespace {
void write(const std::filesystem::path& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
}

std::vector<pid_t> childrenOfThisProcess()
{
    const std::string self = std::to_string(::getpid());
    std::ifstream list("/proc/" + self + "/task/" + self + "/children");
    return {std::istream_iterator<pid_t>(list), {}};
}
} // namespace

class PoolTest : public QObject {
    Q_OBJECT
  private slots:
    void aLockedReaderIsRefusedEverythingButItsFolder()
    {
        QTemporaryDir inside, outside;
        write((outside.path() + "/secret").toStdString(), "x");
        write((inside.path() + "/open").toStdString(), "x");
        const auto program = std::filesystem::path(HOUNSFIELD_BINARIES) / "hounsfield-reader";
        const auto reader = ReaderProcess::start(program, inside.path().toStdString());
        QVERIFY(reader);
        const auto tried = [&](const std::string& what) {
            Request request;
            request.kind = Request::Kind::Attempt;
            request.attempt = what;
            const auto reply = (*reader)->ask(request, {}, {5, {}, {}});
            return reply && reply->answer.lines.size() == 1 ? reply->answer.lines[0] : std::string("no answer");
        };
        QCOMPARE(tried("open " + inside.path().toStdString() + "/open"), std::string("allowed"));
        // Refused by the lock (EACCES, EPERM) and for no other reason: outside of it all of these work.
        for (const std::string& what : {"open " + outside.path().toStdString() + "/secret",
                 std::string("open /etc/passwd"), "write " + inside.path().toStdString() + "/new",
                 std::string("connect"), std::string("start"), std::string("fork")}) {
            const std::string answer = tried(what);
            QVERIFY2(answer == "refused: Permission denied" || answer == "refused: Operation not permitted",
                (what + ": " + answer).c_str());
        }
        QVERIFY(!std::filesystem::exists((inside.path() + "/new").toStdString()));
        const Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        QVERIFY(socket.isOpen() && bytesOf("/etc/passwd").size() > 0 && std::system("/bin/true") == 0);
    }

    void aQuestionForAFileOutsideIsRefused()
    {
        QTemporaryDir inside, outside;
        const std::string secret = (outside.path() + "/secret.png").toStdString(),
                          link = (inside.path() + "/link.png").toStdString();
        image::Raster<std::uint8_t> raster(4, 4);
        const auto png = image::encodePng(raster);
        QVERIFY(png);
        write(secret, std::string(reinterpret_cast<const char*>(png->data()), png->size()));
        std::filesystem::create_symlink(secret, link);
        const auto reader = ReaderProcess::start(
            std::filesystem::path(HOUNSFIELD_BINARIES) / "hounsfield-reader", inside.path().toStdString());
        QVERIFY(reader);
        for (const std::string& path : {secret, link}) {
            Request request;
            request.path = path;
            const auto reply = (*reader)->ask(request, {}, {5, {}, {}});
            QVERIFY(!reply);
            QVERIFY2(english(reply.error()).find("Permission denied") != std::string::npos, path.c_str());
        }
        ReaderPool pool(1); // which asks a reader that may
        QVERIFY(pool.readHeader({secret, {}}));
    }

    void aReaderThatSleepsIsEndedAndSaid()
    {
        QTemporaryDir folder;
        const std::string path = (folder.path() + "/text.dcm").toStdString();
        write(path, "no image at all");
        const auto reader = ReaderProcess::start(
            std::filesystem::path(HOUNSFIELD_BINARIES) / "hounsfield-reader", folder.path().toStdString());
        QVERIFY(reader);
        const auto readers = childrenOfThisProcess();
        QCOMPARE(readers.size(), std::size_t{1});
        QCOMPARE(::kill(readers[0], SIGSTOP), 0);
        Request request;
        request.path = path;
        QElapsedTimer watch;
        watch.start();
        const auto reply = (*reader)->ask(request, {}, {0.3, {}, {}});
        QVERIFY(!reply && (*reader)->isDead());
        QVERIFY(watch.elapsed() >= 300 && watch.elapsed() < 5000);
        const std::string sentence = english(reply.error());
        QVERIFY2(sentence.find("took longer than") != std::string::npos, sentence.c_str());
        QVERIFY(childrenOfThisProcess().empty());
    }

    void aProgramThatIsNoReaderIsAnErrorAndNoWait()
    {
        ReaderPool pool(1, {"/bin/true", 2});
        QElapsedTimer watch;
        watch.start();
        const auto header = pool.readHeader({"/bin/true", {}});
        QVERIFY(!header);
        QVERIFY(watch.elapsed() < 10000); // a reader that does not answer would be given 20 s
    }

    void emptyMissingAndStrayFilesAreTold()
    {
        QTemporaryDir folder;
        const std::string path = folder.path().toStdString();
        write(path + "/empty.dcm", "");
        write(path + "/text.dcm", "no image at all");
        write(path + "/README.txt", "no image at all");
        ReaderPool pool(1);
        QVERIFY(english(pool.readHeader({path + "/empty.dcm", {}}).error()).find("empty") != std::string::npos);
        QVERIFY(!pool.readHeader({path + "/none.dcm", {}}));
        QVERIFY(!pool.readHeader({path + "/text.dcm", {}}));
        QCOMPARE(pool.readHeader({path + "/README.txt", {}})->kind, std::string("no image"));
    }
};

int poolTest(int argc, char** argv)
{
    PoolTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "pool_test.moc"
