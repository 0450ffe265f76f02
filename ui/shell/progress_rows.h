#pragma once

#include <QWidget>

class QVBoxLayout;

namespace hounsfield::shell {

class BackgroundTask;
class BackgroundTasks;

/// The jobs at work, a row each: what it is doing, how far it is, Cancel. Hidden while there is none.
class ProgressRows : public QWidget {
    Q_OBJECT
  public:
    explicit ProgressRows(BackgroundTasks& tasks, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void rebuild();
    void addRow(BackgroundTask* task);

    BackgroundTasks& m_tasks;
    QVBoxLayout* m_rows = nullptr;
};

} // namespace hounsfield::shell
