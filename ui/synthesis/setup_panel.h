#pragma once

#include <QWidget>

#include "ui/shell/choosers.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace hounsfield::shell {
class OptionForm;
}

namespace hounsfield::synthesising {

class SynthesisModel;

/// What is done on the page, from top to bottom: open data, choose a pair of networks and options, train or go on.
class SetupPanel : public QWidget {
    Q_OBJECT
  public:
    SetupPanel(SynthesisModel& model, shell::Choosers choosers, QWidget* parent = nullptr);

    void refresh();
    void refreshProgress();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    QWidget* makeForm();
    QWidget* makeFoot();
    void joinModel();
    void retranslate();
    void fillNetworks();
    void openFolder();
    void openFile();

    SynthesisModel& m_model;
    shell::Choosers m_choosers;
    QLabel* m_dataTitle;
    QPushButton* m_openFolder;
    QPushButton* m_openFile;
    QPushButton* m_fromTraining;
    QPushButton* m_sample;
    QPushButton* m_labels;
    QLabel* m_pairTitle;
    QComboBox* m_network;
    QLabel* m_goodFor;
    QLabel* m_sizeLabel;
    QComboBox* m_size;
    QLabel* m_nameLabel;
    QLineEdit* m_name;
    shell::OptionForm* m_options;
    QLabel* m_sentence;
    QProgressBar* m_progress;
    QPushButton* m_start;
    QPushButton* m_resume;
    QPushButton* m_stop;
};

} // namespace hounsfield::synthesising
