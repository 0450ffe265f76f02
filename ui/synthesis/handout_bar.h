#pragma once

#include <QWidget>

#include "ui/shell/choosers.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace hounsfield::synthesising {

class HandoutModel;
class SamplesModel;

/// How many images of which class are added to a training set or exported.
class HandoutBar : public QWidget {
    Q_OBJECT
  public:
    HandoutBar(HandoutModel& model, SamplesModel& samples, shell::Choosers choosers, QWidget* parent = nullptr);
    void refresh();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void retranslate();
    void fillClasses();
    void exportImages();

    HandoutModel& m_model;
    SamplesModel& m_samples;
    shell::Choosers m_choosers;
    QLabel* m_classLabel;
    QComboBox* m_class;
    QLabel* m_countLabel;
    QSpinBox* m_count;
    QPushButton* m_add;
    QComboBox* m_form;
    QPushButton* m_export;
    QProgressBar* m_progress;
    QPushButton* m_stop;
    QLabel* m_sentence;
};

} // namespace hounsfield::synthesising
