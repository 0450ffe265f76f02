#pragma once

#include <QAbstractTableModel>

#include "core/reports/annotation.h"

#include <string>
#include <vector>

namespace hounsfield::reporting {

class ReportsModel;

/// The annotations of the open report in the order of its text.
class FindingTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { LabelColumn, StatusColumn, WordsColumn, ColumnCount };

    explicit FindingTable(ReportsModel& model, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    std::string idOf(int row) const;
    int rowOf(const std::string& id) const; ///< −1: not there
    void refresh();

  private:
    static QString saysOf(const reports::Annotation& span);

    ReportsModel& m_model;
    std::vector<std::string> m_ids;
};

} // namespace hounsfield::reporting
