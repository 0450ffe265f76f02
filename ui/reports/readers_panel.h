#pragma once

#include <QAbstractTableModel>
#include <QWidget>

#include "core/reports/adjudication.h"

#include <vector>

class QComboBox;
class QLabel;
class QTableView;
class QToolButton;
class QVBoxLayout;

namespace hounsfield::reporting {

class ReadersModel;

/// Figures of agreement, all labels first.
class AgreementTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { LabelColumn, KappaColumn, StatusColumn, ExactColumn, OverlapColumn, ColumnCount };
    explicit AgreementTable(ReadersModel& model, QObject* parent = nullptr);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void refresh();

  private:
    ReadersModel& m_model;
};

/// What the readers see differently, a row each.
class DifferenceTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { ReportColumn, MineColumn, TheirsColumn, ColumnCount };
    explicit DifferenceTable(ReadersModel& model, QObject* parent = nullptr);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void refresh();

  private:
    QString wordsOf(const reports::Disagreement& what, bool isMine) const;
    ReadersModel& m_model;
};

/// Two readers: how far they agree, and the disagreements to settle, one key each.
class ReadersPanel : public QWidget {
    Q_OBJECT
  public:
    explicit ReadersPanel(ReadersModel& model, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void build();
    void buildDecisions(QVBoxLayout* column);
    void writeTexts();
    void refresh();
    void refreshRelations();
    static QString decisionName(std::size_t number);
    void settle(reports::Decision::Kind decision);

    ReadersModel& m_model;
    AgreementTable* m_figures;
    DifferenceTable* m_differences;
    QLabel *m_title, *m_hint, *m_differencesTitle, *m_problem, *m_relations, *m_gone;
    QComboBox* m_reader;
    QTableView *m_figureView, *m_differenceView;
    std::vector<QToolButton*> m_decisions;
};

} // namespace hounsfield::reporting
