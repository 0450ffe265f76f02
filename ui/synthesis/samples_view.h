#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QListView;
class QPushButton;
class QSlider;
class QSpinBox;

namespace hounsfield::synthesising {

class SampleGrid;
class SampleList;
class SamplesModel;
class SynthesisModel;

/// What the generator makes, below the verdict on it: every sample beside the training image it resembles most, the
/// most suspicious first; a chosen one enlarged; the way from one to another.
class SamplesView : public QWidget {
    Q_OBJECT
  public:
    SamplesView(SynthesisModel& synthesis, SamplesModel& model, QWidget* parent = nullptr);
    void refresh();
    /// A further row at its foot.
    void addFoot(QWidget* foot);

  signals:
    void verdictWanted(); ///< the sentence above was clicked

  protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

  private:
    QWidget* makeHead();
    QWidget* makeSide();
    void joinModel();
    void retranslate();
    void refreshHead();
    void refreshChosen();
    void refreshBetween();
    std::vector<int> chosenRows() const;

    SynthesisModel& m_synthesis;
    SamplesModel& m_model;
    SampleList* m_samples;
    QPushButton* m_verdict;
    QLabel* m_classLabel;
    QComboBox* m_class;
    QLabel* m_countLabel;
    QSpinBox* m_count;
    QPushButton* m_more;
    QLabel* m_note;
    QListView* m_list;
    SampleGrid* m_zoom;
    QLabel* m_words;
    SampleGrid* m_strip;
    QSlider* m_way;
};

} // namespace hounsfield::synthesising
