#include "ui/viewer/viewer_page.h"

#include <QDropEvent>
#include <QGridLayout>
#include <QMenu>
#include <QMimeData>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/shell/translate.h"
#include "ui/viewer/series_strip.h"
#include "ui/viewer/slice_view.h"
#include "ui/viewer/volume_view.h"

#include <algorithm>

namespace hounsfield::viewer {

namespace {
constexpr int stripWidth = 230;
constexpr int panelWidth = 310;
} // namespace

ViewerPage::ViewerPage(ViewerModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("viewerPage"));
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(new SeriesStrip(model, m_splitter));
    buildTiles();
    buildPanels();
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setStretchFactor(2, 0);
    m_splitter->setSizes({stripWidth, 900, panelWidth});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    m_active = m_first = m_slices[0];
    m_slices[0]->setActive(true);
    connect(&model, &ViewerModel::volumeChanged, this, &ViewerPage::arrange);
    arrange();
}

ViewerPage::~ViewerPage() = default;

void ViewerPage::buildTiles()
{
    m_tiles = new QWidget(m_splitter);
    m_tiles->setObjectName(QStringLiteral("tiles"));
    m_tiles->setAcceptDrops(true);
    m_tiles->installEventFilter(this);
    m_grid = new QGridLayout(m_tiles);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(2);
    constexpr PlaneKind kinds[] = {PlaneKind::Axial, PlaneKind::Coronal, PlaneKind::Sagittal};
    constexpr const char* names[] = {"axialView", "coronalView", "sagittalView"};
    for (std::size_t i = 0; i < 3; ++i) {
        auto* view = m_slices[i] = new SliceView(m_model, kinds[i], m_tiles);
        view->setObjectName(QString::fromLatin1(names[i]));
        connect(view, &SliceView::activated, this, [this, view] { activate(view); });
        connect(view, &SliceView::maximiseWanted, this, [this, view] { toggleMaximised(view); });
        connect(view, &SliceView::menuWanted, this, &ViewerPage::showMenu);
    }
    m_volumeView = new VolumeView(m_model, m_tiles);
    m_volumeView->setObjectName(QStringLiteral("volumeView"));
    connect(m_volumeView, &VolumeView::activated, this, [this] { activate(m_volumeView); });
    connect(m_volumeView, &VolumeView::maximiseWanted, this, [this] { toggleMaximised(m_volumeView); });
    connect(m_volumeView, &VolumeView::menuWanted, this, &ViewerPage::showMenu);
    m_splitter->addWidget(m_tiles);
}

void ViewerPage::buildPanels()
{
    auto* column = new QWidget;
    auto* rows = new QVBoxLayout(column);
    rows->setContentsMargins(12, 10, 12, 10);
    rows->setSpacing(18);
    rows->addStretch(1);
    m_panels = new QScrollArea(m_splitter);
    m_panels->setObjectName(QStringLiteral("viewerPanels"));
    m_panels->setFrameShape(QFrame::NoFrame);
    m_panels->setFocusPolicy(Qt::NoFocus);
    m_panels->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_panels->setWidgetResizable(true);
    m_panels->setWidget(column);
    m_panels->setMinimumWidth(270);
    m_panels->hide();
    m_splitter->addWidget(m_panels);
}

void ViewerPage::addPanel(QWidget* panel)
{
    auto* rows = static_cast<QVBoxLayout*>(m_panels->widget()->layout());
    rows->insertWidget(rows->count() - 1, panel); // the stretch stays last
    m_panels->show();
    m_splitter->setSizes({stripWidth, 900, panelWidth});
}

std::vector<QWidget*> ViewerPage::shownTiles() const
{
    if (!m_model.isVolume())
        return {m_slices[0]};
    if (m_layout == Layout::One || m_isMaximised)
        return {m_active};
    std::vector<QWidget*> tiles = {m_slices[0], m_slices[1], m_slices[2], m_volumeView};
    if (m_layout != Layout::Four)
        std::ranges::stable_partition(tiles, [this](QWidget* tile) { return tile == m_first; });
    if (m_layout == Layout::Two)
        tiles.resize(2);
    return tiles;
}

void ViewerPage::arrange()
{
    const std::vector<QWidget*> shown = shownTiles();
    const bool isBeside = m_layout == Layout::OneAndThree && shown.size() == 4;
    const int sides = static_cast<int>(shown.size()) - 1; // tiles beside the first one
    for (QWidget* tile : std::initializer_list<QWidget*>{m_slices[0], m_slices[1], m_slices[2], m_volumeView}) {
        m_grid->removeWidget(tile);
        tile->setVisible(std::ranges::find(shown, tile) != shown.end());
    }
    for (int i = 0; i < static_cast<int>(shown.size()); ++i) {
        if (isBeside)
            i == 0 ? m_grid->addWidget(shown[0], 0, 0, sides, 1)
                   : m_grid->addWidget(shown[static_cast<std::size_t>(i)], i - 1, 1);
        else
            m_grid->addWidget(shown[static_cast<std::size_t>(i)], i / 2, i % 2);
    }
    for (int line = 0; line < 3; ++line) {
        m_grid->setRowStretch(
            line, line < m_grid->rowCount() && m_grid->itemAtPosition(line, shown.size() > 1) ? 1 : 0);
        m_grid->setColumnStretch(line, m_grid->itemAtPosition(0, line) ? (isBeside && line == 0 ? 3 : 1) : 0);
    }
    m_grid->activate(); // at once: no tile is painted where it stood before
    const auto isSlice = [this](QWidget* tile) { return tile != m_volumeView; };
    for (SliceView* view : m_slices)
        view->setShowsLines(std::ranges::count_if(shown, isSlice) > 1);
    if (std::ranges::find(shown, m_active) == shown.end())
        activate(shown.front());
}

void ViewerPage::setLayoutKind(Layout layout)
{
    if (m_layout != Layout::One)
        m_before = m_layout;
    m_layout = layout;
    m_isMaximised = false;
    m_first = m_active;
    arrange();
    emit m_model.changed();
}

void ViewerPage::toggleMaximised(QWidget* tile)
{
    activate(tile);
    if (m_layout == Layout::One)
        m_layout = m_before;
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

bool ViewerPage::eventFilter(QObject* watched, QEvent* event)
{
    const bool isDrop = event->type() == QEvent::Drop;
    if (watched != m_tiles || (!isDrop && event->type() != QEvent::DragEnter))
        return QWidget::eventFilter(watched, event);
    auto* drop = static_cast<QDropEvent*>(event);
    const QString mime = QString::fromLatin1(SeriesList::mimeType);
    if (!drop->mimeData()->hasFormat(mime)) { // files are the window's matter
        event->ignore();
        return true;
    }
    drop->acceptProposedAction();
    if (isDrop)
        m_model.openListed(drop->mimeData()->data(mime).toInt());
    return true;
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
