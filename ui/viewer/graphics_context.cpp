#include "ui/viewer/graphics_context.h"

#define EGL_NO_X11 // its types are not needed
#include <EGL/egl.h>
#include <EGL/eglext.h>

#include <array>
#include <vector>

namespace hounsfield::viewer {

namespace {

// Three names of OpenGL, so that none of its headers meets those of the toolkits.
constexpr unsigned int glRenderer = 0x1F01;
using GetString = const unsigned char* (*)(unsigned int);
using GetError = unsigned int (*)();

template <typename Function> Function named(const char* name)
{
    return reinterpret_cast<Function>(eglGetProcAddress(name));
}

/// Displays of every graphics card, then that of Mesa without any surface.
std::vector<EGLDisplay> displays()
{
    std::vector<EGLDisplay> found;
    const auto displayOf = named<PFNEGLGETPLATFORMDISPLAYEXTPROC>("eglGetPlatformDisplayEXT");
    const auto devicesOf = named<PFNEGLQUERYDEVICESEXTPROC>("eglQueryDevicesEXT");
    if (!displayOf)
        return found;
    std::array<EGLDeviceEXT, 16> devices{};
    EGLint count = 0;
    if (devicesOf && devicesOf(static_cast<EGLint>(devices.size()), devices.data(), &count))
        for (EGLint i = 0; i < count; ++i)
            found.push_back(displayOf(EGL_PLATFORM_DEVICE_EXT, devices[static_cast<std::size_t>(i)], nullptr));
    found.push_back(displayOf(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr));
    return found;
}

} // namespace

bool GraphicsContext::open(void* display)
{
    EGLint major = 0, minor = 0, count = 0;
    if (display == EGL_NO_DISPLAY || !eglInitialize(display, &major, &minor) || !eglBindAPI(EGL_OPENGL_API))
        return false;
    constexpr EGLint wanted[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE};
    constexpr EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 2,
        EGL_CONTEXT_OPENGL_PROFILE_MASK, EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
    EGLConfig config = nullptr;
    if (!eglChooseConfig(display, wanted, &config, 1, &count) || count < 1)
        return false;
    const EGLContext context = eglCreateContext(display, config, EGL_NO_CONTEXT, version);
    if (context == EGL_NO_CONTEXT)
        return false;
    if (!eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context)) {
        eglDestroyContext(display, context);
        return false;
    }
    m_display = display;
    m_context = context;
    const auto name = named<GetString>("glGetString");
    if (const auto* words = name ? name(glRenderer) : nullptr)
        m_renderer = reinterpret_cast<const char*>(words);
    return true;
}

Result<std::unique_ptr<GraphicsContext>> GraphicsContext::make()
{
    std::unique_ptr<GraphicsContext> software;
    for (const EGLDisplay display : displays()) {
        std::unique_ptr<GraphicsContext> context(new GraphicsContext);
        if (!context->open(display))
            continue;
        if (!context->isSoftware())
            return context;
        if (!software)
            software = std::move(context);
    }
    if (!software)
        return environment(text("viewer", "This machine offers no OpenGL 3.2 without a window."));
    eglMakeCurrent(software->m_display, EGL_NO_SURFACE, EGL_NO_SURFACE, software->m_context);
    return software;
}

GraphicsContext::~GraphicsContext()
{
    if (!m_context)
        return;
    if (eglGetCurrentContext() == m_context)
        eglMakeCurrent(m_display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroyContext(
        m_display, m_context); // the display stays: others of this process may use it, and it leaks nothing
}

bool GraphicsContext::isSoftware() const
{
    for (const char* name : {"llvmpipe", "softpipe", "SWR", "Software"})
        if (m_renderer.find(name) != std::string::npos)
            return true;
    return m_renderer.empty();
}

bool GraphicsContext::isSound() const
{
    const auto error = named<GetError>("glGetError");
    if (!error || eglGetCurrentContext() != m_context)
        return false;
    bool isSound = true;
    for (int i = 0; i < 8 && error() != 0; ++i) // one a call, until there is none left
        isSound = false;
    return isSound;
}

} // namespace hounsfield::viewer
