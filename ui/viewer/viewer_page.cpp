#include "ui/viewer/viewer_page.h"

#include <QGridLayout>
#include <QMenu>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/shell/translate.h"
#include "ui/viewer/series_strip.h"
#include "ui/viewer/slice_view.h"
#include "ui/viewer/volume_view.h"

#include <algorithm>

namespace hounsfield::viewer {

namespace {
constexpr int stripWidth = 190;
constexpr int panelWidth = 300;
} // namespace

ViewerPage::ViewerPage(ViewerModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("viewerPage"));
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(new SeriesStrip(model, m_splitter));
    m_tiles = new QWidget(m_splitter);
    m_grid = new QGridLayout(m_tiles);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(2);
    constexpr PlaneKind kinds[] = {PlaneKind::Axial, PlaneKind::Coronal, PlaneKind::Sagittal};
    constexpr const char* names[] = {"axialView", "coronalView", "sagittalView"};
    for (std::size_t i = 0; i < 3; ++i) {
        auto* view = m_slices[i] = new SliceView(model, kinds[i], m_tiles);
        view->setObjectName(QString::fromLatin1(names[i]));
        connect(view, &SliceView::activated, this, [this, view] { activate(view); });
        connect(view, &SliceView::maximiseWanted, this, [this, view] { toggleMaximised(view); });
        connect(view, &SliceView::menuWanted, this, &ViewerPage::showMenu);
    }
    m_volumeView = new VolumeView(model, m_tiles);
    m_volumeView->setObjectName(QStringLiteral("volumeView"));
    m_volumeView->setAccessibleName(tr("3-D"));
    connect(m_volumeView, &VolumeView::activated, this, [this] { activate(m_volumeView); });
    connect(m_volumeView, &VolumeView::maximiseWanted, this, [this] { toggleMaximised(m_volumeView); });
    connect(m_volumeView, &VolumeView::menuWanted, this, &ViewerPage::showMenu);
    m_splitter->addWidget(m_tiles);
    m_panels = new QWidget(m_splitter);
    m_panels->setMinimumWidth(240);
    auto* column = new QVBoxLayout(m_panels);
    column->setContentsMargins(10, 10, 10, 10);
    m_panels->hide();
    m_splitter->addWidget(m_panels);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({stripWidth, 900, panelWidth});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    m_active = m_slices[0];
    m_slices[0]->setActive(true);
    connect(&model, &ViewerModel::volumeChanged, this, &ViewerPage::arrange);
    arrange();
}

ViewerPage::~ViewerPage() = default;

void ViewerPage::addPanel(QWidget* panel)
{
    m_panels->layout()->addWidget(panel);
    m_panels->show();
    m_splitter->setSizes({stripWidth, 900, panelWidth});
}

void ViewerPage::arrange()
{
    const bool isOne = m_layout == Layout::One || m_isMaximised || !m_model.isVolume();
    QWidget* only = m_model.isVolume() ? m_active : m_slices[0];
    const std::array<QWidget*, 4> tiles = {m_slices[0], m_slices[1], m_slices[2], m_volumeView};
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        m_grid->removeWidget(tiles[i]);
        tiles[i]->setVisible(!isOne || tiles[i] == only);
        if (isOne && tiles[i] == only)
            m_grid->addWidget(only, 0, 0, 2, 2);
        else if (!isOne)
            m_grid->addWidget(tiles[i], static_cast<int>(i) / 2, static_cast<int>(i) % 2);
    }
    for (SliceView* view : m_slices)
        view->setShowsLines(!isOne);
    if (isOne && only != m_active)
        activate(only);
}

void ViewerPage::setLayoutKind(Layout layout)
{
    m_layout = layout;
    m_isMaximised = false;
    arrange();
    emit m_model.changed();
}

void ViewerPage::toggleMaximised(QWidget* tile)
{
    activate(tile);
    if (m_layout == Layout::One)
        m_layout = Layout::Four;
    else
        m_isMaximised = !m_isMaximised;
    arrange();
    emit m_model.changed();
}

void ViewerPage::activate(QWidget* tile)
{
    if (m_active == tile)
        return;
    m_active = tile;
    for (SliceView* view : m_slices)
        view->setActive(view == tile);
    m_volumeView->setActive(tile == m_volumeView);
}

SliceView* ViewerPage::activeView() const
{
    const auto found = std::find(m_slices.begin(), m_slices.end(), m_active);
    return found == m_slices.end() ? m_slices[0] : *found;
}

bool ViewerPage::isVolumeActive() const
{
    return m_active == m_volumeView;
}

void ViewerPage::resetActive()
{
    if (isVolumeActive())
        m_volumeView->reset();
    for (SliceView* view : m_slices)
        view->reset();
    m_model.resetWindow();
}

void ViewerPage::addCommands(std::vector<shell::Command> commands)
{
    for (auto& command : commands)
        m_more.push_back(std::move(command));
}

void ViewerPage::showMenu(const QPoint& global)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("viewerMenu"));
    QMenu* group = nullptr;
    QString title;
    for (QAction* action : actions()) {
        const QString name = action->data().toString();
        if (name.isEmpty())
            continue;
        if (name != title) {
            title = name;
            group = menu->addMenu(title);
        }
        group->addAction(action);
    }
    menu->popup(global);
}

void ViewerPage::focusInEvent(QFocusEvent*)
{
    m_active->setFocus();
}

} // namespace hounsfield::viewer
