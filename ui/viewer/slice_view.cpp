#include "ui/viewer/slice_view.h"

#include <QPainter>

#include "ui/shell/theme.h"
#include "ui/shell/translate.h"
#include "ui/viewer/slice_scene.h"
#include "ui/viewer/tile_texts.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::viewer {

namespace {

constexpr double pinRadius = 7; // pixels
constexpr double smallestZoom = 0.1;
constexpr double largestZoom = 60;
} // namespace

SliceView::SliceView(ViewerModel& model, PlaneKind kind, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_kind(kind)
    , m_scene(std::make_unique<SliceScene>())
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    connect(&model, &ViewerModel::changed, this, &SliceView::follow);
    connect(&model, &ViewerModel::volumeChanged, this, [this] { m_scrolled = 0; });
    connect(&model, &ViewerModel::opened, this, &SliceView::reset);
    follow();
}

SliceView::~SliceView() = default;

void SliceView::follow()
{
    m_scene->setVolume(m_model.volume());
    setCursor(toolNamed(m_model.tool()).cursor);
    setAccessibleName(m_model.volume() ? planeWords(kind(), m_model.volume()->geometry) : tr("Picture"));
    update();
}

PlaneKind SliceView::kind() const
{
    const bool isVolume = m_model.isWhole() ? m_model.isVolume() : m_model.series() && m_model.series()->isVolume;
    return isVolume ? m_kind : PlaneKind::Acquired;
}

Plane SliceView::plane() const
{
    return m_model.volume() ? planeOf(m_model.volume()->geometry, kind(), m_model.alignment()) : Plane{};
}

double SliceView::fittingScale() const
{
    const auto [right, down] = turned(plane(), m_turn);
    const QSizeF extent = extentOf(m_model.volume()->geometry, right, down);
    return std::max({extent.width() / std::max(1, width()), extent.height() / std::max(1, height()), 1e-9});
}

ViewTransform SliceView::transform() const
{
    ViewTransform result;
    result.size = size();
    if (!m_model.volume())
        return result;
    const Plane cut = plane();
    std::tie(result.right, result.down) = turned(cut, m_turn);
    result.mmPerPixel = fittingScale() / m_zoom;
    image::Point centre = middleOf(m_model.volume()->geometry);
    centre = moved(moved(centre, result.right, m_pan.x()), result.down, m_pan.y());
    result.centre = cut.onSlice(centre, m_model.isWhole() ? m_model.sliceOf(cut) : 0);
    return result;
}

Cut SliceView::cutOf(const ViewTransform& transform, double pixelRatio) const
{
    const image::Geometry& geometry = m_model.volume()->geometry;
    Cut cut;
    cut.width = static_cast<int>(std::lround(width() * pixelRatio));
    cut.height = static_cast<int>(std::lround(height() * pixelRatio));
    const double step = 1 / pixelRatio;
    const auto at = [&](double x, double y) { return geometry.toIndex(transform.toPatient({x, y})); };
    cut.origin = at(step / 2, step / 2);
    const auto across = at(step * 1.5, step / 2);
    const auto below = at(step / 2, step * 1.5);
    const auto clean = [](double v) { return std::abs(v) < 1e-9 ? 0 : v; }; // rounding must not make a cut oblique
    cut.right = {clean(across.i - cut.origin.i), clean(across.j - cut.origin.j), clean(across.k - cut.origin.k)};
    cut.down = {clean(below.i - cut.origin.i), clean(below.j - cut.origin.j), clean(below.k - cut.origin.k)};
    const auto whole = [](double v) { return std::abs(v - std::round(v)) < 1e-6 ? std::round(v) : v; };
    cut.origin = {whole(cut.origin.i), whole(cut.origin.j), whole(cut.origin.k)};
    return cut;
}

void SliceView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!m_model.volume())
        return paintNothing(painter);
    const ViewTransform view = transform();
    const QImage& picture = m_scene->picture(cutOf(view, devicePixelRatioF()), m_model.greyScale());
    painter.drawImage(QRectF(rect()), picture); // one picture pixel a screen pixel
    if (m_model.showsOverlays()) {
        paintOverlay(painter, view);
        paintLines(painter, view);
        paintPins(painter, view);
        paintTexts(painter, QRectF(rect()), texts());
    }
    paintBox(painter);
    painter.setPen(QPen(m_isActive ? QColor(shell::theme::accent) : QColor(42, 48, 54), 1));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

void SliceView::paintNothing(QPainter& painter) const
{
    painter.fillRect(rect(), Qt::black);
    painter.setPen(QColor(shell::theme::quietWords));
    QString words = m_model.failure();
    if (words.isEmpty())
        words = m_model.series() ? tr("Reading…")
                                 : tr("Drop a file or folder here, or choose a series on the page Studies.");
    painter.drawText(rect().adjusted(30, 30, -30, -30), Qt::AlignCenter | Qt::TextWordWrap, words);
}

TileTexts SliceView::texts() const
{
    const ViewTransform view = transform();
    const image::Volume& volume = *m_model.volume();
    TileTexts texts;
    if (!m_model.failure().isEmpty()) {
        texts.problem = m_model.failure();
    } else if (!volume.problems.empty()) {
        texts.problem = shell::translated(volume.problems.front());
        texts.furtherProblems = static_cast<int>(volume.problems.size()) - 1;
    }
    if (m_model.overlayLevel() == 0) {
        texts.topLeft = patientLines(volume.facts);
        texts.topRight = studyLines(volume.facts);
    }
    if (m_model.overlayLevel() == 2)
        return texts;
    if (m_notice && plane().axis == 2) {
        const TileNotice notice = m_notice(m_model.slice());
        texts.notice = notice.words;
        texts.noticeColour = notice.colour.isEmpty() ? QColor(shell::theme::warning) : QColor(notice.colour);
    }
    texts.bottomLeft = placeLines(view);
    if (m_pointer)
        texts.bottomLeft << valueLines(*m_pointer);
    if (width() >= narrowTile)
        texts.bottomRight << tr("Zoom %1 %").arg(qRound(100 * volume.geometry.spacing[0] / view.mmPerPixel));
    if (volume.facts.isLossy)
        texts.bottomRight << tr("lossy compression %1").arg(QString::fromStdString(volume.facts.lossyRatio));
    if (volume.components == 1)
        texts.bottomRight << windowWords(m_model.window(), volume.unit)
                                 + (m_model.isInverted() ? QStringLiteral("  ") + tr("inverted") : QString());
    texts.letters = lettersOf(volume.geometry, view.right, view.down);
    texts.hasMillimetres = volume.geometry.isSpaced;
    texts.mmPerPixel = view.mmPerPixel;
    return texts;
}

/// Plane, slice and position.
QStringList SliceView::placeLines(const ViewTransform& view) const
{
    const image::Volume& volume = *m_model.volume();
    const Plane cut = plane();
    QStringList lines;
    QString name = planeWords(kind(), volume.geometry);
    if (m_turn.quarters)
        name += QStringLiteral("  ") + tr("rotated");
    if (m_turn.isFlipped)
        name += QStringLiteral("  ") + tr("flipped");
    lines << name;
    if (cut.isReformatted || volume.isInterpolated)
        lines << tr("interpolated");
    const std::int64_t count = m_model.isWhole() ? cut.count : m_model.sliceCount();
    const std::int64_t early = cut.isReversed ? count - 1 - m_model.slice() : m_model.slice();
    if (count > 1)
        lines << tr("Slice %1 of %2").arg((m_model.isWhole() ? m_model.sliceOf(cut) : early) + 1).arg(count);
    const bool hasRoom = width() >= narrowTile;
    if (hasRoom && volume.geometry.isSpaced && volume.geometry.isOriented) {
        const bool runsToFeet = cut.forward[2] < -0.5; // positions are told towards the head, as the header does
        const double position = dot(vectorOf(view.centre), cut.forward) * (runsToFeet ? -1 : 1);
        lines << tr("Position %1 mm").arg(shortNumber(position));
        if (count > 1)
            lines << tr("Slices every %1 mm").arg(shortNumber(cut.step, 2));
    }
    return lines;
}

void SliceView::paintOverlay(QPainter& painter, const ViewTransform& view) const
{
    const Plane cut = plane();
    if (!m_overlaySource || cut.axis != 2)
        return;
    const SliceOverlay overlay = m_overlaySource(m_model.slice());
    if (overlay.picture.isNull())
        return;
    const image::Geometry& geometry = m_model.volume()->geometry;
    const double k = m_model.isWhole() ? static_cast<double>(m_model.slice()) : 0;
    const double scaleX = static_cast<double>(geometry.size[0]) / overlay.picture.width();
    const double scaleY = static_cast<double>(geometry.size[1]) / overlay.picture.height();
    // The corner of the first voxel, and the steps of one overlay pixel along row and column.
    const QPointF origin = view.toScreen(geometry.toPoint({-0.5, -0.5, k}));
    const QPointF x = view.toScreen(geometry.toPoint({scaleX - 0.5, -0.5, k})) - origin;
    const QPointF y = view.toScreen(geometry.toPoint({-0.5, scaleY - 0.5, k})) - origin;
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setOpacity(overlay.opacity);
    painter.setTransform(QTransform(x.x(), x.y(), y.x(), y.y(), origin.x(), origin.y()), true);
    painter.drawImage(QPointF(0, 0), overlay.picture);
    painter.restore();
}

void SliceView::paintLines(QPainter& painter, const ViewTransform& view) const
{
    const bool isWanted = m_showsLines || std::string_view(m_model.tool()) == "crosshair";
    if (!isWanted || !m_model.isVolume() || m_model.overlayLevel() == 2)
        return;
    constexpr double gap = 14;
    const QPointF at = view.toScreen(m_model.cursor());
    painter.setPen(QPen(QColor(150, 175, 200, 190), 1));
    painter.drawLine(QPointF(0, at.y()), QPointF(at.x() - gap, at.y()));
    painter.drawLine(QPointF(at.x() + gap, at.y()), QPointF(width(), at.y()));
    painter.drawLine(QPointF(at.x(), 0), QPointF(at.x(), at.y() - gap));
    painter.drawLine(QPointF(at.x(), at.y() + gap), QPointF(at.x(), height()));
}

void SliceView::paintBox(QPainter& painter) const
{
    if (!m_isBox)
        return;
    painter.setPen(QPen(QColor(shell::theme::accent), 1, Qt::DashLine));
    painter.drawRect(QRectF(m_pressed, m_last).normalized());
}

std::vector<Pin> SliceView::pinsHere() const
{
    if (!m_pins || !m_model.volume() || !m_model.showsOverlays() || m_model.overlayLevel() == 2)
        return {};
    std::vector<Pin> pins = m_pins();
    const Plane cuts = plane();
    const std::int64_t slice = m_model.isWhole() ? cuts.sliceOf(m_model.cursor()) : 0;
    const double reach = cuts.step / 2 + 1e-3; // mm
    std::erase_if(pins, [&](const Pin& pin) {
        return std::abs(dot(cuts.forward, vectorOf(pin.point)) - cuts.positionOf(slice)) > reach;
    });
    return pins;
}

void SliceView::paintPins(QPainter& painter, const ViewTransform& view) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Pin& pin : pinsHere()) {
        const QPointF at = view.toScreen(pin.point);
        painter.setPen(QPen(Qt::black, 4));
        painter.drawEllipse(at, pinRadius, pinRadius);
        painter.setPen(QPen(QColor(pin.colour), 2));
        painter.drawEllipse(at, pinRadius, pinRadius);
        const QPointF words = at + QPointF(pinRadius + 5, painter.fontMetrics().ascent() / 2.0);
        painter.setPen(Qt::black);
        painter.drawText(words + QPointF(1, 1), pin.words);
        painter.setPen(QColor(pin.colour));
        painter.drawText(words, pin.words);
    }
}

std::string SliceView::pinAt(const QPointF& screen) const
{
    const ViewTransform view = transform();
    for (const Pin& pin : pinsHere())
        if ((view.toScreen(pin.point) - screen).manhattanLength() <= 2 * pinRadius)
            return pin.id;
    return {};
}

QStringList SliceView::valueLines(const QPointF& at) const
{
    if (!m_model.volume())
        return {};
    const image::Volume& volume = *m_model.volume();
    const image::Point point = transform().toPatient(at);
    const image::VoxelPosition index = volume.geometry.toIndex(point);
    const std::array<std::int64_t, 3> voxel = {std::llround(index.i), std::llround(index.j), std::llround(index.k)};
    for (std::size_t axis = 0; axis < 3; ++axis)
        if (voxel[axis] < 0 || voxel[axis] >= volume.geometry.size[axis])
            return {};
    const auto value = [&](int component) {
        return shortNumber(volume.value(voxel[0], voxel[1], voxel[2], component), 2);
    };
    QString words =
        volume.components == 3 ? QStringLiteral("RGB %1, %2, %3").arg(value(0), value(1), value(2)) : value(0);
    if (!volume.unit.empty())
        words += QLatin1Char(' ') + QString::fromStdString(volume.unit);
    words += QStringLiteral("  (%1, %2, %3)")
                 .arg(voxel[0])
                 .arg(voxel[1])
                 .arg(m_model.isWhole() ? voxel[2] : m_model.slice());
    QStringList lines{words};
    if (volume.geometry.isSpaced && volume.geometry.isOriented)
        lines << QStringLiteral("%1, %2, %3 mm").arg(shortNumber(point.x), shortNumber(point.y), shortNumber(point.z));
    return lines;
}

void SliceView::setShowsLines(bool shows)
{
    m_showsLines = shows;
    update();
}

void SliceView::setActive(bool isActive)
{
    m_isActive = isActive;
    update();
}

void SliceView::setOverlaySource(std::function<SliceOverlay(std::int64_t)> source)
{
    m_overlaySource = std::move(source);
}

void SliceView::setPins(std::function<std::vector<Pin>()> source)
{
    m_pins = std::move(source);
    update();
}

void SliceView::setNotice(std::function<TileNotice(std::int64_t)> source)
{
    m_notice = std::move(source);
}

void SliceView::fit()
{
    m_zoom = 1;
    m_pan = {};
    update();
}

void SliceView::reset()
{
    m_turn = {};
    fit();
}

void SliceView::zoomBy(double factor, const QPointF& about)
{
    if (!m_model.volume())
        return;
    const double next = std::clamp(m_zoom * factor, smallestZoom, largestZoom);
    // The patient point under the pointer stays there.
    const double before = fittingScale() / m_zoom;
    const double after = fittingScale() / next;
    const QPointF offset = about - QPointF(width() / 2.0, height() / 2.0);
    m_pan += offset * (before - after);
    m_zoom = next;
    update();
}

void SliceView::zoomBy(double factor)
{
    zoomBy(factor, m_pointer.value_or(QPointF(width() / 2.0, height() / 2.0)));
}

void SliceView::rotate(int quarters)
{
    // A turn of the flipped picture runs the other way on the plane below it.
    m_turn.quarters = ((m_turn.quarters + (m_turn.isFlipped ? -quarters : quarters)) % 4 + 4) % 4;
    m_pan = {};
    update();
}

void SliceView::flip()
{
    m_turn.isFlipped = !m_turn.isFlipped;
    m_pan.setX(-m_pan.x());
    update();
}

} // namespace hounsfield::viewer
