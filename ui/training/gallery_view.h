#pragma once

#include <QWidget>

#include "ui/shell/pages.h"
#include "ui/training/training_core.h"

class QComboBox;
class QLabel;
class QListView;
class QPushButton;

namespace hounsfield::training {

class CaseList;
class TrainingModel;

/// The cases of one cell of the confusion matrix: click, or Enter, opens one in the viewer with its heat map; a digit,
/// or the row at the foot, corrects its label.
class GalleryView : public QWidget {
    Q_OBJECT
  public:
    GalleryView(TrainingModel& model, shell::OpenImage openImage, QWidget* parent = nullptr);

    void showCell(learning::Part part, int label, int called);
    void clear();
    void refresh();

  signals:
    void left(); ///< back to the results

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void retranslate();
    void refreshTitle();
    void fillClasses();
    void openCurrent();
    void correctCurrent(int classIndex);

    TrainingModel& m_model;
    shell::OpenImage m_openImage;
    CaseList* m_cases;
    QLabel* m_title;
    QListView* m_list;
    QLabel* m_hint;
    QComboBox* m_class;
    QPushButton* m_correct;
    QPushButton* m_back;
    int m_label = -1, m_called = -1;
};

} // namespace hounsfield::training
