#include <QtTest>

#include "core/files/reader_client.h"
#include "core/files/reader_process.h"

#include <cstdlib>
#include <fstream>

using namespace hounsfield;
using namespace hounsfield::files;

namespace {
std::filesystem::path sample(const char* name)
{
    return std::filesystem::path(HOUNSFIELD_SHARED) / "data/dicom" / name;
}

std::string bytesOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write(const std::filesystem::path& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
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
        for (const std::string& what : {"open " + outside.path().toStdString() + "/secret",
                 std::string("open /etc/passwd"), "write " + inside.path().toStdString() + "/new",
                 std::string("connect"), std::string("start"), std::string("fork")})
            QVERIFY2(tried(what).starts_with("refused"), what.c_str());
        QVERIFY(!std::filesystem::exists((inside.path() + "/new").toStdString()));
    }

    void aProgramThatIsNoReaderIsAnErrorAndNoWait()
    {
        ReaderPool pool(1, {"/bin/true", 2});
        const auto header = pool.readHeader({"/bin/true", {}});
        QVERIFY(!header);
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

    void mutatedDicomNeverHarmsTheProgramAndOpensOnlyWhole()
    {
        const std::string clean = bytesOf(sample("pydicom/CT_small.dcm"));
        if (clean.empty())
            QSKIP("The sample images are absent.");
        const char* wanted = std::getenv("HOUNSFIELD_MUTANTS");
        const int mutants = wanted ? std::atoi(wanted) : 1000;
        QTemporaryDir folder;
        const std::string path = folder.path().toStdString() + "/mutant.dcm";
        ReaderPool pool(1);
        std::uint64_t state = 20'260'101;
        const auto draw = [&](std::uint64_t below) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            return (state >> 33) % below;
        };
        int opened = 0;
        for (int n = 0; n < mutants; ++n) {
            std::string bytes = clean;
            const auto kind = draw(4);
            for (std::uint64_t i = 0; i < (kind == 1 ? 10 : 1); ++i)
                bytes[draw(kind == 3 ? bytes.size() : 2000)] = static_cast<char>(draw(256));
            if (kind == 2)
                bytes.resize(draw(bytes.size() - 1) + 1);
            write(path, bytes);
            const auto header = pool.readHeader({path, {}});
            if (!header) {
                QVERIFY(!english(header.error()).empty());
                continue;
            }
            if (header->kind != "image" || header->columns != 128 || header->rows != 128)
                continue;
            VoxelRequest request{{path, {}}, 0, header->frames};
            request.type = image::ScalarType::Float64;
            request.components = header->components;
            const auto memory = ReaderPool::makeMemory(128 * 128 * header->frames * header->components * 8);
            QVERIFY(memory);
            if (!pool.readVoxels(request, *memory))
                continue;
            ++opened;
            QVERIFY2(kind != 2, "a cut file must not open");
        }
        QVERIFY2(opened * 20 >= mutants, "too few mutants open to tell anything");
    }
};

int poolTest(int argc, char** argv)
{
    PoolTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "pool_test.moc"
