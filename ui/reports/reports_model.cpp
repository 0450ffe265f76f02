#include "ui/reports/reports_model.h"

#include <QFileInfo>
#include <QLocale>

#include "core/reports/annotating.h"
#include "core/reports/image_place.h"
#include "ui/reports/words.h"
#include "ui/shell/translate.h"

#include <algorithm>
#include <numeric>

namespace hounsfield::reporting {

using State = reports::StoredReport::State;

namespace {

bool isSameLabel(const std::string& a, const std::string& b)
{
    return QString::fromStdString(a).compare(QString::fromStdString(b), Qt::CaseInsensitive) == 0;
}

/// What the rules say of a label: true, false, or nothing.
std::optional<bool> saidOf(const ReadReport& read, const std::string& label)
{
    std::optional<bool> said;
    for (const reports::Finding& finding : read.findings)
        if (isSameLabel(finding.label, label) || isSameLabel(finding.finding, label))
            said = said.value_or(false) || finding.status == reports::Status::Present;
    return said;
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

const reports::StoredReport* ReportsModel::find(const std::string& key) const
{
    const auto found = std::ranges::find(m_reports, key, [](const ReadReport& read) { return read.report.key; });
    return found == m_reports.end() ? nullptr : &found->report;
}

void ReportsModel::openPlace(int place)
{
    if (place >= 0 && place < static_cast<int>(m_queue.size()))
        openReport(m_reports[m_queue[static_cast<std::size_t>(place)]].report.key);
}

void ReportsModel::openReport(const std::string& key)
{
    const auto found = std::ranges::find(m_reports, key, [](const ReadReport& read) { return read.report.key; });
    if (found == m_reports.end())
        return;
    m_open = static_cast<std::size_t>(found - m_reports.begin());
    m_openKey = key;
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
    const auto hasLabel = [&](const std::string& label) {
        return has(label) || labelName(label).contains(m_search, Qt::CaseInsensitive);
    };
    return m_search.isEmpty() || has(report.document.id) || has(report.document.text)
           || std::ranges::any_of(report.document.spans, [&](const auto& span) { return hasLabel(span.label); })
           || std::ranges::any_of(report.document.labels, hasLabel);
}

void ReportsModel::sortQueue()
{
    m_queue.clear();
    for (std::size_t i = 0; i < m_reports.size(); ++i)
        if (isListed(m_reports[i].report))
            m_queue.push_back(i);
    if (m_order == Order::UncertainFirst)
        std::ranges::stable_sort(m_queue, std::greater<>{}, [this](std::size_t i) { return doubtOf(i); });
    if (m_order == Order::DisagreementFirst)
        std::ranges::stable_sort(m_queue, std::greater<>{}, [this](std::size_t i) {
            const auto score = m_scores.find(m_reports[i].report.key);
            return score == m_scores.end() ? 0 : score->second.disagreements;
        });
    emit queueChanged();
    if (!open() && !m_queue.empty())
        openPlace(0);
    emit changed();
}

/// The model's doubt where one has read the report, else how many findings the rules call uncertain.
double ReportsModel::doubtOf(std::size_t number) const
{
    const ReadReport& read = m_reports[number];
    if (const auto score = m_scores.find(read.report.key); score != m_scores.end())
        return score->second.doubt;
    return static_cast<double>(
        std::ranges::count(read.findings, reports::Status::Uncertain, &reports::Finding::status));
}

void ReportsModel::setModelReading(const ModelReading& reading)
{
    m_scores.clear();
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < m_reports.size(); ++i)
        places[m_reports[i].report.key] = i;
    const std::size_t width = reading.labels.size();
    for (std::size_t k = 0; k < reading.keys.size(); ++k) {
        const auto place = places.find(reading.keys[k]);
        if (place == places.end())
            continue;
        Score score;
        for (std::size_t c = 0; c < width; ++c) {
            const auto p = static_cast<double>(reading.probabilities[k * width + c]);
            const double reach = p < reading.threshold ? reading.threshold : 1 - reading.threshold;
            score.doubt = std::max(score.doubt, reach > 0 ? 1 - std::abs(p - reading.threshold) / reach : 0);
            const auto said = saidOf(m_reports[place->second], reading.labels[c]);
            score.disagreements += said.value_or(false) != (p >= reading.threshold) ? 1 : 0;
        }
        m_scores[reading.keys[k]] = score;
    }
    say(tr("The model has read %1 reports.").arg(QLocale().toString(static_cast<qlonglong>(reading.keys.size()))));
    sortQueue();
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

const reports::Finding* ReportsModel::findingAt(const reports::Annotation& span) const
{
    if (open())
        for (const reports::Finding& finding : open()->findings)
            if (span.pieces.size() == 1 && span.pieces.front() == finding.span)
                return &finding;
    return nullptr;
}

const reports::Finding* ReportsModel::findingOf(const reports::Annotation& span) const
{
    const reports::Finding* finding = findingAt(span);
    return finding && (span.label == finding->label || span.label == finding->finding) ? finding : nullptr;
}

std::vector<reports::Contradiction> ReportsModel::contradictions() const
{
    constexpr std::size_t mostBytes = 200'000; // beyond that the window would wait for it
    if (!open() || open()->report.document.text.size() > mostBytes)
        return {};
    const reports::Document& document = open()->report.document;
    reports::Known known;
    for (const std::string& label : document.labels)
        known.labels[label] = true;
    for (const reports::Annotation& span : document.spans)
        if (const auto place = reports::placeOf(span); place && !place->side.empty())
            known.marks.push_back({span.label, place->side});
    return reports::contradictionsOf(document, open()->findings, known);
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
    known->rules = m_rules->hash();
    for (const ReadReport& read : m_reports)
        known->byKey.emplace(read.report.key, read.findings);
    run([first = std::move(first), known](
            study::Project& project, const Monitor& monitor) -> Result<std::optional<ReadReports>> {
        TRY(first(project, monitor));
        return TRY(readReports(project, *known, monitor));
    });
}

void ReportsModel::takeSaved(Result<Saved> done)
{
    m_isBusy = false;
    if (done) {
        m_undoable = done->undoable;
        m_redoable = done->redoable;
        if (done->reports) {
            m_rereads -= 1;
            m_isReading = false;
            if (m_rereads == 0)
                takeAll(std::move(*done->reports));
        }
    } else {
        m_waiting.clear(); // what was done since rests on what could not be saved
        m_later.clear();
        m_rereads = 0;
        m_isReading = false;
        m_problem = done.error();
        m_isRead = false;
        if (m_isSound)
            readProject();
        else
            takeAll({}); // rather nothing than what stands nowhere
    }
    m_isSound = done.has_value();
    if (!m_isBusy && !m_waiting.empty())
        runNext();
    if (m_rereads == 0)
        for (const auto& act : std::exchange(m_later, {}))
            act();
    if (m_isSound && !m_isBusy)
        emit saved();
    emit changed();
}

void ReportsModel::takeAll(ReadReports all)
{
    const auto before = std::move(m_reports);
    m_reports = std::move(all.reports);
    m_labels = std::move(all.labels);
    m_keys = std::move(all.keys);
    m_readers = std::move(all.readers);
    m_localRules = std::move(all.localRules);
    if (all.rules)
        m_rules = std::move(all.rules);
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
    emit readersChanged();
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

void ReportsModel::importDocuments(std::vector<reports::Document> documents, const QString& reader)
{
    import(std::move(documents), {}, reader);
}

void ReportsModel::import(
    std::vector<reports::Document> documents, const std::vector<Text>& problems, const QString& reader)
{
    const auto count = static_cast<std::int64_t>(documents.size());
    QString hint = tr("Imported: %1 reports. Equal texts are kept once.").arg(QLocale().toString(count));
    if (!problems.empty())
        hint += QLatin1Char(' ')
                + tr("Left out: %1 rows, the first because: %2")
                      .arg(problems.size())
                      .arg(shell::translated(problems.front()));
    m_isReading = m_isRead = true;
    reread([documents = std::move(documents), reader = reader.toStdString()](
               study::Project& project, const Monitor&) -> Result<void> {
        TRY(reports::keepReports(project, documents, reader));
        return {};
    });
    say(hint);
}

} // namespace hounsfield::reporting
