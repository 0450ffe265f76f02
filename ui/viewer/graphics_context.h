#pragma once

#include "core/base/result.h"

#include <memory>
#include <string>

namespace hounsfield::viewer {

/// OpenGL of the graphics card without a window, by EGL: neither needs a display nor touches the program's own windows.
/// Belongs to the thread that made it, on which it is current until it goes.
class GraphicsContext {
  public:
    /// Real graphics cards first, then Mesa's surfaceless platform. Errors: Environment when there is no EGL or no
    /// OpenGL 3.2.
    static Result<std::unique_ptr<GraphicsContext>> make();
    ~GraphicsContext();
    GraphicsContext(const GraphicsContext&) = delete;
    GraphicsContext& operator=(const GraphicsContext&) = delete;

    const std::string& renderer() const { return m_renderer; } ///< GL_RENDERER
    /// A renderer that computes on the processor, where the ray caster is twice as fast.
    bool isSoftware() const;
    bool isSound() const; ///< false after an error of OpenGL, such as too little memory, since the last call

  private:
    GraphicsContext() = default;
    bool open(void* display);

    void* m_display = nullptr;
    void* m_context = nullptr;
    std::string m_renderer;
};

} // namespace hounsfield::viewer
