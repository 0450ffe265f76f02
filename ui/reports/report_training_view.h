#pragma once

#include <QAbstractTableModel>
#include <QWidget>

#include "ui/shell/choosers.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;
class QVBoxLayout;

namespace hounsfield::plots {
class CurvePlot;
}
namespace hounsfield::shell {
class OptionForm;
}

namespace hounsfield::reporting {

class ReportTrainingModel;

/// Figures of the last run on its test part (else validation): the network beside the plain regression.
class ReportFigureTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { LabelColumn, PositivesColumn, AucColumn, F1Column, BaseAucColumn, BaseF1Column, ColumnCount };
    explicit ReportFigureTable(ReportTrainingModel& model, QObject* parent = nullptr);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void refresh();

  private:
    ReportTrainingModel& m_model;
};

/// Reports on the page of training: which labels, which network, its curve and its figures.
class ReportTrainingView : public QWidget {
    Q_OBJECT
  public:
    ReportTrainingView(ReportTrainingModel& model, shell::Choosers choosers, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    QWidget* buildForm();
    void buildChoices(QWidget* form, QVBoxLayout* column);
    void buildProgress(QWidget* form, QVBoxLayout* column);
    QWidget* buildFigures();
    void writeTexts();
    void refresh();
    void refreshCurve();
    QString figuresSentence() const;
    QString setSentence() const;
    void chooseTables();

    ReportTrainingModel& m_model;
    shell::Choosers m_choosers;
    ReportFigureTable* m_rows;
    QLabel *m_sourceTitle, *m_set, *m_networkTitle, *m_networkSummary, *m_sentence, *m_problem, *m_figuresTitle,
        *m_gain;
    QComboBox *m_source, *m_network;
    QPushButton *m_tables, *m_train, *m_stop;
    shell::OptionForm* m_options;
    QProgressBar* m_progress;
    plots::CurvePlot* m_curve;
    QTableView* m_table;
    std::string m_shownNetwork;
};

} // namespace hounsfield::reporting
