#include "core/synthesis/pair_training.h"

namespace hounsfield::synthesis {

namespace {

using Kind = Option::Kind;

Option whole(const char* name, double least, double most, const char* fallback, Text help)
{
    return {name, Kind::Integer, fallback, std::move(help), least, most};
}

Option number(const char* name, double least, double most, const char* fallback, Text help)
{
    return {name, Kind::Number, fallback, std::move(help), least, most};
}

Option choice(const char* name, std::vector<std::string> choices, Text help)
{
    const std::string first = choices.front();
    return {name, Kind::Choice, first, std::move(help), -1e300, 1e300, std::move(choices)};
}

} // namespace

// clang-format off
std::vector<Option> pairTrainingOptions()
{
    return {
        number("minutes", 0, 1e5, "30", text("synthesis", "How long the pair is trained; with steps given too, what is over first ends it. 0: steps alone.")),
        whole("steps", 0, 1e9, "0", text("synthesis", "How many steps the pair is trained; 0: minutes alone.")),
        whole("seed", 0, 9e15, "1", text("synthesis", "Number that all chance comes from; the same seed and steps give the same generator.")),
        whole("threads", 0, 1024, "0", text("synthesis", "Processors used, 0 for all. The generator does not depend on it.")),
        choice("loss", {"hinge", "non-saturating"}, text("synthesis", "What the two networks are trained against each other by.")),
        choice("diffaugment", {"on", "off"}, text("synthesis", "Whether real and made images are moved, blanked in part and changed in brightness and contrast before they are judged. Below some 10,000 images it keeps the pair from learning by heart.")),
        choice("mirror", {"no", "yes"}, text("synthesis", "Whether they are also mirrored left to right: only where the side means nothing, for it shows in what is made.")),
        whole("batch", 2, 4096, "64", text("synthesis", "Real images in one step, and as many made ones.")),
        number("generator-rate", 1e-9, 1, "0.0004", text("synthesis", "Learning rate of the generator.")),
        number("discriminator-rate", 1e-9, 1, "0.0004", text("synthesis", "Learning rate of the discriminator.")),
        number("beta1", 0, 0.9999, "0.5", text("synthesis", "How long Adam remembers the direction of the gradient.")),
        number("beta2", 0, 0.99999, "0.99", text("synthesis", "How long Adam remembers the size of the gradient.")),
        number("averaging", 0, 0.99999, "0.995", text("synthesis", "Decay of the moving average of the generator, which is what is judged and kept.")),
        whole("evaluate-every", 1, 1e9, "500", text("synthesis", "Steps between two evaluations; the best one is kept.")),
        number("validation", 0, 0.9, "0.15", text("synthesis", "Share of the training cases kept for validation, where the data bring no validation part.")),
        number("test-share", 0, 0.9, "0.2", text("synthesis", "Share of the cases kept for the final test, where the data bring no parts of their own.")),
        number("save-seconds", 0, 86400, "10", text("synthesis", "Least time between two states saved, to go on from after a stop.")),
    };
}
// clang-format on

Result<OptionValues> pairTrainingValues(const std::map<std::string, std::string>& given)
{
    OptionValues values = TRY(OptionValues::checked(pairTrainingOptions(), given));
    if (values.number("minutes") <= 0 && values.integer("steps") <= 0)
        return badInput(
            text("synthesis", "Neither minutes nor steps say when the training ends."), "--minutes, --steps");
    return values;
}

} // namespace hounsfield::synthesis
