#pragma once

#include <QFrame>

#include <filesystem>
#include <vector>

class QVBoxLayout;

namespace hounsfield::training {

class TrainingModel;

/// The folders of synthetic images that trainings learn from too, each with a button that takes it out again. Hidden
/// while there are none.
class SyntheticBar : public QFrame {
    Q_OBJECT
  public:
    explicit SyntheticBar(TrainingModel& model, QWidget* parent = nullptr);
    void refresh();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void rebuild();

    TrainingModel& m_model;
    QVBoxLayout* m_rows;
    std::vector<std::filesystem::path> m_shown;
};

} // namespace hounsfield::training
