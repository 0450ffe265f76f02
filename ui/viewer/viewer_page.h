#pragma once

#include <QWidget>

#include "ui/shell/commands.h"
#include "ui/viewer/viewer_model.h"

#include <array>
#include <vector>

class QGridLayout;
class QMenu;
class QSplitter;

namespace hounsfield::viewer {

class SliceView;
class VolumeView;

/// The viewer: one tile or four (axial, coronal, sagittal, 3-D), a strip of series at the left, panels at the right.
class ViewerPage : public QWidget {
    Q_OBJECT
  public:
    explicit ViewerPage(ViewerModel& model, QWidget* parent = nullptr);
    ~ViewerPage() override;

    enum class Layout { One, Four };
    Layout layoutKind() const { return m_layout; }
    void setLayoutKind(Layout layout);
    void toggleMaximised(QWidget* tile);
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

  private:
    void activate(QWidget* tile);
    void arrange();

    ViewerModel& m_model;
    std::array<SliceView*, 3> m_slices{};
    VolumeView* m_volumeView = nullptr;
    QWidget* m_tiles = nullptr;
    QGridLayout* m_grid = nullptr;
    QSplitter* m_splitter = nullptr;
    QWidget* m_panels = nullptr;
    QWidget* m_active = nullptr;
    Layout m_layout = Layout::Four;
    bool m_isMaximised = false;
    std::vector<shell::Command> m_more;
};

} // namespace hounsfield::viewer
