#include "core/files/walk.h"

#include <sys/stat.h>

#include <algorithm>
#include <set>
#include <utility>

namespace hounsfield::files {

namespace {

namespace fs = std::filesystem;

Error reason(Text what, const std::string& where)
{
    return {Error::Kind::BadInput, std::move(what), where, {}};
}

Text nameOf(fs::file_type type)
{
    switch (type) {
    case fs::file_type::fifo:
        return text("files", "This is a pipe, not a file.");
    case fs::file_type::socket:
        return text("files", "This is a socket, not a file.");
    case fs::file_type::block:
    case fs::file_type::character:
        return text("files", "This is a device, not a file.");
    default:
        return text("files", "This link leads nowhere.");
    }
}

class Walker {
  public:
    Walker(const Monitor& monitor, std::vector<RejectedFile>& rejected)
        : m_monitor(monitor)
        , m_rejected(rejected)
    {
    }

    Result<std::vector<FoundFolder>> run(const fs::path& root)
    {
        std::vector<std::pair<fs::path, std::string>> open{{root, root.string()}};
        while (!open.empty()) {
            TRY(m_monitor.at(text("files", "Looking for files"), 0));
            auto [path, shown] = std::move(open.back());
            open.pop_back();
            std::vector<std::pair<fs::path, std::string>> inner = visit(path, shown);
            std::ranges::sort(inner, std::greater<>{}); // the first by name is visited next
            open.insert(open.end(), inner.begin(), inner.end());
        }
        return std::move(m_folders);
    }

  private:
    /// Adds the files of one folder; returns the folders within.
    std::vector<std::pair<fs::path, std::string>> visit(const fs::path& path, const std::string& shown)
    {
        std::error_code error;
        struct stat status {};
        const fs::path real = fs::canonical(path, error);
        if (error || ::stat(real.c_str(), &status) != 0 || !m_seen.emplace(status.st_dev, status.st_ino).second) {
            m_rejected.push_back(
                {shown, reason(error ? text("files", "The folder cannot be read.")
                                     : text("files", "This link leads to a folder that is listed already."),
                            shown)});
            return {};
        }
        FoundFolder folder{real, {}};
        std::vector<std::pair<fs::path, std::string>> inner;
        for (fs::directory_iterator entry(real, error), end; !error && entry != end; entry.increment(error)) {
            if (m_monitor.stopRequested())
                return {};
            const std::string name = (fs::path(shown) / entry->path().filename()).string();
            std::error_code unknown;
            const auto type = entry->status(unknown).type();
            if (type == fs::file_type::directory)
                inner.emplace_back(entry->path(), name);
            else if (type == fs::file_type::regular)
                folder.files.push_back(
                    {entry->is_symlink(unknown) ? fs::canonical(entry->path(), unknown) : entry->path(), name});
            else
                m_rejected.push_back({name, reason(nameOf(type), name)});
        }
        if (error)
            m_rejected.push_back({shown,
                {Error::Kind::Environment, text("files", "The folder cannot be read: %1.").with(error.message()), shown,
                    text("files", "Ask for the right to read it.")}});
        std::ranges::sort(folder.files, {}, &FoundFile::shown);
        if (!folder.files.empty())
            m_folders.push_back(std::move(folder));
        return inner;
    }

    const Monitor& m_monitor;
    std::vector<RejectedFile>& m_rejected;
    std::set<std::pair<dev_t, ino_t>> m_seen;
    std::vector<FoundFolder> m_folders;
};

} // namespace

Result<std::vector<FoundFolder>> walk(const fs::path& root, const Monitor& monitor, std::vector<RejectedFile>& rejected)
{
    return Walker(monitor, rejected).run(root);
}

} // namespace hounsfield::files
