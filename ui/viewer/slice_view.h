#pragma once

#include <QImage>
#include <QStringList>
#include <QWidget>

#include "ui/viewer/tools.h"
#include "ui/viewer/view_geometry.h"
#include "ui/viewer/viewer_model.h"

#include <functional>
#include <memory>
#include <optional>

namespace hounsfield::viewer {

class SliceScene;
struct Cut;
struct TileTexts;

/// A picture over the stored slices, on their grid, with the words of its label.
struct SliceOverlay {
    QImage picture; ///< ARGB32_Premultiplied, one pixel a voxel; null: nothing
    double opacity = 1;
};

/// A line of its own on the tile, such as the label of the slice.
struct TileNotice {
    QString words;
    QString colour; ///< "#rrggbb"; empty: a warning
};

/// A place in the patient that something elsewhere speaks of, such as a finding of the report. Shown on the slice that
/// it lies on; a click leads there.
struct Pin {
    std::string id;
    image::Point point; ///< LPS, mm
    QString words, colour;
};

/// One tile: a cut through the open image with its texts, letters, scale bar and crosshair; mouse and keys of the
/// viewer. Zoom, place and turn are its own; slice, window and tool are the model's.
class SliceView : public QWidget {
    Q_OBJECT
  public:
    SliceView(ViewerModel& model, PlaneKind kind, QWidget* parent = nullptr);
    ~SliceView() override;

    PlaneKind kind() const; ///< what it shows: Acquired where the image is no volume
    Plane plane() const;
    ViewTransform transform() const;                 ///< in logical pixels
    QStringList valueLines(const QPointF& at) const; ///< "63 HU  (12, 40, 7)", "−30.1, 2, 11.5 mm"; empty outside
    const Turn& turn() const { return m_turn; }
    TileTexts texts() const; ///< what stands on the tile; needs an open image

    void setShowsLines(bool shows); ///< the crosshair
    void setActive(bool isActive);
    void setOverlaySource(std::function<SliceOverlay(std::int64_t slice)> source);
    void setNotice(std::function<TileNotice(std::int64_t slice)> source);
    void setPins(std::function<std::vector<Pin>()> source);

    void fit();
    void reset(); ///< fit, no turn
    void zoomBy(double factor, const QPointF& about);
    void zoomBy(double factor);
    void rotate(int quarters);
    void flip();

    // what the tools do
    void dragWindow(const Drag& drag);
    void dragScroll(const Drag& drag);
    void dragZoom(const Drag& drag);
    void dragPan(const Drag& drag);
    void moveCursor(const QPointF& to);

    QSize minimumSizeHint() const override { return {160, 120}; }

  signals:
    void activated();
    void maximiseWanted();
    void pinClicked(const std::string& id);
    void menuWanted(const QPoint& global);

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool event(QEvent* event) override;

  private:
    Cut cutOf(const ViewTransform& transform, double pixelRatio) const;
    double fittingScale() const; ///< mm per logical pixel that shows all
    void paintNothing(QPainter& painter) const;
    QStringList placeLines(const ViewTransform& transform) const;
    void paintOverlay(QPainter& painter, const ViewTransform& transform) const;
    void paintLines(QPainter& painter, const ViewTransform& transform) const;
    void paintBox(QPainter& painter) const;
    void paintPins(QPainter& painter, const ViewTransform& transform) const;
    std::vector<Pin> pinsHere() const;
    std::string pinAt(const QPointF& screen) const;
    void takeWindowFromBox();
    void apply(const Drag& drag, Qt::KeyboardModifiers modifiers);
    void follow();

    ViewerModel& m_model;
    PlaneKind m_kind;
    std::unique_ptr<SliceScene> m_scene;
    std::function<SliceOverlay(std::int64_t)> m_overlaySource;
    std::function<TileNotice(std::int64_t)> m_notice;
    std::function<std::vector<Pin>()> m_pins;
    double m_zoom = 1;
    QPointF m_pan; ///< mm of the tile's middle from the volume's, along right and down
    Turn m_turn;
    bool m_showsLines = false;
    bool m_isActive = false;
    Qt::MouseButton m_button = Qt::NoButton;
    QPointF m_pressed, m_last;
    bool m_hasMoved = false;
    bool m_isBox = false;  ///< Alt+drag: window from a region
    double m_scrolled = 0; ///< part of a slice or wheel notch not yet used
    std::optional<QPointF> m_pointer;
};

} // namespace hounsfield::viewer
