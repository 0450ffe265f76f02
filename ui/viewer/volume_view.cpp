#include "ui/viewer/volume_view.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMetaObject>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include "ui/shell/theme.h"
#include "ui/shell/translate.h"
#include "ui/viewer/graphics_context.h"
#include "ui/viewer/tile_texts.h"

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace hounsfield::viewer {

namespace {
constexpr int millisecondsAtRest = 200;
constexpr double degreesPerPixel = 0.5;
} // namespace

/// One thread that owns the scene; a newer request takes the place of one that has not begun.
class VolumeView::Renderer {
  public:
    struct Request {
        std::shared_ptr<const image::Volume> volume;
        VolumeCamera camera;
        VolumePreset preset;
        QSize size;
        VolumeScene::Quality quality = VolumeScene::Quality::Full;
    };
    struct Answer {
        QImage picture;
        bool isSoftware = true;
    };
    using Deliver = std::function<void(const Request&, const Answer&)>;

    explicit Renderer(Deliver deliver)
        : m_deliver(std::move(deliver))
        , m_thread([this](const std::stop_token& stop) { work(stop); })
    {
    }
    void ask(Request request)
    {
        const std::lock_guard lock(m_mutex);
        m_next = std::move(request);
        m_wake.notify_one();
    }
    void setGraphics(std::function<bool()> isUsable)
    {
        const std::lock_guard lock(m_mutex);
        m_isUsable = std::move(isUsable);
    }

  private:
    static std::unique_ptr<VolumeScene> makeScene(const std::function<bool()>& isUsable)
    {
        if (isUsable && isUsable())
            if (auto context = GraphicsContext::make(); context && !(*context)->isSoftware())
                return std::make_unique<VolumeScene>(std::move(*context));
        return std::make_unique<VolumeScene>();
    }
    static QImage draw(VolumeScene& scene, const Request& request)
    {
        scene.setVolume(request.volume);
        return scene.picture(request.camera, request.preset, request.size, request.quality);
    }
    void work(const std::stop_token& stop)
    {
        std::unique_ptr<VolumeScene> scene;
        while (!stop.stop_requested()) {
            std::optional<Request> request;
            std::function<bool()> isUsable;
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait(lock, stop, [&] { return m_next.has_value(); });
                std::swap(request, m_next);
                isUsable = m_isUsable;
            }
            if (!request)
                continue;
            if (!scene)
                scene = makeScene(isUsable);
            QImage picture = draw(*scene, *request);
            if (picture.isNull() && !scene->isSoftware()) { // the card gave up: from now on without it
                scene = std::make_unique<VolumeScene>();
                picture = draw(*scene, *request);
            }
            m_deliver(*request, {picture, scene->isSoftware()});
        }
    }

    Deliver m_deliver;
    std::mutex m_mutex; // guards m_next and m_isUsable
    std::function<bool()> m_isUsable;
    std::condition_variable_any m_wake;
    std::optional<Request> m_next;
    std::jthread m_thread; // last: ends before the rest goes
};

VolumeView::VolumeView(ViewerModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("3-D"));
    m_renderer = std::make_unique<Renderer>([this](const Renderer::Request& request, const Renderer::Answer& answer) {
        const bool isFine = request.quality == VolumeScene::Quality::Full;
        QMetaObject::invokeMethod(
            this,
            [this, volume = request.volume, answer, isFine] {
                if (volume != m_model.volume())
                    return; // another image is open by now
                m_picture = answer.picture;
                m_isSoftware = answer.isSoftware;
                m_isFine = isFine;
                update();
                emit rendered();
            },
            Qt::QueuedConnection);
    });
    m_rest.setSingleShot(true);
    m_rest.setInterval(millisecondsAtRest);
    connect(&m_rest, &QTimer::timeout, this, [this] { ask(VolumeScene::Quality::Full); });
    connect(&model, &ViewerModel::volumeChanged, this, [this] {
        if (m_shown == m_model.volume())
            return; // only its planes lie otherwise
        m_shown = m_model.volume();
        m_picture = {};
        m_preset = 0;
        m_camera = {};
        ask(VolumeScene::Quality::Draft);
        m_rest.start();
        update();
    });
}

VolumeView::~VolumeView() = default;

void VolumeView::setGraphics(std::function<bool()> isUsable)
{
    m_renderer->setGraphics(std::move(isUsable));
}

std::vector<VolumePreset> VolumeView::presets() const
{
    return m_model.isVolume() && m_model.volume()->components == 1 ? volumePresetsFor(*m_model.volume())
                                                                   : std::vector<VolumePreset>{};
}

void VolumeView::setPreset(int row)
{
    m_preset = row;
    moveCamera();
}

void VolumeView::reset()
{
    m_camera = {};
    moveCamera();
}

void VolumeView::zoomBy(double factor)
{
    m_camera.zoom = std::clamp(m_camera.zoom * factor, 0.2, 20.0);
    moveCamera();
}

void VolumeView::setActive(bool isActive)
{
    m_isActive = isActive;
    update();
}

void VolumeView::ask(VolumeScene::Quality quality)
{
    const auto table = presets();
    if (!isVisible() || table.empty())
        return;
    const auto row = static_cast<std::size_t>(std::clamp(m_preset, 0, static_cast<int>(table.size()) - 1));
    m_renderer->ask({m_model.volume(), m_camera, table[row], size() * devicePixelRatioF(), quality});
}

void VolumeView::moveCamera()
{
    ask(VolumeScene::Quality::Draft);
    m_rest.start();
}

void VolumeView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Qt::black);
    const auto table = presets();
    if (!m_picture.isNull())
        painter.drawImage(QRectF(rect()), m_picture);
    if (table.empty()) {
        painter.setPen(QColor(shell::theme::quietWords));
        painter.drawText(rect().adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap,
            m_model.volume() ? tr("3-D needs a volume of several slices.") : QString());
    } else if (m_model.showsOverlays() && m_model.overlayLevel() < 2) {
        paintTexts(painter, QRectF(rect()), texts());
    }
    painter.setPen(QPen(m_isActive ? QColor(shell::theme::accent) : QColor(42, 48, 54), 1));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
}

TileTexts VolumeView::texts() const
{
    const auto table = presets();
    TileTexts texts;
    texts.topLeft << tr("3-D") + QStringLiteral("  ")
                         + shell::translated(table[static_cast<std::size_t>(m_preset)].name);
    if (m_picture.isNull() || !m_isFine)
        texts.bottomLeft << tr("Rendering…");
    else if (m_isSoftware)
        texts.bottomLeft << tr("Rendered on the processor");
    const auto [right, down] = directionsOf(m_camera);
    texts.letters = lettersOf(m_model.volume()->geometry, right, down);
    texts.mmPerPixel = 0; // no scale bar
    return texts;
}

void VolumeView::resizeEvent(QResizeEvent*)
{
    moveCamera();
}

void VolumeView::showEvent(QShowEvent*)
{
    moveCamera();
}

void VolumeView::mousePressEvent(QMouseEvent* event)
{
    emit activated();
    setFocus(Qt::MouseFocusReason);
    m_button = event->button();
    m_last = event->position();
    m_hasMoved = false;
}

void VolumeView::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF by = event->position() - m_last;
    if (m_button == Qt::NoButton || by.manhattanLength() < 1)
        return;
    m_last = event->position();
    m_hasMoved = true;
    const bool isPan = m_button == Qt::MiddleButton || event->modifiers() & Qt::ShiftModifier;
    if (isPan) {
        m_camera.pan += by / std::max(1, height());
    } else if (m_button == Qt::RightButton) {
        return zoomBy(std::pow(1.006, -by.y()));
    } else {
        return turn(-by.x() * degreesPerPixel, by.y() * degreesPerPixel);
    }
    moveCamera();
}

void VolumeView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::RightButton && !m_hasMoved)
        emit menuWanted(event->globalPosition().toPoint());
    m_button = Qt::NoButton;
}

void VolumeView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        emit maximiseWanted();
}

void VolumeView::keyPressEvent(QKeyEvent* event)
{
    struct Row {
        int key;
        double azimuth, elevation;
    };
    constexpr double step = 10;
    constexpr Row turns[] = {
        {Qt::Key_Left, step, 0}, {Qt::Key_Right, -step, 0}, {Qt::Key_Up, 0, -step}, {Qt::Key_Down, 0, step}};
    if (event->key() == Qt::Key_Home)
        return reset();
    for (const Row& row : turns)
        if (event->key() == row.key && !(event->modifiers() & Qt::ControlModifier))
            return turn(row.azimuth, row.elevation);
    QWidget::keyPressEvent(event);
}

void VolumeView::turn(double azimuth, double elevation)
{
    m_camera.azimuth += azimuth;
    m_camera.elevation = std::clamp(m_camera.elevation + elevation, -89.0, 89.0);
    moveCamera();
}

void VolumeView::focusInEvent(QFocusEvent*)
{
    emit activated();
}

void VolumeView::contextMenuEvent(QContextMenuEvent* event)
{
    if (event->reason() == QContextMenuEvent::Keyboard)
        emit menuWanted(mapToGlobal(rect().center()));
}

void VolumeView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("3-D"));
    QWidget::changeEvent(event);
}

void VolumeView::wheelEvent(QWheelEvent* event)
{
    event->accept();
    zoomBy(std::pow(1.1, event->angleDelta().y() / 120.0));
}

} // namespace hounsfield::viewer
