#pragma once

#include <QWidget>

#include "ui/shell/choosers.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace hounsfield::shell {
class OptionForm;
}

namespace hounsfield::training {

class TrainingModel;

/// What is done on the page, from top to bottom: open data, choose a network and options, train.
class SetupPanel : public QWidget {
    Q_OBJECT
  public:
    SetupPanel(TrainingModel& model, shell::Choosers choosers, QWidget* parent = nullptr);

    void refresh();
    void refreshProgress();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    QWidget* makeForm();
    QWidget* makeFoot();
    void retranslate();
    void fillNetworks();
    void refreshOptions();
    void openFolder();
    void openFile();

    TrainingModel& m_model;
    shell::Choosers m_choosers;
    QLabel* m_dataTitle;
    QPushButton* m_openFolder;
    QPushButton* m_openFile;
    QPushButton* m_sample;
    QPushButton* m_labels;
    QLabel* m_networkTitle;
    QComboBox* m_network;
    QLabel* m_goodFor;
    shell::OptionForm* m_options;
    QLabel* m_sentence;
    QProgressBar* m_progress;
    QPushButton* m_train;
    QPushButton* m_stop;
};

} // namespace hounsfield::training
