#include "ui/viewer/diagnosis_model.h"

#include "ui/shell/background_task.h"
#include "ui/shell/translate.h"
#include "ui/viewer/viewer_model.h"

#include <algorithm>
#include <filesystem>
#include <mutex>

namespace hounsfield::viewer {

using diagnosis::Diagnoser;
using diagnosis::Diagnosis;
using diagnosis::Gate;

/// Read once, then kept. One lock for the work, which is held for long, and one for what the window shows at any time.
struct DiagnosisModel::Engine {
    explicit Engine(std::filesystem::path path)
        : file(std::move(path))
    {
    }
    std::filesystem::path file;
    std::mutex working; // guards the diagnoser
    std::optional<Diagnoser> diagnoser;
    std::mutex telling; // guards what follows
    std::vector<std::string> classes;
    std::string name;
    double threshold = 0.5;

    Result<void> prepare()
    {
        if (diagnoser)
            return {};
        diagnoser.emplace(TRY(Diagnoser::load(file)));
        const std::lock_guard lock(telling);
        classes = diagnoser->model().classes;
        threshold = diagnoser->model().threshold;
        name = diagnoser->model().network + ", " + diagnoser->model().created.substr(0, 10);
        return {};
    }
};

struct DiagnosisModel::Answer {
    std::vector<Diagnosis> slices;
    std::vector<std::int64_t> suspicious;
};

namespace {

/// The map's colours, as opaque as it is hot; `top` is the hottest.
QImage pictureOf(const image::Raster<float>& map, double top)
{
    QImage picture(static_cast<int>(map.width), static_cast<int>(map.height), QImage::Format_ARGB32_Premultiplied);
    for (std::int64_t y = 0; y < map.height; ++y) {
        auto* pixels = reinterpret_cast<QRgb*>(picture.scanLine(static_cast<int>(y)));
        for (std::int64_t x = 0; x < map.width; ++x) {
            const double value = std::clamp(static_cast<double>(map.at(x, y)) / top, 0.0, 1.0);
            const auto colour = diagnosis::heatColor(value);
            pixels[x] = qPremultiply(qRgba(colour[0], colour[1], colour[2], static_cast<int>(255 * value)));
        }
    }
    return picture;
}

} // namespace

DiagnosisModel::DiagnosisModel(ViewerModel& viewer, shell::BackgroundTasks& tasks, QObject* parent)
    : QObject(parent)
    , m_viewer(viewer)
    , m_tasks(tasks)
{
    connect(&viewer, &ViewerModel::changed, this, &DiagnosisModel::follow);
}

DiagnosisModel::~DiagnosisModel() = default;

void DiagnosisModel::forget()
{
    ++m_turn;
    m_of = nullptr;
    m_slices.clear();
    m_suspicious.clear();
    m_maps.clear();
    m_mapTop = leastMapTop;
    m_painted = {};
    m_sentence.clear();
    m_isBusy = m_isExplaining = false;
}

void DiagnosisModel::setModelFile(const QString& file)
{
    if (file == m_file)
        return;
    forget();
    m_file = file;
    m_engine = file.isEmpty() ? nullptr : std::make_shared<Engine>(file.toStdString());
    emit changed();
}

std::vector<std::string> DiagnosisModel::classes() const
{
    if (!m_engine)
        return {};
    const std::lock_guard lock(m_engine->telling);
    return m_engine->classes;
}

void DiagnosisModel::follow()
{
    if (m_of && m_of != m_viewer.volume()) {
        forget();
        emit changed();
    }
    if (m_isWanted && m_viewer.isWhole()) {
        m_isWanted = false;
        diagnose();
    }
    if (m_of && m_showsMap && !m_isBusy)
        explain(m_viewer.slice());
    if (m_of)
        emit changed();
}

void DiagnosisModel::diagnose(Gate gate)
{
    if (!m_engine) {
        m_sentence = tr("Choose a model first: train one on the page Training, or open a model.onnx.");
        emit changed();
        return;
    }
    if (!m_viewer.volume() || !m_viewer.isWhole()) {
        m_isWanted = m_viewer.series().has_value();
        return;
    }
    forget();
    m_of = m_viewer.volume();
    m_isBusy = true;
    emit changed();
    m_tasks.start<Answer>(
        this, text("viewer", "Asking the model"),
        [engine = m_engine, volume = m_of, gate](const Monitor& monitor) -> Result<Answer> {
            const std::lock_guard lock(engine->working);
            TRY(engine->prepare());
            if (volume->geometry.size[2] == 1)
                return Answer{{TRY(engine->diagnoser->diagnose(*volume, 0, gate, monitor))}, {}};
            auto all = TRY(engine->diagnoser->diagnoseVolume(*volume, gate, monitor));
            return Answer{std::move(all.slices), std::move(all.mostSuspicious)};
        },
        [this, turn = m_turn](Result<Answer> answer) {
            if (turn != m_turn)
                return;
            m_isBusy = false;
            if (!answer) {
                m_sentence = shell::translated(answer.error());
                emit changed();
                return;
            }
            m_slices = std::move(answer->slices);
            m_suspicious = std::move(answer->suspicious);
            explain(m_viewer.slice());
            emit changed();
        });
}

void DiagnosisModel::explain(std::int64_t slice)
{
    const auto place = static_cast<std::size_t>(slice);
    if (m_isExplaining || m_maps.count(slice) || place >= m_slices.size() || m_slices[place].isRefused())
        return;
    m_isExplaining = true;
    m_tasks.start<diagnosis::HeatMap>(
        this, text("viewer", "Making the heat map"),
        [engine = m_engine, volume = m_of, slice](const Monitor& monitor) -> Result<diagnosis::HeatMap> {
            const std::lock_guard lock(engine->working);
            TRY(engine->prepare());
            return engine->diagnoser->explain(*volume, slice, {}, monitor);
        },
        [this, slice, turn = m_turn](Result<diagnosis::HeatMap> map) {
            if (turn != m_turn)
                return;
            m_isExplaining = false;
            Map& kept = m_maps[slice];
            if (map) {
                kept = {std::move(map->map), 0};
                kept.hottest = *std::ranges::max_element(kept.values.pixels);
                m_mapTop = std::max(m_mapTop, kept.hottest);
            } else {
                m_sentence = shell::translated(map.error());
            }
            emit changed();
            emit m_viewer.changed(); // paints the tiles, and asks for the slice that is shown by now
        });
}

DiagnosisModel::View DiagnosisModel::view() const
{
    View view;
    view.sentence = m_sentence;
    view.isBusy = m_isBusy;
    if (!m_engine)
        return view;
    const std::lock_guard lock(m_engine->telling);
    view.modelName = !m_engine->name.empty() ? QString::fromStdString(m_engine->name)
                                             : QString::fromStdString(m_engine->file.parent_path().filename().string());
    const std::int64_t slice = m_of ? m_viewer.slice() : 0;
    const auto place = static_cast<std::size_t>(slice);
    if (place >= m_slices.size())
        return view;
    const Diagnosis& shown = m_slices[place];
    for (const Text& refusal : shown.gate.refusals)
        view.refusals << shell::translated(refusal);
    for (const Text& unchecked : shown.gate.unchecked)
        view.unchecked << shell::translated(unchecked);
    view.isOverridden = shown.isOverridden;
    const auto nameOf = [&](std::size_t i) { return QString::fromStdString(m_engine->classes[i]); };
    for (std::size_t i = 0; i < shown.probabilities.size(); ++i)
        view.probabilities.push_back({nameOf(i), shown.probabilities[i], static_cast<int>(i) == shown.called});
    for (const std::int64_t k : m_suspicious) {
        const Diagnosis& other = m_slices[static_cast<std::size_t>(k)];
        if (!other.isRefused())
            view.suspicious.push_back({k, 1 - other.probabilities[0], nameOf(static_cast<std::size_t>(other.called))});
    }
    view.threshold = m_engine->threshold;
    view.mapTop = m_mapTop;
    const auto map = m_maps.find(slice);
    view.hasMap = map != m_maps.end() && !map->second.values.pixels.empty();
    view.hasNoEvidence = view.hasMap && map->second.hottest <= 0;
    return view;
}

void DiagnosisModel::setShowsMap(bool shows)
{
    m_showsMap = shows;
    emit changed();
    emit m_viewer.changed();
}

void DiagnosisModel::setOpacity(double opacity)
{
    m_opacity = opacity;
    emit changed();
    emit m_viewer.changed();
}

QImage DiagnosisModel::mapOf(std::int64_t slice) const
{
    const auto map = m_maps.find(slice);
    if (!m_showsMap || m_of != m_viewer.volume() || map == m_maps.end() || map->second.values.pixels.empty())
        return {};
    if (m_painted.slice != slice || m_painted.top != m_mapTop)
        m_painted = {slice, m_mapTop, pictureOf(map->second.values, m_mapTop)};
    return m_painted.picture;
}

} // namespace hounsfield::viewer
