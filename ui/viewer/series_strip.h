#pragma once

#include <QListView>

namespace hounsfield::viewer {

class ViewerModel;

/// The series of the open studies with small pictures; the open one is marked. Click, Enter or a drag onto the tiles
/// opens.
class SeriesStrip : public QListView {
    Q_OBJECT
  public:
    explicit SeriesStrip(ViewerModel& model, QWidget* parent = nullptr);

    QSize sizeHint() const override { return {230, 300}; }

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void follow();

    ViewerModel& m_model;
    std::ptrdiff_t m_marked = -1;
};

} // namespace hounsfield::viewer
