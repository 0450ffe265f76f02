#include "core/base/parallel.h"
#include "core/files/formats.h"
#include "core/files/image_set_layout.h"
#include "core/files/pool.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <numeric>
#include <unordered_map>

namespace hounsfield::files {

namespace {
constexpr std::int64_t mostPerRequest = 256;
constexpr std::int64_t bytesPerRequest = std::int64_t{64} << 20;

/// Some images of one archive, or of one folder that readers are locked to, that travel in one request.
struct Batch {
    std::filesystem::path archive; ///< empty: plain files
    std::vector<std::size_t> images;
};

/// The set while it is filled.
struct Filling {
    const ImageSetRequest& request;
    ReaderPool::ImageSet& set;
    std::byte* pixels = nullptr;
    std::int64_t bytesOfImage = 0;
    std::vector<std::filesystem::path> paths; ///< real path of each source
    std::atomic<int> bits = 8;                ///< that the deepest picture needs
};

Request requestFor(const Filling& filling, const Batch& batch)
{
    Request request;
    request.kind = Request::Kind::Images;
    request.path = batch.archive.string();
    for (const auto i : batch.images)
        request.entries.push_back(batch.archive.empty() ? filling.paths[i].string() : filling.request.sources[i].entry);
    for (const auto i : batch.images)
        request.frames.push_back(filling.request.sources[i].frame);
    request.type = filling.set.type;
    request.components = filling.set.channels;
    request.width = filling.set.width;
    request.height = filling.set.height;
    request.bytes = ImageSetLayout{batch.images.size(), filling.bytesOfImage}.bytes();
    return request;
}

void take(Filling& filling, const Batch& batch, const ReaderProcess::Reply& reply, std::span<const std::byte> memory)
{
    const ImageSetLayout layout{batch.images.size(), filling.bytesOfImage};
    for (std::size_t n = 0; n < batch.images.size(); ++n) {
        const auto i = batch.images[n];
        const ImageAnswer& answer = reply.answer.images[n];
        if (answer.error) {
            filling.set.images[i] = tl::unexpected(*answer.error);
            continue;
        }
        filling.set.images[i] = answer.image;
        if (answer.image.bits > filling.bits)
            filling.bits = answer.image.bits;
        std::memcpy(filling.pixels + static_cast<std::int64_t>(i) * filling.bytesOfImage,
            memory.data() + layout.offsetOf(n), static_cast<std::size_t>(filling.bytesOfImage));
    }
}

/// The image that was begun and not finished when its reader failed.
std::optional<std::size_t> culprit(std::span<const std::byte> memory, std::size_t count)
{
    for (std::size_t n = 0; n < count; ++n)
        if (memory[n] == ImageSetLayout::begun)
            return n;
    return std::nullopt;
}

void reject(Filling& filling, const Batch& batch, const Error& error)
{
    for (const auto i : batch.images) {
        filling.set.images[i] = tl::unexpected(error);
        auto& where = filling.set.images[i].error().where;
        const auto& source = filling.request.sources[i];
        where = source.entry.empty() ? source.path.string() : source.path.string() + "/" + source.entry;
    }
}

// A reader that fails costs the image it was at; the others of the batch are asked again.
void read(Filling& filling, Batch batch, ReaderPool::State& pool, const Monitor& monitor)
{
    for (int failures = 0; !batch.images.empty(); ++failures) {
        const ImageSetLayout layout{batch.images.size(), filling.bytesOfImage};
        auto file = makeMemoryFile(layout.bytes());
        auto memory = file ? Mapping::of(file->number(), 0, layout.bytes(), Mapping::Access::ReadWrite)
                           : tl::unexpected(file.error());
        if (!memory)
            return reject(filling, batch, memory.error());
        const auto bytes = memory->bytes();
        auto patience = pool.patience(0, monitor);
        patience.hasMoved = [bytes, count = batch.images.size(), last = std::ptrdiff_t{0}]() mutable {
            const auto done =
                std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count), ImageSetLayout::finished);
            return std::exchange(last, done) != done;
        };
        const auto& anchor = batch.archive.empty() ? filling.paths[batch.images.front()] : batch.archive;
        auto reply = pool.ask(anchor, requestFor(filling, batch), {file->number()}, patience);
        if (reply && reply->answer.images.size() == batch.images.size())
            return take(filling, batch, *reply, bytes);
        const auto failed = culprit(bytes, batch.images.size());
        const Error error = reply ? Error{Error::Kind::Environment,
                                text("files", "The reader answered for another number of images."), {}, {}}
                                  : reply.error();
        if (error.kind == Error::Kind::Cancelled || !failed)
            return reject(filling, batch, error);
        reject(filling, {batch.archive, {batch.images[*failed]}}, error);
        batch.images.erase(batch.images.begin() + static_cast<std::ptrdiff_t>(*failed));
    }
}

/// Sources in the order in which they are read fastest: plain files folder by folder, archives from front to back.
Result<std::vector<Batch>> batches(Filling& filling, ReaderPool::State& pool, const Monitor& monitor)
{
    const auto& sources = filling.request.sources;
    filling.paths.resize(sources.size());
    std::map<std::filesystem::path, std::vector<std::size_t>> ofFolder, ofArchive;
    std::unordered_map<std::string, Result<std::filesystem::path>> archives;
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const bool isEntry = !sources[i].entry.empty();
        auto path = isEntry && archives.contains(sources[i].path.string()) ? archives.at(sources[i].path.string())
                                                                           : regularFile(sources[i].path);
        if (isEntry)
            archives.emplace(sources[i].path.string(), path);
        if (!path) {
            filling.set.images[i] = tl::unexpected(path.error());
            continue;
        }
        filling.paths[i] = *path;
        (isEntry ? ofArchive[*path] : ofFolder[pool.folderFor(*path)]).push_back(i);
    }
    const auto most = std::clamp<std::int64_t>(bytesPerRequest / filling.bytesOfImage, 1, mostPerRequest);
    std::vector<Batch> all;
    const auto cut = [&](const std::filesystem::path& archive, const std::vector<std::size_t>& images) {
        for (std::size_t i = 0; i < images.size(); i += static_cast<std::size_t>(most))
            all.push_back({archive,
                {images.begin() + static_cast<std::ptrdiff_t>(i),
                    images.begin()
                        + std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(i) + most, std::ssize(images))}});
    };
    for (const auto& [folder, images] : ofFolder)
        cut({}, images);
    for (auto& [archive, images] : ofArchive) {
        const auto index = TRY(pool.index(archive, monitor));
        const auto place = [&](std::size_t i) {
            const auto found = index->places.find(sources[i].entry);
            return found == index->places.end() ? std::int64_t{-1} : found->second;
        };
        std::stable_sort(images.begin(), images.end(), [&](auto a, auto b) { return place(a) < place(b); });
        cut(archive, images);
    }
    return all;
}

image::ScalarType typeFor(int bits)
{
    return bits > 16 ? image::ScalarType::Float32 : bits > 8 ? image::ScalarType::UInt16 : image::ScalarType::UInt8;
}

/// Whether a picture came up that is deeper than what all are read to. What a model's 8 bits do not hold is cut.
bool needsMoreBits(const Filling& filling)
{
    return filling.request.bits != 8 && image::bytesOf(typeFor(filling.bits)) > image::bytesOf(filling.set.type);
}

Result<void> fill(Filling& filling, ReaderPool::State& pool, const Monitor& monitor)
{
    const auto all = TRY(batches(filling, pool, monitor));
    std::mutex mutex;
    std::size_t done = 0;
    parallelFor(static_cast<std::int64_t>(all.size()), pool.workers, [&](std::int64_t n) {
        if (monitor.stopRequested() || needsMoreBits(filling))
            return;
        const Batch& batch = all[static_cast<std::size_t>(n)];
        read(filling, batch, pool, monitor);
        const std::scoped_lock lock(mutex);
        done += batch.images.size();
        static_cast<void>(monitor.at(text("files", "Reading images"),
            static_cast<double>(done) / static_cast<double>(filling.request.sources.size())));
    });
    if (monitor.stopRequested())
        return cancelled();
    return {};
}

/// Size of the first image that can be read.
void adoptFirst(ReaderPool& readers, const ImageSetRequest& request, ReaderPool::ImageSet& set)
{
    constexpr std::size_t tries = 16;
    for (std::size_t i = 0; i < std::min(tries, request.sources.size()); ++i) {
        const auto header = readers.readHeader(request.sources[i]);
        if (!header || header->kind != "image")
            continue;
        set.width = header->columns;
        set.height = header->rows;
        return;
    }
}
} // namespace

Result<ReaderPool::ImageSet> ReaderPool::readImages(const ImageSetRequest& request, const Monitor& monitor)
{
    ImageSet set;
    set.width = request.width;
    set.height = request.height;
    set.channels = request.channels;
    const Error notRead{Error::Kind::BadInput, text("files", "The image was not read."), {}, {}};
    if (request.bits > 8)
        set.type = image::ScalarType::UInt16;
    if (set.width == 0 || set.height == 0)
        adoptFirst(*this, request, set);
    if (set.width <= 0 || set.height <= 0)
        return badInput(
            text("files", "None of the first of these %1 files can be read as an image.").with(request.sources.size()),
            request.sources.empty() ? std::string() : request.sources.front().path.string());
    for (;;) {
        set.images.assign(request.sources.size(), tl::unexpected(notRead));
        const std::int64_t bytesOfImage =
            set.width * set.height * set.channels * static_cast<std::int64_t>(image::bytesOf(set.type));
        const std::int64_t bytes = bytesOfImage * std::ssize(request.sources);
        const auto memory = TRY(makeMemory(bytes));
        Filling filling{request, set, memory->mapping.bytes().data(), bytesOfImage, {}};
        TRY(fill(filling, *m_state, monitor));
        if (!needsMoreBits(filling)) {
            set.pixels = {memory, memory->mapping.bytes().data(), static_cast<std::size_t>(bytes)};
            return set;
        }
        set.type = typeFor(filling.bits); // a deeper image came up: read all again, losing nothing
    }
}

} // namespace hounsfield::files
