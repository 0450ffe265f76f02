#include "ui/reports/evidence_model.h"

#include <QLocale>

#include "core/base/parallel.h"
#include "core/reports/evidence.h"
#include "core/reports/faithfulness.h"
#include "ui/reports/reports_model.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numeric>

namespace hounsfield::reporting {

struct EvidenceModel::Engine {
    std::shared_ptr<const reports::ReportModel> model;
    std::mutex mutex;
    std::optional<reports::EvidenceReader> reader;
};

/// All that was asked of one report.
struct EvidenceModel::Answer {
    reports::ModelText text;
    reports::Evidence evidence;
    std::vector<float> baseline;
    std::vector<float> network;
};

namespace {

double logit(double p)
{
    constexpr double least = 1e-7;
    const double inside = std::clamp(p, least, 1 - least);
    return std::log(inside / (1 - inside));
}

double meanOfLogits(double a, double b)
{
    return 1 / (1 + std::exp(-(logit(a) + logit(b)) / 2));
}

std::vector<std::int64_t> allLabels(const reports::ReportModel& model)
{
    std::vector<std::int64_t> labels(model.labels.size());
    std::iota(labels.begin(), labels.end(), std::int64_t(0));
    return labels;
}

/// What reading all reports told.
struct AllRead {
    std::vector<float> probabilities;
    reports::Faithfulness faithfulness;
};

QString sentenceOf(const reports::Faithfulness& measured)
{
    if (!measured.ratio)
        return EvidenceModel::tr("How faithful the highlights are is unknown: too few labels are called.");
    return EvidenceModel::tr("Without the fifth of the words that it highlights, a called label loses %1 times as much "
                             "probability as without as many drawn ones (n = %2).")
        .arg(QLocale().toString(*measured.ratio, 'f', 1))
        .arg(measured.n);
}

} // namespace

EvidenceModel::EvidenceModel(ReportsModel& model, shell::BackgroundTasks& tasks, QObject* parent)
    : QObject(parent)
    , m_reports(model)
    , m_tasks(tasks)
{
    connect(&model, &ReportsModel::opened, this, &EvidenceModel::follow);
}

EvidenceModel::~EvidenceModel() = default;

void EvidenceModel::setModelFile(const QString& file)
{
    const int turn = ++m_turn;
    m_engine.reset();
    m_answer.reset();
    m_shades.clear();
    m_faithfulness.clear();
    m_problem.reset();
    emit changed();
    if (file.isEmpty())
        return;
    m_tasks.start<std::shared_ptr<Engine>>(
        this, text("reports", "Reading the model"),
        [path = file.toStdString()](const Monitor&) -> Result<std::shared_ptr<Engine>> {
            auto engine = std::make_shared<Engine>();
            engine->model = std::make_shared<const reports::ReportModel>(TRY(reports::readReportModel(path)));
            engine->reader = TRY(reports::EvidenceReader::make(engine->model, std::max(1, processorCount() - 1)));
            return engine;
        },
        [this, turn](Result<std::shared_ptr<Engine>> engine) {
            if (turn != m_turn)
                return;
            if (engine)
                m_engine = std::move(*engine);
            else
                m_problem = engine.error();
            follow();
        });
}

void EvidenceModel::follow()
{
    m_answer.reset();
    m_shades.clear();
    m_sum.clear();
    emit changed();
    if (m_engine && m_reports.open())
        read();
}

void EvidenceModel::read()
{
    if (m_reading)
        m_reading->cancel();
    const int turn = ++m_turn;
    m_key = m_reports.open()->report.key;
    m_reading = m_tasks.start<Answer>(
        this, text("reports", "Reading the report"),
        [engine = m_engine, document = m_reports.open()->report.document](const Monitor& monitor) -> Result<Answer> {
            const std::lock_guard lock(engine->mutex);
            Answer answer;
            answer.text = reports::modelTextOf(document, engine->model->columns);
            answer.evidence = TRY(engine->reader->read(answer.text.text, allLabels(*engine->model), monitor));
            answer.baseline = reports::baselineOf(*engine->model, {&answer.text.text, 1});
            return answer;
        },
        [this, turn](Result<Answer> answer) {
            if (turn != m_turn)
                return;
            if (answer)
                return take(std::move(*answer));
            if (answer.error().kind != Error::Kind::Cancelled)
                m_problem = answer.error();
            emit changed();
        });
}

void EvidenceModel::take(Answer answer)
{
    m_answer = std::make_shared<const Answer>(std::move(answer));
    if (view().chosen < 0 && m_engine && !m_engine->model->labels.empty()) { // the most probable one
        const auto& labels = m_answer->evidence.labels;
        const auto most = std::ranges::max_element(labels, {}, &reports::LabelEvidence::probability);
        if (most != labels.end())
            m_label = m_engine->model->labels[static_cast<std::size_t>(most->label)];
    }
    explain();
}

EvidenceModel::View EvidenceModel::view() const
{
    View view;
    view.problem = m_problem;
    view.isBusy = m_reading != nullptr;
    view.sum = m_sum;
    view.faithfulness = m_faithfulness;
    if (!m_engine)
        return view;
    const reports::ReportModel& model = *m_engine->model;
    view.modelName =
        tr("%1, %2").arg(QString::fromStdString(model.network), QString::fromStdString(model.created).left(10));
    view.threshold = model.threshold;
    if (!m_answer)
        return view;
    view.isCut = m_answer->evidence.isCut;
    view.hasAttention = m_answer->evidence.attention.words > 0;
    double most = 0;
    for (const reports::LabelEvidence& each : m_answer->evidence.labels) {
        const auto number = static_cast<std::size_t>(each.label);
        Row row{model.labels[number], each.probability, static_cast<double>(m_answer->baseline[number])};
        if (m_isMean)
            row.network = meanOfLogits(row.network, row.baseline);
        row.isCalled = model.kind == reports::ReportModel::Kind::SeveralLabels && row.network >= model.threshold;
        most = std::max(most, row.network);
        if (row.label == m_label)
            view.chosen = static_cast<int>(view.rows.size());
        view.rows.push_back(row);
    }
    if (model.kind != reports::ReportModel::Kind::SeveralLabels)
        for (Row& row : view.rows)
            row.isCalled = row.network == most;
    return view;
}

void EvidenceModel::chooseLabel(int row)
{
    if (!m_engine || row < 0 || row >= static_cast<int>(m_engine->model->labels.size()))
        return;
    m_label = m_engine->model->labels[static_cast<std::size_t>(row)];
    explain();
}

void EvidenceModel::setMethod(Method method)
{
    m_method = method;
    explain();
}

void EvidenceModel::setMean(bool isMean)
{
    m_isMean = isMean;
    emit changed();
}

/// The strongest word has the full shade.
std::vector<ShadedWords> EvidenceModel::shadesOf(
    const std::vector<reports::Span>& words, const std::vector<double>& values) const
{
    double most = 0;
    for (const double value : values)
        most = std::max(most, std::abs(value));
    std::vector<ShadedWords> shades;
    for (std::size_t i = 0; i < std::min(words.size(), values.size()); ++i)
        if (most > 0 && std::abs(values[i]) > 0.05 * most)
            shades.push_back({m_answer->text.inDocument(words[i]), values[i] / most});
    return shades;
}

void EvidenceModel::explain()
{
    if (m_explaining)
        m_explaining->cancel();
    ++m_explainTurn;
    m_sum.clear();
    m_shades.clear();
    const int row = view().chosen;
    if (!m_answer || row < 0) {
        emit changed();
        return;
    }
    const reports::LabelEvidence& label = m_answer->evidence.labels[static_cast<std::size_t>(row)];
    std::vector<reports::Span> words;
    for (const reports::EvidenceWord& word : m_answer->evidence.words)
        words.push_back(word.span);
    if (m_method == Method::Highlight || m_method == Method::Attention) {
        const auto& values =
            m_method == Method::Attention && !label.attention.empty() ? label.attention : label.highlight;
        m_shades = shadesOf(words, {values.begin(), values.end()});
    }
    emit changed();
    if (m_method == Method::Highlight || m_method == Method::Attention)
        return;
    askWords(row, std::move(words));
}

/// What takes longer than a glance: asked beside the window.
void EvidenceModel::askWords(int row, std::vector<reports::Span> words)
{
    const int turn = m_explainTurn;
    struct Explained {
        std::vector<double> values;
        double sum = 0, wanted = 0;
    };
    m_explaining = m_tasks.start<Explained>(
        this, text("reports", "Asking what each word contributes"),
        [engine = m_engine, answer = m_answer, row, method = m_method](const Monitor& monitor) -> Result<Explained> {
            const std::lock_guard lock(engine->mutex);
            Explained all;
            if (method == Method::IntegratedGradients) {
                const auto found = TRY(engine->reader->integratedGradients(answer->text.text, row, monitor));
                all.values = found.words;
                all.wanted = found.logit - found.baseline;
                all.sum = std::accumulate(found.words.begin(), found.words.end(), 0.0);
                return all;
            }
            const auto left = TRY(engine->reader->leaveOneOut(answer->text.text, monitor));
            for (std::size_t i = static_cast<std::size_t>(row); i < left.drops.size();
                 i += static_cast<std::size_t>(left.labels))
                all.values.push_back(static_cast<double>(left.drops[i]));
            return all;
        },
        [this, turn, words = std::move(words)](Result<Explained> all) {
            if (turn != m_explainTurn || !m_answer)
                return;
            if (all) {
                m_shades = shadesOf(words, all->values);
                if (m_method == Method::IntegratedGradients)
                    m_sum = tr("Together %1; the logit without any words lies %2 lower.")
                                .arg(QLocale().toString(all->sum, 'f', 3), QLocale().toString(all->wanted, 'f', 3));
            } else if (all.error().kind != Error::Kind::Cancelled) {
                m_problem = all.error();
            }
            emit changed();
        });
}

void EvidenceModel::readAll()
{
    if (!m_engine)
        return;
    std::vector<std::string> keys, texts;
    for (std::size_t i = 0; i < m_reports.size(); ++i) {
        const reports::StoredReport& report = m_reports.report(i).report;
        keys.push_back(report.key);
        texts.push_back(reports::modelTextOf(report.document, m_engine->model->columns).text);
    }
    m_tasks.start<AllRead>(
        this, text("reports", "The model reads all reports"),
        [engine = m_engine, texts = std::move(texts)](const Monitor& monitor) -> Result<AllRead> {
            const int threads = std::max(1, processorCount() - 1);
            AllRead all;
            all.probabilities = TRY(reports::probabilitiesOf(*engine->model, texts, threads, monitor.part(0, 0.4)));
            const auto some = std::span(texts).first(std::min<std::size_t>(texts.size(), 150));
            all.faithfulness = TRY(reports::faithfulnessOf(engine->model, some, threads, monitor.part(0.4, 1)));
            return all;
        },
        [this, keys = std::move(keys), engine = m_engine](Result<AllRead> all) {
            if (engine != m_engine)
                return; // of a model that is no longer chosen
            if (all) {
                m_faithfulness = sentenceOf(all->faithfulness);
                m_reports.setModelReading({engine->model->labels, engine->model->threshold, keys, all->probabilities});
            } else if (all.error().kind != Error::Kind::Cancelled) {
                m_problem = all.error();
            }
            emit changed();
        });
}

} // namespace hounsfield::reporting
