#include "core/learning/trainer_options.h"

#include "core/base/parallel.h"

namespace hounsfield::learning {

namespace {

nn::OptimizerOptions optimizerFrom(const OptionValues& options)
{
    nn::OptimizerOptions optimizer;
    using Kind = nn::OptimizerOptions::Kind;
    const std::string name = options.words("optimizer");
    optimizer.kind = name == "sgd" ? Kind::Sgd : name == "adamw" ? Kind::AdamW : Kind::Adam;
    optimizer.momentum = options.number("momentum");
    optimizer.weightDecay = options.number("weight-decay");
    return optimizer;
}

nn::Schedule scheduleFrom(const OptionValues& options)
{
    nn::Schedule schedule;
    using Kind = nn::Schedule::Kind;
    const std::string name = options.words("schedule");
    schedule.kind = name == "one-cycle" ? Kind::OneCycle : name == "cosine" ? Kind::Cosine : Kind::Constant;
    schedule.peak = options.number("rate");
    return schedule;
}

} // namespace

int threadsFrom(const OptionValues& options)
{
    const auto threads = static_cast<int>(options.integer("threads"));
    return threads > 0 ? threads : processorCount();
}

TrainerOptions trainerOptions(const OptionValues& options)
{
    TrainerOptions trainer;
    trainer.epochs = options.integer("epochs");
    trainer.seed = static_cast<std::uint64_t>(options.integer("seed"));
    trainer.threads = threadsFrom(options);
    trainer.optimizer = optimizerFrom(options);
    trainer.schedule = scheduleFrom(options);
    trainer.loss.labelSmoothing = options.number("label-smoothing");
    trainer.clipNorm = options.number("clip");
    trainer.averaging = options.number("averaging");
    trainer.keep = options.words("keep") == "best" ? TrainerOptions::Keep::Best : TrainerOptions::Keep::Last;
    trainer.patience = options.integer("patience");
    trainer.saveSeconds = options.number("save-seconds");
    return trainer;
}

} // namespace hounsfield::learning
