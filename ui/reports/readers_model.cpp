#include "ui/reports/readers_model.h"

#include "ui/reports/reports_model.h"

#include <algorithm>
#include <set>
#include <utility>

namespace hounsfield::reporting {

using State = reports::StoredReport::State;

struct ReadersModel::Compared {
    reports::Agreement agreement;
    std::vector<Difference> differences;
    std::vector<reports::StoredReport> theirs;
};

namespace {

/// The same disagreement has the same name as long as nobody touches what it is about.
std::string nameOf(const reports::Disagreement& what)
{
    const auto label = [](const std::optional<reports::Annotation>& span) {
        return span ? span->label : std::string();
    };
    return std::to_string(static_cast<int>(what.kind)) + ' ' + std::to_string(what.where.begin) + ' '
           + std::to_string(what.where.end) + ' ' + what.label + '|' + label(what.a) + '|' + label(what.b)
           + (what.relation ? '|' + what.relation->type : std::string());
}

/// The documents that both have read, by the same numbers.
std::vector<std::pair<const reports::StoredReport*, const reports::StoredReport*>> readByBoth(
    const std::vector<reports::StoredReport>& mine, const std::vector<reports::StoredReport>& theirs)
{
    std::vector<std::pair<const reports::StoredReport*, const reports::StoredReport*>> pairs;
    for (const reports::StoredReport& own : mine) {
        const auto other = std::ranges::find(theirs, own.key, &reports::StoredReport::key);
        if (other != theirs.end() && own.state != State::New && other->state != State::New)
            pairs.emplace_back(&own, &*other);
    }
    return pairs;
}

} // namespace

ReadersModel::ReadersModel(ReportsModel& model, ReportsCore core, shell::BackgroundTasks& tasks, QObject* parent)
    : QObject(parent)
    , m_reports(model)
    , m_core(std::move(core))
    , m_tasks(tasks)
{
    connect(&model, &ReportsModel::readersChanged, this, [this] {
        m_relationsGone = 0;
        if (m_reader.empty() && !readers().empty())
            m_reader = readers().front();
        compare();
    });
    connect(&model, &ReportsModel::saved, this, [this] {
        if (std::exchange(m_isSettling, false))
            compare();
    });
}

const std::vector<std::string>& ReadersModel::readers() const
{
    return m_reports.readers();
}

void ReadersModel::chooseReader(const std::string& reader)
{
    m_reader = reader;
    m_relationsGone = 0;
    compare();
}

Result<ReadersModel::Compared> ReadersModel::compared(
    const study::Project& project, const std::string& reader, const Monitor& monitor)
{
    Compared all;
    const auto mine = reports::storedReports(project).reports;
    all.theirs = reports::storedReports(project, reader).reports;
    const std::set<std::string> settled = reports::settledWith(project, reader);
    std::vector<std::vector<reports::Document>> both(2);
    for (const auto& [own, other] : readByBoth(mine, all.theirs)) {
        both[0].push_back(own->document);
        both[1].push_back(other->document);
        for (auto& document : {&both[0].back(), &both[1].back()})
            document->id = own->key; // names may stand twice in a project
        const auto found = TRY(reports::disagreements(own->document, other->document));
        for (std::size_t i = 0; i < found.size(); ++i)
            if (!settled.contains(own->key + '/' + nameOf(found[i])))
                all.differences.push_back({static_cast<std::size_t>(own - mine.data()), own->key, own->document.id,
                    found[i], i, found.size()});
    }
    all.agreement = TRY(reports::agreementOf(both, {}, monitor));
    return all;
}

void ReadersModel::compare()
{
    const int turn = ++m_turn;
    m_problem.reset();
    m_isBusy = !m_reader.empty();
    emit changed();
    if (m_reader.empty())
        return;
    m_tasks.start<Compared>(
        this, text("reports", "Comparing the readers"),
        [project = m_core.project, reader = m_reader](
            const Monitor& monitor) -> Result<Compared> { return compared(*TRY(project()), reader, monitor); },
        [this, turn](Result<Compared> all) {
            if (turn != m_turn)
                return;
            m_isBusy = false;
            if (all) {
                m_agreement = std::move(all->agreement);
                m_differences = std::move(all->differences);
                m_theirs = std::move(all->theirs);
            } else {
                m_problem = all.error();
            }
            emit changed();
        });
}

void ReadersModel::show(std::size_t number)
{
    if (number >= m_differences.size())
        return;
    const Difference& difference = m_differences[number];
    m_reports.openReport(difference.key);
    if (difference.what.where.size() > 0)
        emit shown(difference.what.where);
}

Result<reports::Adjudicated> ReadersModel::decided(const Difference& difference, reports::Decision::Kind kind) const
{
    const reports::StoredReport* mine = m_reports.find(difference.key);
    const auto theirs = std::ranges::find(m_theirs, difference.key, &reports::StoredReport::key);
    if (!mine || theirs == m_theirs.end())
        return badInput(text("reports", "The report is no longer there."), difference.reportName);
    return reports::settled(mine->document, theirs->document, difference.index, kind);
}

std::int64_t ReadersModel::relationsLost(std::size_t number, reports::Decision::Kind kind) const
{
    const auto made = number < m_differences.size() ? decided(m_differences[number], kind) : reports::Adjudicated{};
    return made ? static_cast<std::int64_t>(made->lost.size()) : 0;
}

void ReadersModel::settle(std::size_t number, reports::Decision::Kind kind)
{
    if (number >= m_differences.size())
        return;
    const Difference difference = m_differences[number];
    auto made = decided(difference, kind);
    if (!made) {
        m_problem = made.error();
        emit changed();
        return;
    }
    reports::StoredReport report = *m_reports.find(difference.key);
    report.document = std::move(made->document);
    m_relationsGone = static_cast<std::int64_t>(made->lost.size());
    m_isBusy = m_isSettling = true;
    m_reports.saveSettled(std::move(report), m_reader, nameOf(difference.what));
    emit changed();
}

} // namespace hounsfield::reporting
