#include "ui/training/option_words.h"

namespace hounsfield::training {

// clang-format off
const shell::OptionWords& optionWords()
{
    static const shell::OptionWords words{
        {
            {"epochs",          text("training", "Epochs"), true},
            {"batch",           text("training", "Batch size"), true},
            {"rate",            text("training", "Learning rate"), true},
            {"validation",      text("training", "Validation share"), true},
            {"test-share",      text("training", "Test share"), true},
            {"seed",            text("training", "Seed"), true},
            {"threads",         text("training", "Processors")},
            {"normalise",       text("training", "Pixel values")},
            {"size",            text("training", "Image size")},
            {"channels",        text("training", "Grey or colour")},
            {"low",             text("training", "Black at")},
            {"high",            text("training", "White at")},
            {"sampling",        text("training", "Sampling")},
            {"last-batch",      text("training", "Last batch")},
            {"optimizer",       text("training", "Optimizer")},
            {"momentum",        text("training", "Momentum")},
            {"weight-decay",    text("training", "Weight decay")},
            {"schedule",        text("training", "Rate schedule")},
            {"label-smoothing", text("training", "Label smoothing")},
            {"width",           text("training", "Width of a word")},
            {"units",           text("training", "Units")},
            {"dropout",         text("training", "Dropout")},
            {"class-weights",   text("training", "Class weights")},
            {"clip",            text("training", "Gradient limit")},
            {"averaging",       text("training", "Weight averaging")},
            {"keep",            text("training", "Weights kept")},
            {"patience",        text("training", "Patience")},
            {"shifts",          text("training", "Shifts in use")},
            {"save-seconds",    text("training", "Save every (s)")},
            {"rotation",        text("training", "Rotation (°)")},
            {"shift",           text("training", "Shift")},
            {"zoom",            text("training", "Zoom")},
            {"contrast",        text("training", "Contrast")},
            {"brightness",      text("training", "Brightness")},
            {"crop",            text("training", "Crop")},
            {"noise",           text("training", "Noise")},
            {"mirror",          text("training", "Mirror")},
        },
        {
            {"normalise", "unit",            text("training", "0 to 1")},
            {"normalise", "mean-std",        text("training", "Mean 0, deviation 1")},
            {"channels", "auto",             text("training", "Automatic")},
            {"channels", "1",                text("training", "Grey")},
            {"channels", "3",                text("training", "Colour")},
            {"sampling", "shuffled",         text("training", "Each image once")},
            {"sampling", "balanced",         text("training", "Classes balanced")},
            {"last-batch", "smaller",        text("training", "Used, smaller")},
            {"last-batch", "dropped",        text("training", "Left out")},
            {"schedule", "constant",         text("training", "Constant")},
            {"schedule", "one-cycle",        text("training", "One cycle")},
            {"schedule", "cosine",           text("training", "Cosine")},
            {"class-weights", "none",        text("training", "All equal")},
            {"class-weights", "balanced",    text("training", "Rare ones count more")},
            {"keep", "last",                 text("training", "Last epoch")},
            {"keep", "best",                 text("training", "Best epoch")},
            {"mirror", "no",                 text("training", "No")},
            {"mirror", "yes",                text("training", "Yes")},
            {"optimizer", "sgd",             text("training", "SGD")},
            {"optimizer", "adam",            text("training", "Adam")},
            {"optimizer", "adamw",           text("training", "AdamW")},
        },
    };
    return words;
}
// clang-format on

} // namespace hounsfield::training
