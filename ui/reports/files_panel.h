#pragma once

#include <QWidget>

#include "ui/shell/choosers.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace hounsfield::reporting {

class FilesModel;

/// Annotations to and from files: the format, what it cannot hold, and whose they are.
class FilesPanel : public QWidget {
    Q_OBJECT
  public:
    FilesPanel(FilesModel& model, shell::Choosers choosers, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void build();
    void writeTexts();
    void refresh();
    void exportFiles();
    void importFiles();

    FilesModel& m_model;
    shell::Choosers m_choosers;
    QLabel *m_title, *m_summary, *m_lossesTitle, *m_losses, *m_importTitle, *m_readerLabel, *m_sentence, *m_problem;
    QComboBox* m_format;
    QLineEdit* m_reader;
    QPushButton *m_export, *m_import;
};

} // namespace hounsfield::reporting
