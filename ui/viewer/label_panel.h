#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QMenu;
class QToolButton;

namespace hounsfield::viewer {

class ClassList;
class LabelledList;
class LabelModel;

/// The labels beside the picture: the list of classes with its editor, and the labelled slices of the open series.
/// Enter gives the class or shows the slice, F2 renames, Del takes away, Ctrl+Up/Down moves a class.
class LabelPanel : public QWidget {
    Q_OBJECT
  public:
    explicit LabelPanel(LabelModel& model, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void build();
    void buildColours();
    void writeTexts();
    void readModel();
    bool pressClassKey(int key, Qt::KeyboardModifiers modifiers);
    void addClass();
    void moveClass(int by);
    void removeClass();
    void takeLabel();
    QToolButton* button(const char* name);

    LabelModel& m_model;
    ClassList* m_classList = nullptr;
    LabelledList* m_labelledList = nullptr;
    QLabel *m_title = nullptr, *m_hint = nullptr, *m_problem = nullptr, *m_labelledTitle = nullptr;
    QListView *m_classes = nullptr, *m_labelled = nullptr;
    QLineEdit* m_name = nullptr;
    QToolButton *m_add = nullptr, *m_rename = nullptr, *m_colour = nullptr, *m_up = nullptr, *m_down = nullptr,
                *m_remove = nullptr, *m_take = nullptr;
    QMenu* m_colours = nullptr;
};

} // namespace hounsfield::viewer
