#pragma once

#include <QImage>

#include "core/image/picture.h"
#include "core/image/volume.h"

#include <memory>

namespace hounsfield::viewer {

/// A rectangle of screen pixels in a volume, in continuous voxel indices: pixel (x, y) looks at
/// origin + x · right + y · down.
struct Cut {
    image::VoxelPosition origin, right, down;
    int width = 0;
    int height = 0;
    bool operator==(const Cut&) const = default;
};

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
