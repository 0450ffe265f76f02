// Time from a dropped folder to its first picture, and memory while the series opens: 300 DICOM slices of 512 × 512.
// No test: build/release/bin/open_bench [slices]; as root, because readers let nobody else look at their memory.

#include "core/base/clock.h"
#include "core/base/parallel.h"

#include <sys/stat.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <thread>

#include "tests/core/files/study_folder.h"

using namespace hounsfield;
using namespace hounsfield::files;
namespace fs = std::filesystem;

namespace {

constexpr int side = 512;

void writeSlices(StudyFolder& folder, int slices)
{
    phantoms::DicomPicture p;
    p.columns = p.rows = side;
    p.orientation = {1, 0, 0, 0, 1, 0};
    p.pixelSpacing = {0.7, 0.7};
    p.bitsStored = 12;
    p.highBit = 11;
    p.elements = {
        {{0x0028, 0x1052}, "-1024"}, {{0x0028, 0x1053}, "1"}, {{0x0028, 0x1050}, "40"}, {{0x0028, 0x1051}, "400"}};
    p.cells.resize(side * side);
    for (int k = 0; k < slices; ++k) {
        p.position = {0, 0, 1.0 * k};
        p.instanceNumber = k;
        for (int n = 0; n < side * side; ++n)
            p.cells[std::size_t(n)] = static_cast<std::uint16_t>((n * 7 + k * 13 + n / side) % 4096);
        folder.write(p);
    }
}

/// Bytes that the memory files of this process take, mapped or not.
std::int64_t memoryFiles()
{
    std::int64_t bytes = 0;
    std::set<ino_t> seen;
    for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
        std::error_code problem;
        struct stat facts {};
        const bool isMemory = fs::read_symlink(entry.path(), problem).string().starts_with("/memfd:");
        if (isMemory && ::stat(entry.path().c_str(), &facts) == 0 && seen.insert(facts.st_ino).second)
            bytes += facts.st_blocks * 512;
    }
    return bytes;
}

/// Memory of this process and of the readers it started, bytes: the sum of their Pss, which counts each shared page
/// once, but for memory files; these count whole, because pages that nobody has mapped are in no Pss.
std::int64_t memoryOfAll()
{
    std::int64_t kilobytes = 0;
    const auto add = [&](const std::string& process) {
        std::ifstream file("/proc/" + process + "/smaps_rollup");
        for (std::string word; file >> word;) {
            std::int64_t value = 0;
            if (word == "Pss:" && file >> value)
                kilobytes += value;
            else if (word == "Pss_Shmem:" && file >> value)
                kilobytes -= value;
        }
    };
    add("self");
    for (const auto& task : fs::directory_iterator("/proc/self/task")) {
        std::ifstream children(task.path() / "children");
        for (std::string child; children >> child;)
            add(child);
    }
    return kilobytes * 1024 + memoryFiles();
}

/// Looks at the memory every 20 ms until it goes.
class Peak {
  public:
    Peak()
        : m_thread([this](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                m_most = std::max(m_most.load(), memoryOfAll());
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            }
        })
    {
    }
    std::int64_t most() const { return m_most; }

  private:
    std::atomic<std::int64_t> m_most = 0;
    std::jthread m_thread;
};

/// The readers of a program that has been used before.
bool warm(ReaderPool& readers, const StudyFolder& folder)
{
    std::atomic<bool> isFine = true;
    parallelFor(processorCount(), processorCount(), [&](std::int64_t k) {
        if (!readers.readHeader({folder.path() / ("picture" + std::to_string(k) + ".dcm"), {}}))
            isFine = false;
    });
    return isFine;
}

} // namespace

int main(int argc, char** argv)
{
    const int slices = argc > 1 ? std::max(std::atoi(argv[1]), 4) : 300;
    StudyFolder folder;
    writeSlices(folder, slices);
    const double voxelBytes = 2.0 * side * side * slices;
    for (int round = 0; round < 5; ++round) {
        ReaderPool readers;
        readers.allowFolder(folder.path());
        if (!warm(readers, folder))
            return 1;
        const double idle = static_cast<double>(memoryOfAll());
        const Stopwatch sinceDrop;
        double first = 0;
        const auto found = scan(readers, folder.path(), {}, [&](const Series& series) {
            if (first == 0 && openSlice(readers, series, std::ssize(series.slices) / 2))
                first = sinceDrop.seconds();
        });
        if (!found || found->series.size() != 1)
            return 1;
        const double scanned = sinceDrop.seconds();
        Peak peak;
        const auto volume = openSeries(readers, found->series[0], {});
        if (!volume)
            return 1;
        const double all = sinceDrop.seconds();
        const double most = static_cast<double>(std::max(peak.most(), memoryOfAll()));
        std::printf(
            "first picture %.2f s, scanned %.2f s, whole volume %.2f s; memory above idle %.0f MB = %.2f x %.0f MB "
            "of voxels\n",
            first, scanned, all, (most - idle) / 1e6, (most - idle) / voxelBytes, voxelBytes / 1e6);
    }
    return 0;
}
