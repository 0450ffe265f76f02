#pragma once

#include <QAbstractTableModel>
#include <QWidget>

#include "ui/shell/choosers.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace hounsfield::reporting {

class EvidenceModel;

/// Labels with the probabilities of network and plain regression.
class ProbabilityTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { LabelColumn, NetworkColumn, BaselineColumn, ColumnCount };
    explicit ProbabilityTable(EvidenceModel& model, QObject* parent = nullptr);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void refresh();

  private:
    EvidenceModel& m_model;
    int m_rows = 0;
};

/// What a learned model says of the open report and by which words; its words are shaded in the text.
class EvidencePanel : public QWidget {
    Q_OBJECT
  public:
    EvidencePanel(EvidenceModel& model, shell::Choosers choosers, QWidget* parent = nullptr);

  signals:
    void modelChosen(const QString& file);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void build();
    void buildTable();
    void writeTexts();
    void refresh();
    QString methodNote() const;
    void chooseModel();

    EvidenceModel& m_model;
    shell::Choosers m_choosers;
    ProbabilityTable* m_rows;
    QLabel *m_title, *m_name, *m_problem, *m_methodLabel, *m_methodNote, *m_sum;
    QPushButton *m_choose, *m_readAll;
    QTableView* m_table;
    QComboBox* m_method;
    QCheckBox* m_mean;
};

} // namespace hounsfield::reporting
