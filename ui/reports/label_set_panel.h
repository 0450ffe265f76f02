#pragma once

#include <QAbstractListModel>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QMenu;
class QToolButton;

namespace hounsfield::reporting {

class ReportsModel;

/// The labels of the project with key and colour; a tick says that the open report as a whole carries the label. Names
/// are edited in their place.
class LabelSetList : public QAbstractListModel {
    Q_OBJECT
  public:
    explicit LabelSetList(ReportsModel& model, QObject* parent = nullptr);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    void refresh();

  private:
    ReportsModel& m_model;
    int m_rows = 0;
};

class LabelSetPanel : public QWidget {
    Q_OBJECT
  public:
    explicit LabelSetPanel(ReportsModel& model, QWidget* parent = nullptr);
    void refresh();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void build();
    void buildColours();
    void writeTexts();
    void add();
    void remove();
    void setKey(const QString& key);
    QToolButton* button(const char* name);

    ReportsModel& m_model;
    LabelSetList* m_list;
    QListView* m_view;
    QLabel *m_title, *m_hint;
    QLineEdit *m_name, *m_key;
    QToolButton *m_add, *m_colour, *m_remove;
    QMenu* m_colours;
};

} // namespace hounsfield::reporting
