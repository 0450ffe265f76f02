#pragma once

#include <QWidget>

#include "ui/shell/commands.h"
#include "ui/viewer/viewer_model.h"

#include <array>
#include <vector>

class QGridLayout;
class QMenu;
class QScrollArea;
class QSplitter;

namespace hounsfield::viewer {

class SliceView;
class VolumeView;

/// The viewer: one to four tiles (axial, coronal, sagittal, 3-D), a strip of series at the left, panels at the right.
/// A series dragged from the strip onto the tiles opens.
class ViewerPage : public QWidget {
    Q_OBJECT
  public:
    explicit ViewerPage(ViewerModel& model, QWidget* parent = nullptr);
    ~ViewerPage() override;

    /// One: the active tile alone. Two: it and the next one. Four: equal. OneAndThree: it large, the others beside it.
    enum class Layout { One, Two, Four, OneAndThree };
    Layout layoutKind() const { return m_layout; }
    /// The active tile stays active and, where tiles differ, takes the first place.
    void setLayoutKind(Layout layout);
    void toggleMaximised(QWidget* tile); ///< the tile alone, and back
    /// A panel at the right, such as the diagnosis; owned by the page.
    void addPanel(QWidget* panel);

    SliceView* activeView() const; ///< the tile that keys act on; the axial one while the 3-D tile is active
    VolumeView* volumeView() const { return m_volumeView; }
    const std::array<SliceView*, 3>& sliceViews() const { return m_slices; }
    bool isVolumeActive() const;
    void resetActive(); ///< zoom, place, turn and window as they were at first
    void showMenu(const QPoint& global);

    /// The page's table of commands; the page outlives it.
    std::vector<shell::Command> commands();
    /// Further rows of the context menu and the table, such as labels and diagnosis.
    void addCommands(std::vector<shell::Command> commands);

  protected:
    void focusInEvent(QFocusEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void buildTiles();
    void buildPanels();
    void activate(QWidget* tile);
    void arrange();
    void addLayouts(std::vector<shell::Command>& rows);
    void addVolumePresets(std::vector<shell::Command>& rows);
    std::vector<QWidget*> shownTiles() const; ///< in the order of their places

    ViewerModel& m_model;
    std::array<SliceView*, 3> m_slices{};
    VolumeView* m_volumeView = nullptr;
    QWidget* m_tiles = nullptr;
    QGridLayout* m_grid = nullptr;
    QSplitter* m_splitter = nullptr;
    QScrollArea* m_panels = nullptr;
    QWidget* m_active = nullptr;
    QWidget* m_first = nullptr; // the tile of the first place
    Layout m_layout = Layout::Four;
    Layout m_before = Layout::Four; // to return to from One
    bool m_isMaximised = false;
    std::vector<shell::Command> m_more;
};

} // namespace hounsfield::viewer
