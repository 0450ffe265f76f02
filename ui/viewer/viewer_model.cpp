#include "ui/viewer/viewer_model.h"

#include "core/files/series.h"
#include "core/image/statistics.h"
#include "ui/shell/background_task.h"
#include "ui/shell/translate.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::viewer {

using image::Volume;
using VolumePointer = std::shared_ptr<const Volume>;

ViewerModel::ViewerModel(shell::BackgroundTasks& tasks, Files files, QObject* parent)
    : QObject(parent)
    , m_tasks(tasks)
    , m_files(std::move(files))
{
}

ViewerModel::~ViewerModel() = default;

void ViewerModel::forget()
{
    ++m_opening;
    if (m_loading)
        m_loading->cancel();
    m_loading = nullptr;
    m_volume = nullptr;
    m_isWhole = false;
    m_failure.clear();
    m_early.clear();
    m_asked.clear();
    m_window.reset();
    m_isInverted = false;
    m_headerWindow = 0;
    m_grey.reset();
}

void ViewerModel::openSeries(const files::Series& series, std::int64_t slice)
{
    forget();
    read(series, slice);
    findPlace();
    emit opened();
    emit volumeChanged();
    emit changed();
}

/// Begins to read a series: the wanted slice first, then the whole.
void ViewerModel::read(const files::Series& series, std::int64_t slice)
{
    m_series = series;
    const auto count = static_cast<std::int64_t>(series.slices.size());
    m_wanted = slice >= 0 && slice < count ? slice : count / 2;
    askSlice(m_wanted);
    const auto data = std::make_shared<const files::Series>(series);
    m_loading = m_tasks.start<VolumePointer>(
        this, text("viewer", "Opening %1").with(files::nameOf(series)),
        [data, open = m_files.openSeries](const Monitor& monitor) { return open(*data, monitor); },
        [this, opening = m_opening](Result<VolumePointer> result) {
            if (opening != m_opening)
                return;
            m_loading = nullptr;
            if (!result)
                return fail(result.error());
            m_isWhole = true;
            take(*result);
            m_early.clear();
            emit volumeChanged();
            emit changed();
        });
}

/// The open series has more slices than it had: it is read anew at the same slice, and nothing else changes.
void ViewerModel::grow(const files::Series& series)
{
    const files::SliceSource shown = m_series->slices.empty()
                                         ? files::SliceSource{}
                                         : m_series->slices[static_cast<std::size_t>(storedSliceOf(slice()))];
    const auto same = std::ranges::find_if(series.slices, [&](const files::SliceSource& other) {
        return other.source.path == shown.source.path && other.source.entry == shown.source.entry
               && other.frame == shown.frame;
    });
    ++m_opening;
    if (m_loading)
        m_loading->cancel();
    if (m_isWhole)
        m_volume = nullptr; // a part of the series must not be taken for the whole
    m_isWhole = false;
    m_failure.clear();
    m_early.clear();
    m_asked.clear();
    read(series, same == series.slices.end() ? -1 : same - series.slices.begin());
    emit volumeChanged();
}

void ViewerModel::openVolume(VolumePointer volume, std::int64_t slice)
{
    forget();
    m_series.reset();
    findPlace();
    m_wanted = slice >= 0 ? slice : volume->geometry.size[2] / 2;
    m_isWhole = true;
    take(std::move(volume));
    emit opened();
    emit volumeChanged();
    emit changed();
}

void ViewerModel::close()
{
    forget();
    m_series.reset();
    findPlace();
    emit volumeChanged();
    emit changed();
}

void ViewerModel::fail(const Error& error)
{
    if (!m_volume && error.kind != Error::Kind::Cancelled)
        m_failure = shell::translated(error);
    else if (m_volume)
        m_failure = error.kind == Error::Kind::Cancelled ? tr("Loading was stopped: single slices only.")
                                                         : shell::translated(error);
    emit changed();
}

void ViewerModel::take(VolumePointer volume)
{
    const bool isFirst = !m_volume;
    m_volume = std::move(volume);
    m_grey.reset();
    if (isFirst || m_isWhole)
        m_ownWindow = image::defaultWindow(*m_volume);
    if (m_isWhole) {
        const auto& size = m_volume->geometry.size;
        m_wanted = std::clamp<std::int64_t>(m_wanted, 0, size[2] - 1);
        m_cursor = m_volume->geometry.toPoint({static_cast<double>(size[0] - 1) / 2,
            static_cast<double>(size[1] - 1) / 2, static_cast<double>(m_wanted)});
    } else {
        m_cursor = middleOf(m_volume->geometry);
    }
}

void ViewerModel::askSlice(std::int64_t slice)
{
    if (const auto known = m_early.find(slice); known != m_early.end()) {
        take(known->second);
        emit volumeChanged();
        emit changed();
        return;
    }
    if (!m_series || !m_asked.insert(slice).second)
        return;
    const auto data = std::make_shared<const files::Series>(*m_series);
    m_tasks.start<VolumePointer>(
        this, text("viewer", "Reading slice %1").with(slice + 1),
        [data, slice, open = m_files.openSlice](const Monitor& monitor) -> Result<VolumePointer> {
            if (monitor.stopRequested())
                return cancelled();
            return open(*data, slice);
        },
        [this, slice, opening = m_opening](Result<VolumePointer> result) {
            if (opening != m_opening || m_isWhole || !result)
                return; // what is wrong with the series is told by reading the whole
            m_early[slice] = *result;
            if (slice != m_wanted)
                return;
            take(*result);
            emit volumeChanged();
            emit changed();
        });
}

bool ViewerModel::isVolume() const
{
    return m_volume && m_isWhole && m_volume->isStack && m_volume->geometry.size[2] > 1 && m_volume->geometry.isOriented
           && m_volume->geometry.isSpaced;
}

void ViewerModel::setSeriesList(std::vector<ListedSeries> list)
{
    m_list.setRows(std::move(list));
    findPlace();
    if (m_place >= 0) {
        const files::Series& known = m_list.rows()[static_cast<std::size_t>(m_place)].series;
        if (known.slices.size() > m_series->slices.size())
            grow(known);
    }
    emit changed();
}

void ViewerModel::findPlace()
{
    m_place = m_series ? m_list.placeOf(*m_series) : -1;
    m_list.setOpen(m_place);
}

void ViewerModel::openListed(std::ptrdiff_t row)
{
    if (row >= 0 && row < m_list.rowCount() && row != m_place)
        openSeries(m_list.rows()[static_cast<std::size_t>(row)].series);
}

void ViewerModel::stepSeries(int by)
{
    openListed(m_place + by);
}

void ViewerModel::stepStudy(int by)
{
    if (!m_series)
        return;
    for (std::ptrdiff_t i = m_place + by; i >= 0 && i < m_list.rowCount(); i += by)
        if (!SeriesList::isSameStudy(m_list.rows()[static_cast<std::size_t>(i)].series, *m_series))
            return openListed(i);
}

std::int64_t ViewerModel::sliceCount() const
{
    if (!m_isWhole)
        return m_series ? static_cast<std::int64_t>(m_series->slices.size()) : 0;
    return m_volume->geometry.size[2];
}

std::int64_t ViewerModel::slice() const
{
    if (!m_isWhole)
        return m_wanted;
    const double k = std::round(m_volume->geometry.toIndex(m_cursor).k);
    return static_cast<std::int64_t>(std::clamp(k, 0.0, static_cast<double>(m_volume->geometry.size[2] - 1)));
}

std::int64_t ViewerModel::storedSliceOf(std::int64_t slice) const
{
    if (!m_isWhole || !m_volume->isInterpolated || !m_series || m_series->sliceOrigins.empty())
        return slice;
    const Vector normal = m_volume->geometry.axis(2);
    const double place = dot(vectorOf(m_volume->geometry.toPoint({0, 0, static_cast<double>(slice)})), normal);
    const auto distance = [&](const image::Point& origin) { return std::abs(dot(vectorOf(origin), normal) - place); };
    return std::ranges::min_element(m_series->sliceOrigins, {}, distance) - m_series->sliceOrigins.begin();
}

std::int64_t ViewerModel::sliceOfStored(std::int64_t stored) const
{
    if (!m_isWhole || !m_volume->isInterpolated || !m_series || m_series->sliceOrigins.empty())
        return stored;
    const double k = m_volume->geometry.toIndex(m_series->sliceOrigins[static_cast<std::size_t>(stored)]).k;
    return std::clamp<std::int64_t>(std::llround(k), 0, m_volume->geometry.size[2] - 1);
}

int ViewerModel::shownNumber(std::int64_t slice) const
{
    if (!m_volume)
        return static_cast<int>(slice) + 1;
    const Plane plane = planeOf(m_volume->geometry, PlaneKind::Acquired);
    return static_cast<int>(plane.isReversed ? sliceCount() - slice : slice + 1);
}

void ViewerModel::showSlice(std::int64_t slice)
{
    if (sliceCount() < 1)
        return;
    slice = std::clamp<std::int64_t>(slice, 0, sliceCount() - 1);
    if (!m_isWhole) {
        m_wanted = slice;
        askSlice(slice);
        emit changed();
        return;
    }
    image::VoxelPosition index = m_volume->geometry.toIndex(m_cursor);
    index.k = static_cast<double>(slice);
    setCursor(m_volume->geometry.toPoint(index));
}

std::int64_t ViewerModel::sliceOf(const Plane& plane) const
{
    return plane.sliceOf(m_cursor);
}

void ViewerModel::step(const Plane& plane, std::int64_t by)
{
    if (!m_volume)
        return;
    if (!m_isWhole)
        return showSlice(m_wanted + (plane.isReversed ? -by : by));
    const std::int64_t next = std::clamp<std::int64_t>(plane.sliceOf(m_cursor) + by, 0, plane.count - 1);
    setCursor(plane.onSlice(m_cursor, next));
}

void ViewerModel::setCursor(const image::Point& point)
{
    if (m_cursor == point)
        return;
    m_cursor = point;
    emit changed();
}

void ViewerModel::setAlignment(Alignment alignment)
{
    m_alignment = alignment;
    emit volumeChanged();
    emit changed();
}

image::Window ViewerModel::window() const
{
    return m_window.value_or(m_ownWindow);
}

void ViewerModel::setWindow(const image::Window& window)
{
    m_window = window;
    m_window->width = std::max(window.function == image::Window::Function::Linear ? 1.0 : 1e-6, window.width);
    m_grey.reset();
    emit changed();
}

void ViewerModel::useAutomaticWindow()
{
    if (m_volume)
        setWindow(image::autoWindow(*m_volume, m_isWhole ? slice() : 0));
}

void ViewerModel::useHeaderWindow()
{
    if (!m_volume || m_volume->windows.empty())
        return;
    setWindow(m_volume->windows[m_headerWindow % m_volume->windows.size()]);
    ++m_headerWindow;
}

void ViewerModel::resetWindow()
{
    m_window.reset();
    m_isInverted = false;
    m_headerWindow = 0;
    m_grey.reset();
    emit changed();
}

void ViewerModel::setInverted(bool isInverted)
{
    m_isInverted = isInverted;
    m_grey.reset();
    emit changed();
}

const image::GreyScale& ViewerModel::greyScale() const
{
    if (!m_grey || m_greyOf != m_volume) {
        Volume shown = *m_volume; // voxels are shared, this copies the header alone
        shown.isInverted = shown.isInverted != m_isInverted;
        // A header without window may bring a lookup table; a window is that of the series, whatever a slice says.
        const bool isPlain = !m_window && shown.windows.empty() && shown.voiLut;
        m_grey = std::make_unique<image::GreyScale>(shown, isPlain ? std::optional<image::Window>() : window());
        m_greyOf = m_volume;
    }
    return *m_grey;
}

void ViewerModel::setTool(const char* id)
{
    m_tool = id;
    emit changed();
}

void ViewerModel::setShowsOverlays(bool shows)
{
    m_showsOverlays = shows;
    emit changed();
}

void ViewerModel::cycleOverlays()
{
    m_overlayLevel = (m_overlayLevel + 1) % 3;
    emit changed();
}

} // namespace hounsfield::viewer
