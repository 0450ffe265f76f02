#include "core/learning/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace hounsfield::learning {

namespace {

using Kind = Option::Kind;

/// A row of the table. `plain` is the default of networks that do not say otherwise; `isNetworks`: networks differ in
/// it.
struct Row {
    Option option;
    std::string plain;
    bool isNetworks = false;
};

Row whole(const char* name, double least, double most, const std::string& plain, Text help, bool isNetworks = false)
{
    return {{name, Kind::Integer, "", std::move(help), least, most}, plain, isNetworks};
}

Row number(const char* name, double least, double most, const std::string& plain, Text help, bool isNetworks = false)
{
    return {{name, Kind::Number, "", std::move(help), least, most}, plain, isNetworks};
}

Row choice(
    const char* name, std::vector<std::string> choices, const std::string& plain, Text help, bool isNetworks = false)
{
    return {{name, Kind::Choice, "", std::move(help), -1e300, 1e300, std::move(choices)}, plain, isNetworks};
}

// clang-format off
std::vector<Row> mainRows()
{
    return {
        whole("epochs", 1, 100000, "10", text("learning", "How many times all training images are seen."), true),
        whole("batch", 1, 65536, "64", text("learning", "Images in one step of learning."), true),
        number("rate", 1e-12, 1e12, "0.001", text("learning", "Highest learning rate: larger learns faster, too large diverges."), true),
        whole("seed", 0, 9e15, "1", text("learning", "Number that all chance comes from; the same seed gives the same model.")),
        whole("threads", 0, 1024, "0", text("learning", "Processors used, 0 for all. The model does not depend on it.")),
        choice("normalise", {"unit", "mean-std"}, "unit", text("learning", "Pixels as 0 to 1, or also brought to mean 0 and deviation 1 of the training images."), true),
        whole("size", 0, 4096, "0", text("learning", "Width and height the images are brought to, in pixels; 0 takes their own up to what the network suits.")),
        choice("channels", {"auto", "1", "3"}, "auto", text("learning", "Grey (1) or colour (3) images; auto looks at the files.")),
        number("low", -1e9, 1e9, "", text("learning", "Pixel value that becomes 0; without it 0 for 8 bits, else the training images' 0.1st percentile.")),
        number("high", -1e9, 1e9, "", text("learning", "Pixel value that becomes 1; without it 255 for 8 bits, else the training images' 99.9th percentile.")),
        number("validation", 0, 0.9, "0", text("learning", "Share of the training cases kept for validation, where the data bring no validation part."), true),
        number("test-share", 0, 0.9, "0.2", text("learning", "Share of the cases kept for the final test, where the data bring no parts of their own.")),
        choice("sampling", {"shuffled", "balanced"}, "shuffled", text("learning", "Every image once an epoch, or as many of each class."), true),
        choice("last-batch", {"smaller", "dropped"}, "smaller", text("learning", "What happens to the images that do not fill the last batch of an epoch."), true),
    };
}

std::vector<Row> learningRows()
{
    return {
        choice("optimizer", {"sgd", "adam", "adamw"}, "adam", text("learning", "How gradients change the weights."), true),
        number("momentum", 0, 0.9999, "0.9", text("learning", "Nesterov momentum of sgd.")),
        number("weight-decay", 0, 10, "0", text("learning", "Pull of the weights towards 0, against learning by heart."), true),
        choice("schedule", {"constant", "one-cycle", "cosine"}, "constant", text("learning", "How the learning rate runs over the training."), true),
        number("label-smoothing", 0, 0.9, "0", text("learning", "Share of certainty taken from the labels, so that the model is less sure of itself."), true),
        choice("class-weights", {"none", "balanced"}, "none", text("learning", "Whether errors in rare classes count more.")),
        number("clip", 0, 1e9, "0", text("learning", "Largest length of the gradient; 0 leaves it as it is.")),
        number("averaging", 0, 0.99999, "0", text("learning", "Decay of the moving average of the weights, which is used in their place; 0 for none."), true),
        choice("keep", {"last", "best"}, "last", text("learning", "The weights that are kept: after the last epoch, or of the epoch that is best on validation."), true),
        whole("patience", 0, 100000, "0", text("learning", "Epochs without progress on validation after which training ends; 0 for never."), true),
        whole("shifts", 1, 5, "1", text("learning", "In use the mean over this many shifts by one pixel is taken: 1 for none, 5 for all four sides."), true),
        number("save-seconds", 0, 86400, "10", text("learning", "Least time between two states saved, to go on from after a stop.")),
    };
}

std::vector<Row> augmentationRows()
{
    return {
        number("rotation", 0, 180, "0", text("learning", "Training images are turned by up to this many degrees."), true),
        number("shift", 0, 0.5, "0", text("learning", "Training images are moved by up to this share of their size."), true),
        number("zoom", 0, 0.9, "0", text("learning", "Training images are enlarged or shrunk by up to this share."), true),
        number("contrast", 0, 1, "0", text("learning", "Contrast of training images is changed by up to this share."), true),
        number("brightness", 0, 1, "0", text("learning", "Brightness of training images is changed by up to this share of the range."), true),
        number("crop", 0, 0.45, "0", text("learning", "Up to this share is cut from each side of training images."), true),
        number("noise", 0, 1, "0", text("learning", "Deviation of noise added to training images, as a share of the range."), true),
        choice("mirror", {"no", "yes"}, "no", text("learning", "Training images are mirrored left to right at random: only where the side means nothing.")),
    };
}
// clang-format on

std::vector<Row> allRows()
{
    std::vector<Row> rows = mainRows();
    for (const auto& more : {learningRows(), augmentationRows()})
        rows.insert(rows.end(), more.begin(), more.end());
    return rows;
}

/// The network's defaults for so many images.
std::map<std::string, std::string> suited(const Network& network, std::int64_t images)
{
    auto defaults = network.defaults;
    if (images <= 0 || network.leastSteps == 0)
        return defaults;
    const std::int64_t usual = std::stoll(defaults.at("batch"));
    const std::int64_t epochs = std::stoll(defaults.at("epochs"));
    constexpr std::int64_t leastBatch = 16, leastPerEpoch = 30;
    std::int64_t batch = usual;
    while (batch > leastBatch && images / batch * epochs < network.leastSteps && images / batch < leastPerEpoch)
        batch /= 2;
    const std::int64_t perEpoch = std::max<std::int64_t>(1, images / batch);
    defaults["batch"] = std::to_string(batch);
    defaults["epochs"] = std::to_string(std::max(epochs, (network.leastSteps + perEpoch - 1) / perEpoch));
    const double rate =
        std::stod(defaults.at("rate")) * std::sqrt(static_cast<double>(batch) / static_cast<double>(usual));
    if (batch != usual)
        defaults["rate"] = fmt::format("{:.3g}", rate);
    return defaults;
}

} // namespace

std::vector<Option> trainingOptions()
{
    std::vector<Option> table;
    for (Row& row : allRows()) {
        if (!row.isNetworks)
            row.option.fallback = row.plain;
        table.push_back(std::move(row.option));
    }
    return table;
}

std::vector<Option> trainingOptions(const Network& network, std::int64_t trainingImages)
{
    std::vector<Option> table;
    const auto defaults = suited(network, trainingImages);
    for (Row& row : allRows()) {
        const auto own = defaults.find(row.option.name);
        row.option.fallback = own != defaults.end() ? own->second : row.plain;
        table.push_back(std::move(row.option));
    }
    return table;
}

Result<OptionValues> trainingValues(
    const Network& network, const std::map<std::string, std::string>& given, std::int64_t trainingImages)
{
    return OptionValues::checked(trainingOptions(network, trainingImages), given);
}

} // namespace hounsfield::learning
