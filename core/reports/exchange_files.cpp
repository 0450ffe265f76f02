#include "core/files/formats.h"
#include "core/files/reader_client.h"
#include "core/reports/exchange_formats.h"

#include <system_error>

#include <algorithm>
#include <array>
#include <fstream>
#include <unistd.h>

namespace hounsfield::reports {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t mostBytes = std::int64_t{1} << 30;

bool endsAs(const std::string& name, const std::vector<std::string>& endings)
{
    const std::string lower = files::lowerCase(name);
    return std::ranges::any_of(endings, [&lower](const std::string& ending) { return lower.ends_with(ending); });
}

/// What programs leave in folders for themselves.
bool isHidden(const std::string& name)
{
    for (const fs::path& step : fs::path(name))
        if (step.string().starts_with('.') || step == "__MACOSX")
            return true;
    return false;
}

tl::unexpected<Error> nothingHere(const ExchangeFormat& format, const fs::path& path)
{
    std::string endings;
    for (const std::string& ending : format.endings)
        endings += (endings.empty() ? "" : ", ") + ending;
    return badInput(text("reports", "There is no file here that ends in %1.").with(endings), path.string(),
        text("reports", "Choose the place where the annotations are, or another format."));
}

/// Names of the files to read. Those of an archive stay in its order, in which it is unpacked once.
std::vector<std::string> chosen(std::vector<std::string> names, const ExchangeFormat& format)
{
    std::erase_if(names, [&](const std::string& name) { return isHidden(name) || !endsAs(name, format.endings); });
    return names;
}

Result<std::vector<std::string>> namesIn(const fs::path& folder)
{
    std::vector<std::string> names;
    std::error_code problem;
    const auto options = fs::directory_options::skip_permission_denied;
    for (fs::recursive_directory_iterator i(folder, options, problem), end; !problem && i != end; i.increment(problem))
        if (std::error_code unreadable; i->is_regular_file(unreadable))
            names.push_back(i->path().lexically_relative(folder).generic_string());
    if (problem)
        return environment(text("reports", "The folder cannot be read: %1.").with(problem.message()), folder.string());
    return names;
}

/// Reads files one by one, and no more than fits.
template <typename Read>
Result<std::vector<ExchangeFile>> readAll(
    const std::vector<std::string>& names, const fs::path& where, const Monitor& monitor, const Read& read)
{
    std::vector<ExchangeFile> files;
    std::int64_t left = mostBytes;
    for (const std::string& name : names) {
        TRY(monitor.at(
            text("reports", "Opening files"), static_cast<double>(files.size()) / static_cast<double>(names.size())));
        files.push_back({name, TRY(read(name, left))});
        left -= static_cast<std::int64_t>(files.back().bytes.size());
        if (left <= 0)
            return badInput(text("reports", "The files hold more than %1 bytes.").with(mostBytes), where.string(),
                text("reports", "Split them into several folders."));
    }
    std::ranges::sort(files, {}, &ExchangeFile::name);
    return files;
}

bool isPacked(const fs::path& path)
{
    std::array<char, 512> start{};
    std::ifstream stream(path, std::ios::binary);
    stream.read(start.data(), start.size());
    const auto count = static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0));
    return files::isArchiveStart(std::as_bytes(std::span(start)).first(count), path.filename().string());
}

/// The chosen file; of a format with several files a document, those of the same stem.
std::vector<std::string> beside(const fs::path& path, const ExchangeFormat& format)
{
    if (!format.isFolder)
        return {path.filename().string()};
    std::vector<std::string> names;
    for (const std::string& ending : format.endings)
        if (std::error_code problem; fs::is_regular_file(fs::path(path).replace_extension(ending), problem))
            names.push_back(path.stem().string() + ending);
    return names;
}

// What a stopped or failed export leaves behind is only what it made itself.
class Staging {
  public:
    Staging(const fs::path& place)
        : folder(fs::path(place.string() + ".part-" + std::to_string(::getpid())))
    {
    }
    ~Staging()
    {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;

    const fs::path folder;
};

} // namespace

Result<std::vector<ExchangeFile>> openFiles(
    files::ReaderPool& readers, const ExchangeFormat& format, const fs::path& path, const Monitor& monitor)
{
    std::error_code problem;
    std::vector<std::string> names;
    const bool isFolder = fs::is_directory(path, problem);
    const fs::path parent = isFolder ? path : path.parent_path();
    const auto onDisk = [&parent](const std::string& name, std::int64_t limit) {
        return readFile(parent / name, static_cast<std::size_t>(limit));
    };
    if (!isFolder && !fs::exists(path, problem))
        return environment(text("reports", "There is nothing at this place."), path.string());
    if (isFolder)
        names = chosen(TRY(namesIn(path)), format);
    else if (isPacked(path))
        names = chosen(TRY(readers.listArchive(path, monitor.part(0, 0.1))), format);
    else
        return readAll(beside(path, format), path, monitor, onDisk);
    if (names.empty())
        return nothingHere(format, path);
    if (isFolder)
        return readAll(names, path, monitor, onDisk);
    return readAll(names, path, monitor.part(0.1, 1), [&](const std::string& name, std::int64_t limit) {
        return readers.readEntry({path, name}, limit);
    });
}

Result<void> writeFolder(
    const fs::path& folder, const std::vector<ExchangeFile>& files, const Monitor& monitor, const FileCalls& calls)
{
    const fs::path place = folder.has_filename() ? folder : folder.parent_path();
    const Staging staging(place);
    TRY(makeFolder(staging.folder));
    for (std::size_t i = 0; i < files.size(); ++i) {
        TRY(monitor.at(
            text("reports", "Writing annotations"), static_cast<double>(i) / static_cast<double>(files.size())));
        const fs::path path = staging.folder / files[i].name;
        TRY(makeFolder(path.parent_path()));
        TRY(writeAtomically(path, files[i].bytes, calls));
    }
    std::error_code problem;
    if (!fs::exists(place, problem) && calls.rename(staging.folder.c_str(), place.c_str()) == 0)
        return {};
    for (const ExchangeFile& file : files) {
        TRY(makeFolder((place / file.name).parent_path()));
        if (calls.rename((staging.folder / file.name).c_str(), (place / file.name).c_str()) != 0)
            return environment(text("reports", "The file cannot be put in its place."), (place / file.name).string(),
                text("reports", "Choose another place or change its permissions."));
    }
    return {};
}

} // namespace hounsfield::reports
