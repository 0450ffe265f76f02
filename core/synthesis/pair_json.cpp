#include "core/synthesis/pair_json.h"

#include "core/base/atomic_file.h"

#include <algorithm>
#include <array>

namespace hounsfield::synthesis {

namespace {

struct Row {
    const char* name;
    double PairEvaluation::*value;
};
constexpr std::array rows{Row{"seconds", &PairEvaluation::seconds}, Row{"kid", &PairEvaluation::kid},
    Row{"kid_deviation", &PairEvaluation::kidDeviation}, Row{"fid", &PairEvaluation::fid},
    Row{"precision", &PairEvaluation::precision}, Row{"recall", &PairEvaluation::recall},
    Row{"density", &PairEvaluation::density}, Row{"coverage", &PairEvaluation::coverage},
    Row{"recognised", &PairEvaluation::recognised}, Row{"generator_loss", &PairEvaluation::generatorLoss},
    Row{"discriminator_loss", &PairEvaluation::discriminatorLoss}, Row{"real_score", &PairEvaluation::realScore},
    Row{"made_score", &PairEvaluation::madeScore}};

struct EndingRow {
    PairRun::Ending ending;
    const char* name;
};
constexpr std::array endings{EndingRow{PairRun::Ending::Finished, "finished"},
    EndingRow{PairRun::Ending::Stopped, "stopped"}, EndingRow{PairRun::Ending::Alarm, "alarm"}};

Result<PairRun> runFrom(const std::string& words, const std::string& where)
{
    PairRun run;
    try {
        const auto json = nlohmann::json::parse(words);
        if (json.at("kind").get<std::string>() != "pair")
            return badInput(text("synthesis", "This run folder is not one of a pair."), where);
        run.network = json.at("network").get<std::string>();
        run.data = json.at("data").get<std::string>();
        run.version = json.at("version").get<std::string>();
        run.started = json.at("started").get<std::string>();
        run.finished = json.at("finished").get<std::string>();
        run.options = json.at("options").get<std::map<std::string, std::string>>();
        run.size = json.at("size").get<std::int64_t>();
        run.classes = json.at("classes").get<std::vector<std::string>>();
        run.membersPerClass = json.at("members_per_class").get<std::vector<std::int64_t>>();
        run.members = json.at("members").get<std::int64_t>();
        run.heldBack = json.at("held_back").get<std::int64_t>();
        run.features = json.at("features").get<std::string>();
        run.dataFingerprint = json.at("fingerprint").get<std::string>();
        run.splitHash = json.at("split_hash").get<std::string>();
        run.splitRule = json.at("split").get<std::string>();
        run.steps = json.at("steps").get<std::int64_t>();
        run.keptStep = json.at("kept_step").get<std::int64_t>();
        run.secondsTraining = json.at("seconds_training").get<double>();
        run.imagesPerSecond = json.at("images_per_s").get<double>();
        for (const auto& [ending, name] : endings)
            if (json.at("ending").get<std::string>() == name)
                run.ending = ending;
        run.notes = json.at("notes").get<std::vector<std::string>>();
        for (const auto& one : json.at("evaluations"))
            run.evaluations.push_back(evaluationOf(one));
    } catch (const nlohmann::json::exception&) {
        return badInput(text("synthesis", "The run.json of this folder cannot be understood."), where);
    }
    return run;
}

} // namespace

Ordered objectOf(const PairEvaluation& evaluation)
{
    Ordered object{{"step", evaluation.step}};
    for (const auto& [name, value] : rows)
        object[name] = evaluation.*value;
    return object;
}

PairEvaluation evaluationOf(const nlohmann::json& object)
{
    PairEvaluation evaluation;
    evaluation.step = object.at("step").get<std::int64_t>();
    for (const auto& [name, value] : rows)
        evaluation.*value = object.at(name).get<double>();
    return evaluation;
}

std::string jsonOf(const PairEvaluation& evaluation)
{
    return objectOf(evaluation).dump();
}

std::string jsonOf(const PairRun& run)
{
    Ordered evaluations = Ordered::array();
    for (const PairEvaluation& evaluation : run.evaluations)
        evaluations.push_back(objectOf(evaluation));
    const auto* ending = std::ranges::find(endings, run.ending, &EndingRow::ending);
    const Ordered json{{"kind", "pair"}, {"network", run.network}, {"size", run.size}, {"data", run.data},
        {"version", run.version}, {"started", run.started}, {"finished", run.finished}, {"options", run.options},
        {"classes", run.classes}, {"members", run.members}, {"members_per_class", run.membersPerClass},
        {"held_back", run.heldBack}, {"features", run.features}, {"fingerprint", run.dataFingerprint},
        {"split_hash", run.splitHash}, {"split", run.splitRule}, {"steps", run.steps}, {"kept_step", run.keptStep},
        {"seconds_training", run.secondsTraining}, {"images_per_s", run.imagesPerSecond}, {"ending", ending->name},
        {"notes", run.notes}, {"evaluations", evaluations}};
    return json.dump(2, ' ', false, Ordered::error_handler_t::replace) + '\n';
}

const PairEvaluation* PairRun::kept() const
{
    const auto found = std::ranges::find(evaluations, keptStep, &PairEvaluation::step);
    return found == evaluations.end() ? nullptr : &*found;
}

Result<PairRun> readPairRun(const std::filesystem::path& folder)
{
    const auto file = folder / "run.json";
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        return badInput(
            text("synthesis", "There is no finished run of a pair here: run.json is missing."), folder.string());
    PairRun run = TRY(runFrom(TRY(readFile(file)), file.string()));
    run.folder = folder;
    return run;
}

} // namespace hounsfield::synthesis
