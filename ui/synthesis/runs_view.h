#pragma once

#include <QAbstractTableModel>
#include <QWidget>

#include "ui/synthesis/synthesis_core.h"

class QLabel;
class QPushButton;
class QTableView;

namespace hounsfield::synthesising {

class SynthesisModel;

/// The trainings of pairs there are, newest first.
class RunTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Name, Network, Data, Images, Steps, Distance, Trial, Ending, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(const std::vector<RunPointer>& runs);
    RunPointer run(int row) const; ///< null when there is no such row

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QString words(const PairRecord& record, int column) const;

    std::vector<RunPointer> m_runs;
};

/// Earlier trainings; a click shows one everywhere on the page.
class RunsView : public QWidget {
    Q_OBJECT
  public:
    explicit RunsView(SynthesisModel& model, QWidget* parent = nullptr);
    void refresh();

  signals:
    void chosen(); ///< one was opened by double click, Enter or the button

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void retranslate();
    void showCurrent();

    SynthesisModel& m_model;
    RunTable* m_runs;
    QLabel* m_hint;
    QTableView* m_table;
    QPushButton* m_show;
};

} // namespace hounsfield::synthesising
