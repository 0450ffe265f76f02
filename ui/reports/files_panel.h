#pragma once

#include <QWidget>

#include "ui/shell/choosers.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace hounsfield::reporting {

class FilesModel;
class ReportsModel;

/// Annotations to and from files: the format, what it cannot hold, and whose they are.
class FilesPanel : public QWidget {
    Q_OBJECT
  public:
    FilesPanel(FilesModel& model, const ReportsModel& reports, shell::Choosers choosers, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    void build();
    void buildExport(QVBoxLayout* column);
    void buildImport(QVBoxLayout* column);
    void buildImages(QVBoxLayout* column);
    void writeTexts();
    void refresh();
    void exportFiles();
    void importFiles();
    void refreshImages();
    void writeImageLabels();

    FilesModel& m_model;
    const ReportsModel& m_reports;
    shell::Choosers m_choosers;
    QLabel *m_title, *m_summary, *m_lossesTitle, *m_losses, *m_importTitle, *m_readerLabel, *m_sentence, *m_problem,
        *m_imagesTitle, *m_imagesHint;
    QComboBox *m_format, *m_imageLabel;
    QLineEdit* m_reader;
    QPushButton *m_export, *m_import, *m_images;
};

} // namespace hounsfield::reporting
