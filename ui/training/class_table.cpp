#include "ui/training/class_table.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <limits>
#include <set>

namespace hounsfield::training {

namespace {

constexpr int exampleCount = 8;
constexpr int exampleSide = 56;

/// Darkest and brightest stored value of a few images: what their pictures run from and to.
std::pair<double, double> rangeOf(const learning::ImageStore& images, const std::vector<std::int64_t>& cases)
{
    float low = std::numeric_limits<float>::max();
    float high = std::numeric_limits<float>::lowest();
    std::vector<float> values(static_cast<std::size_t>(images.elements()));
    for (const std::int64_t i : cases) {
        images.read(i, values.data());
        for (const float value : values)
            if (value == value) {
                low = std::min(low, value);
                high = std::max(high, value);
            }
    }
    return low < high ? std::pair<double, double>(low, high) : std::pair<double, double>(0, 255);
}

QList<QImage> examplesOf(const learning::DataSet& data, int label)
{
    const auto cases = data.examples(label, exampleCount);
    const auto [low, high] = rangeOf(data.images, cases);
    QList<QImage> pictures;
    for (const std::int64_t i : cases)
        pictures << pictureOf(data.images.thumbnail(i, low, high));
    return pictures;
}

} // namespace

QImage pictureOf(const image::Raster<std::uint8_t>& raster)
{
    const auto width = static_cast<int>(raster.width);
    const auto height = static_cast<int>(raster.height);
    const bool isGrey = raster.channels == 1;
    QImage picture(width, height, isGrey ? QImage::Format_Grayscale8 : QImage::Format_RGB888);
    const std::size_t row = static_cast<std::size_t>(width) * static_cast<std::size_t>(raster.channels);
    for (int y = 0; y < height; ++y)
        std::copy_n(raster.pixels.data() + static_cast<std::size_t>(y) * row, row, picture.scanLine(y));
    return picture.convertToFormat(QImage::Format_RGB32);
}

void ClassTable::setData(const DataPointer& data, const learning::Split* split)
{
    beginResetModel();
    const bool isSameData = data == m_data;
    std::vector<Row> before = std::move(m_rows);
    m_rows.clear();
    m_data = data;
    if (data) {
        m_knowsPatients = data->knowsPatients();
        const auto patients = data->patients();
        for (std::size_t c = 0; c < data->classes.size(); ++c) {
            Row row{QString::fromStdString(data->classes[c]), {}, patients[c], {}};
            row.examples = isSameData ? before[c].examples : examplesOf(*data, static_cast<int>(c));
            m_rows.push_back(std::move(row));
        }
        for (std::size_t i = 0; i < data->cases.size(); ++i) {
            const learning::Case& one = data->cases[i];
            const learning::Part part = split && i < split->parts.size() ? split->parts[i] : one.part;
            ++m_rows[static_cast<std::size_t>(one.label)].parts[static_cast<std::size_t>(part)];
        }
    }
    endResetModel();
}

int ClassTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ClassTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClassTable::data(const QModelIndex& index, int role) const
{
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == ExamplesRole)
        return QVariant::fromValue(row.examples);
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (index.column() == Name ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole)
        return {};
    const auto number = [](std::int64_t value) { return QLocale().toString(static_cast<qlonglong>(value)); };
    switch (index.column()) {
    case Name:
        return row.name;
    case Images:
        return number(row.parts[0] + row.parts[1] + row.parts[2]);
    case Training:
    case Validation:
    case Test:
        return number(row.parts[static_cast<std::size_t>(index.column() - Training)]);
    case Patients:
        return m_knowsPatients ? number(row.patients) : QStringLiteral("–");
    default:
        return {};
    }
}

QVariant ClassTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Class");
    case Images:
        return tr("Images");
    case Training:
        return tr("Training");
    case Validation:
        return tr("Validation");
    case Test:
        return tr("Test");
    case Patients:
        return tr("Patients");
    default:
        return tr("Examples");
    }
}

void ExamplesDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const auto pictures = index.data(ClassTable::ExamplesRole).value<QList<QImage>>();
    int x = option.rect.left() + 6;
    const int y = option.rect.top() + (option.rect.height() - exampleSide) / 2;
    painter->save();
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    for (const QImage& picture : pictures) {
        if (x + exampleSide > option.rect.right())
            break;
        const QSize size = picture.size().scaled(exampleSide, exampleSide, Qt::KeepAspectRatio);
        painter->drawImage(
            QRect(QPoint(x + (exampleSide - size.width()) / 2, y + (exampleSide - size.height()) / 2), size), picture);
        x += exampleSide + 4;
    }
    painter->restore();
}

QSize ExamplesDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {exampleCount * (exampleSide + 4) + 12, exampleSide + 10};
}

} // namespace hounsfield::training
