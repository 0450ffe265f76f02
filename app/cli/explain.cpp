#include "app/cli/explain.h"

#include "app/cli/opened_image.h"
#include "core/base/atomic_file.h"
#include "core/base/parallel.h"
#include "core/diagnosis/diagnosis.h"
#include "core/image/picture.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace hounsfield::cli {

namespace {

Result<void> writeMap(const image::Raster<float>& map, const std::string& file)
{
    image::Raster<std::uint16_t> grey(map.width, map.height);
    for (std::size_t i = 0; i < map.pixels.size(); ++i)
        grey.pixels[i] = static_cast<std::uint16_t>(std::lround(65535 * static_cast<double>(map.pixels[i])));
    return writeAtomically(file, TRY(image::encodePng(grey)));
}

/// The slice to explain: of a volume the most suspicious one. Errors: Unsupported when the gate refuses.
Result<std::int64_t> sliceOf(
    diagnosis::Diagnoser& diagnoser, const image::Volume& volume, const Call& call, const Monitor& monitor)
{
    const auto gate = call.options.flag("override") ? diagnosis::Gate::Override : diagnosis::Gate::Obey;
    const auto all = TRY(diagnoser.diagnoseVolume(volume, gate, monitor));
    if (all.mostSuspicious.empty())
        return unsupported(all.slices.front().gate.refusals.front(), call.arguments.front(),
            text("cli", "Choose a model made for such images, or add --override."));
    return all.mostSuspicious.front();
}

Result<Answer> run(const Call& call)
{
    auto diagnoser = TRY(diagnosis::Diagnoser::load(call.options.words("model"), processorCount()));
    files::ReaderPool readers;
    const auto volume = TRY(openedImage(readers, call.arguments.front(), call.monitor.part(0, 0.5)));
    const std::int64_t slice = TRY(sliceOf(diagnoser, *volume, call, call.monitor.part(0.5, 0.8)));
    diagnosis::MapOptions options;
    options.layer = call.options.words("layer");
    if (call.options.words("method") == "gradcam")
        options.method = diagnosis::MapMethod::GradCam;
    const auto map = TRY(diagnoser.explain(*volume, slice, options, call.monitor.part(0.8, 1)));
    const auto overlay = diagnosis::overlaid(image::pictureOf(*volume, slice), map.map);
    TRY(writeAtomically(call.options.words("out"), TRY(image::encodePng(overlay))));
    if (call.options.has("map"))
        TRY(writeMap(map.map, call.options.words("map")));
    const std::string& name = diagnoser.model().classes[static_cast<std::size_t>(map.classIndex)];
    nlohmann::ordered_json json{{"class", name}, {"probability", map.probability}};
    const bool hasPeak = map.peak[0] >= 0;
    json["peak"] = hasPeak ? nlohmann::ordered_json(map.peak) : nlohmann::ordered_json(nullptr);
    json["layer"] = map.layer;
    if (volume->geometry.size[2] > 1)
        json["slice"] = slice;
    const std::string where = hasPeak ? fmt::format("hottest at {:.1f}, {:.1f}", map.peak[0], map.peak[1])
                                      : std::string("no place speaks for it");
    return Answer{fmt::format("{} ({:.3f}), {}\nResearch use, not for diagnosis.\n", name, map.probability, where),
        json.dump(), 0};
}

} // namespace

Verb explainVerb()
{
    return {"explain", "Shows where in an image a model sees its class.",
        "hounsfield-cli explain --model run/model.onnx --out overlay.png chest.dcm", "IMAGE", Verb::Count::One,
        {{"model", Option::Kind::Path, "", text("cli", "model.onnx of a run."), -1e300, 1e300, {}, true},
            {"out", Option::Kind::Path, "", text("cli", "PNG file of the image with its heat map."), -1e300, 1e300, {},
                true},
            {"map", Option::Kind::Path, "",
                text("cli", "PNG file of the map alone, 16-bit grey, on the image's grid.")},
            {"method", Option::Kind::Choice, "hirescam", text("cli", "How the map is made."), -1e300, 1e300,
                {"hirescam", "gradcam"}},
            {"layer", Option::Kind::Words, "",
                text("cli", "Convolution the map is taken from; else the last whose map is at least 6 × 6.")},
            {"override", Option::Kind::Flag, "", text("cli", "Explain an image the model was not made for, too.")}},
        run};
}

} // namespace hounsfield::cli
