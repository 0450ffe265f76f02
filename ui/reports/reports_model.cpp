#include "ui/reports/reports_model.h"

#include <QFileInfo>
#include <QLocale>

#include "core/reports/annotating.h"
#include "ui/shell/translate.h"

#include <algorithm>
#include <numeric>

namespace hounsfield::reporting {

using State = reports::StoredReport::State;

namespace {

std::int64_t uncertainCount(const ReadReport& read)
{
    return std::ranges::count(read.findings, reports::Status::Uncertain, &reports::Finding::status);
}

} // namespace

/// What a job at the project left behind.
struct ReportsModel::Saved {
    std::optional<ReadReports> reports; ///< read anew
    std::string undoable, redoable;
};

ReportsModel::ReportsModel(ReportsCore core, shell::BackgroundTasks& tasks, QObject* parent)
    : QObject(parent)
    , m_core(std::move(core))
    , m_tasks(tasks)
{
    m_countTimer.setSingleShot(true);
    m_countTimer.setInterval(200);
    connect(&m_countTimer, &QTimer::timeout, this, [this] {
        m_counted = mentions(Where::Everywhere);
        emit changed();
    });
}

ReportsModel::~ReportsModel() = default;

ReportsModel::View ReportsModel::view() const
{
    View view;
    view.total = static_cast<std::int64_t>(m_reports.size());
    view.confirmed =
        std::ranges::count_if(m_reports, [](const ReadReport& read) { return read.report.state == State::Confirmed; });
    const auto place = std::ranges::find(m_queue, m_open);
    view.place = open() && place != m_queue.end() ? static_cast<int>(place - m_queue.begin()) : -1;
    view.listed = static_cast<int>(m_queue.size());
    view.isReading = m_isReading;
    view.isSaved = !m_isBusy && m_waiting.empty();
    view.problem = m_problem;
    view.hint = m_hint;
    view.canUndo = !m_undoable.empty() || !view.isSaved;
    view.canRedo = !m_redoable.empty();
    return view;
}

QString ReportsModel::colourOf(const std::string& label) const
{
    const auto found = std::ranges::find(m_labels, label, &reports::ReportLabel::name);
    return QString::fromStdString(found == m_labels.end() ? "#b4bec8" : found->colour);
}

const ReadReport* ReportsModel::open() const
{
    return m_openKey.empty() ? nullptr : &m_reports[m_open];
}

void ReportsModel::openPlace(int place)
{
    if (place < 0 || place >= static_cast<int>(m_queue.size()))
        return;
    m_open = m_queue[static_cast<std::size_t>(place)];
    m_openKey = m_reports[m_open].report.key;
    m_chosen.clear();
    m_hint.clear();
    emit opened();
    emit changed();
}

void ReportsModel::step(int by)
{
    openPlace(std::clamp(view().place + by, 0, std::max(0, static_cast<int>(m_queue.size()) - 1)));
}

void ReportsModel::openNext()
{
    const int count = static_cast<int>(m_queue.size());
    const int from = view().place;
    for (int i = 1; i <= count; ++i) {
        const int place = (std::max(from, -1) + i) % count;
        if (m_reports[m_queue[static_cast<std::size_t>(place)]].report.state != State::Confirmed)
            return openPlace(place);
    }
    say(count > 0 ? tr("Every listed report is confirmed.") : tr("No report is listed."));
}

void ReportsModel::setOrder(Order order)
{
    m_order = order;
    sortQueue();
}

void ReportsModel::setShown(Shown shown)
{
    m_shown = shown;
    sortQueue();
}

void ReportsModel::setSearch(const QString& words)
{
    m_search = words.simplified();
    sortQueue();
}

bool ReportsModel::isListed(const reports::StoredReport& report) const
{
    if (m_shown == Shown::ToDo && report.state == State::Confirmed)
        return false;
    if (m_shown == Shown::Confirmed && report.state != State::Confirmed)
        return false;
    const auto has = [&](const std::string& words) {
        return QString::fromStdString(words).contains(m_search, Qt::CaseInsensitive);
    };
    return m_search.isEmpty() || has(report.document.id) || has(report.document.text)
           || std::ranges::any_of(report.document.spans, [&](const auto& span) { return has(span.label); })
           || std::ranges::any_of(report.document.labels, has);
}

void ReportsModel::sortQueue()
{
    m_queue.clear();
    for (std::size_t i = 0; i < m_reports.size(); ++i)
        if (isListed(m_reports[i].report))
            m_queue.push_back(i);
    if (m_order == Order::UncertainFirst)
        std::ranges::stable_sort(
            m_queue, std::greater<>{}, [this](std::size_t i) { return uncertainCount(m_reports[i]); });
    emit queueChanged();
    if (!open() && !m_queue.empty())
        openPlace(0);
    emit changed();
}

const reports::Annotation* ReportsModel::chosenSpan() const
{
    return open() ? reports::findSpan(open()->report.document, m_chosen) : nullptr;
}

void ReportsModel::choose(const std::string& id)
{
    m_chosen = id;
    countLater();
    emit changed();
}

void ReportsModel::countLater()
{
    m_counted.reset();
    m_countTimer.start();
}

void ReportsModel::chooseNext(int by)
{
    if (!open() || open()->report.document.spans.empty())
        return;
    std::vector<const reports::Annotation*> ordered;
    for (const reports::Annotation& span : open()->report.document.spans)
        ordered.push_back(&span);
    std::ranges::stable_sort(ordered, {}, [](const auto* span) { return span->pieces.front().begin; });
    const auto at = std::ranges::find(ordered, m_chosen, [](const auto* span) { return span->id; });
    const auto count = static_cast<std::ptrdiff_t>(ordered.size());
    const std::ptrdiff_t from = at != ordered.end() ? at - ordered.begin() : by > 0 ? -1 : 0;
    choose(ordered[static_cast<std::size_t>((from + by + count) % count)]->id);
}

const reports::Finding* ReportsModel::findingOf(const reports::Annotation& span) const
{
    if (!open())
        return nullptr;
    for (const reports::Finding& finding : open()->findings)
        if (span.pieces.size() == 1 && span.pieces.front() == finding.span
            && (span.label == finding.label || span.label == finding.finding))
            return &finding;
    return nullptr;
}

// ---- jobs at the project, one after the other

void ReportsModel::run(Act act)
{
    m_waiting.push_back(std::move(act));
    if (!m_isBusy)
        runNext();
}

void ReportsModel::runNext()
{
    m_isBusy = true;
    m_tasks.start<Saved>(
        this, text("reports", "Saving reports"),
        [project = m_core.project, act = std::move(m_waiting.front())](const Monitor& monitor) -> Result<Saved> {
            const auto opened = TRY(project());
            auto all = TRY(act(*opened, monitor));
            return Saved{std::move(all), opened->undoable(), opened->redoable()};
        },
        [this](Result<Saved> saved) { takeSaved(std::move(saved)); });
    m_waiting.pop_front();
}

/// Does something in the project and reads everything anew.
void ReportsModel::reread(std::function<Result<void>(study::Project&, const Monitor&)> first)
{
    m_rereads += 1;
    auto known = std::make_shared<KnownFindings>();
    for (const ReadReport& read : m_reports)
        known->emplace(read.report.key, read.findings);
    run([first = std::move(first), known](
            study::Project& project, const Monitor& monitor) -> Result<std::optional<ReadReports>> {
        TRY(first(project, monitor));
        return TRY(readReports(project, reports::RuleSet::shipped(), *known, monitor));
    });
}

void ReportsModel::takeSaved(Result<Saved> saved)
{
    m_isBusy = false;
    if (saved) {
        m_undoable = saved->undoable;
        m_redoable = saved->redoable;
        if (saved->reports) {
            m_rereads -= 1;
            m_isReading = false;
            if (m_rereads == 0)
                takeAll(std::move(*saved->reports));
        }
    } else {
        m_waiting.clear(); // what was done since rests on what could not be saved
        m_later.clear();
        m_rereads = 0;
        m_isReading = false;
        m_problem = saved.error();
        m_isRead = false;
        if (m_isSound)
            readProject();
        else
            takeAll({}); // rather nothing than what stands nowhere
    }
    m_isSound = saved.has_value();
    if (!m_isBusy && !m_waiting.empty())
        runNext();
    if (m_rereads == 0)
        for (const auto& act : std::exchange(m_later, {}))
            act();
    emit changed();
}

void ReportsModel::takeAll(ReadReports all)
{
    const auto before = std::move(m_reports);
    m_reports = std::move(all.reports);
    m_labels = std::move(all.labels);
    if (!all.problems.empty())
        m_problem = Error{Error::Kind::BadInput, all.problems.front(), {}, {}};
    std::optional<std::size_t> touched;
    for (std::size_t i = 0; i < std::min(before.size(), m_reports.size()) && !touched; ++i)
        if (!(before[i].report == m_reports[i].report))
            touched = i; // what an undo has changed is shown
    if (!touched && m_reports.size() > before.size() && !before.empty())
        touched = before.size();
    const auto kept = std::ranges::find(m_reports, m_openKey, [](const ReadReport& read) { return read.report.key; });
    m_open = touched ? *touched : kept != m_reports.end() ? static_cast<std::size_t>(kept - m_reports.begin()) : 0;
    const std::string key = m_reports.empty() ? std::string() : m_reports[m_open].report.key;
    const bool isOther = key != m_openKey;
    m_openKey = key;
    sortQueue();
    if (isOther)
        emit opened();
}

void ReportsModel::fail(const Error& error)
{
    m_problem = error;
    emit changed();
}

void ReportsModel::say(const QString& hint)
{
    m_hint = hint;
    emit changed();
}

void ReportsModel::dismissProblem()
{
    m_problem.reset();
    emit changed();
}

// ---- import

void ReportsModel::readProject()
{
    if (m_isRead)
        return;
    m_isRead = m_isReading = true;
    reread([](study::Project&, const Monitor&) -> Result<void> { return {}; });
    emit changed();
}

void ReportsModel::importFiles(const QStringList& paths)
{
    static const QStringList tables = {"csv", "tsv", "jsonl", "gz"};
    m_problem.reset();
    for (const QString& path : paths) {
        reports::TableRequest request;
        request.path = path.toStdString();
        if (paths.size() > 1 || !tables.contains(QFileInfo(path).suffix().toLower())) {
            importTable(request);
            continue;
        }
        m_tasks.start<reports::Preview>(
            this, text("reports", "Looking into %1").with(request.path.filename().string()),
            [preview = m_core.preview, request](const Monitor& monitor) { return preview(request, monitor); },
            [this, request](Result<reports::Preview> preview) {
                if (!preview)
                    return fail(preview.error());
                emit previewed(request, *preview);
            });
    }
}

void ReportsModel::importTable(const reports::TableRequest& request)
{
    m_isReading = true;
    m_tasks.start<reports::ReportTable>(
        this, text("reports", "Reading %1").with(request.path.filename().string()),
        [read = m_core.read, request](const Monitor& monitor) { return read(request, monitor); },
        [this](Result<reports::ReportTable> table) {
            m_isReading = false;
            if (!table)
                return fail(table.error());
            std::vector<reports::Document> documents;
            for (const reports::Report& report : table->reports)
                documents.push_back(reports::documentOf(report));
            std::vector<Text> problems;
            for (const reports::Problem& problem : table->problems)
                problems.push_back(problem.error.what);
            import(std::move(documents), std::move(problems));
        });
    emit changed();
}

void ReportsModel::paste(const QString& words)
{
    const auto report = reports::pastedReport(words.toStdString(), tr("pasted").toStdString());
    if (!report)
        return fail(report.error());
    import({reports::documentOf(*report)}, {});
}

void ReportsModel::import(std::vector<reports::Document> documents, std::vector<Text> problems)
{
    const auto count = static_cast<std::int64_t>(documents.size());
    QString hint = tr("Imported: %1 reports. Equal texts are kept once.").arg(QLocale().toString(count));
    if (!problems.empty())
        hint += QLatin1Char(' ')
                + tr("Left out: %1 rows, the first because: %2")
                      .arg(problems.size())
                      .arg(shell::translated(problems.front()));
    m_isReading = m_isRead = true;
    reread([documents = std::move(documents)](study::Project& project, const Monitor&) -> Result<void> {
        TRY(reports::keepReports(project, documents));
        return {};
    });
    say(hint);
}

} // namespace hounsfield::reporting
