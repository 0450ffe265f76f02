#include "app/cli/synthesise_sample.h"

#include "app/cli/json_line.h"
#include "core/files/pool.h"
#include "core/synthesis/sampled_images.h"
#include "core/synthesis/synthetic_export.h"
#include "core/synthesis/synthetic_folder.h"

#include <nlohmann/json.hpp>

#include <numeric>

namespace hounsfield::cli {

namespace {

Result<synthesis::SyntheticWritten> written(
    const Call& call, const synthesis::GeneratorModel& generator, const synthesis::SyntheticJob& job)
{
    const std::string format = call.options.words("format");
    if (format == "training")
        return synthesis::writeSyntheticFolder(job, call.monitor);
    synthesis::ExportOptions options;
    options.format = format == "nifti"   ? synthesis::ExportFormat::Nifti
                     : format == "dicom" ? synthesis::ExportFormat::Dicom
                                         : synthesis::ExportFormat::Png;
    options.spacing = generator.frame.preprocessing.spacing;
    if (generator.facts.modalities.size() == 1)
        options.modality = generator.facts.modalities.front();
    files::ReaderPool readers;
    return synthesis::exportSynthetic(readers, job, options, call.monitor);
}

Result<Answer> runSample(const Call& call)
{
    const auto generator = TRY(synthesis::readGenerator(call.options.words("model")));
    synthesis::SampledImages wanted;
    if (const std::string name = call.options.words("label"); !name.empty())
        wanted.labels = {TRY(synthesis::classNamed(generator, name))};
    else {
        wanted.labels.resize(generator.classes.size());
        std::iota(wanted.labels.begin(), wanted.labels.end(), 0);
    }
    wanted.count = call.options.integer("count");
    wanted.seed = static_cast<std::uint64_t>(call.options.integer("seed"));
    wanted.threads = static_cast<int>(call.options.integer("threads"));
    synthesis::SyntheticJob job;
    job.folder = call.options.words("out");
    job.provenance = synthesis::provenanceOf(generator, wanted);
    job.make = TRY(synthesis::imagesOf(generator, wanted));
    const auto done = TRY(written(call, generator, job));
    const nlohmann::ordered_json json{
        {"folder", job.folder.string()}, {"images", done.images}, {"generator", generator.hash}, {"files", done.files}};
    return Answer{
        std::to_string(done.images) + " synthetic images are in " + job.folder.string() + ".\n", lineOf(json), 0};
}

} // namespace

// clang-format off
Verb synthesiseSampleVerb()
{
    using Kind = Option::Kind;
    return {"synthesise sample", "Makes synthetic images, marked in pixels, name and header.",
        "hounsfield-cli synthesise sample --model pair/generator.onnx --label normal --count 100 --seed 1 --out made", "", Verb::Count::None,
        {
            {"model", Kind::Path, "", text("cli", "The generator.onnx of a training of a pair."), -1e300, 1e300, {}, true},
            {"label", Kind::Words, "", text("cli", "Class of the images; without it all, in turn.")},
            {"count", Kind::Integer, "100", text("cli", "How many images are made."), 1, 1e7},
            {"seed", Kind::Integer, "1", text("cli", "Number that all chance comes from; the same seed gives the same images."), 0, 9e15},
            {"out", Kind::Path, "", text("cli", "New folder for them, with a folder for each class."), -1e300, 1e300, {}, true},
            {"format", Kind::Choice, "png", text("cli", "Marked images as PNG, NIfTI or DICOM; or a folder for train --synthetic, whose pixels are not marked, so that the mark is not what is learned."), -1e300, 1e300, {"png", "nifti", "dicom", "training"}},
            {"threads", Kind::Integer, "0", text("cli", "Processors used, 0 for all."), 0, 1024},
        },
        runSample};
}
// clang-format on

} // namespace hounsfield::cli
