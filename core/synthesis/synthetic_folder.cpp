#include "core/synthesis/synthetic_folder.h"

#include "core/base/csv.h"
#include "core/base/parallel.h"
#include "core/image/synthetic_mark.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <optional>
#include <set>
#include <unistd.h>

namespace hounsfield::synthesis {

namespace {

namespace fs = std::filesystem;

/// A name that can be a folder's on any system, and none that means something else.
std::string folderNameOf(const std::string& className)
{
    constexpr std::string_view forbidden = "/\\:*?\"<>|";
    std::string name = className;
    for (char& c : name)
        if (static_cast<unsigned char>(c) < 32 || forbidden.find(c) != std::string_view::npos)
            c = '_';
    if (name.empty() || name.front() == '.')
        name.insert(name.begin(), '_');
    return name;
}

/// The folder while it is filled. What was written is taken away again unless `keep` was called.
class Folder {
  public:
    explicit Folder(const SyntheticJob& job)
        : m_job(job)
    {
    }
    ~Folder()
    {
        std::error_code ignored;
        for (auto made = m_made.rbegin(); !m_isKept && made != m_made.rend(); ++made)
            fs::remove(*made, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    Result<void> begin()
    {
        std::error_code ignored;
        const bool isThere = fs::exists(m_job.folder, ignored);
        if (isThere && !fs::is_empty(m_job.folder, ignored))
            return badInput(text("synthesis", "The folder is not empty."), m_job.folder.string(),
                text("synthesis", "Choose a new one, so that no real image is taken for a synthetic one."));
        TRY(makeFolder(m_job.folder));
        if (!isThere)
            m_made.push_back(m_job.folder);
        return write(learning::provenanceFile, learning::jsonOf(m_job.provenance));
    }

    /// The path below the folder; makes the class's own folder where it is not there yet.
    Result<std::string> place(const std::string& className, std::int64_t number, const std::string& ending)
    {
        auto found = m_folders.find(className);
        if (found == m_folders.end()) {
            std::string name = folderNameOf(className);
            while (!m_taken.insert(name).second)
                name += '_';
            TRY(makeFolder(m_job.folder / name));
            m_made.push_back(m_job.folder / name);
            m_isRenamed |= name != className;
            found = m_folders.emplace(className, name).first;
        }
        const std::string path = found->second + "/" + fmt::format("{:05}", number + 1) + ending;
        m_table += csvCell(path) + "," + csvCell(className) + "\n";
        return path;
    }

    Result<void> write(const std::string& path, std::string_view bytes)
    {
        TRY(writeAtomically(m_job.folder / path, bytes, m_job.calls));
        wrote(path);
        return {};
    }
    void wrote(const std::string& path) { m_made.push_back(m_job.folder / path); }

    Result<void> keep()
    {
        if (m_isRenamed)
            TRY(write("labels.csv", m_table));
        m_isKept = true;
        return {};
    }

  private:
    const SyntheticJob& m_job;
    std::vector<fs::path> m_made; ///< in the order in which they came
    std::map<std::string, std::string> m_folders;
    std::set<std::string> m_taken;
    std::string m_table = "file,label\n";
    bool m_isRenamed = false, m_isKept = false;
};

Result<void> check(const SyntheticJob& job)
{
    const std::string& generator = job.provenance.generator;
    if (!image::saysSynthetic(image::syntheticDescription(generator)) || generator.size() > 64)
        return badInput(text("synthesis", "\"%1\" is no hash of a generator.").with(generator), job.folder.string());
    if (job.provenance.images < 1)
        return badInput(text("synthesis", "%1 images cannot be written.").with(job.provenance.images));
    return {};
}

Result<void> checkPicture(const SyntheticImage& image, std::int64_t number)
{
    const bool isSound = std::visit(
        [](const auto& raster) {
            return raster.width > 0 && raster.height > 0 && (raster.channels == 1 || raster.channels == 3)
                   && static_cast<std::int64_t>(raster.pixels.size()) == raster.width * raster.height * raster.channels;
        },
        image.pixels);
    if (!isSound)
        return badInput(text("synthesis", "Synthetic image %1 has no picture of the size it says.").with(number + 1));
    return {};
}

/// All files at once: one by one, ten thousand take most of a minute.
Result<void> sync(const fs::path& folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool isSynced = descriptor >= 0 && ::syncfs(descriptor) == 0;
    const int reason = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    if (isSynced)
        return {};
    return environment(text("synthesis", "The images cannot be written: %1.").with(std::strerror(reason)),
        folder.string(), text("synthesis", "Free some space or choose another place."));
}

/// Encodes and writes some images, several at once; the first error in their order.
Result<void> writeChunk(const SyntheticJob& job, const EncodeImage& encode, std::int64_t first,
    const std::vector<SyntheticImage>& images, const std::vector<std::string>& places, Folder& folder)
{
    std::vector<std::optional<Error>> errors(images.size());
    std::vector<char> isWritten(images.size());
    FileCalls unsynced = job.calls;
    unsynced.sync = [](int) { return 0; };
    parallelFor(static_cast<std::int64_t>(images.size()), processorCount(), [&](std::int64_t n) {
        const auto i = static_cast<std::size_t>(n);
        const auto bytes = encode(images[i], first + n);
        const auto written = bytes ? writeAtomically(job.folder / places[i], std::string_view(*bytes), unsynced)
                                   : tl::unexpected(bytes.error());
        if (!written)
            errors[i] = written.error();
        isWritten[i] = written.has_value();
    });
    for (std::size_t i = 0; i < images.size(); ++i)
        if (isWritten[i])
            folder.wrote(places[i]);
    for (const auto& error : errors)
        if (error)
            return tl::unexpected(*error);
    return {};
}

Result<std::string> unmarkedPng(const SyntheticImage& image, const std::string& description)
{
    const auto png =
        TRY(std::visit([&](const auto& raster) { return image::encodePng(raster, description); }, image.pixels));
    return std::string(reinterpret_cast<const char*>(png.data()), png.size());
}

} // namespace

MakeImages imagesOf(std::vector<SyntheticImage> images)
{
    return [images = std::move(images)](
               std::int64_t first, std::int64_t count, const Monitor&) -> Result<std::vector<SyntheticImage>> {
        const auto from = images.begin() + std::min<std::int64_t>(first, std::ssize(images));
        return std::vector<SyntheticImage>(from, from + std::min<std::int64_t>(count, images.end() - from));
    };
}

Result<SyntheticWritten> writeSyntheticFiles(
    const SyntheticJob& job, const std::string& ending, const EncodeImage& encode, const Monitor& monitor)
{
    constexpr std::int64_t chunk = 256;
    TRY(check(job));
    Folder folder(job);
    TRY(folder.begin());
    SyntheticWritten written;
    const std::int64_t count = job.provenance.images;
    const auto stage = text("synthesis", "Writing synthetic images");
    for (std::int64_t first = 0; first < count; first += chunk) {
        const auto fraction = [&](std::int64_t done) { return static_cast<double>(done) / static_cast<double>(count); };
        TRY(monitor.at(stage, fraction(first)));
        const std::int64_t wanted = std::min(chunk, count - first);
        const auto images = TRY(job.make(first, wanted, monitor.part(fraction(first), fraction(first + wanted))));
        if (std::ssize(images) != wanted)
            return badInput(
                text("synthesis", "The generator made %1 images, not %2.").with(first + std::ssize(images), count));
        std::vector<std::string> places;
        for (const SyntheticImage& image : images) {
            const std::int64_t number = first + std::ssize(places);
            TRY(checkPicture(image, number));
            places.push_back(TRY(folder.place(image.className, number, ending)));
        }
        TRY(writeChunk(job, encode, first, images, places, folder));
        written.images += wanted;
        std::ranges::move(places, std::back_inserter(written.files));
    }
    TRY(monitor.at(stage, 1));
    TRY(sync(job.folder));
    TRY(folder.keep());
    return written;
}

Result<SyntheticWritten> writeSyntheticFolder(const SyntheticJob& job, const Monitor& monitor)
{
    const std::string description = image::syntheticDescription(job.provenance.generator);
    return writeSyntheticFiles(
        job, ".png", [&](const SyntheticImage& image, std::int64_t) { return unmarkedPng(image, description); },
        monitor);
}

} // namespace hounsfield::synthesis
