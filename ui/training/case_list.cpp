#include "ui/training/case_list.h"

#include <QIcon>
#include <QLocale>
#include <QPixmap>

#include "ui/training/class_table.h"
#include "ui/training/training_model.h"

#include <algorithm>
#include <limits>

namespace hounsfield::training {

namespace {

using ImageSet = files::ReaderPool::ImageSet;

template <typename Value> void fill(image::Raster<std::uint8_t>& picture, const Value* values)
{
    const std::size_t n = picture.pixels.size();
    Value low = std::numeric_limits<Value>::max();
    Value high = std::numeric_limits<Value>::lowest();
    for (std::size_t i = 0; i < n; ++i) {
        low = std::min(low, values[i]);
        high = std::max(high, values[i]);
    }
    const double span = high > low ? static_cast<double>(high) - static_cast<double>(low) : 1.0;
    for (std::size_t i = 0; i < n; ++i)
        picture.pixels[i] =
            static_cast<std::uint8_t>((static_cast<double>(values[i]) - static_cast<double>(low)) / span * 255);
}

/// Image i of a set, darkest value black and brightest white.
QImage pictureOf(const ImageSet& set, std::size_t i)
{
    image::Raster<std::uint8_t> picture(set.width, set.height, set.channels);
    const std::size_t first = i * picture.pixels.size();
    if (set.type == image::ScalarType::UInt8)
        fill(picture, reinterpret_cast<const std::uint8_t*>(set.pixels.bytes) + first);
    else if (set.type == image::ScalarType::UInt16)
        fill(picture, reinterpret_cast<const std::uint16_t*>(set.pixels.bytes) + first);
    else
        fill(picture, reinterpret_cast<const float*>(set.pixels.bytes) + first);
    return training::pictureOf(picture);
}

float confidence(const learning::Prediction* prediction)
{
    return prediction->probabilities[static_cast<std::size_t>(prediction->called)];
}

} // namespace

CaseList::CaseList(TrainingModel& model, QObject* parent)
    : QAbstractListModel(parent)
    , m_model(model)
{
}

void CaseList::setCell(const RunPointer& run, learning::Part part, int label, int called)
{
    beginResetModel();
    m_run = run;
    m_cases.clear();
    m_pictures.clear();
    for (const learning::Prediction& prediction : run->predictions)
        if (prediction.part == part && prediction.label == label && prediction.called == called)
            m_cases.push_back(&prediction);
    std::ranges::stable_sort(m_cases, std::greater<>{}, confidence);
    endResetModel();
    readPictures();
}

void CaseList::clear()
{
    beginResetModel();
    ++m_turn;
    m_cases.clear();
    m_pictures.clear();
    m_run = nullptr;
    endResetModel();
}

void CaseList::readPictures()
{
    if (m_task)
        m_task->cancel();
    const int turn = ++m_turn;
    files::ImageSetRequest request;
    request.width = request.height = pictureSide;
    request.channels = 1;
    const std::size_t count = std::min<std::size_t>(m_cases.size(), pictureLimit);
    for (std::size_t i = 0; i < count; ++i)
        request.sources.push_back(m_cases[i]->source);
    if (request.sources.empty())
        return;
    m_task = m_model.tasks().start<ImageSet>(
        this, text("training", "Reading pictures of cases"),
        [images = m_model.core().images, request](const Monitor& monitor) { return images(request, monitor); },
        [this, turn](Result<ImageSet> set) {
            if (turn != m_turn || !set)
                return; // the names and figures of the cases are there without their pictures
            for (std::size_t i = 0; i < set->images.size(); ++i)
                if (set->images[i])
                    m_pictures.insert(static_cast<int>(i), pictureOf(*set, i));
            emit dataChanged(index(0), index(rowCount() - 1), {Qt::DecorationRole});
        });
}

const learning::Prediction* CaseList::prediction(int row) const
{
    return row >= 0 && row < rowCount() ? m_cases[static_cast<std::size_t>(row)] : nullptr;
}

void CaseList::refreshCorrections()
{
    if (rowCount() > 0)
        emit dataChanged(index(0), index(rowCount() - 1), {Qt::DisplayRole, Qt::ToolTipRole});
}

int CaseList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_cases.size());
}

QString CaseList::words(const learning::Prediction& prediction, bool isLong) const
{
    const QString said = QString::fromStdString(m_run->classes[static_cast<std::size_t>(prediction.called)]);
    const QString percent = tr("%1 %")
                                .arg(QLocale().toString(100.0 * double(confidence(&prediction)), 'f', 1))
                                .replace(QLatin1Char(' '), QChar::Nbsp); // never apart on two lines
    const auto corrected = m_model.correction(*m_run, prediction);
    QStringList lines;
    if (isLong)
        lines
            << QString::fromStdString(prediction.name)
            << tr("Label: %1").arg(QString::fromStdString(m_run->classes[static_cast<std::size_t>(prediction.label)]));
    lines << (isLong ? tr("Model said: %1, %2").arg(said, percent) : tr("%1 %2").arg(said, percent));
    if (corrected)
        lines << tr("✓ now %1").arg(QString::fromStdString(*corrected));
    if (isLong)
        lines << tr("Click to open it in the viewer with its heat map.");
    return lines.join(QLatin1Char('\n'));
}

QVariant CaseList::data(const QModelIndex& index, int role) const
{
    const learning::Prediction* one = prediction(index.row());
    if (!one)
        return {};
    if (role == Qt::DisplayRole)
        return words(*one, false);
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return words(*one, true);
    if (role == Qt::DecorationRole) {
        const auto picture = m_pictures.find(index.row());
        if (picture != m_pictures.end()) {
            const QPixmap pixmap = QPixmap::fromImage(*picture);
            QIcon icon(pixmap);
            icon.addPixmap(pixmap, QIcon::Selected); // a chosen picture keeps its greys
            return icon;
        }
        QPixmap empty(pictureSide, pictureSide);
        empty.fill(QColor(0x20, 0x24, 0x28));
        return QIcon(empty);
    }
    return {};
}

} // namespace hounsfield::training
