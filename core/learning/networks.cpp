#include "core/learning/networks.h"

#include "core/learning/residual_network.h"
#include "core/nn/builder.h"

#include <algorithm>

namespace hounsfield::learning {

namespace {

/// Conv 32 – pool – Conv 64 – pool – Conv 64 – Dense 64 – Dense classes; 3×3, valid, relu.
nn::Graph seedCnn(const NetworkForm& form)
{
    nn::Builder net("seed-cnn", form.seed);
    std::string x = net.input("image", {-1, form.channels, form.height, form.width});
    x = net.maxPool(net.relu(net.convolution(x, {.channels = 32})));
    x = net.maxPool(net.relu(net.convolution(x, {.channels = 64})));
    x = net.relu(net.convolution(x, {.channels = 64}));
    x = net.relu(net.dense(net.flatten(x), 64));
    const nn::Shape shape{form.classes, 64};
    const auto weight = net.initializer(
        "logits.weight", net.startingWeights("logits.weight", shape, nn::Builder::Start::GlorotUniform));
    const auto bias = net.initializer("logits.bias", nn::Tensor(nn::ElementType::Float, {form.classes}));
    net.node("Gemm", {x, weight, bias}, {{"transB", std::int64_t{1}}}, "logits");
    return net.finish({"logits"});
}

nn::Graph smallResnet(const NetworkForm& form)
{
    return residualNetwork("small-resnet", {{8, 16, 32, 64}, 1, ResidualForm::Stem::Small}, form);
}

nn::Graph resnet18(const NetworkForm& form)
{
    const bool isSmall = std::min(form.width, form.height) <= 64;
    return residualNetwork(
        "resnet18", {{64, 128, 256, 512}, 2, isSmall ? ResidualForm::Stem::Small : ResidualForm::Stem::Image}, form);
}

/// The recipe that was measured with small-resnet; resnet18 differs from it by a few rows.
std::map<std::string, std::string> residualRecipe()
{
    return {{"epochs", "20"}, {"batch", "64"}, {"normalise", "mean-std"}, {"optimizer", "sgd"}, {"rate", "0.1"},
        {"weight-decay", "0.0005"}, {"schedule", "one-cycle"}, {"label-smoothing", "0.1"}, {"sampling", "balanced"},
        {"last-batch", "dropped"}, {"rotation", "10"}, {"shift", "0.1"}, {"zoom", "0.1"}, {"contrast", "0.2"},
        {"brightness", "0.1"}, {"averaging", "0.995"}, {"shifts", "5"}, {"validation", "0.15"}};
}

std::map<std::string, std::string> resnet18Recipe()
{
    std::map<std::string, std::string> recipe = residualRecipe();
    recipe["batch"] = "32";
    recipe["rate"] = "0.05";
    recipe["keep"] = "best";
    return recipe;
}

std::vector<Network> makeNetworks()
{
    return {
        {"small-resnet",
            text("learning",
                "Residual network of 9 convolutions with 77,000 weights, trained with augmentation, balanced "
                "classes and averaged weights."),
            text("learning",
                "Most tasks with images of 28 to 64 pixels and hundreds to ten thousands of cases; trains in "
                "minutes. The one to begin with."),
            8, 64, smallResnet, residualRecipe(), 1460},
        {"seed-cnn",
            text("learning",
                "Three convolutions and two dense layers, trained plainly for a fixed number of epochs; keeps "
                "the last."),
            text("learning", "A quick first look, and a fixed yardstick to compare programs with; large sets of small "
                             "images."),
            18, 64, seedCnn, {}},
        {"resnet18",
            text("learning",
                "Residual network of 18 layers with 11 million weights; 3×3 stem up to 64 pixels, 7×7 above."),
            text("learning", "Large images (128 to 224 pixels) and thousands of cases, when there is time: hours on a "
                             "processor."),
            32, 224, resnet18, resnet18Recipe(), 1000},
    };
}

} // namespace

const std::vector<Network>& networks()
{
    static const std::vector<Network> table = makeNetworks();
    return table;
}

Result<const Network*> findNetwork(const std::string& name)
{
    std::string all;
    for (const Network& network : networks()) {
        if (network.name == name)
            return &network;
        all += (all.empty() ? "" : ", ") + network.name;
    }
    return badInput(text("learning", "There is no network \"%1\".").with(name), {},
        text("learning", "Choose one of: %1.").with(all));
}

Result<nn::Graph> buildNetwork(const Network& network, const NetworkForm& form)
{
    if (std::min(form.width, form.height) < network.leastSize)
        return badInput(text("learning", "Images of %1×%2 pixels are too small for %3, which needs at least %4×%4.")
                            .with(form.width, form.height, network.name, network.leastSize),
            {}, text("learning", "Give a larger size."));
    return network.build(form);
}

} // namespace hounsfield::learning
