#pragma once

#include <QObject>
#include <QString>

#include "core/image/volume.h"
#include "core/reports/image_place.h"

#include <optional>
#include <string>
#include <vector>

namespace hounsfield::reporting {

class ReportsModel;

/// Ties reports to the study in the viewer: by PatientID or AccessionNumber, or by hand; and findings to places in it.
class StudyLink : public QObject {
    Q_OBJECT
  public:
    /// A finding with its place in the open series.
    struct TiedFinding {
        std::string report; ///< key
        std::string span;   ///< id
        reports::ImagePlace place;
        QString words, colour;
    };

    explicit StudyLink(ReportsModel& reports, QObject* parent = nullptr);

    /// What the viewer shows now; empty facts: nothing.
    void setStudy(const image::Facts& facts);
    bool hasStudy() const { return m_hasStudy; }
    QString studyName() const; ///< in a few words, for a person
    /// Keys of the reports of the study: by hand, else by accession, else by patient.
    std::vector<std::string> reportsOfStudy() const;
    bool openReportOfStudy(); ///< false: there is none
    void linkByHand();        ///< the open report to the open study; again: takes it away
    bool isLinkedByHand() const;

    const std::vector<TiedFinding>& tied() const { return m_tied; }
    /// The chosen annotation to a place of the open series.
    void tie(const reports::ImagePlace& place);
    std::optional<reports::ImagePlace> placeOfChosen() const;
    /// A mark in the picture was clicked: its report opens, its words are shown.
    void openTied(const std::string& id);
    static std::string idOf(const TiedFinding& finding) { return finding.report + '/' + finding.span; }

  signals:
    void changed();

  private:
    void follow();

    ReportsModel& m_reports;
    image::Facts m_facts;
    bool m_hasStudy = false;
    std::vector<TiedFinding> m_tied;
};

} // namespace hounsfield::reporting
