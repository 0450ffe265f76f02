#pragma once

#include <QImage>
#include <QPointF>
#include <QSize>

#include "core/image/volume.h"
#include "ui/viewer/volume_presets.h"

#include <memory>

namespace hounsfield::viewer {

/// From where the volume is seen: from the front, turned by angles; degrees.
struct VolumeCamera {
    double azimuth = 0;   ///< > 0: the camera moves towards the patient's left
    double elevation = 0; ///< > 0: towards the head
    double zoom = 1;
    QPointF pan; ///< of the picture, as a part of its height
    bool operator==(const VolumeCamera&) const = default;
};

/// Renders a volume by casting rays on the CPU: works on every machine, with or without OpenGL. Belongs to one thread.
/// Volumes larger than 256 voxels along an axis are rendered from means of neighbouring voxels.
class VolumeScene {
  public:
    VolumeScene();
    ~VolumeScene();
    VolumeScene(const VolumeScene&) = delete;
    VolumeScene& operator=(const VolumeScene&) = delete;

    void setVolume(std::shared_ptr<const image::Volume> volume);

    enum class Quality { Draft, Full };
    /// @return  QImage::Format_RGB32; null without a volume
    QImage picture(const VolumeCamera& camera, const VolumePreset& preset, const QSize& size, Quality quality);

  private:
    struct Scene;
    std::unique_ptr<Scene> m_scene;
};

} // namespace hounsfield::viewer
