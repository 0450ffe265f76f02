#pragma once

#include <QImage>
#include <QPointF>
#include <QSize>

#include "core/image/volume.h"
#include "ui/viewer/view_geometry.h"
#include "ui/viewer/volume_presets.h"

#include <memory>
#include <utility>

namespace hounsfield::viewer {

/// From where the volume is seen: from the front, turned by angles; degrees.
struct VolumeCamera {
    double azimuth = 0;   ///< > 0: the camera moves towards the patient's left
    double elevation = 0; ///< > 0: towards the head
    double zoom = 1;
    QPointF pan; ///< of the picture, as a part of its height
    bool operator==(const VolumeCamera&) const = default;
};

/// The patient's directions to the right and downwards on the screen.
std::pair<Vector, Vector> directionsOf(const VolumeCamera& camera);

class GraphicsContext;

/// Renders a volume by the graphics card, or by casting rays on the processor, which works on every machine. Belongs to
/// one thread. Volumes larger than 256 voxels along an axis are rendered from means of neighbouring voxels.
class VolumeScene {
  public:
    VolumeScene();                                                   ///< rays on the processor
    explicit VolumeScene(std::unique_ptr<GraphicsContext> graphics); ///< current on this thread
    ~VolumeScene();
    VolumeScene(const VolumeScene&) = delete;
    VolumeScene& operator=(const VolumeScene&) = delete;

    void setVolume(std::shared_ptr<const image::Volume> volume);

    enum class Quality { Draft, Full };
    bool isSoftware() const; ///< drawn by the processor
    /// @return  QImage::Format_RGB32; null without a volume, and when the graphics card could not draw it
    QImage picture(const VolumeCamera& camera, const VolumePreset& preset, const QSize& size, Quality quality);

  private:
    struct Scene;
    std::unique_ptr<Scene> m_scene;
};

} // namespace hounsfield::viewer
