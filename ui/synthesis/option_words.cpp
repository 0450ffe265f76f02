#include "ui/synthesis/option_words.h"

namespace hounsfield::synthesising {

// clang-format off
const shell::OptionWords& optionWords()
{
    static const shell::OptionWords words{
        {
            {"minutes",            text("synthesis", "Minutes"), true},
            {"steps",              text("synthesis", "Steps"), true},
            {"diffaugment",        text("synthesis", "DiffAugment"), true},
            {"seed",               text("synthesis", "Seed"), true},
            {"threads",            text("synthesis", "Processors")},
            {"loss",               text("synthesis", "Loss")},
            {"mirror",             text("synthesis", "Mirror")},
            {"batch",              text("synthesis", "Batch size")},
            {"generator-rate",     text("synthesis", "Generator's rate")},
            {"discriminator-rate", text("synthesis", "Discriminator's rate")},
            {"beta1",              text("synthesis", "Adam, direction")},
            {"beta2",              text("synthesis", "Adam, size")},
            {"averaging",          text("synthesis", "Weight averaging")},
            {"evaluate-every",     text("synthesis", "Evaluated every")},
            {"validation",         text("synthesis", "Validation share")},
            {"test-share",         text("synthesis", "Test share")},
            {"save-seconds",       text("synthesis", "Save every (s)")},
        },
        {
            {"diffaugment", "on",        text("synthesis", "On")},
            {"diffaugment", "off",       text("synthesis", "Off")},
            {"loss", "hinge",            text("synthesis", "Hinge")},
            {"loss", "non-saturating",   text("synthesis", "Logistic, non-saturating")},
            {"mirror", "no",             text("synthesis", "No")},
            {"mirror", "yes",            text("synthesis", "Yes")},
        },
    };
    return words;
}
// clang-format on

} // namespace hounsfield::synthesising
