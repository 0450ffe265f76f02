#pragma once

#include <QAbstractListModel>
#include <QIcon>

#include "ui/viewer/label_model.h"

namespace hounsfield::viewer {

/// The classes of the project: digit, colour, name and how many images carry it. A row can be renamed in its place.
class ClassList : public QAbstractListModel {
    Q_OBJECT
  public:
    explicit ClassList(LabelModel& model, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

  private:
    void follow();
    LabelModel& m_model;
    std::vector<LabelModel::Class> m_rows;
};

/// The labelled slices of the open series.
class LabelledList : public QAbstractListModel {
    Q_OBJECT
  public:
    explicit LabelledList(LabelModel& model, QObject* parent = nullptr);

    std::int64_t storedOf(const QModelIndex& index) const; ///< −1 when it is none
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

  private:
    void follow();
    LabelModel& m_model;
    std::vector<LabelModel::Labelled> m_rows;
};

/// A square of a colour, as the lists show it.
QIcon swatch(const QString& code);

} // namespace hounsfield::viewer
