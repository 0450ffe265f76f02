#include "app/reader/service.h"

#include "app/reader/characters.h"
#include "app/reader/dicom.h"
#include "app/reader/encode.h"
#include "app/reader/formats.h"
#include "app/reader/itk_image.h"
#include "app/reader/sandbox.h"
#include "core/files/image_set_layout.h"

#include <exception>

namespace hounsfield::reader {

namespace {
using files::Request;
constexpr std::int64_t largestSide = std::int64_t{1} << 24;

Error failure(const std::exception& problem)
{
    const bool isMemory = dynamic_cast<const std::bad_alloc*>(&problem);
    return {Error::Kind::BadInput,
        isMemory ? text("reader", "Reading the file needs more memory than is allowed.")
                 : text("reader", "The file cannot be read (%1).").with(validText(problem.what())),
        {}, {}};
}

Result<void> voxels(const Input& input, const Request& request, const files::Descriptor& memory)
{
    const bool isSane = request.offset >= 0 && request.bytes >= request.offset && files::isSealed(memory.number())
                        && files::sizeOf(memory.number()) >= request.bytes && request.frameCount >= 1
                        && request.firstFrame >= 0;
    if (!isSane)
        return badInput(text("reader", "The memory for the voxels does not fit the question."));
    const auto mapping = TRY(files::Mapping::of(
        memory.number(), request.offset, request.bytes - request.offset, files::Mapping::Access::ReadWrite));
    return writeFrames(input, request, mapping.bytes());
}
} // namespace

Result<Input> Service::input(const Request& request)
{
    return request.entry.empty() ? openInput(request.path)
                                 : notEmpty(m_archive.entry(request.path, request.entry, ArchiveReader::largestEntry));
}

Result<Service::Reply> Service::images(const Request& request, const files::Descriptor& memory)
{
    const bool isSane = request.width > 0 && request.height > 0 && request.width < largestSide
                        && request.height < largestSide && (request.components == 1 || request.components == 3);
    const files::ImageSetLayout layout{request.entries.size(),
        request.width * request.height * request.components * static_cast<std::int64_t>(image::bytesOf(request.type))};
    if (!isSane || !files::isSealed(memory.number()) || files::sizeOf(memory.number()) < layout.bytes())
        return badInput(text("reader", "The memory for the images does not fit the question."));
    const auto mapping = TRY(files::Mapping::of(memory.number(), 0, layout.bytes(), files::Mapping::Access::ReadWrite));
    Reply reply;
    reply.answer.images.resize(request.entries.size());
    if (request.frames.size() != request.entries.size())
        return badInput(text("reader", "The memory for the images does not fit the question."));
    const auto decode = [&](std::size_t n, const Result<Input>& input, PictureSource* source) {
        const auto to = mapping.bytes().subspan(
            static_cast<std::size_t>(layout.offsetOf(n)), static_cast<std::size_t>(layout.bytesOfImage));
        mapping.bytes()[n] = files::ImageSetLayout::begun;
        try {
            reply.answer.images[n] =
                fit(source ? source->picture(request.frames[n]) : tl::unexpected(input.error()), request, to);
        } catch (const std::exception& problem) {
            reply.answer.images[n].error = failure(problem);
        }
        auto& error = reply.answer.images[n].error;
        if (error && error->where.empty())
            error->where = request.path.empty() ? request.entries[n] : request.path + "/" + request.entries[n];
        mapping.bytes()[n] = files::ImageSetLayout::finished;
    };
    if (request.path.empty()) {
        for (std::size_t n = 0; n < request.entries.size();) {
            const auto input = openInput(request.entries[n]);
            auto source = input ? std::optional<PictureSource>(*input) : std::nullopt;
            const std::string& file = request.entries[n];
            for (; n < request.entries.size() && request.entries[n] == file; ++n) // slices of one file
                decode(n, input, source ? &*source : nullptr);
        }
        return reply;
    }
    std::multimap<std::string, std::size_t> places;
    std::set<std::string> wanted;
    for (std::size_t n = 0; n < request.entries.size(); ++n) {
        places.emplace(request.entries[n], n);
        wanted.insert(request.entries[n]);
    }
    m_archive.forEach(request.path, wanted, [&](const std::string& name, Result<Input> entry) {
        const Result<Input> input = notEmpty(std::move(entry));
        const auto [first, last] = places.equal_range(name);
        auto source = input ? std::optional<PictureSource>(*input) : std::nullopt;
        for (auto place = first; place != last; ++place)
            decode(place->second, input, source ? &*source : nullptr);
    });
    return reply;
}

Result<Service::Reply> Service::answer(const Request& request, std::span<const files::Descriptor> descriptors)
{
    Reply reply;
    const bool needsDescriptor = request.kind == Request::Kind::Lock || request.kind == Request::Kind::Voxels
                                 || request.kind == Request::Kind::Images || request.kind == Request::Kind::Encode;
    if (needsDescriptor && descriptors.size() != 1)
        return badInput(text("reader", "The question came without its descriptor."));
    switch (request.kind) {
    case Request::Kind::Lock:
        m_protections = lockDown(descriptors[0].number());
        reply.answer.lines = m_protections;
        break;
    case Request::Kind::Header:
        reply.answer.header = TRY(headerOf(TRY(input(request))));
        break;
    case Request::Kind::Voxels:
        TRY(voxels(TRY(input(request)), request, descriptors[0]));
        break;
    case Request::Kind::Images:
        return images(request, descriptors[0]);
    case Request::Kind::List:
        reply.answer.lines = TRY(m_archive.list(request.path));
        break;
    case Request::Kind::Entry:
        reply.content = std::move(TRY(m_archive.entry(request.path, request.entry, request.limit)).memory);
        break;
    case Request::Kind::Encode:
        reply.content = TRY(encoded(request, descriptors[0]));
        break;
    case Request::Kind::Attempt:
        reply.answer.lines = request.attempt == "protections" ? m_protections : std::vector{attempt(request.attempt)};
        break;
    }
    return reply;
}

Service::Reply Service::reply(const Request& request, std::span<const files::Descriptor> descriptors)
{
    Reply failed;
    try {
        auto made = answer(request, descriptors);
        if (made)
            return std::move(*made);
        failed.answer.error = made.error();
    } catch (const std::exception& problem) {
        failed.answer.error = failure(problem);
    } catch (...) {
        failed.answer.error = Error{Error::Kind::BadInput, text("reader", "The file cannot be read."), {}, {}};
    }
    return failed;
}

bool warmUp()
{
    loadCharacterSets();
    loadImageIos();
    return loadDicom();
}

} // namespace hounsfield::reader
