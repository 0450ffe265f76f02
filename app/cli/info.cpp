#include "app/cli/info.h"

#include "app/cli/json_line.h"
#include "app/cli/series_json.h"
#include "app/cli/system_info.h"
#include "core/files/scan.h"
#include "core/image/statistics.h"

#include <algorithm>
#include <filesystem>

namespace hounsfield::cli {

namespace {

using Json = nlohmann::json;

/// Values of all stacks of one file or folder together.
struct Opened {
    image::Statistics values;
    std::string unit;
    std::vector<Text> problems;
};

Result<Opened> openAll(files::ReaderPool& readers, const std::vector<files::Series>& all, const Monitor& monitor)
{
    Opened opened;
    for (std::size_t n = 0; n < all.size(); ++n) {
        const auto count = static_cast<double>(all.size()), i = static_cast<double>(n);
        const auto volume = TRY(
            files::openSeries(readers, all[n], monitor.part(i / count, (i + 1) / count), files::Stacking::AsStored));
        opened.values.add(image::statisticsOf(*volume));
        opened.unit = volume->unit;
        for (const Text& problem : volume->problems)
            if (std::ranges::find(opened.problems, problem) == opened.problems.end())
                opened.problems.push_back(problem);
    }
    if (opened.values.notFinite > 0)
        opened.problems.push_back(text("cli", "%1 values are no numbers or infinite.").with(opened.values.notFinite));
    return opened;
}

/// The stacks of one DICOM file count together: its frames are its size.
void countFrames(Json& json, const std::vector<files::Series>& all)
{
    if (all.size() < 2 || all.front().slices.front().header->format != files::Format::Dicom)
        return;
    std::int64_t frames = 0;
    for (const files::Series& series : all)
        frames += series.geometry.size[2];
    json["size"][2] = frames;
}

Answer answerOf(const std::vector<files::Series>& all, const Opened& opened)
{
    const files::Series& first = all.front();
    Json json{{"kind", "image"}, {"patient", first.facts.patientName}, {"modality", first.facts.modality}};
    addGeometry(json, first);
    addHistory(json, first.facts);
    countFrames(json, all);
    json["unit"] = opened.unit;
    const bool hasValues = opened.values.count > 0;
    json["min"] = hasValues ? numberJson(opened.values.least) : Json(nullptr);
    json["max"] = hasValues ? numberJson(opened.values.greatest) : Json(nullptr);
    json["mean"] = hasValues ? numberJson(opened.values.mean) : Json(nullptr);
    json["problems"] = problemsJson(opened.problems);
    std::string words = "image  " + first.facts.modality + "  " + sizeWords(first) + "\npatient  "
                        + first.facts.patientName + "\nvalues  " + Text::written(opened.values.least) + " … "
                        + Text::written(opened.values.greatest) + " " + opened.unit + ", mean "
                        + Text::written(opened.values.mean) + "\n";
    for (const Text& problem : opened.problems)
        words += "note  " + english(problem) + "\n";
    return {words, lineOf(json), 0};
}

Result<Answer> infoOf(const std::string& path, const Monitor& monitor)
{
    files::ReaderPool readers;
    auto found = TRY(files::scan(readers, path, monitor.part(0, 0.3)));
    const bool isFolder = std::filesystem::is_directory(path);
    if (found.series.empty() && !found.others.empty()) {
        const std::string& kind = found.others.front().kind;
        Json json{{"kind", kind}, {"problems", Json::array()}};
        std::string words = kind + "\n";
        if (!isFolder)
            if (const auto header = readers.readHeader({path, {}}); header && header->kind == kind) {
                json["patient"] = header->facts.patientName;
                if (!header->facts.patientName.empty())
                    words += "patient  " + header->facts.patientName + "\n";
            }
        return Answer{words, lineOf(json), 0};
    }
    if (found.series.empty() && !found.rejected.empty())
        return tl::unexpected(std::move(found.rejected.front().reason));
    if (found.series.empty())
        return badInput(text("cli", "There is no image here."), path);
    const auto isOther = [&](const files::Series& series) {
        return series.uid != found.series.front().uid || series.facts.patientID != found.series.front().facts.patientID;
    };
    if (isFolder && std::ranges::any_of(found.series, isOther))
        return badInput(text("cli", "The folder holds %1 series.").with(found.series.size()), path,
            text("cli", "Name a folder with one series, or one file; scan lists them."));
    if (isFolder && !found.rejected.empty())
        return tl::unexpected(std::move(found.rejected.front().reason));
    const Opened opened = TRY(openAll(readers, found.series, monitor.part(0.3, 1)));
    return answerOf(found.series, opened);
}

Result<Answer> runInfo(const Call& call)
{
    if (call.options.flag("system"))
        return systemInfo();
    if (call.arguments.empty())
        return badInput(text("cli", "info needs a PATH, or --system."));
    return infoOf(call.arguments.front(), call.monitor);
}

} // namespace

Verb infoVerb()
{
    Option system;
    system.name = "system";
    system.kind = Option::Kind::Flag;
    system.help = text("cli", "Tell instruction set, protections of the reader, OpenGL and memory instead.");
    return {"info", "Opens an image, or a folder with one series, and tells its geometry and values.",
        "hounsfield-cli info head.nii.gz --json", "PATH", Verb::Count::Optional, {system}, runInfo};
}

} // namespace hounsfield::cli
