#include "app/cli/demo.h"

#include "core/base/atomic_file.h"
#include "core/base/clock.h"
#include "core/base/parallel.h"
#include "core/diagnosis/diagnosis.h"
#include "core/files/scan.h"
#include "core/image/phantom.h"
#include "core/learning/sample_set.h"
#include "core/learning/training.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

namespace hounsfield::cli {

namespace {

namespace fs = std::filesystem;

/// A planted lesion and where the model looked.
struct Found {
    std::string file;
    double x = 0, y = 0; ///< planted, pixels
    double probability = 0;
    std::array<double, 2> peak{};
    bool isHit = false; ///< its centre lies in the hottest tenth of the map
};

Result<fs::path> outputFolder(const Call& call)
{
    fs::path folder = call.options.words("out");
    if (folder.empty())
        folder = fs::temp_directory_path() / "hounsfield-demo";
    std::error_code problem;
    const bool isOurs = fs::exists(folder / "radiographs" / "test" / "labels.csv", problem);
    if (fs::exists(folder, problem) && !fs::is_empty(folder, problem) && !isOurs)
        return badInput(
            text("cli", "The folder is not empty."), folder.string(), text("cli", "Choose another one with --out."));
    TRY(makeFolder(folder));
    return folder;
}

Result<learning::Run> train(const fs::path& folder, files::ReaderPool& readers, const Monitor& monitor)
{
    learning::TrainingRequest request;
    request.network = "seed-cnn";
    request.options = {{"batch", "16"}, {"normalise", "mean-std"}, {"threads", std::to_string(processorCount())}};
    request.folder = folder / "run";
    request.existing = learning::Existing::Replace;
    request.version = HOUNSFIELD_VERSION;
    learning::DataRequest where;
    where.data = folder / "radiographs";
    where = TRY(learning::dataRequestFor(request.network, request.options, where));
    const learning::DataSet data = TRY(learning::openDataSet(readers, where, monitor.part(0, 0.1)));
    return learning::trainClassifier(data, request, monitor.part(0.1, 1));
}

/// Opens every test radiograph with a lesion as a reader would, and asks the model why.
Result<std::vector<Found>> findLesions(const fs::path& folder, const std::vector<learning::SampleImage>& planted,
    files::ReaderPool& readers, const Monitor& monitor)
{
    const auto scanned = TRY(files::scan(readers, folder / "radiographs" / "test" / "lesion", monitor.part(0, 0.1)));
    auto diagnoser = TRY(diagnosis::Diagnoser::load(folder / "run" / "model.onnx", processorCount()));
    diagnosis::MapOptions lesion;
    for (std::size_t i = 0; i < diagnoser.model().classes.size(); ++i)
        if (diagnoser.model().classes[i] == "lesion")
            lesion.classIndex = static_cast<int>(i);
    std::vector<Found> found;
    for (const files::Series& series : scanned.series) {
        const double done = static_cast<double>(found.size()) / static_cast<double>(scanned.series.size());
        TRY(monitor.part(0.1, 1).at(text("cli", "Making heat maps"), done));
        const std::string file = series.slices.at(0).source.path.string();
        const auto number = std::stoul(fs::path(file).stem().string()); // 0017.png is image 17 of the set
        const learning::SampleImage& truth = planted.at(number);
        const auto volume = TRY(files::openSlice(readers, series, 0));
        const auto map = TRY(diagnoser.explain(*volume, 0, lesion));
        const auto x = static_cast<std::int64_t>(std::lround(truth.x));
        const auto y = static_cast<std::int64_t>(std::lround(truth.y));
        const bool isHit = map.map.at(x, y) > 0 && diagnosis::hotterShare(map.map, x, y) < 0.1;
        found.push_back({file, truth.x, truth.y, map.probability, map.peak, isHit});
    }
    return found;
}

std::string wordsOf(const learning::Run& run, const std::vector<Found>& found, std::int64_t hits, double seconds)
{
    const auto figure = [](const learning::Figure& one) {
        return one.value ? fmt::format(
                   "{:.3f} (95 % interval {:.3f} to {:.3f}, n = {})", *one.value, one.low, one.high, one.n)
                         : std::string("not defined");
    };
    std::string words = fmt::format("Trained {} for {} epochs on {} phantom radiographs in {:.1f} s.\n", run.network,
        run.epochs, run.counts.empty() ? 0 : run.counts[0][0] + run.counts[1][0], run.secondsTraining);
    if (run.test) {
        words += "Test accuracy  " + figure(run.test->accuracy) + "\n";
        words += "Test AUC       " + figure(run.test->auc) + "\n";
    }
    words += fmt::format("Lesion centre inside the hottest 10 % of the heat map: {} of {} ({:.1f} %)\n", hits,
        found.size(), found.empty() ? 0.0 : 100.0 * static_cast<double>(hits) / static_cast<double>(found.size()));
    words += "\nradiograph   probability   planted at   map is hottest at   found\n";
    for (std::size_t i = 0; i < std::min<std::size_t>(8, found.size()); ++i)
        words += fmt::format("{:10}   {:11.3f}   {:4.1f}, {:4.1f}   {:8.1f}, {:4.1f}      {}\n",
            fs::path(found[i].file).filename().string(), found[i].probability, found[i].x, found[i].y, found[i].peak[0],
            found[i].peak[1], found[i].isHit ? "yes" : "no");
    words += fmt::format("\nEverything is in {} (summary.html tells the figures); {:.0f} s in all.\n",
        run.folder.parent_path().string(), seconds);
    return words + "Research use, not for diagnosis.\n";
}

Result<Answer> run(const Call& call)
{
    const Stopwatch watch;
    const fs::path folder = TRY(outputFolder(call));
    const fs::path radiographs = folder / "radiographs";
    TRY(learning::writeSampleFolder(radiographs / "train", {1}, 0, 600, call.monitor.part(0, 0.03)));
    const auto planted =
        TRY(learning::writeSampleFolder(radiographs / "test", {2}, 0, 400, call.monitor.part(0.03, 0.05)));
    TRY(image::writeMetaImage(image::makeCtPhantom(), folder / "phantom-ct.mha"));
    files::ReaderPool readers;
    readers.allowFolder(folder);
    const learning::Run trained = TRY(train(folder, readers, call.monitor.part(0.05, 0.8)));
    const auto found = TRY(findLesions(folder, planted, readers, call.monitor.part(0.8, 1)));
    TRY(writeAtomically(folder / "summary.html", TRY(readFile(trained.folder / "summary.html"))));
    const auto hits = std::ranges::count_if(found, &Found::isHit);
    nlohmann::json json{{"out", folder.string()}, {"run", trained.folder.string()}, {"lesions", found.size()},
        {"hits", hits}, {"share", found.empty() ? 0.0 : static_cast<double>(hits) / static_cast<double>(found.size())},
        {"seconds", watch.seconds()}};
    if (trained.test)
        json["test"] = nlohmann::json::parse(learning::jsonOf(*trained.test, trained.classes));
    return Answer{wordsOf(trained, found, hits, watch.seconds()), json.dump(), 0};
}

} // namespace

Verb demoVerb()
{
    return {"demo",
        "Trains a small network on built-in phantom radiographs and shows what it finds and where it looks.",
        "hounsfield-cli demo --out demo", "", Verb::Count::None,
        {{"out", Option::Kind::Path, "",
            text("cli", "Folder for the sample, the run and summary.html; else one among the temporary files.")}},
        run};
}

} // namespace hounsfield::cli
