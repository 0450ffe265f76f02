// Mouse and keys of a tile, as the key list says them.
#include <QContextMenuEvent>
#include <QFocusEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include "ui/shell/translate.h"
#include "ui/viewer/slice_view.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::viewer {

namespace {

constexpr double wheelNotch = 120;
constexpr double wheelZoom = 1.15;
constexpr double zoomPerPixel = 1.006;
constexpr double pixelsPerSlice = 6;
constexpr double windowsPerPixel = 1.0 / 300; // of the window's own width
constexpr int clickSlack = 4;                 // pixels a click may move
constexpr int fast = 5;
constexpr int page = 10;

} // namespace

void SliceView::apply(const Drag& drag, Qt::KeyboardModifiers modifiers)
{
    if (!m_model.volume())
        return;
    if (m_button == Qt::MiddleButton || (m_button == Qt::LeftButton && modifiers & Qt::ShiftModifier))
        dragPan(drag);
    else if (m_button == Qt::RightButton)
        dragZoom(drag);
    else if (m_button == Qt::LeftButton)
        toolNamed(m_model.tool()).drag(*this, drag);
}

void SliceView::mousePressEvent(QMouseEvent* event)
{
    emit activated();
    setFocus(Qt::MouseFocusReason);
    if (m_button != Qt::NoButton)
        return; // a second button during a drag changes nothing
    m_button = event->button();
    m_pressed = m_last = event->position();
    m_hasMoved = false;
    m_scrolled = 0;
    m_isBox = m_button == Qt::LeftButton && event->modifiers() & Qt::AltModifier;
    if (!m_isBox && m_button == Qt::LeftButton)
        apply({m_last, m_last, m_pressed}, event->modifiers());
}

void SliceView::mouseMoveEvent(QMouseEvent* event)
{
    m_pointer = event->position();
    if (m_button == Qt::NoButton) {
        if (event->modifiers() & Qt::ShiftModifier)
            moveCursor(event->position());
        update();
        return;
    }
    m_hasMoved = m_hasMoved || (event->position() - m_pressed).manhattanLength() > clickSlack;
    Drag drag{m_last, event->position(), m_pressed};
    if (event->modifiers() & Qt::ControlModifier)
        drag.factor = 3;
    m_last = event->position();
    if (m_isBox)
        update();
    else if (m_hasMoved)
        apply(drag, event->modifiers());
}

void SliceView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != m_button)
        return;
    m_button = Qt::NoButton;
    if (m_isBox)
        takeWindowFromBox();
    else if (event->button() == Qt::RightButton && !m_hasMoved)
        emit menuWanted(event->globalPosition().toPoint());
    else if (const std::string pin = pinAt(event->position());
             event->button() == Qt::LeftButton && !m_hasMoved && !pin.empty())
        emit pinClicked(pin);
    m_isBox = false;
    update();
}

void SliceView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        emit maximiseWanted();
}

void SliceView::wheelEvent(QWheelEvent* event)
{
    const QPoint delta = event->angleDelta();
    const double notches = -(delta.y() != 0 ? delta.y() : delta.x()) / wheelNotch; // wheel down is forwards
    event->accept();
    if (event->modifiers() & Qt::ControlModifier)
        return zoomBy(std::pow(wheelZoom, -notches), event->position());
    m_scrolled += notches;
    const auto whole = static_cast<std::int64_t>(m_scrolled);
    m_scrolled -= static_cast<double>(whole);
    if (whole != 0)
        m_model.step(plane(), event->modifiers() & Qt::ShiftModifier ? whole * fast : whole);
}

void SliceView::keyPressEvent(QKeyEvent* event)
{
    struct Row {
        int key;
        std::int64_t step;
    };
    constexpr std::int64_t all = std::int64_t{1} << 40;
    constexpr Row steps[] = {{Qt::Key_Up, -1}, {Qt::Key_Down, 1}, {Qt::Key_PageUp, -page}, {Qt::Key_PageDown, page},
        {Qt::Key_Home, -all}, {Qt::Key_End, all}};
    for (const Row& row : steps)
        if (event->key() == row.key)
            return m_model.step(plane(), row.step);
    const bool isSideways = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (isSideways && event->modifiers() == Qt::NoModifier)
        return m_model.stepSeries(event->key() == Qt::Key_Left ? -1 : 1);
    if (isSideways && event->modifiers() == Qt::ControlModifier)
        return m_model.stepStudy(event->key() == Qt::Key_Left ? -1 : 1);
    if (event->key() == Qt::Key_Space) {
        if (!event->isAutoRepeat())
            m_model.setShowsOverlays(false);
        return;
    }
    QWidget::keyPressEvent(event);
}

void SliceView::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Space)
        return QWidget::keyReleaseEvent(event);
    if (!event->isAutoRepeat())
        m_model.setShowsOverlays(true);
}

void SliceView::leaveEvent(QEvent*)
{
    m_pointer.reset();
    update();
}

void SliceView::focusInEvent(QFocusEvent*)
{
    emit activated();
}

void SliceView::focusOutEvent(QFocusEvent*)
{
    if (!m_model.showsOverlays()) // the key was let go elsewhere
        m_model.setShowsOverlays(true);
}

void SliceView::contextMenuEvent(QContextMenuEvent* event)
{
    if (event->reason() == QContextMenuEvent::Keyboard) // of the mouse, a release without a move opens it
        emit menuWanted(mapToGlobal(rect().center()));
}

bool SliceView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && m_model.volume()) {
        QStringList lines;
        for (const Text& problem : m_model.volume()->problems)
            lines << shell::translated(problem);
        const auto* help = static_cast<QHelpEvent*>(event);
        const bool isOnStrip = help->pos().y() < fontMetrics().height() + 8;
        if (isOnStrip && !lines.isEmpty())
            QToolTip::showText(help->globalPos(), lines.join(QLatin1Char('\n')), this);
        return true;
    }
    if (event->type() == QEvent::LanguageChange)
        follow(); // writes its names anew
    return QWidget::event(event);
}

void SliceView::dragWindow(const Drag& drag)
{
    if (m_model.volume()->components != 1)
        return;
    const QPointF by = (drag.to - drag.from) * drag.factor;
    if (by.isNull())
        return;
    image::Window window = m_model.window();
    const double unit = std::max(window.width, 1e-3) * windowsPerPixel;
    window.width += by.x() * unit;
    window.center += by.y() * unit;
    m_model.setWindow(window);
}

void SliceView::dragScroll(const Drag& drag)
{
    m_scrolled += (drag.to.y() - drag.from.y()) * drag.factor / pixelsPerSlice;
    const auto whole = static_cast<std::int64_t>(m_scrolled);
    m_scrolled -= static_cast<double>(whole);
    if (whole != 0)
        m_model.step(plane(), whole);
}

void SliceView::dragZoom(const Drag& drag)
{
    zoomBy(std::pow(zoomPerPixel, (drag.from.y() - drag.to.y()) * drag.factor), drag.start);
}

void SliceView::dragPan(const Drag& drag)
{
    m_pan -= (drag.to - drag.from) * transform().mmPerPixel;
    update();
}

void SliceView::moveCursor(const QPointF& to)
{
    if (m_model.isWhole())
        m_model.setCursor(transform().toPatient(to));
}

void SliceView::takeWindowFromBox()
{
    if (!m_model.volume() || m_model.volume()->components != 1 || !m_hasMoved)
        return;
    const image::Volume& volume = *m_model.volume();
    const ViewTransform view = transform();
    const QRectF box = QRectF(m_pressed, m_last).normalized();
    double least = 0;
    double greatest = 0;
    bool hasAny = false;
    for (double y = box.top(); y <= box.bottom(); ++y)
        for (double x = box.left(); x <= box.right(); ++x) {
            const image::VoxelPosition at = volume.geometry.toIndex(view.toPatient({x, y}));
            const std::array<std::int64_t, 3> v = {std::llround(at.i), std::llround(at.j), std::llround(at.k)};
            bool isInside = true;
            for (std::size_t axis = 0; axis < 3; ++axis)
                isInside = isInside && v[axis] >= 0 && v[axis] < volume.geometry.size[axis];
            const double value = isInside ? volume.value(v[0], v[1], v[2]) : 0;
            if (!isInside || volume.isPadding(value) || !std::isfinite(value))
                continue;
            least = hasAny ? std::min(least, value) : value;
            greatest = hasAny ? std::max(greatest, value) : value;
            hasAny = true;
        }
    if (hasAny)
        m_model.setWindow(
            {(least + greatest) / 2, std::max(1.0, greatest - least), image::Window::Function::Linear, {}});
}

} // namespace hounsfield::viewer
