#pragma once

#include <QWidget>

#include "ui/shell/choosers.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;
class QTableWidget;

namespace hounsfield::training {

class ClassTable;
class SyntheticBar;
class TrainingModel;

/// The data: where to drop them, then classes, split, warnings and files that could not be used.
class DataView : public QWidget {
    Q_OBJECT
  public:
    DataView(TrainingModel& model, shell::Choosers choosers, QWidget* parent = nullptr);

    void refresh();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    QWidget* makeInvitation();
    QWidget* makeContent();
    void retranslate();
    void refreshWarnings();
    void saveList();

    TrainingModel& m_model;
    shell::Choosers m_choosers;
    SyntheticBar* m_synthetic;
    QStackedWidget* m_stack;
    QLabel* m_invitation;
    QLabel* m_forms;
    QLabel* m_name;
    QLabel* m_split;
    QLabel* m_warnings;
    QTableView* m_table;
    ClassTable* m_classes;
    QLabel* m_unreadableTitle;
    QTableView* m_unreadable;
    QPushButton* m_save;
};

} // namespace hounsfield::training
