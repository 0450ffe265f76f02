#include "core/learning/run_json.h"

#include <nlohmann/json.hpp>

#include <array>

namespace hounsfield::learning {

namespace {

using nlohmann::json;
using Ordered = nlohmann::ordered_json;

struct ClassFigure {
    const char* name;
    Figure ClassFigures::*figure;
};
constexpr std::array<ClassFigure, 6> classFigures{{{"sensitivity", &ClassFigures::sensitivity},
    {"specificity", &ClassFigures::specificity}, {"ppv", &ClassFigures::ppv}, {"npv", &ClassFigures::npv},
    {"f1", &ClassFigures::f1}, {"auc", &ClassFigures::auc}}};

struct WholeFigure {
    const char* name;
    Figure Metrics::*figure;
};
constexpr std::array<WholeFigure, 3> wholeFigures{
    {{"accuracy", &Metrics::accuracy}, {"balanced_accuracy", &Metrics::balancedAccuracy}, {"auc", &Metrics::auc}}};

void addFigure(Ordered& object, const std::string& name, const Figure& figure)
{
    object[name] = figure.value ? Ordered(*figure.value) : Ordered();
    object[name + "_ci"] = figure.value ? Ordered{figure.low, figure.high} : Ordered();
    object[name + "_n"] = figure.n;
}

Figure figureOf(const json& object, const std::string& name)
{
    Figure figure;
    figure.n = object.at(name + "_n").get<std::int64_t>();
    if (object.at(name).is_null())
        return figure;
    figure.value = object.at(name).get<double>();
    figure.low = object.at(name + "_ci").at(0).get<double>();
    figure.high = object.at(name + "_ci").at(1).get<double>();
    return figure;
}

Metrics metricsOf(const json& object)
{
    Metrics metrics;
    metrics.n = object.at("n").get<std::int64_t>();
    metrics.units = object.at("patients").get<std::int64_t>();
    for (const auto& row : wholeFigures)
        metrics.*row.figure = figureOf(object, row.name);
    metrics.ece = object.at("ece").get<double>();
    metrics.crossEntropy = object.at("cross_entropy").get<double>();
    metrics.confusion = object.at("confusion").get<std::vector<std::vector<std::int64_t>>>();
    for (const json& one : object.at("per_class")) {
        ClassFigures figures;
        for (const auto& row : classFigures)
            figures.*row.figure = figureOf(one, row.name);
        metrics.perClass.push_back(figures);
    }
    if (object.contains("threshold")) {
        const json& at = object.at("at_threshold");
        metrics.chosen = {object.at("threshold").get<double>(), at.at("accuracy").get<double>(),
            at.at("sensitivity").get<double>(), at.at("specificity").get<double>()};
    }
    return metrics;
}

constexpr std::array<const char*, 4> endings{"finished", "early stop", "stopped", "diverged"};

std::string dumped(const Ordered& object, int indent = -1)
{
    return object.dump(indent, ' ', false, Ordered::error_handler_t::replace);
}

} // namespace

std::string jsonOf(const Metrics& metrics, const std::vector<std::string>& classes)
{
    Ordered object{{"n", metrics.n}, {"patients", metrics.units}};
    for (const auto& row : wholeFigures)
        addFigure(object, row.name, metrics.*row.figure);
    object["ece"] = metrics.ece;
    object["cross_entropy"] = metrics.crossEntropy;
    object["confusion"] = metrics.confusion;
    if (metrics.chosen) {
        object["threshold"] = metrics.chosen->threshold;
        object["at_threshold"] = {{"accuracy", metrics.chosen->accuracy}, {"sensitivity", metrics.chosen->sensitivity},
            {"specificity", metrics.chosen->specificity}};
    }
    object["classes"] = classes;
    object["per_class"] = Ordered::array();
    for (std::size_t c = 0; c < metrics.perClass.size(); ++c) {
        Ordered one{{"class", classes[c]}};
        for (const auto& row : classFigures)
            addFigure(one, row.name, metrics.perClass[c].*row.figure);
        object["per_class"].push_back(std::move(one));
    }
    return dumped(object);
}

std::string jsonOf(const Run& run)
{
    Ordered object{{"network", run.network}, {"data", run.data}, {"started", run.started}, {"finished", run.finished},
        {"version", run.version}, {"options", run.options}, {"classes", run.classes},
        {"data_fingerprint", run.dataFingerprint}, {"split", run.splitHash}, {"split_rule", run.splitRule},
        {"notes", run.notes}, {"counts", run.counts}, {"synthetic", run.synthetic}, {"epochs", run.epochs},
        {"best_epoch", run.keptEpoch}, {"ending", endings[static_cast<std::size_t>(run.ending)]},
        {"seconds_reading", run.secondsReading}, {"seconds_training", run.secondsTraining},
        {"images_per_s", run.imagesPerSecond}, {"threshold", run.threshold},
        {"threshold_chosen", run.hasChosenThreshold}};
    object["validation"] = run.validation ? Ordered::parse(jsonOf(*run.validation, run.classes)) : Ordered();
    object["test"] = run.test ? Ordered::parse(jsonOf(*run.test, run.classes)) : Ordered();
    return dumped(object, 1) + "\n";
}

Result<Run> runFromJson(const std::string& words, const std::string& where)
{
    Run run;
    try {
        const json object = json::parse(words);
        const auto take = [&](const char* name, auto& to) { object.at(name).get_to(to); };
        take("network", run.network);
        take("data", run.data);
        take("started", run.started);
        take("finished", run.finished);
        take("version", run.version);
        take("options", run.options);
        take("classes", run.classes);
        take("data_fingerprint", run.dataFingerprint);
        take("split", run.splitHash);
        take("split_rule", run.splitRule);
        take("notes", run.notes);
        take("counts", run.counts);
        run.synthetic = object.value("synthetic", std::vector<std::int64_t>(run.classes.size()));
        take("epochs", run.epochs);
        take("best_epoch", run.keptEpoch);
        take("seconds_reading", run.secondsReading);
        take("seconds_training", run.secondsTraining);
        take("images_per_s", run.imagesPerSecond);
        take("threshold", run.threshold);
        take("threshold_chosen", run.hasChosenThreshold);
        for (std::size_t e = 0; e < endings.size(); ++e)
            if (object.at("ending") == endings[e])
                run.ending = static_cast<Ending>(e);
        if (!object.at("validation").is_null())
            run.validation = metricsOf(object.at("validation"));
        if (!object.at("test").is_null())
            run.test = metricsOf(object.at("test"));
    } catch (const json::exception&) {
        return badInput(text("learning", "The description of this run cannot be understood."), where);
    }
    return run;
}

} // namespace hounsfield::learning
