#pragma once

#include <QWidget>

#include "core/reports/image_place.h"

#include <string>

class QLabel;
class QPushButton;

namespace hounsfield::reporting {

class ReportsModel;
class ReportText;
class StudyLink;

/// The report of the study that the viewer shows, beside the picture. A click on a finding leads to its place.
class StudyReportPanel : public QWidget {
    Q_OBJECT
  public:
    StudyReportPanel(ReportsModel& reports, StudyLink& link, QWidget* parent = nullptr);

  signals:
    void openWanted();
    void placeWanted(const hounsfield::reports::ImagePlace& place);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void refresh();

    ReportsModel& m_reports;
    StudyLink& m_link;
    QLabel *m_title, *m_hint;
    ReportText* m_text;
    QPushButton* m_open;
    std::string m_key;
};

} // namespace hounsfield::reporting
