#pragma once

#include <QAbstractTableModel>
#include <QString>

#include "core/learning/metrics.h"

#include <string>
#include <vector>

namespace hounsfield::training {

/// "0.943 (0.921–0.962)" in the user's locale; a dash where the figure is not defined.
QString figureText(const learning::Figure& figure);

/// 2026-01-31T23:59:59Z as the user writes dates, in local time.
QString dateText(const std::string& iso);

/// "3 min 20 s".
QString durationText(double seconds);

/// Sensitivity, specificity and their kin of each class, with intervals.
class FiguresTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    using QAbstractTableModel::QAbstractTableModel;

    void setFigures(const learning::Metrics& metrics, const std::vector<std::string>& classes);
    void clear();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    learning::Metrics m_metrics;
    std::vector<std::string> m_classes;
};

} // namespace hounsfield::training
