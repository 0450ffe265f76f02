#pragma once

#include <QAbstractTableModel>

#include "ui/synthesis/pair_record.h"

namespace hounsfield::synthesising {

/// The classifiers of a trial: what each learned from, its AUC on the same patients.
class TrialTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Name, Auc, Meaning, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setTrial(const std::optional<synthesis::TrialResult>& trial);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    std::vector<learning::Figure> m_auc;
};

/// Every figure of a judgement beside what real images give; one that is absent says why.
class MeasureTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Name, Made, Beside, TrainToTest, Remark, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setJudgement(const std::optional<synthesis::GeneratorJudgement>& judged);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void retranslate();

  private:
    struct Row {
        QString name, made, beside, trainToTest, remark;
        bool isBad = false;
    };
    void build();
    void addMeasures();
    void add(const char* key, Row row, bool isThere);

    std::optional<synthesis::GeneratorJudgement> m_judged;
    std::vector<Row> m_rows;
};

} // namespace hounsfield::synthesising
