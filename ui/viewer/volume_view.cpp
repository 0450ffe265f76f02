#include "ui/viewer/volume_view.h"

#include <QMetaObject>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include "ui/shell/theme.h"
#include "ui/shell/translate.h"

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
    using Deliver = std::function<void(const Request&, const QImage&)>;

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

  private:
    void work(const std::stop_token& stop)
    {
        VolumeScene scene;
        while (!stop.stop_requested()) {
            std::optional<Request> request;
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait(lock, stop, [&] { return m_next.has_value(); });
                std::swap(request, m_next);
            }
            if (!request)
                continue;
            scene.setVolume(request->volume);
            m_deliver(*request, scene.picture(request->camera, request->preset, request->size, request->quality));
        }
    }

    Deliver m_deliver;
    std::mutex m_mutex; // guards m_next
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
    m_renderer = std::make_unique<Renderer>([this](const Renderer::Request& request, const QImage& picture) {
        const bool isFine = request.quality == VolumeScene::Quality::Full;
        QMetaObject::invokeMethod(
            this,
            [this, volume = request.volume, picture, isFine] {
                if (volume != m_model.volume())
                    return; // another image is open by now
                m_picture = picture;
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
        m_picture = {};
        m_preset = 0;
        m_camera = {};
        ask(VolumeScene::Quality::Draft);
        m_rest.start();
        update();
    });
}

VolumeView::~VolumeView() = default;

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
    painter.setPen(QColor(226, 230, 234));
    QFont font = painter.font();
    font.setPixelSize(12);
    painter.setFont(font);
    const QRectF box = QRectF(rect()).adjusted(9, 7, -9, -7);
    if (table.empty()) {
        painter.setPen(QColor(shell::theme::quietWords));
        painter.drawText(box, Qt::AlignCenter | Qt::TextWordWrap,
            m_model.volume() ? tr("3-D needs a volume of several slices.") : QString());
    } else {
        painter.drawText(box, Qt::AlignLeft | Qt::AlignTop,
            tr("3-D") + QStringLiteral("  ") + shell::translated(table[static_cast<std::size_t>(m_preset)].name));
        if (m_picture.isNull() || !m_isFine)
            painter.drawText(box, Qt::AlignLeft | Qt::AlignBottom, tr("Rendering on the processor…"));
    }
    painter.setPen(QPen(m_isActive ? QColor(shell::theme::accent) : QColor(42, 48, 54), 1));
    painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
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
        m_camera.azimuth -= by.x() * degreesPerPixel;
        m_camera.elevation = std::clamp(m_camera.elevation + by.y() * degreesPerPixel, -89.0, 89.0);
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

void VolumeView::wheelEvent(QWheelEvent* event)
{
    event->accept();
    zoomBy(std::pow(1.1, event->angleDelta().y() / 120.0));
}

} // namespace hounsfield::viewer
