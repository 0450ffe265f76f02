#pragma once

#include <QAbstractListModel>
#include <QImage>

#include "core/files/scan.h"

#include <cstddef>
#include <vector>

namespace hounsfield::viewer {

/// A series that can be opened, and a small picture of its middle slice.
struct ListedSeries {
    files::Series series;
    QImage preview; ///< null until it is made
};

/// The series that Left/Right and the strip step through, those of one study side by side, studies in the order of
/// their first series.
class SeriesList : public QAbstractListModel {
    Q_OBJECT
  public:
    enum Role {
        HeadingRole = Qt::UserRole, ///< patient and date over the first series of a study; empty for the others
        KindRole,                   ///< "CT  #3"
        DescriptionRole,
        CountRole, ///< "120 images"
        IsOpenRole,
        IsFlawedRole, ///< there are problems to be told
    };
    /// What a dragged row is; its data is the row's number.
    static constexpr const char* mimeType = "application/x-hounsfield-series";

    using QAbstractListModel::QAbstractListModel;

    /// The list as it is now. Rows that are the same series keep their place and selection.
    void setRows(std::vector<ListedSeries> rows);
    const std::vector<ListedSeries>& rows() const { return m_rows; }
    std::ptrdiff_t placeOf(const files::Series& series) const; ///< −1 when it is not there
    void setOpen(std::ptrdiff_t row);                          ///< −1: none
    void retranslate();
    static bool isSameStudy(const files::Series& a, const files::Series& b);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;

  private:
    QString heading(std::size_t row) const;

    std::vector<ListedSeries> m_rows;
    std::ptrdiff_t m_open = -1;
};

} // namespace hounsfield::viewer
