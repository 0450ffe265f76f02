#pragma once

#include <QWidget>

#include "ui/shell/choosers.h"
#include "ui/shell/commands.h"

#include <vector>

class QLabel;
class QListWidget;
class QPushButton;
class QSlider;
class QVBoxLayout;

namespace hounsfield::viewer {

class ColourBar;
class DiagnosisModel;
class ViewerModel;

/// The model's answer beside the picture: its name and date, probabilities, refusals, the most suspicious slices, and
/// how the heat map is laid over the picture.
class DiagnosisPanel : public QWidget {
    Q_OBJECT
  public:
    DiagnosisPanel(DiagnosisModel& model, ViewerModel& viewer, shell::Choosers choosers, QWidget* parent = nullptr);

    std::vector<shell::Command> commands();

  signals:
    void modelChosen(const QString& file);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void chooseModel();
    void writeTexts();
    void refresh();
    void refreshSlices();
    QString figures() const;

    DiagnosisModel& m_model;
    ViewerModel& m_viewer;
    shell::Choosers m_choosers;
    QLabel *m_title = nullptr, *m_name = nullptr, *m_figures = nullptr, *m_notes = nullptr, *m_slicesTitle = nullptr,
           *m_opacityTitle = nullptr, *m_research = nullptr;
    QPushButton *m_choose = nullptr, *m_ask = nullptr, *m_override = nullptr;
    QListWidget* m_slices = nullptr;
    QSlider* m_opacity = nullptr;
    ColourBar* m_map = nullptr;
    std::vector<std::int64_t> m_listed;
};

} // namespace hounsfield::viewer
