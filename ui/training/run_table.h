#pragma once

#include <QAbstractTableModel>

#include "ui/training/training_core.h"

#include <vector>

namespace hounsfield::training {

/// The trainings there are, newest first.
class RunTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Finished, Network, Data, Images, Epochs, Auc, Accuracy, Duration, Ending, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(const std::vector<RunPointer>& runs);
    RunPointer run(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    std::vector<RunPointer> m_runs;
};

/// Two trainings side by side: a row for each figure and each option that differs.
class ComparisonTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(const RunPointer& first, const RunPointer& second); ///< null: empty

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct Row {
        QString name, first, second, difference;
    };
    void addFigures(const learning::Metrics& first, const learning::Metrics& second, bool isComparable);
    void addOptions(const learning::Run& first, const learning::Run& second);

    std::vector<Row> m_rows;
    QString m_first, m_second;
};

/// Whether two runs were tested on the same cases, so that their figures may be set against each other.
bool haveSameTest(const learning::Run& first, const learning::Run& second);

/// The figures that count: of the test part, else of validation; null when there are none.
const learning::Metrics* figuresOf(const learning::Run& run);

} // namespace hounsfield::training
