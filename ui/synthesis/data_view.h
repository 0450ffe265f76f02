#pragma once

#include <QAbstractTableModel>
#include <QImage>
#include <QWidget>

#include "ui/synthesis/pair_work.h"

class QLabel;
class QStackedWidget;
class QTableView;

namespace hounsfield::synthesising {

class SynthesisModel;

/// How a pair would use each class: what it learns from, what is held back for the test of memory, what it never sees.
class ShareTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { Name, Members, HeldBack, Validation, Test, Examples, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setData(const Opened& opened);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    struct Row {
        QString name;
        std::int64_t counts[4] = {};
        QList<QImage> examples;
    };
    std::vector<Row> m_rows;
    DataPointer m_data;
};

/// The data of the next training: what was read and what would be learned from; an invitation while there are none.
class DataView : public QWidget {
    Q_OBJECT
  public:
    explicit DataView(SynthesisModel& model, QWidget* parent = nullptr);
    void refresh();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    QWidget* makeInvitation();
    QWidget* makeContent();
    void retranslate();

    SynthesisModel& m_model;
    QStackedWidget* m_stack;
    ShareTable* m_shares;
    QLabel* m_invitation = nullptr;
    QLabel* m_forms = nullptr;
    QLabel* m_name = nullptr;
    QLabel* m_rule = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_few = nullptr;
    QLabel* m_warnings = nullptr;
};

} // namespace hounsfield::synthesising
