#pragma once

#include <QObject>
#include <QString>

#include "core/reports/adjudication.h"
#include "core/reports/agreement.h"
#include "ui/reports/reports_core.h"
#include "ui/shell/background_task.h"

#include <optional>
#include <string>
#include <vector>

namespace hounsfield::reporting {

class ReportsModel;

/// How far the person of this project and another reader agree, and what they see differently. What is settled stays
/// settled; a report on which both agree never shows up.
class ReadersModel : public QObject {
    Q_OBJECT
  public:
    struct Difference {
        std::size_t report = 0; ///< number in `ReportsModel`
        std::string key;
        std::string reportName;
        reports::Disagreement what;
        std::size_t index = 0; ///< among those of the report
        std::size_t count = 0; ///< of the report
    };

    ReadersModel(ReportsModel& reports, ReportsCore core, shell::BackgroundTasks& tasks, QObject* parent = nullptr);

    const std::vector<std::string>& readers() const;
    const std::string& reader() const { return m_reader; } ///< empty: none is chosen
    void chooseReader(const std::string& reader);
    const std::optional<reports::Agreement>& agreement() const { return m_agreement; }
    const std::vector<Difference>& differences() const { return m_differences; }
    const std::optional<Error>& problem() const { return m_problem; }
    bool isBusy() const { return m_isBusy; }

    /// Opens the report and shows the words.
    void show(std::size_t difference);
    void settle(std::size_t difference, reports::Decision::Kind decision);
    /// How many relations a decision would take away with its annotation.
    std::int64_t relationsLost(std::size_t difference, reports::Decision::Kind decision) const;
    /// How many the last decision took; undo brings annotation and relations back.
    std::int64_t relationsGone() const { return m_relationsGone; }
    void compare(); ///< anew

  signals:
    void changed();
    void shown(const hounsfield::reports::Span& where);

  private:
    struct Compared;
    Result<reports::Adjudicated> decided(const Difference& difference, reports::Decision::Kind kind) const;
    static Result<Compared> compared(const study::Project& project, const std::string& reader, const Monitor& monitor);

    ReportsModel& m_reports;
    ReportsCore m_core;
    shell::BackgroundTasks& m_tasks;
    std::string m_reader;
    std::optional<reports::Agreement> m_agreement;
    std::vector<Difference> m_differences;
    std::vector<reports::StoredReport> m_theirs;
    std::optional<Error> m_problem;
    std::int64_t m_relationsGone = 0;
    bool m_isBusy = false, m_isSettling = false;
    int m_turn = 0;
};

} // namespace hounsfield::reporting
