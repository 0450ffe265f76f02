#include "ui/viewer/series_strip.h"

#include "ui/shell/theme.h"
#include "ui/shell/translate.h"
#include "ui/viewer/viewer_model.h"

namespace hounsfield::viewer {

namespace {

class Lines : public QAbstractListModel {
  public:
    Lines(ViewerModel& model, QObject* parent)
        : QAbstractListModel(parent)
        , m_model(model)
    {
    }
    int rowCount(const QModelIndex& parent) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_model.seriesList().size());
    }
    QVariant data(const QModelIndex& index, int role) const override
    {
        const files::Series& series = m_model.seriesList()[static_cast<std::size_t>(index.row())];
        const QString description = QString::fromStdString(
            series.facts.seriesDescription.empty() ? series.folder : series.facts.seriesDescription);
        switch (role) {
        case Qt::DisplayRole:
            return QStringLiteral("%1  %2\n%3")
                .arg(QString::fromStdString(series.facts.modality))
                .arg(QLocale::c().toString(static_cast<qlonglong>(series.slices.size())), description);
        case Qt::ToolTipRole: {
            QString tip = description;
            for (const Text& problem : series.problems)
                tip += QStringLiteral("\n⚠ ") + shell::translated(problem);
            return tip;
        }
        case Qt::ForegroundRole:
            return series.problems.empty() ? QVariant() : QColor(shell::theme::warning);
        default:
            return {};
        }
    }
    void follow()
    {
        beginResetModel();
        endResetModel();
    }

  private:
    ViewerModel& m_model;
};

} // namespace

SeriesStrip::SeriesStrip(ViewerModel& model, QWidget* parent)
    : QListView(parent)
{
    setObjectName(QStringLiteral("seriesStrip"));
    setAccessibleName(tr("Series"));
    setMinimumWidth(150);
    setWordWrap(true);
    setTextElideMode(Qt::ElideRight);
    auto* lines = new Lines(model, this);
    setModel(lines);
    setVisible(false);
    const auto open = [&model](const QModelIndex& index) {
        model.openSeries(model.seriesList()[static_cast<std::size_t>(index.row())]);
    };
    connect(this, &QListView::clicked, this, open);
    connect(this, &QListView::activated, this, open);
    connect(&model, &ViewerModel::changed, this, [this, lines, &model, known = std::size_t{0}]() mutable {
        if (known != model.seriesList().size()) {
            known = model.seriesList().size();
            lines->follow();
        }
        setVisible(known > 1);
        const std::ptrdiff_t place = model.seriesPlace();
        if (place >= 0 && currentIndex().row() != place)
            setCurrentIndex(lines->index(static_cast<int>(place)));
    });
}

} // namespace hounsfield::viewer
