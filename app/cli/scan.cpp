#include "app/cli/scan.h"

#include "app/cli/json_line.h"
#include "app/cli/series_json.h"
#include "core/files/scan.h"

namespace hounsfield::cli {

namespace {

using Json = nlohmann::json;

Json jsonOf(const files::ScanResult& result)
{
    Json json{{"series", Json::array()}, {"others", Json::array()}, {"rejected", Json::array()},
        {"accepted", result.accepted}};
    for (const files::Series& series : result.series) {
        Json one{{"uid", series.uid}, {"folder", series.folder}, {"modality", series.facts.modality}};
        addGeometry(one, series);
        addHistory(one, series.facts);
        one["files"] = series.files.size();
        one["problems"] = problemsJson(series.problems);
        json["series"].push_back(std::move(one));
    }
    for (const auto& [file, kind] : result.others)
        json["others"].push_back({{"file", file}, {"kind", kind}});
    for (const auto& [file, reason] : result.rejected)
        json["rejected"].push_back({{"file", file}, {"reason", english(reason.what)}});
    return json;
}

std::string wordsOf(const files::ScanResult& result)
{
    std::string words;
    for (const files::Series& series : result.series) {
        words += (series.facts.modality.empty() ? "image" : series.facts.modality) + "  " + sizeWords(series) + "  "
                 + (series.facts.seriesDescription.empty() ? series.uid : series.facts.seriesDescription) + "  ("
                 + series.folder + ")\n";
        for (const Text& problem : series.problems)
            words += "      " + english(problem) + "\n";
    }
    for (const auto& [file, kind] : result.others)
        words += kind + "  " + file + "\n";
    for (const auto& [file, reason] : result.rejected)
        words += "rejected  " + file + ": " + english(reason.what) + "\n";
    return words + std::to_string(result.series.size()) + " series, " + std::to_string(result.accepted)
           + " files accepted, " + std::to_string(result.rejected.size()) + " rejected.\n";
}

Result<Answer> runScan(const Call& call)
{
    files::ReaderPool readers;
    const auto result = TRY(files::scan(readers, call.arguments.front(), call.monitor));
    return Answer{wordsOf(result), lineOf(jsonOf(result)), 0};
}

} // namespace

Verb scanVerb()
{
    return {"scan", "Lists the series, other objects and rejected files of a folder, an archive or a file.",
        "hounsfield-cli scan ~/study --json", "PATH", Verb::Count::One, {}, runScan};
}

} // namespace hounsfield::cli
