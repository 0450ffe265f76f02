#include "tests/app/reader/second_reader.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmimage/diregist.h>
#include <dcmtk/dcmimgle/dcmimage.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>
#include <unistd.h>

namespace hounsfield::mutants {

namespace {

/// What the other process leaves behind, in memory of both.
struct Shared {
    bool isRead;
    int components;
    long columns, rows, frames;
    std::size_t count;
    double values[mostValues];
};

template <typename Value> void copy(const void* from, std::size_t count, Shared& to)
{
    const auto* values = static_cast<const Value*>(from);
    for (std::size_t i = 0; i < count; ++i)
        to.values[i] = static_cast<double>(values[i]);
}

bool copyGrey(const DiPixel& pixels, Shared& to)
{
    switch (pixels.getRepresentation()) {
    case EPR_Uint8:
        copy<Uint8>(pixels.getData(), to.count, to);
        return true;
    case EPR_Sint8:
        copy<Sint8>(pixels.getData(), to.count, to);
        return true;
    case EPR_Uint16:
        copy<Uint16>(pixels.getData(), to.count, to);
        return true;
    case EPR_Sint16:
        copy<Sint16>(pixels.getData(), to.count, to);
        return true;
    case EPR_Uint32:
        copy<Uint32>(pixels.getData(), to.count, to);
        return true;
    case EPR_Sint32:
        copy<Sint32>(pixels.getData(), to.count, to);
        return true;
    default:
        return false;
    }
}

void read(const char* path, Shared& to)
{
    DicomImage picture(path, CIF_IgnoreModalityTransformation);
    if (picture.getStatus() != EIS_Normal)
        return;
    to.columns = static_cast<long>(picture.getWidth());
    to.rows = static_cast<long>(picture.getHeight());
    to.frames = static_cast<long>(picture.getFrameCount());
    to.components = picture.isMonochrome() ? 1 : 3;
    to.count = static_cast<std::size_t>(to.columns * to.rows * to.frames * to.components);
    if (to.count > mostValues)
        return;
    if (to.components == 1) {
        const DiPixel* pixels = picture.getInterData();
        to.isRead = pixels && pixels->getCount() >= to.count && copyGrey(*pixels, to);
        return;
    }
    const std::size_t ofFrame = to.count / static_cast<std::size_t>(to.frames);
    for (long frame = 0; frame < to.frames; ++frame) {
        const void* pixels = picture.getOutputData(8, static_cast<unsigned long>(frame));
        if (!pixels)
            return;
        const auto* bytes = static_cast<const Uint8*>(pixels);
        for (std::size_t i = 0; i < ofFrame; ++i)
            to.values[static_cast<std::size_t>(frame) * ofFrame + i] = bytes[i];
    }
    to.isRead = true;
}

} // namespace

std::optional<SecondReading> secondReading(const std::filesystem::path& path)
{
    static const bool isReady = [] {
        OFLog::configure(OFLogger::OFF_LOG_LEVEL);
        DcmRLEDecoderRegistration::registerCodecs();
        DJDecoderRegistration::registerCodecs(EDC_photometricInterpretation);
        DJLSDecoderRegistration::registerCodecs();
        dcmEnableUnknownVRConversion.set(OFTrue);
        return dcmDataDict.isDictionaryLoaded();
    }();
    void* memory = ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (!isReady || memory == MAP_FAILED)
        return std::nullopt;
    auto& shared = *static_cast<Shared*>(memory);
    const pid_t process = ::fork();
    if (process == 0) {
        const rlimit space{rlim_t{4} << 30, rlim_t{4} << 30}, core{0, 0};
        ::setrlimit(RLIMIT_AS, &space);
        ::setrlimit(RLIMIT_CORE, &core);
        ::alarm(5);
        try {
            read(path.c_str(), shared);
        } catch (...) {
            shared.isRead = false;
        }
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(process, &status, 0);
    std::optional<SecondReading> reading;
    if (process > 0 && WIFEXITED(status) && shared.isRead)
        reading = SecondReading{shared.components, shared.columns, shared.rows, shared.frames,
            std::vector<double>(shared.values, shared.values + shared.count)};
    ::munmap(memory, sizeof(Shared));
    return reading;
}

} // namespace hounsfield::mutants
