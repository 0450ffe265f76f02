#pragma once

#include <QAbstractListModel>

namespace hounsfield::reporting {

class ReportsModel;

/// The reports of the queue: state, name and first words.
class ReportList : public QAbstractListModel {
    Q_OBJECT
  public:
    explicit ReportList(ReportsModel& model, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

  private:
    void refresh();

    ReportsModel& m_model;
    int m_rows = 0;
};

} // namespace hounsfield::reporting
