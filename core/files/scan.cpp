#include "core/files/scan.h"

#include "core/base/clock.h"
#include "core/base/parallel.h"
#include "core/files/series.h"
#include "core/files/walk.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>

namespace hounsfield::files {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t filesAtOnce = 256;        // between two looks at the clock
constexpr std::size_t mostComparedImages = 400; // whose pixels are compared because their UIDs are equal

/// A scan under way.
class Scan {
  public:
    Scan(ReaderPool& readers, const Monitor& monitor, const std::function<void(const Series&)>& onSeries)
        : m_readers(readers)
        , m_monitor(monitor)
        , m_onSeries(onSeries)
    {
    }

    Result<ScanResult> run(const fs::path& path)
    {
        std::error_code error;
        const auto type = fs::status(path, error).type();
        if (type == fs::file_type::not_found)
            return badInput(text("files", "There is no such file or folder."), path.string());
        std::vector<FoundFolder> folders;
        if (type == fs::file_type::directory) {
            m_readers.allowFolder(path);
            folders = TRY(walk(path, m_monitor, m_result.rejected));
        } else if (type == fs::file_type::regular) {
            folders = {{path.parent_path(), {{path, path.string()}}}};
        } else {
            return badInput(text("files", "This is neither a file nor a folder."), path.string());
        }
        for (const FoundFolder& folder : folders)
            m_total += folder.files.size();
        for (const FoundFolder& folder : folders)
            TRY(readFolder(folder));
        return finish();
    }

  private:
    /// One file, or the entries of one archive.
    Result<void> readFolder(const FoundFolder& folder)
    {
        std::vector<ScannedFile> images;
        std::vector<std::pair<Source, std::string>> sources;
        for (const FoundFile& file : folder.files) {
            if (!m_readers.isArchive(file.path)) {
                sources.emplace_back(Source{file.path, {}}, file.shown);
                continue;
            }
            const auto entries = m_readers.listArchive(file.path, m_monitor.part(m_fraction, m_fraction));
            if (!entries && entries.error().kind == Error::Kind::Cancelled)
                return tl::unexpected(entries.error());
            if (!entries) {
                m_result.rejected.push_back({file.shown, entries.error()});
                continue;
            }
            for (const std::string& entry : *entries)
                sources.emplace_back(Source{file.path, entry}, file.shown + "/" + entry);
            m_total += entries->size();
        }
        Stopwatch sinceShown;
        std::size_t shown = 0;
        for (std::size_t begin = 0; begin < sources.size(); begin += filesAtOnce) {
            const std::span part(sources.data() + begin, std::min(filesAtOnce, sources.size() - begin));
            TRY(readHeaders(part, images));
            if (m_onSeries && sinceShown.seconds() > 1 && begin + filesAtOnce < sources.size()) {
                show(images);
                shown = images.size();
                sinceShown = {};
            }
        }
        if (m_onSeries && shown < images.size())
            show(images);
        m_images.insert(m_images.end(), images.begin(), images.end());
        return {};
    }

    Result<void> readHeaders(std::span<const std::pair<Source, std::string>> sources, std::vector<ScannedFile>& images)
    {
        const Text stage = text("files", "Reading headers");
        TRY(m_monitor.at(stage, m_fraction));
        std::vector<std::optional<Result<FileHeader>>> headers(sources.size());
        std::mutex mutex;
        parallelFor(static_cast<std::int64_t>(sources.size()), processorCount(), [&](std::int64_t n) {
            const auto i = static_cast<std::size_t>(n);
            if (m_monitor.stopRequested())
                return;
            headers[i] = m_readers.readHeader(sources[i].first);
            const std::scoped_lock lock(mutex);
            ++m_done;
            m_fraction = static_cast<double>(m_done) / static_cast<double>(std::max(m_total, m_done));
            static_cast<void>(m_monitor.at(stage, m_fraction));
        });
        TRY(m_monitor.at(stage, m_fraction));
        for (std::size_t i = 0; i < sources.size(); ++i)
            sort(sources[i], std::move(*headers[i]), images);
        return {};
    }

    void sort(const std::pair<Source, std::string>& source, Result<FileHeader> header, std::vector<ScannedFile>& images)
    {
        if (!header) {
            m_result.rejected.push_back({source.second, std::move(header).error()});
        } else if (header->kind != "image") {
            m_result.others.push_back({source.second, header->kind});
        } else {
            header->file = source.second;
            images.push_back({source.first, std::make_shared<const FileHeader>(std::move(*header))});
        }
    }

    void show(const std::vector<ScannedFile>& images) const
    {
        for (const Series& series : groupIntoSeries(images))
            m_onSeries(series);
    }

    /// Files that carry the UID of another image: the very same picture is a copy, another picture is said.
    std::set<std::string> copies(std::set<std::string>& differing) const
    {
        std::map<std::string, std::vector<const ScannedFile*>> byUid;
        for (const ScannedFile& file : m_images)
            if (const auto& uids = file.header->facts.sopInstanceUIDs;
                !uids.empty() && !uids.front().empty() && file.header->frames == 1)
                byUid[uids.front() + file.header->facts.seriesInstanceUID + file.header->facts.patientID].push_back(
                    &file);
        std::set<std::string> found;
        std::size_t compared = 0;
        for (const auto& [uid, files] : byUid) {
            if (files.size() < 2 || (compared += files.size()) > mostComparedImages || m_monitor.stopRequested())
                continue;
            ImageSetRequest request;
            for (const ScannedFile* file : files)
                request.sources.push_back(file->source);
            request.width = request.height = 8; // only the hash of the whole picture is asked for
            const auto set = m_readers.readImages(request, {});
            std::set<std::string> hashes;
            for (std::size_t i = 0; set && i < files.size(); ++i) {
                if (!set->images[i])
                    continue;
                const bool isNew = hashes.insert(set->images[i]->pixelHash).second;
                if (!isNew)
                    found.insert(files[i]->header->file);
                else if (hashes.size() > 1)
                    differing.insert(files[i]->header->file);
            }
        }
        return found;
    }

    Result<ScanResult> finish()
    {
        std::set<std::string> differing;
        const auto same = copies(differing);
        TRY(m_monitor.at(text("files", "Ordering series"), 1));
        m_result.series = groupIntoSeries(m_images, same);
        for (Series& series : m_result.series)
            for (const std::string& file : series.files)
                if (differing.contains(file))
                    series.problems.push_back(
                        text("files", "%1 carries the UID of another image and shows another picture.")
                            .with(fs::path(file).filename().string()));
        std::set<std::string> files;
        for (const Series& series : m_result.series)
            files.insert(series.files.begin(), series.files.end());
        m_result.accepted = static_cast<std::int64_t>(files.size() + m_result.others.size());
        std::ranges::sort(m_result.rejected, {}, &RejectedFile::file);
        return std::move(m_result);
    }

    ReaderPool& m_readers;
    const Monitor& m_monitor;
    const std::function<void(const Series&)>& m_onSeries;
    ScanResult m_result;
    std::vector<ScannedFile> m_images;
    std::size_t m_total = 0, m_done = 0;
    double m_fraction = 0;
};

} // namespace

Result<ScanResult> scan(ReaderPool& readers, const fs::path& path, const Monitor& monitor,
    const std::function<void(const Series&)>& onSeries)
{
    return Scan(readers, monitor, onSeries).run(path);
}

} // namespace hounsfield::files
