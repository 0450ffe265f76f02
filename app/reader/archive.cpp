#include "app/reader/archive.h"

#include "app/reader/characters.h"
#include "core/files/formats.h"

#include <archive.h>
#include <archive_entry.h>
#include <sys/mman.h>

#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace hounsfield::reader {

namespace {
constexpr std::int64_t mostEntries = 100'000;
constexpr std::int64_t freeBytes = std::int64_t{64} << 20; // below this the ratio is nobody's harm
constexpr std::int64_t highestRatio = 200;

struct Close {
    void operator()(archive* opened) const { archive_read_free(opened); }
};

bool leadsOutside(const std::string& name)
{
    if (name.empty() || name.starts_with('/') || name.starts_with('\\') || (name.size() > 1 && name[1] == ':'))
        return true;
    for (std::size_t from = 0; from <= name.size();) {
        const auto end = std::min(name.find_first_of("/\\", from), name.size());
        if (name.compare(from, end - from, "..") == 0)
            return true;
        from = end + 1;
    }
    return name.find('\0') != std::string::npos;
}

tl::unexpected<Error> brokenArchive(archive* opened, const std::string& path)
{
    const char* reason = archive_error_string(opened);
    return badInput(text("reader", "The archive is damaged (%1).")
                        .with(reason ? validText(reason) : std::string("no reason given")),
        path, text("reader", "Pack or download it again."));
}
} // namespace

struct ArchiveReader::Walk {
    std::string path;
    std::unique_ptr<archive, Close> opened;
    std::int64_t size = 0;
    std::int64_t entries = 0, unpacked = 0; // so far
    std::string name;                       // of the entry it stands at
    bool isAtData = false;
    std::set<std::string> seen;
};

ArchiveReader::ArchiveReader() = default;
ArchiveReader::~ArchiveReader() = default;

Result<void> ArchiveReader::open(const std::string& path)
{
    const auto input = TRY(openInput(path));
    if (!files::isArchiveStart(input.startBytes(), input.name))
        return badInput(text("reader", "This is no archive that can be read (ZIP, tar, tar.gz or gz)."), path);
    auto walk = std::make_unique<Walk>();
    walk->path = path;
    walk->size = input.size;
    walk->opened.reset(archive_read_new());
    archive* opened = walk->opened.get();
    archive_read_support_filter_gzip(opened);
    archive_read_support_format_zip(opened);
    archive_read_support_format_tar(opened);
    archive_read_support_format_raw(opened);
    if (archive_read_open_filename(opened, path.c_str(), 256 << 10) != ARCHIVE_OK)
        return brokenArchive(opened, path);
    m_walk = std::move(walk);
    return {};
}

// To the next regular file. False at the end.
Result<bool> ArchiveReader::advance()
{
    for (;;) {
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(m_walk->opened.get(), &entry);
        if (status == ARCHIVE_EOF)
            return false;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return brokenArchive(m_walk->opened.get(), m_walk->path);
        if (++m_walk->entries > mostEntries)
            return badInput(text("reader", "The archive holds more than %1 entries.").with(mostEntries), m_walk->path,
                text("reader", "Unpack it and open the folder."));
        const bool isRaw = (archive_format(m_walk->opened.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_RAW;
        const char* name = archive_entry_pathname(entry);
        if (isRaw) { // a single packed file is named after its archive
            const std::string whole = m_walk->path.substr(m_walk->path.rfind('/') + 1);
            m_walk->name = whole.substr(0, whole.size() - (whole.ends_with(".gz") ? 3 : 0));
        } else
            m_walk->name = guessedText(name ? name : "");
        while (m_walk->name.starts_with("./"))
            m_walk->name.erase(0, 2);
        if (archive_entry_filetype(entry) == AE_IFDIR)
            continue;
        if (leadsOutside(m_walk->name))
            return badInput(
                text("reader", "The archive holds the name %1, which leads out of its folder.").with(m_walk->name),
                m_walk->path, text("reader", "Do not use this archive."));
        const bool isLink = archive_entry_hardlink(entry) || archive_entry_symlink(entry);
        if (isLink || (!isRaw && archive_entry_filetype(entry) != AE_IFREG))
            continue; // links, devices and pipes are no images
        if (archive_entry_is_encrypted(entry))
            return badInput(
                text("reader", "The archive is encrypted."), m_walk->path, text("reader", "Unpack it first."));
        m_walk->isAtData = true;
        return true;
    }
}

namespace {
// Bytes are counted while they come: what an entry claims to be is believed by nobody.
Result<files::Descriptor> unpack(archive* opened, std::int64_t limit, std::int64_t packedSize, std::int64_t& unpacked)
{
    files::Descriptor file(::memfd_create("entry", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    std::array<char, 128 << 10> block; // NOLINT: filled before it is read
    for (std::int64_t bytes = 0;;) {
        const la_ssize_t count = archive_read_data(opened, block.data(), block.size());
        if (count == 0)
            break;
        if (count < 0)
            return brokenArchive(opened, {});
        bytes += count;
        unpacked += count;
        if (bytes > limit)
            return badInput(text("reader", "The entry is larger than the %1 bytes allowed.").with(limit));
        if (unpacked > freeBytes && unpacked / highestRatio > packedSize)
            return badInput(text("reader", "The archive swells to more than %1 times its size.").with(highestRatio), {},
                text("reader", "It is made to fill the machine; leave it out."));
        for (la_ssize_t done = 0; done < count;) {
            const ssize_t part = ::write(file.number(), block.data() + done, static_cast<std::size_t>(count - done));
            if (part <= 0)
                return environment(text("reader", "There is no memory to unpack the entry."));
            done += part;
        }
    }
    ::fcntl(file.number(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
    return file;
}
} // namespace

Result<std::vector<std::string>> ArchiveReader::list(const std::string& path)
{
    TRY(open(path));
    std::vector<std::string> names;
    while (TRY(advance()))
        if (m_walk->seen.insert(m_walk->name).second) // of two entries with one name the first counts
            names.push_back(m_walk->name);
    m_walk.reset();
    return names;
}

void ArchiveReader::forEach(const std::string& path, const std::set<std::string>& wanted,
    const std::function<void(const std::string& name, Result<Input> input)>& use)
{
    std::set<std::string> left = wanted;
    const auto fail = [&](const Error& error) {
        for (const auto& name : left)
            use(name, tl::unexpected(error));
        m_walk.reset();
    };
    // From where it stands to the end, and once more from the start for what lies before.
    for (int pass = m_walk && m_walk->path == path ? 0 : 1; pass < 2 && !left.empty(); ++pass) {
        if (pass == 1)
            if (const auto isOpen = open(path); !isOpen)
                return fail(isOpen.error());
        while (!left.empty()) {
            const auto isThere = m_walk->isAtData ? Result<bool>(true) : advance();
            if (!isThere)
                return fail(isThere.error());
            if (!*isThere)
                break;
            m_walk->isAtData = false;
            if (left.erase(m_walk->name) == 0)
                continue;
            const std::string name = m_walk->name;
            auto memory = unpack(m_walk->opened.get(), largestEntry, m_walk->size, m_walk->unpacked);
            const bool isBroken = !memory;
            use(name, memory ? openInput(std::move(*memory), name.substr(name.rfind('/') + 1))
                             : tl::unexpected(memory.error()));
            if (isBroken) {
                m_walk.reset();
                if (!left.empty())
                    if (const auto isOpen = open(path); !isOpen)
                        return fail(isOpen.error());
            }
        }
    }
    if (!left.empty())
        fail({Error::Kind::BadInput, text("reader", "The archive holds no such entry."), {}, {}});
}

Result<Input> ArchiveReader::entry(const std::string& path, const std::string& name, std::int64_t limit)
{
    Result<Input> found = badInput(text("reader", "The archive holds no such entry."));
    forEach(path, {name}, [&](const std::string&, Result<Input> input) { found = std::move(input); });
    if (found && found->size > limit)
        return badInput(text("reader", "The entry is larger than the %1 bytes allowed.").with(limit));
    return found;
}

} // namespace hounsfield::reader
