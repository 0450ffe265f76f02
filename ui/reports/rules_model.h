#pragma once

#include <QObject>
#include <QPointer>
#include <QString>

#include "core/reports/local_rules.h"
#include "core/reports/rule_changes.h"
#include "ui/shell/background_task.h"

#include <optional>
#include <string>
#include <vector>

namespace hounsfield::reporting {

class ReportsModel;

/// Corrections become rules of the project: what a rule would change is shown before it is saved.
class RulesModel : public QObject {
    Q_OBJECT
  public:
    struct Change {
        std::string key;  ///< of the report
        QString sentence; ///< "12: “effusion” present → absent"
        reports::Span where;
    };
    struct Proposal {
        reports::LocalRule rule;
        std::vector<Change> changes; ///< the first of them
        std::int64_t reports = 0;    ///< that would be read differently
    };

    RulesModel(ReportsModel& reports, shell::BackgroundTasks& tasks, QObject* parent = nullptr);

    /// A rule that reads the chosen annotation as the person has it. @param because  words that say its status; empty:
    /// none were chosen
    void propose(reports::Span because);
    /// A rule by which the words of the chosen annotation are no finding.
    void proposeNone();
    void save();
    void discard();
    void remove(const std::string& id);
    void show(std::size_t change); ///< opens its report

    const std::optional<Proposal>& proposal() const { return m_proposal; }
    const std::optional<Error>& problem() const { return m_problem; }
    bool isBusy() const { return m_task != nullptr; }

  signals:
    void changed();
    void shown(const hounsfield::reports::Span& where);

  private:
    struct Asked;
    struct Answer;
    static Proposal proposalOf(Answer answer, const Asked& asked);
    void ask(reports::Correction correction);
    void fail(const Error& error);

    ReportsModel& m_reports;
    shell::BackgroundTasks& m_tasks;
    QPointer<shell::BackgroundTask> m_task;
    std::optional<Proposal> m_proposal;
    std::optional<Error> m_problem;
    int m_turn = 0;
};

} // namespace hounsfield::reporting
