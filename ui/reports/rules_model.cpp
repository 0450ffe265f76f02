#include "ui/reports/rules_model.h"

#include "core/reports/annotating.h"
#include "ui/reports/reports_model.h"
#include "ui/reports/words.h"

#include <memory>

namespace hounsfield::reporting {

namespace {

constexpr std::size_t mostShown = 200;

QString named(const reports::Finding& finding)
{
    return QString::fromStdString(finding.label.empty() ? finding.finding : finding.label);
}

QString statusOf(const reports::Finding& finding)
{
    return statusName(std::string(nameOf(finding.status)));
}

} // namespace

/// The reports that a proposal was made for.
struct RulesModel::Asked {
    std::vector<reports::Document> documents;
    std::vector<std::string> keys;
};

/// What a rule would do, by the numbers of those reports.
struct RulesModel::Answer {
    reports::LocalRule rule;
    std::vector<reports::DocumentChanges> changes;
};

RulesModel::RulesModel(ReportsModel& model, shell::BackgroundTasks& tasks, QObject* parent)
    : QObject(parent)
    , m_reports(model)
    , m_tasks(tasks)
{
}

void RulesModel::propose(reports::Span because)
{
    const reports::Annotation* span = m_reports.chosenSpan();
    if (!span)
        return;
    reports::Correction correction{*span, {}, {}};
    if (const reports::Finding* finding = m_reports.findingAt(*span))
        correction.wasRead = *finding;
    if (because.size() > 0)
        correction.because = because;
    ask(std::move(correction));
}

void RulesModel::proposeNone()
{
    const reports::Annotation* span = m_reports.chosenSpan();
    if (!span)
        return;
    reports::Correction correction{*span, {}, {}};
    correction.corrected.label.clear();
    if (const reports::Finding* finding = m_reports.findingAt(*span))
        correction.wasRead = *finding;
    ask(std::move(correction));
}

void RulesModel::ask(reports::Correction correction)
{
    const int turn = ++m_turn;
    m_proposal.reset();
    m_problem.reset();
    auto asked = std::make_shared<Asked>();
    for (std::size_t i = 0; i < m_reports.size(); ++i) {
        asked->documents.push_back(m_reports.report(i).report.document);
        asked->keys.push_back(m_reports.report(i).report.key);
    }
    m_task = m_tasks.start<Answer>(
        this, text("reports", "Looking for what the rule would change"),
        [asked, correction = std::move(correction), open = m_reports.open()->report.document,
            rules = m_reports.rules()](const Monitor& monitor) -> Result<Answer> {
            Answer answer{TRY(reports::proposedRule(open, correction, *rules)), {}};
            const reports::RuleSet after = TRY(reports::withLocal(*rules, {&answer.rule, 1}));
            answer.changes = TRY(reports::changesOf(*rules, after, asked->documents, monitor));
            return answer;
        },
        [this, turn, asked](Result<Answer> answer) {
            if (turn != m_turn)
                return;
            m_task = nullptr;
            if (!answer)
                return fail(answer.error());
            m_proposal = proposalOf(std::move(*answer), *asked);
            emit changed();
        });
    emit changed();
}

RulesModel::Proposal RulesModel::proposalOf(Answer answer, const Asked& asked)
{
    Proposal proposal{std::move(answer.rule), {}, static_cast<std::int64_t>(answer.changes.size())};
    for (const reports::DocumentChanges& each : answer.changes) {
        const std::string& key = asked.keys[each.document];
        const QString name = QString::fromStdString(asked.documents[each.document].id);
        for (const auto& lost : each.lost)
            proposal.changes.push_back(
                {key, tr("%1: no longer %2, %3").arg(name, named(lost), statusOf(lost)), lost.span});
        for (const auto& gained : each.gained)
            proposal.changes.push_back(
                {key, tr("%1: now %2, %3").arg(name, named(gained), statusOf(gained)), gained.span});
        for (const auto& [before, after] : each.changed)
            proposal.changes.push_back(
                {key, tr("%1: %2, %3 → %4").arg(name, named(after), statusOf(before), statusOf(after)), after.span});
        if (proposal.changes.size() >= mostShown)
            break;
    }
    return proposal;
}

void RulesModel::fail(const Error& error)
{
    if (error.kind != Error::Kind::Cancelled)
        m_problem = error;
    emit changed();
}

void RulesModel::save()
{
    if (m_proposal)
        m_reports.saveRule(m_proposal->rule);
    discard();
}

void RulesModel::discard()
{
    ++m_turn;
    m_proposal.reset();
    m_problem.reset();
    emit changed();
}

void RulesModel::remove(const std::string& id)
{
    m_reports.removeRule(id);
}

void RulesModel::show(std::size_t number)
{
    if (!m_proposal || number >= m_proposal->changes.size())
        return;
    const Change change = m_proposal->changes[number];
    m_reports.openReport(change.key);
    emit shown(change.where);
}

} // namespace hounsfield::reporting
