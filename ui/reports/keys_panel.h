#pragma once

#include <QAbstractTableModel>
#include <QLineEdit>
#include <QWidget>

#include "ui/reports/page_keys.h"

class QLabel;
class QPushButton;
class QTableView;

namespace hounsfield::reporting {

/// What has a key that can be chosen, and its key now.
class KeyTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { NameColumn, KeyColumn, ColumnCount };
    explicit KeyTable(ReportsModel& model, QObject* parent = nullptr);
    void setThings(std::vector<Keyed> things);
    const std::vector<Keyed>& things() const { return m_things; }
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void refresh();

  private:
    ReportsModel& m_model;
    std::vector<Keyed> m_things;
};

/// Takes the next key that is pressed, whatever it does elsewhere; Tab leads on, Escape back.
class KeyField : public QLineEdit {
    Q_OBJECT
  public:
    using QLineEdit::QLineEdit;

  signals:
    void pressed(const QString& key); ///< "Shift+N"

  protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
};

/// Keys of statuses and of the page's commands, chosen by pressing them. What has a key already is said.
class KeysPanel : public QWidget {
    Q_OBJECT
  public:
    explicit KeysPanel(ReportsModel& model, QWidget* parent = nullptr);
    void setThings(std::vector<Keyed> things);
    void refresh();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void build();
    void writeTexts();
    void choose(const QString& key);
    void chooseStandard();
    const Keyed* chosen() const;

    ReportsModel& m_model;
    KeyTable* m_rows;
    QLabel *m_title, *m_hint;
    QTableView* m_view;
    KeyField* m_field;
    QPushButton* m_standard;
};

} // namespace hounsfield::reporting
