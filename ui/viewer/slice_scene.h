#pragma once

#include <QImage>

#include "core/image/picture.h"
#include "core/image/volume.h"
#include "ui/viewer/slice_kernels.h"

#include <memory>

namespace hounsfield::viewer {

/// Cuts a volume (linear interpolation) and makes the picture a person sees: by the grey scale, or as it is for colour.
/// Works without OpenGL, on the calling thread. What lies outside the volume is black. While only the grey scale
/// changes, the cut is kept.
class SliceScene {
  public:
    SliceScene();
    ~SliceScene();
    SliceScene(const SliceScene&) = delete;
    SliceScene& operator=(const SliceScene&) = delete;

    void setVolume(std::shared_ptr<const image::Volume> volume);

    /// @return  QImage::Format_RGB32 of the cut's size; drawn over by the next call
    const QImage& picture(const Cut& cut, const image::GreyScale& grey);

  private:
    struct Scene;
    std::unique_ptr<Scene> m_scene;
};

} // namespace hounsfield::viewer
