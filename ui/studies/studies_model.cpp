#include "ui/studies/studies_model.h"

#include "core/base/atomic_file.h"
#include "core/base/csv.h"
#include "core/image/phantom.h"
#include "core/image/picture.h"
#include "core/learning/sample_set.h"
#include "ui/shell/translate.h"

#include <mutex>
#include <set>
#include <utility>
#include <vector>

namespace hounsfield::studies {

namespace {

constexpr int previewSide = 64;

QImage previewOf(const image::Volume& volume)
{
    const auto picture = image::pictureOf(volume, 0);
    const auto format = picture.channels == 3 ? QImage::Format_RGB888 : QImage::Format_Grayscale8;
    const QImage whole(picture.pixels.data(), static_cast<int>(picture.width), static_cast<int>(picture.height),
        picture.width * picture.channels, format);
    return whole.scaled(previewSide, previewSide, Qt::KeepAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_RGB32);
}

Result<std::filesystem::path> makeSample(const std::filesystem::path& folder, const Monitor& monitor)
{
    const std::filesystem::path radiographs = folder / "radiographs";
    if (std::filesystem::exists(radiographs / "test" / "labels.csv"))
        return folder;
    TRY(makeFolder(folder));
    TRY(image::writeMetaImage(image::makeCtPhantom(), folder / "phantom-ct.mha"));
    TRY(learning::writeSampleFolder(radiographs / "train", {1}, 0, 600, monitor.part(0, 0.6)));
    TRY(learning::writeSampleFolder(radiographs / "test", {2}, 0, 400, monitor.part(0.6, 1)));
    return folder;
}

} // namespace

/// Where background threads leave what they found; the window's thread empties it.
struct StudiesModel::Inbox {
    std::mutex mutex;
    std::vector<files::Series> series;
    std::vector<std::pair<files::Series, QImage>> previews;
};

StudiesCore studiesCore(files::ReaderPool& readers, std::filesystem::path sampleFolder)
{
    return {[&readers](const std::filesystem::path& path, const Monitor& monitor,
                const StudiesCore::OnSeries& onSeries) { return files::scan(readers, path, monitor, onSeries); },
        [&readers](
            const files::Series& series, std::int64_t slice) { return files::openSlice(readers, series, slice); },
        [folder = std::move(sampleFolder)](const Monitor& monitor) { return makeSample(folder, monitor); }};
}

StudiesModel::StudiesModel(StudiesCore core, shell::BackgroundTasks& tasks, QObject* parent)
    : QObject(parent)
    , m_core(std::move(core))
    , m_tasks(tasks)
    , m_inbox(std::make_shared<Inbox>())
{
    m_timer.setInterval(100);
    connect(&m_timer, &QTimer::timeout, this, &StudiesModel::takeIn);
}

StudiesModel::View StudiesModel::view() const
{
    const bool isFailure = !m_failure.what.isEmpty();
    return {isFailure ? shell::translated(m_failure) : summary(), m_scan != nullptr, isFailure, m_series.rows().empty(),
        m_files.rowCount() > 0};
}

QString StudiesModel::summary() const
{
    const int count = static_cast<int>(m_series.rows().size());
    const int others = m_files.rowCount() - m_files.rejectedCount();
    if (m_scan && count == 0)
        return tr("Looking for images …");
    if (count == 0 && m_files.rowCount() == 0)
        return {};
    std::set<std::string> patients;
    for (const SeriesRow& row : m_series.rows())
        patients.insert(row.series.facts.patientID + "\n" + row.series.facts.patientName);
    return tr("Series: %1 · patients: %2 · other objects: %3 · files refused: %4")
        .arg(count)
        .arg(patients.size())
        .arg(others)
        .arg(m_files.rejectedCount());
}

void StudiesModel::open(const QStringList& paths)
{
    m_failure = {};
    m_waiting += paths;
    if (m_scan)
        return;
    m_hasShownFirst = false;
    scanNext();
}

void StudiesModel::openSample()
{
    m_failure = {};
    m_tasks.start<std::filesystem::path>(
        this, text("studies", "Making the sample"), m_core.makeSample, [this](Result<std::filesystem::path> made) {
            if (made) {
                open({QString::fromStdString((*made / "phantom-ct.mha").string())});
            } else {
                m_failure = made.error();
                emit changed();
            }
        });
}

void StudiesModel::scanNext()
{
    if (m_waiting.isEmpty())
        return;
    const QString path = m_waiting.takeFirst();
    m_timer.start();
    m_scan = m_tasks.start<files::ScanResult>(
        this, text("studies", "Scanning %1").with(path.section('/', -1).toStdString()),
        [scan = m_core.scan, inbox = m_inbox, path](const Monitor& monitor) {
            return scan(path.toStdString(), monitor, [&](const files::Series& series) {
                const std::scoped_lock lock(inbox->mutex);
                inbox->series.push_back(series);
            });
        },
        [this, path](Result<files::ScanResult> result) { finish(path, std::move(result)); });
    emit changed();
}

void StudiesModel::finish(const QString& path, Result<files::ScanResult> result)
{
    takeIn();
    m_scan = nullptr;
    if (result) {
        for (const files::Series& series : result->series)
            m_series.put(series);
        m_files.add(*result);
        if (result->accepted == 0 && result->rejected.empty())
            m_failure = {Error::Kind::BadInput, text("studies", "There are no images here."), path.toStdString(),
                text("studies", "Choose a folder or file with DICOM, NIfTI, NRRD, MetaImage or ordinary pictures.")};
        if (!m_hasShownFirst && !result->series.empty()) {
            m_hasShownFirst = true;
            emit firstSeries(result->series.front());
        }
    } else if (result.error().kind != Error::Kind::Cancelled) {
        m_failure = result.error();
    }
    makePreviews();
    emit changed();
    if (!m_hasShownFirst && m_waiting.isEmpty() && m_files.rowCount() + (m_failure.what.isEmpty() ? 0 : 1) > 0)
        emit nothingFound();
    scanNext();
}

void StudiesModel::takeIn()
{
    std::vector<files::Series> series;
    std::vector<std::pair<files::Series, QImage>> previews;
    {
        const std::scoped_lock lock(m_inbox->mutex);
        series.swap(m_inbox->series);
        previews.swap(m_inbox->previews);
    }
    for (const files::Series& one : series)
        m_series.put(one);
    for (const auto& [one, preview] : previews)
        m_series.setPreview(one, preview);
    if (!m_scan && !m_isMakingPreviews)
        m_timer.stop();
    if (series.empty() && previews.empty())
        return;
    if (!m_hasShownFirst && m_scan && !series.empty()) {
        m_hasShownFirst = true;
        emit firstSeries(series.front());
    }
    makePreviews();
    emit changed();
}

void StudiesModel::makePreviews()
{
    if (m_isMakingPreviews)
        return;
    std::vector<files::Series> missing;
    for (const SeriesRow& row : m_series.rows())
        if (row.preview.isNull())
            missing.push_back(row.series);
    if (missing.empty())
        return;
    m_isMakingPreviews = true;
    m_timer.start();
    m_tasks.start<bool>(
        this, text("studies", "Making previews"),
        [openSlice = m_core.openSlice, inbox = m_inbox, missing = std::move(missing)](
            const Monitor& monitor) -> Result<bool> {
            for (std::size_t i = 0; i < missing.size(); ++i) {
                TRY(monitor.at(
                    text("studies", "Making previews"), static_cast<double>(i) / static_cast<double>(missing.size())));
                const auto volume = openSlice(missing[i], static_cast<std::int64_t>(missing[i].slices.size()) / 2);
                QImage preview(previewSide, previewSide, QImage::Format_RGB32); // black where no slice can be read
                preview.fill(Qt::black);
                if (volume)
                    preview = previewOf(**volume);
                const std::scoped_lock lock(inbox->mutex);
                inbox->previews.emplace_back(missing[i], preview);
            }
            return true;
        },
        [this](const Result<bool>& made) {
            takeIn();
            m_isMakingPreviews = false;
            if (made)
                makePreviews(); // what was found meanwhile
        });
}

void StudiesModel::stop()
{
    m_waiting.clear();
    if (m_scan)
        m_scan->cancel();
}

void StudiesModel::clear()
{
    stop();
    m_series.clear();
    m_files.clear();
    m_failure = {};
    emit changed();
}

void StudiesModel::retranslate()
{
    m_series.retranslate();
    m_files.retranslate();
    emit changed();
}

Result<void> StudiesModel::saveFileList(const QString& path) const
{
    const auto cell = [](const QString& words) { return csvCell(words.toStdString()); };
    std::string csv = cell(tr("File")) + "," + cell(tr("Outcome")) + "," + cell(tr("Reason")) + "\n";
    for (const SeriesRow& row : m_series.rows())
        for (const std::string& file : row.series.files)
            csv += csvCell(file) + "," + cell(tr("Image")) + ",\n";
    for (int row = 0; row < m_files.rowCount(); ++row) {
        for (int column = 0; column < FilesTable::ColumnCount; ++column)
            csv += (column ? "," : "") + cell(m_files.data(m_files.index(row, column), Qt::DisplayRole).toString());
        csv += "\n";
    }
    return writeAtomically(path.toStdString(), csv);
}

} // namespace hounsfield::studies
