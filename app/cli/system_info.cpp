#include "app/cli/system_info.h"

#include "app/cli/json_line.h"
#include "core/base/parallel.h"
#include "core/files/reader_client.h"

#include <sys/sysinfo.h>

#include <dlfcn.h>

namespace hounsfield::cli {

namespace {

using Json = nlohmann::json;

/// The level of x86-64 the kernels' loader picks by (glibc-hwcaps).
std::string instructionSet()
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("x86-64-v4"))
        return "x86-64-v4 (AVX-512)";
    if (__builtin_cpu_supports("x86-64-v3"))
        return "x86-64-v3 (AVX2)";
    return __builtin_cpu_supports("x86-64-v2") ? "x86-64-v2 (SSE4.2)" : "x86-64 (SSE2)";
#else
    return "baseline";
#endif
}

/// Whether a display-less OpenGL can be had: EGL is there and its default display can be initialised.
std::string openGl()
{
    void* library = ::dlopen("libEGL.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return "not available: no EGL library; pictures are drawn by the processor";
    using GetDisplay = void* (*)(void*);
    using Initialize = unsigned (*)(void*, int*, int*);
    using QueryString = const char* (*)(void*, int);
    const auto getDisplay = reinterpret_cast<GetDisplay>(::dlsym(library, "eglGetDisplay"));
    const auto initialize = reinterpret_cast<Initialize>(::dlsym(library, "eglInitialize"));
    const auto queryString = reinterpret_cast<QueryString>(::dlsym(library, "eglQueryString"));
    constexpr int version = 0x3054; // EGL_VERSION
    void* display = getDisplay ? getDisplay(nullptr) : nullptr;
    int major = 0, minor = 0;
    if (!display || !initialize || !initialize(display, &major, &minor) || !queryString)
        return "not available: EGL has no display; pictures are drawn by the processor";
    const char* words = queryString(display, version);
    return std::string("EGL ") + (words ? words : "of unknown version"); // the library stays loaded until the end
}

} // namespace

Result<Answer> systemInfo()
{
    struct sysinfo memory {};
    ::sysinfo(&memory);
    const double unit = memory.mem_unit / 1e9;
    const double total = static_cast<double>(memory.totalram) * unit;
    const double unused = static_cast<double>(memory.freeram + memory.bufferram) * unit;
    files::ReaderPool readers(1);
    const auto protections = TRY(readers.protections());
    const Json json{{"instruction_set", instructionSet()}, {"threads", processorCount()}, {"opengl", openGl()},
        {"memory_gb", total}, {"memory_free_gb", unused}, {"reader", protections}};
    std::string words = "instruction set  " + instructionSet() + "\nthreads  " + std::to_string(processorCount())
                        + "\nOpenGL  " + json["opengl"].get<std::string>() + "\nmemory  "
                        + Text::written(static_cast<std::int64_t>(total * 10) / 10.0) + " GB, free "
                        + Text::written(static_cast<std::int64_t>(unused * 10) / 10.0) + " GB\n";
    for (const std::string& line : protections)
        words += "reader  " + line + "\n";
    return Answer{words, lineOf(json), 0};
}

} // namespace hounsfield::cli
