#include "core/learning/run_folder.h"

#include "core/base/atomic_file.h"
#include "core/base/csv.h"
#include "core/learning/run_json.h"
#include "core/learning/summary.h"
#include "core/learning/training_state.h"
#include "core/nn/onnx_write.h"

#include <algorithm>
#include <charconv>
#include <sstream>

namespace hounsfield::learning {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t firstProbability = 11;

std::string written(double value)
{
    return Text::written(value);
}

std::string predictionsTable(const Run& run)
{
    std::string table = "file,part,label,called,pixel_hash,patient,unit,path,entry,frame,uid";
    for (const std::string& name : run.classes)
        table += ',' + csvCell("p_" + name);
    table += '\n';
    for (const Prediction& one : run.predictions) {
        table += csvCell(one.name) + ',' + nameOf(one.part) + ','
                 + csvCell(run.classes[static_cast<std::size_t>(one.label)]) + ','
                 + csvCell(run.classes[static_cast<std::size_t>(one.called)]) + ',' + one.pixelHash + ','
                 + csvCell(one.patient) + ',' + std::to_string(one.unit) + ',' + csvCell(one.source.path.string()) + ','
                 + csvCell(one.source.entry) + ',' + std::to_string(one.source.frame) + ',' + csvCell(one.uid);
        for (const float p : one.probabilities)
            table += ',' + written(static_cast<double>(p));
        table += '\n';
    }
    return table;
}

std::optional<int> indexOf(const std::vector<std::string>& classes, const std::string& name)
{
    for (std::size_t c = 0; c < classes.size(); ++c)
        if (csvCell(classes[c]) == csvCell(name))
            return static_cast<int>(c);
    return std::nullopt;
}

template <typename Number> bool parse(const std::string& words, Number& value)
{
    const auto result = std::from_chars(words.data(), words.data() + words.size(), value);
    return result.ec == std::errc() && result.ptr == words.data() + words.size();
}

Result<void> readPredictions(const fs::path& file, Run& run)
{
    const Csv csv = TRY(parseCsv(TRY(readFile(file)), file.string()));
    const auto wrong = [&](std::size_t row) {
        return badInput(
            text("learning", "Row %1 of the predictions cannot be understood.").with(row + 2), file.string());
    };
    // Tables of earlier versions end with the entry.
    const std::size_t first = csv.columns.size() - run.classes.size();
    if (first != firstProbability && first != firstProbability - 2)
        return wrong(0);
    for (std::size_t row = 0; row < csv.rows.size(); ++row) {
        const auto& cells = csv.rows[row];
        Prediction one;
        const auto label = indexOf(run.classes, cells[2]), called = indexOf(run.classes, cells[3]);
        if (!label || !called || !parse(cells[6], one.unit))
            return wrong(row);
        one.name = cells[0];
        for (const Part part : {Part::Train, Part::Validation, Part::Test})
            if (cells[1] == nameOf(part))
                one.part = part;
        one.label = *label;
        one.called = *called;
        one.pixelHash = cells[4];
        one.patient = cells[5];
        one.source = {cells[7], cells[8]};
        if (first > firstProbability - 2 && !parse(cells[9], one.source.frame))
            return wrong(row);
        one.uid = first > firstProbability - 2 ? cells[10] : std::string();
        for (std::size_t c = 0; c < run.classes.size(); ++c) {
            float p = 0;
            if (!parse(cells[first + c], p))
                return wrong(row);
            one.probabilities.push_back(p);
        }
        run.predictions.push_back(std::move(one));
    }
    return {};
}

Result<void> readHistory(const fs::path& file, Run& run)
{
    std::istringstream lines(TRY(readFile(file)));
    for (std::string line; std::getline(lines, line);)
        if (!line.empty())
            run.history.push_back(TRY(epochFromJson(line, file.string())));
    return {};
}

} // namespace

Text verdictOf(const Run& run)
{
    const auto& metrics = run.test ? run.test : run.validation;
    if (!metrics || !metrics->auc.value)
        return text("learning", "Nothing was scored: there are no test or validation cases of more than one class.");
    const auto percent = [](double share) { return static_cast<int>(share * 100 + 0.5); };
    const auto rounded = [](double value) { return static_cast<double>(static_cast<int>(value * 1000 + 0.5)) / 1000; };
    const Figure& auc = metrics->auc;
    if (auc.low <= 0.5)
        return text("learning",
            "On %1 cases the model does not tell the classes apart better than chance: AUC %2 (95 % %3 to %4).")
            .with(metrics->n, rounded(*auc.value), rounded(auc.low), rounded(auc.high));
    if (run.classes.size() == 2 && metrics->chosen)
        return text("learning",
            "On %1 cases: AUC %2 (95 % %3 to %4); at threshold %5 it finds %6 % of \"%7\" and clears %8 % of \"%9\".")
            .with(metrics->n, rounded(*auc.value), rounded(auc.low), rounded(auc.high),
                rounded(metrics->chosen->threshold), percent(metrics->chosen->sensitivity), run.classes[1],
                percent(metrics->chosen->specificity), run.classes[0]);
    return text("learning", "On %1 cases: AUC %2 (95 % %3 to %4), %5 % are called rightly.")
        .with(metrics->n, rounded(*auc.value), rounded(auc.low), rounded(auc.high),
            percent(metrics->accuracy.value.value_or(0)));
}

Result<void> writeHistory(const fs::path& folder, const std::vector<EpochRecord>& history)
{
    std::string lines;
    for (const EpochRecord& record : history)
        lines += jsonOf(record) + '\n';
    return writeAtomically(folder / "metrics.jsonl", lines);
}

Result<void> writeRun(const Run& run, const nn::Graph& model)
{
    TRY(writeAtomically(run.folder / "model.onnx", nn::writeOnnx(model)));
    TRY(writeHistory(run.folder, run.history));
    TRY(writeAtomically(run.folder / "predictions.csv", predictionsTable(run)));
    TRY(writeAtomically(run.folder / "summary.html", summaryPage(run)));
    // Last: a folder with run.json is complete.
    return writeAtomically(run.folder / "run.json", jsonOf(run));
}

Result<Run> readRun(const fs::path& folder)
{
    std::error_code ignored;
    if (!fs::exists(folder / "run.json", ignored))
        return badInput(fs::exists(folder / "state.onnx", ignored)
                            ? text("learning", "This training is not finished; it can be resumed.")
                            : text("learning", "This folder holds no training run."),
            folder.string());
    Run run = TRY(runFromJson(TRY(readFile(folder / "run.json")), (folder / "run.json").string()));
    run.folder = folder;
    TRY(readHistory(folder / "metrics.jsonl", run));
    TRY(readPredictions(folder / "predictions.csv", run));
    return run;
}

Scores scoresOf(const Run& run, Part part)
{
    Scores scores;
    scores.classes = static_cast<int>(run.classes.size());
    for (const Prediction& one : run.predictions) {
        if (one.part != part)
            continue;
        scores.probabilities.insert(scores.probabilities.end(), one.probabilities.begin(), one.probabilities.end());
        scores.labels.push_back(one.label);
        scores.units.push_back(one.unit);
    }
    return scores;
}

std::vector<fs::path> listRuns(const fs::path& folder)
{
    std::vector<std::pair<fs::file_time_type, fs::path>> found;
    std::error_code problem;
    for (fs::directory_iterator entries(folder, problem); !problem && entries != fs::directory_iterator();
         entries.increment(problem)) {
        std::error_code ignored;
        if (fs::exists(entries->path() / "run.json", ignored))
            found.emplace_back(fs::last_write_time(entries->path() / "run.json", ignored), entries->path());
    }
    std::ranges::sort(found, std::greater{});
    std::vector<fs::path> folders;
    for (auto& [time, path] : found)
        folders.push_back(std::move(path));
    return folders;
}

} // namespace hounsfield::learning
