#include "core/base/parallel.h"
#include "core/files/pool.h"
#include "core/files/scan.h"
#include "core/files/series.h"
#include "core/files/voxel_form.h"
#include "core/image/resample.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <numeric>

namespace hounsfield::files {

namespace {

using image::Volume;

/// Slices that one request brings: neighbours in the stack and in their file, of one rescale.
struct Piece {
    std::size_t first = 0;
    std::int64_t count = 1;
};

std::vector<Piece> piecesOf(const std::vector<SliceSource>& slices)
{
    std::vector<Piece> pieces;
    for (std::size_t k = 0; k < slices.size(); ++k) {
        const bool continues = k > 0 && slices[k].header == slices[k - 1].header
                               && slices[k].frame == slices[k - 1].frame + 1
                               && rescaleOf(slices[k]) == rescaleOf(slices[k - 1]);
        if (continues)
            ++pieces.back().count;
        else
            pieces.push_back({k, 1});
    }
    return pieces;
}

/// Where slice k of the stack is read to. Frames of one file are read in the file's order, in one go, wherever they
/// belong, because a compressed file is decoded from its beginning for each request; `arrange` puts them in place.
std::vector<std::size_t> readingOrder(const std::vector<SliceSource>& slices)
{
    std::vector<std::size_t> order(slices.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const bool isOneFile =
        std::ranges::all_of(slices, [&](const SliceSource& slice) { return slice.header == slices.front().header; });
    if (isOneFile)
        std::ranges::stable_sort(order, {}, [&](std::size_t k) { return slices[k].frame; });
    return order;
}

/// order[n] is the slice that lies at place n; afterwards slice k lies at place k. One spare slice of memory.
void arrange(std::span<std::byte> bytes, std::size_t sliceBytes, const std::vector<std::size_t>& order)
{
    std::vector<std::size_t> placeOf(order.size()); // of slice k
    for (std::size_t n = 0; n < order.size(); ++n)
        placeOf[order[n]] = n;
    std::vector<std::byte> spare(sliceBytes);
    std::vector<bool> isDone(order.size());
    const auto at = [&](std::size_t place) { return bytes.data() + place * sliceBytes; };
    for (std::size_t start = 0; start < order.size(); ++start) {
        if (isDone[start] || placeOf[start] == start)
            continue;
        std::memcpy(spare.data(), at(start), sliceBytes);
        std::size_t place = start;
        for (;;) { // pull every slice of this circle to its place
            isDone[place] = true;
            const std::size_t from = placeOf[place];
            if (from == start)
                break;
            std::memcpy(at(place), at(from), sliceBytes);
            place = from;
        }
        std::memcpy(at(place), spare.data(), sliceBytes);
    }
}

/// Reads all slices into one memory that several readers fill at once.
Result<image::VoxelBlock> readSlices(
    ReaderPool& readers, const std::vector<SliceSource>& slices, const VoxelForm& form, const Monitor& monitor)
{
    const FileHeader& first = *slices.front().header;
    const std::int64_t sliceBytes =
        first.columns * first.rows * form.components * static_cast<std::int64_t>(image::bytesOf(form.type));
    const auto bytes = sliceBytes * static_cast<std::int64_t>(slices.size());
    const auto order = readingOrder(slices);
    std::vector<SliceSource> asRead;
    for (const std::size_t k : order)
        asRead.push_back(slices[k]);
    const auto pieces = piecesOf(asRead);
    const auto memory = TRY(ReaderPool::makeMemory(bytes));
    const Text stage = text("files", "Reading images");
    std::mutex mutex;
    std::int64_t done = 0;
    std::optional<Error> failure;
    TRY(monitor.at(stage, 0));
    parallelFor(static_cast<std::int64_t>(pieces.size()), processorCount(), [&](std::int64_t n) {
        const Piece& piece = pieces[static_cast<std::size_t>(n)];
        const SliceSource& slice = asRead[piece.first];
        {
            const std::scoped_lock lock(mutex);
            if (failure || monitor.stopRequested())
                return;
        }
        const Rescale rescale = rescaleOf(slice);
        VoxelRequest request{slice.source, slice.frame, piece.count,
            static_cast<std::int64_t>(piece.first) * sliceBytes, form.type, form.components, rescale.slope,
            rescale.intercept, {}};
        if (rescale.lut)
            request.modalityLut = *rescale.lut;
        const auto read = readers.readVoxels(request, memory);
        const std::scoped_lock lock(mutex);
        if (!read && !failure)
            failure = read.error();
        done += piece.count;
        static_cast<void>(monitor.at(stage, static_cast<double>(done) / static_cast<double>(slices.size())));
    });
    TRY(monitor.at(stage, 1));
    if (failure)
        return tl::unexpected(std::move(*failure));
    if (!std::ranges::is_sorted(order))
        arrange(memory->mapping.bytes(), static_cast<std::size_t>(sliceBytes), order);
    return ReaderPool::seal(memory, bytes);
}

/// The first window of each slice; none where all agree or one has none.
std::vector<image::Window> windowsOf(const std::vector<SliceSource>& slices)
{
    std::vector<image::Window> windows;
    bool isUniform = true;
    for (const SliceSource& slice : slices) {
        const auto& own = frameOf(slice).windows;
        if (own.empty())
            return {};
        isUniform = isUniform && (windows.empty() || windows.front() == own.front());
        windows.push_back(own.front());
    }
    return isUniform ? std::vector<image::Window>() : windows;
}

Result<std::shared_ptr<Volume>> openAsStored(ReaderPool& readers, const Series& series, const Monitor& monitor)
{
    const VoxelForm form = TRY(voxelFormOf(series));
    auto volume = std::make_shared<Volume>();
    volume->voxels = TRY(readSlices(readers, series.slices, form, monitor));
    volume->geometry = series.geometry;
    volume->type = form.type;
    volume->components = form.components;
    volume->unit = form.unit;
    volume->isInverted = form.isInverted;
    volume->storedRange = form.range;
    volume->paddingLow = form.paddingLow;
    volume->paddingHigh = form.paddingHigh;
    const SliceSource& middle = series.slices[series.slices.size() / 2];
    volume->windows = frameOf(middle).windows;
    volume->sliceWindows = windowsOf(series.slices);
    volume->voiLut = middle.header->voiLut;
    volume->problems = series.problems;
    volume->isStack = series.slices.size() == 1 || (series.isVolume && series.sliceOrigins.empty());
    volume->sliceOrigins = series.sliceOrigins;
    volume->facts = series.facts;
    return volume;
}

} // namespace

Result<std::shared_ptr<const Volume>> openSeries(
    ReaderPool& readers, const Series& series, const Monitor& monitor, Stacking stacking)
{
    const bool isResampled = stacking == Stacking::Straight && series.isVolume && !series.sliceOrigins.empty();
    const auto volume = TRY(openAsStored(readers, series, isResampled ? monitor.part(0, 0.6) : monitor));
    if (!isResampled)
        return volume;
    return image::straightened(*volume, monitor.part(0.6, 1));
}

Result<std::shared_ptr<const Volume>> openSlice(ReaderPool& readers, const Series& series, std::int64_t slice)
{
    const auto k = static_cast<std::size_t>(slice);
    Series one = series;
    one.slices = {series.slices[k]};
    one.sliceOrigins.clear();
    one.geometry.size[2] = 1;
    const FrameHeader& frame = frameOf(one.slices.front());
    if (series.slices.front().header->format == Format::Dicom) {
        if (frame.position)
            one.geometry.origin = *frame.position;
    } else {
        const auto point = series.geometry.toPoint({0, 0, static_cast<double>(slice)});
        one.geometry.origin = {point.x, point.y, point.z};
    }
    one.facts.sopInstanceUIDs = {series.facts.sopInstanceUIDs[k]};
    one.facts.frameNumbers = {series.facts.frameNumbers[k]};
    one.facts.files = {series.facts.files[k]};
    return TRY(openAsStored(readers, one, {}));
}

} // namespace hounsfield::files
