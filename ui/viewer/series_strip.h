#pragma once

#include <QAbstractListModel>
#include <QListView>

namespace hounsfield::viewer {

class ViewerModel;

/// The series of the open studies, a line each; the open one is marked. Click or Enter opens.
class SeriesStrip : public QListView {
    Q_OBJECT
  public:
    explicit SeriesStrip(ViewerModel& model, QWidget* parent = nullptr);
};

} // namespace hounsfield::viewer
