#include "core/reports/report_training.h"

#include "core/base/atomic_file.h"
#include "core/base/clock.h"
#include "core/base/csv.h"
#include "core/base/hash.h"
#include "core/learning/run_folder.h"
#include "core/learning/trainer_options.h"
#include "core/nn/onnx_write.h"
#include "core/reports/report_summary.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace hounsfield::reports {

namespace {

using Json = nlohmann::ordered_json;
using learning::Part;

Json figureOf(const std::optional<double>& value)
{
    return value ? Json(*value) : Json();
}

Json intervalOf(const learning::Figure& figure)
{
    return figure.value ? Json{figure.low, figure.high} : Json();
}

void add(Json& to, const std::string& name, const learning::Figure& figure)
{
    to[name] = figureOf(figure.value);
    to[name + "_ci"] = intervalOf(figure);
}

std::vector<std::string> textsOf(const ReportSet& set, const std::vector<std::int64_t>& cases)
{
    std::vector<std::string> texts;
    for (const std::int64_t i : cases)
        texts.push_back(set.texts[static_cast<std::size_t>(i)]);
    return texts;
}

/// Probabilities with the truth of the cases.
learning::LabelScores scoresOf(
    const ReportSet& set, const std::vector<std::int64_t>& cases, std::vector<float> probabilities)
{
    learning::LabelScores scores{static_cast<std::int64_t>(set.labels.size()), std::move(probabilities), {}, {}};
    for (const std::int64_t i : cases) {
        const auto row = set.answers.begin() + i * scores.labels;
        scores.truth.insert(scores.truth.end(), row, row + scores.labels);
        scores.units.push_back(set.units[static_cast<std::size_t>(i)]);
    }
    return scores;
}

class Training {
  public:
    Training(const ReportSet& set, const learning::TrainingRequest& request, const learning::TextNetwork& network,
        OptionValues options)
        : m_set(set)
        , m_request(request)
        , m_network(network)
        , m_options(std::move(options))
        , m_training(set.casesOf(Part::Train))
        , m_validation(set.casesOf(Part::Validation))
        , m_test(set.casesOf(Part::Test))
        , m_replaced(request)
    {
    }

    Result<ReportRun> run(const Monitor& monitor)
    {
        if (m_training.empty() || m_validation.empty())
            return badInput(text("reports", "There are no reports to train on, or none to choose the best epoch on."),
                m_set.name, text("reports", "Give more reports, or a larger share for validation."));
        TRY(learning::prepareFolder(m_request));
        ReportModel& model = m_run.model;
        model.kind = m_set.kind;
        model.network = m_network.name;
        model.labels = m_set.labels;
        model.columns = m_set.columns;
        model.mostTokens = m_network.mostTokens;
        model.fingerprint = m_set.fingerprint;
        model.vocabulary = Vocabulary::of(textsOf(m_set, m_training));
        model.baseline = TRY(fitBaseline(
            m_set.all(), {m_training, m_validation}, learning::threadsFrom(m_options), monitor.part(0, 0.15)));
        TRY(train(monitor.part(0.15, 0.95)));
        TRY(score(monitor.stopRequested() ? Monitor() : monitor.part(0.95, 1)));
        TRY(write());
        return std::move(m_run);
    }

  private:
    std::shared_ptr<const learning::TextCases> casesOf(const std::vector<std::int64_t>& cases) const
    {
        auto made = std::make_shared<learning::TextCases>();
        const auto width = static_cast<std::int64_t>(m_set.labels.size());
        made->labelCount = m_set.kind == ReportSet::Kind::SeveralLabels ? width : 0;
        for (const std::int64_t i : cases) {
            made->texts.push_back(
                m_run.model.vocabulary.numbersOf(m_set.texts[static_cast<std::size_t>(i)], m_network.mostTokens));
            const auto row = m_set.answers.begin() + i * width;
            if (made->labelCount > 0)
                made->labels.insert(made->labels.end(), row, row + width);
            else
                made->classes.push_back(static_cast<std::int32_t>(std::max_element(row, row + width) - row));
        }
        return made;
    }

    std::string identity() const
    {
        Hasher hasher;
        hasher.add(m_network.name + '\n' + m_set.fingerprint + '\n');
        for (const auto& [name, value] : m_options.all())
            if (name != "threads" && name != "save-seconds")
                hasher.add(name + '=' + value + '\n');
        return hasher.hex();
    }

    learning::Judgement judgementOf(std::vector<float> logits) const
    {
        toProbabilities(m_set.kind, static_cast<std::int64_t>(m_set.labels.size()), logits);
        const auto scores = scoresOf(m_set, m_validation, std::move(logits));
        const auto metrics = learning::computeLabelMetrics(scores, 0.5, 0);
        learning::Judgement judgement;
        const auto take = [&](const char* name, const std::optional<double>& value) {
            if (value)
                judgement.metrics[name] = *value;
        };
        take("validation_auc", metrics.means.macroAuc.value);
        take("validation_map", metrics.means.meanAveragePrecision.value);
        judgement.figure = metrics.means.meanAveragePrecision.value.value_or(0);
        if (m_set.kind == ReportSet::Kind::OneClass) {
            const auto classes = learning::figuresByMostProbable(scores);
            take("validation_accuracy", classes.accuracy.value);
            judgement.figure = classes.macroF1.value.value_or(0) + 1e-3 * judgement.figure;
        }
        return judgement;
    }

    Result<void> train(const Monitor& monitor)
    {
        learning::TextTraining training;
        training.network = &m_network;
        training.options = m_options;
        training.training = casesOf(m_training);
        training.validation = casesOf(m_validation);
        training.vocabulary = m_run.model.vocabulary.size();
        training.labels = static_cast<std::int64_t>(m_set.labels.size());
        training.judge = [this](const std::vector<float>& logits) { return judgementOf(logits); };
        training.state = m_request.folder / "state.onnx";
        training.identity = identity();
        training.resume = m_request.existing == learning::Existing::Resume;
        training.events = m_request.events;
        training.onSaved = [this](const auto& history) {
            m_replaced.forget();
            return learning::writeHistory(m_request.folder, history);
        };
        const learning::TrainerOutcome outcome = TRY(learning::trainTexts(training, monitor));
        m_run.folder = m_request.folder;
        m_run.epochs = static_cast<std::int64_t>(outcome.history.size());
        m_run.keptEpoch = outcome.keptEpoch;
        m_run.ending = outcome.ending;
        m_run.history = outcome.history;
        m_run.secondsTraining = outcome.secondsTraining;
        m_run.reportsPerSecond =
            outcome.secondsTraining > 0 ? static_cast<double>(outcome.samples) / outcome.secondsTraining : 0;
        m_run.notes = m_set.notes;
        if (outcome.problem)
            m_run.notes.push_back(outcome.problem->what);
        m_run.model.graph = std::make_shared<const nn::Graph>(outcome.graph);
        m_run.model.created = timestamp();
        return {};
    }

    Result<void> score(const Monitor& monitor)
    {
        ReportModel& model = m_run.model;
        const int threads = learning::threadsFrom(m_options);
        const auto validation =
            TRY(probabilitiesOf(model, textsOf(m_set, m_validation), threads, monitor.part(0, 0.3)));
        if (m_set.kind == ReportSet::Kind::SeveralLabels)
            model.threshold = learning::globalThreshold(scoresOf(m_set, m_validation, validation));
        constexpr int resamples = 1000;
        m_run.validation = TRY(figuresOf(model, m_set, m_validation, resamples, monitor.part(0.3, 0.6)));
        if (!m_test.empty())
            m_run.test = TRY(figuresOf(model, m_set, m_test, resamples, monitor.part(0.6, 1)));
        return {};
    }

    Json figuresJson(const std::optional<ReportFigures>& figures) const
    {
        if (!figures)
            return {};
        Json json = Json::parse(jsonOf(figures->network, figures->networkClasses, m_run.model));
        json["baseline"] = Json::parse(jsonOf(figures->baseline, figures->baselineClasses, m_run.model));
        json["gain"] = Json::parse(jsonOf(figures->gain));
        return json;
    }

    Result<std::string> predictions() const
    {
        std::string table = "id,part";
        for (const std::string& label : m_set.labels)
            table += ',' + csvCell(label) + ',' + csvCell("p(" + label + ")");
        table += '\n';
        for (const Part part : {Part::Validation, Part::Test}) {
            const auto cases = m_set.casesOf(part);
            const auto scores =
                TRY(probabilitiesOf(m_run.model, textsOf(m_set, cases), learning::threadsFrom(m_options), Monitor()));
            const std::size_t width = m_set.labels.size();
            for (std::size_t row = 0; row < cases.size(); ++row) {
                const auto i = static_cast<std::size_t>(cases[row]);
                table += csvCell(m_set.ids[i]) + ',' + learning::nameOf(part);
                for (std::size_t k = 0; k < width; ++k)
                    table += ',' + std::to_string(m_set.answers[i * width + k]) + ','
                             + std::to_string(scores[row * width + k]);
                table += '\n';
            }
        }
        return table;
    }

    Result<void> write()
    {
        Json figures;
        figures["validation"] = figuresJson(m_run.validation);
        figures["test"] = figuresJson(m_run.test);
        m_run.model.metrics = figures.dump();
        Json notes = Json::array();
        for (const Text& note : m_run.notes)
            notes.push_back(english(note));
        const Json json{{"kind", "report"}, {"network", m_network.name}, {"data", m_set.name},
            {"version", m_request.version}, {"created", m_run.model.created}, {"options", m_options.all()},
            {"labels", m_set.labels}, {"columns", m_set.columns}, {"split", english(m_set.splitRule)},
            {"reports", {{"train", m_training.size()}, {"validation", m_validation.size()}, {"test", m_test.size()}}},
            {"fingerprint", m_set.fingerprint}, {"epochs", m_run.epochs}, {"kept_epoch", m_run.keptEpoch},
            {"seconds_training", m_run.secondsTraining}, {"threshold", m_run.model.threshold}, {"notes", notes},
            {"figures", figures}};
        const auto folder = m_request.folder;
        TRY(writeAtomically(folder / "predictions.csv", TRY(predictions())));
        TRY(learning::writeHistory(folder, m_run.history));
        TRY(writeAtomically(folder / "model.onnx", nn::writeOnnx(exported(m_run.model))));
        TRY(writeAtomically(folder / "summary.html", reportSummary(m_run, m_set, m_options.all(), m_request.version)));
        // Last: a folder with run.json is complete.
        return writeAtomically(folder / "run.json", json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n');
    }

    const ReportSet& m_set;
    const learning::TrainingRequest& m_request;
    const learning::TextNetwork& m_network;
    OptionValues m_options;
    std::vector<std::int64_t> m_training, m_validation, m_test;
    learning::ReplacedRun m_replaced;
    ReportRun m_run;
};

} // namespace

Result<ReportRun> trainReports(const ReportSet& set, const learning::TrainingRequest& request, const Monitor& monitor)
{
    const learning::TextNetwork* network = TRY(learning::findTextNetwork(request.network));
    OptionValues options = TRY(learning::textValues(*network, request.options));
    return Training(set, request, *network, std::move(options)).run(monitor);
}

Result<ReportFigures> figuresOf(const ReportModel& model, const ReportSet& set, const std::vector<std::int64_t>& cases,
    int resamples, const Monitor& monitor)
{
    const auto texts = textsOf(set, cases);
    const auto network = scoresOf(set, cases, TRY(probabilitiesOf(model, texts, 0, monitor)));
    const auto plain = scoresOf(set, cases, baselineOf(model, texts));
    ReportFigures figures;
    figures.network = learning::computeLabelMetrics(network, model.threshold, resamples);
    figures.baseline = learning::computeLabelMetrics(plain, model.baseline.threshold, resamples);
    figures.gain = TRY(learning::computeGain({plain, model.baseline.threshold}, {network, model.threshold}, resamples));
    if (model.kind == ReportModel::Kind::OneClass) {
        figures.networkClasses = learning::figuresByMostProbable(network, resamples);
        figures.baselineClasses = learning::figuresByMostProbable(plain, resamples);
    }
    return figures;
}

std::string jsonOf(const learning::LabelMetrics& metrics, const learning::ClassMeans& classes, const ReportModel& model)
{
    const bool areClasses = model.kind == ReportModel::Kind::OneClass;
    const auto& means = metrics.means;
    Json json;
    add(json, "accuracy", classes.accuracy);
    add(json, "macro_auc", means.macroAuc);
    add(json, "map", means.meanAveragePrecision);
    add(json, "macro_f1", areClasses ? classes.macroF1 : means.macroF1);
    add(json, "micro_f1", areClasses ? classes.accuracy : means.microF1);
    json["threshold"] = metrics.threshold;
    Json& labels = json["labels"] = Json::object();
    for (std::size_t k = 0; k < metrics.perLabel.size(); ++k) {
        const learning::LabelFigures& figures = metrics.perLabel[k];
        Json& one = labels[model.labels[k]];
        if (!figures.auc.value)
            continue;
        add(one, "auc", figures.auc);
        add(one, "ap", figures.averagePrecision);
        add(one, "f1", figures.f1);
        one["n"] = figures.positives;
    }
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string jsonOf(const learning::LabelMeans& gain)
{
    Json json;
    add(json, "macro_auc", gain.macroAuc);
    add(json, "map", gain.meanAveragePrecision);
    add(json, "macro_f1", gain.macroF1);
    add(json, "micro_f1", gain.microF1);
    return json.dump();
}

} // namespace hounsfield::reports
