#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QSpinBox;

namespace hounsfield::synthesising {

class BlindTestModel;
class SampleGrid;
class SynthesisModel;

/// Real or made? One image after the other, answered by R and M or the arrow keys.
class BlindTestView : public QWidget {
    Q_OBJECT
  public:
    BlindTestView(SynthesisModel& synthesis, BlindTestModel& model, QWidget* parent = nullptr);
    void refresh();

  protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    QWidget* makeFoot();
    void retranslate();
    void refreshWords();

    SynthesisModel& m_synthesis;
    BlindTestModel& m_model;
    QLabel* m_title;
    QLabel* m_words;
    SampleGrid* m_picture;
    QLabel* m_countLabel;
    QSpinBox* m_count;
    QPushButton* m_start;
    QPushButton* m_real;
    QPushButton* m_made;
    QPushButton* m_back;
    QPushButton* m_giveUp;
    QLabel* m_earlier;
};

} // namespace hounsfield::synthesising
