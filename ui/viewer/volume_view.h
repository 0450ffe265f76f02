#pragma once

#include <QImage>
#include <QTimer>
#include <QWidget>

#include "ui/viewer/viewer_model.h"
#include "ui/viewer/volume_scene.h"

#include <functional>
#include <memory>

namespace hounsfield::viewer {

struct TileTexts;

/// The 3-D tile. Rendered on a thread of its own, the newest camera first; coarse while it moves, fine when it rests.
class VolumeView : public QWidget {
    Q_OBJECT
  public:
    explicit VolumeView(ViewerModel& model, QWidget* parent = nullptr);
    ~VolumeView() override;

    std::vector<VolumePreset> presets() const; ///< for the open volume; empty when there is none
    int preset() const { return m_preset; }
    void setPreset(int row);
    const VolumeCamera& camera() const { return m_camera; }
    const QImage& picture() const { return m_picture; } ///< the latest; null until there is one
    bool isFine() const { return m_isFine; }            ///< the latest is of full quality
    bool isSoftware() const { return m_isSoftware; }    ///< it was drawn by the processor
    /// Asked once, on the drawing thread, before the first picture: whether the graphics card can be trusted.
    /// Without an answer the processor draws.
    void setGraphics(std::function<bool()> isUsable);
    void reset();
    void zoomBy(double factor);
    void setActive(bool isActive);

    TileTexts texts() const; ///< what stands on the tile; needs a volume that can be drawn

  signals:
    void activated();
    void maximiseWanted();
    void menuWanted(const QPoint& global);
    void rendered();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    class Renderer;
    void ask(VolumeScene::Quality quality);
    void moveCamera();
    void turn(double azimuth, double elevation);

    ViewerModel& m_model;
    std::unique_ptr<Renderer> m_renderer;
    std::shared_ptr<const image::Volume> m_shown;
    VolumeCamera m_camera;
    int m_preset = 0;
    QImage m_picture;
    bool m_isFine = false;
    bool m_isSoftware = true;
    bool m_isActive = false;
    QTimer m_rest;
    Qt::MouseButton m_button = Qt::NoButton;
    QPointF m_last;
    bool m_hasMoved = false;
};

} // namespace hounsfield::viewer
