#pragma once

#include <QAbstractTableModel>
#include <QImage>
#include <QStyledItemDelegate>

#include "core/learning/split.h"
#include "ui/training/training_core.h"

#include <vector>

namespace hounsfield::training {

/// The classes of a data set: cases per part, patients, and a few pictures of each.
class ClassTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Name, Images, Training, Validation, Test, Patients, Examples, ColumnCount };
    static constexpr int ExamplesRole = Qt::UserRole; ///< QList<QImage>

    using QAbstractTableModel::QAbstractTableModel;

    /// @param split  null: parts are not known yet
    void setData(const DataPointer& data, const learning::Split* split);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct Row {
        QString name;
        std::array<std::int64_t, learning::partCount> parts{};
        std::int64_t patients = 0;
        QList<QImage> examples;
    };
    std::vector<Row> m_rows;
    bool m_knowsPatients = false;
    DataPointer m_data;
};

/// Draws the pictures of a class in a row.
class ExamplesDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// An image of the set as a picture, dark to bright over the values of its depth.
QImage pictureOf(const image::Raster<std::uint8_t>& raster);

} // namespace hounsfield::training
