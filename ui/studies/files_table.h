#pragma once

#include <QAbstractTableModel>

#include "core/files/scan.h"

#include <string>
#include <vector>

namespace hounsfield::studies {

/// Files of a scan that are no pictures: other objects, and what was refused with the reason.
class FilesTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { File, Outcome, Reason, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void add(const files::ScanResult& result);
    void clear();
    void retranslate();
    int rejectedCount() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct Row {
        std::string file;
        std::string kind; ///< of an object that is no image; empty when it was refused
        Error reason;
    };
    std::vector<Row> m_rows;
};

} // namespace hounsfield::studies
