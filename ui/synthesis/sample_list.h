#pragma once

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace hounsfield::synthesising {

class SamplesModel;

/// The samples as a list; the delegate draws each beside its nearest training image.
class SampleList : public QAbstractListModel {
    Q_OBJECT
  public:
    static constexpr int pictureSide = 96;
    enum Role { PictureRole = Qt::UserRole, NearestRole, AlarmRole };

    explicit SampleList(SamplesModel& model, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    /// What is said of a sample in a sentence.
    QString sentence(int row) const;
    void refresh();

  private:
    QString caption(int row) const;

    SamplesModel& m_model;
};

class SampleDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace hounsfield::synthesising
