#pragma once

#include <QAbstractTableModel>
#include <QImage>

#include "core/files/scan.h"

#include <vector>

namespace hounsfield::studies {

/// One series of the list and its preview.
struct SeriesRow {
    files::Series series;
    QImage preview; ///< null until it is made
};

/// The series that were found, one a row, grouped by patient and study through their order.
class SeriesTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Preview, Patient, Study, Description, Modality, Images, Notes, ColumnCount };
    /// Data of this role orders the rows.
    static constexpr int sortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    /// Takes a series in; one with the same uid, folder and time point as a row replaces it.
    void put(const files::Series& series);
    void setPreview(const files::Series& series, const QImage& preview);
    void replaceAll(const std::vector<files::Series>& series);
    void clear();
    void retranslate();

    const std::vector<SeriesRow>& rows() const { return m_rows; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    int rowOf(const files::Series& series) const;
    QString words(const SeriesRow& row, int column) const;
    QString tip(const SeriesRow& row) const;

    std::vector<SeriesRow> m_rows;
};

} // namespace hounsfield::studies
