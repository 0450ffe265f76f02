#include "core/learning/trainer.h"

#include "core/base/clock.h"
#include "core/learning/training_state.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hounsfield::learning {

namespace {

/// An executor for one form of batch, with the memory its loss reads targets from.
struct Stage {
    nn::Executor executor;
    std::vector<std::int32_t> targets;
    std::vector<float> labels; ///< of a multi-label task, batch × labels
    nn::Executor::Loss loss;
    std::map<std::string, std::int64_t, std::less<>> elements; ///< of one sample of each input
};

/// One training from its first step, or its resumed one, to its ending.
class Session {
  public:
    Session(const TrainerJob& job, const Monitor& monitor)
        : m_job(job)
        , m_monitor(monitor)
        , m_weights(std::make_shared<nn::Weights>(*job.graph))
        , m_judged(job.options.averaging > 0 ? std::make_shared<nn::Weights>(*job.graph) : m_weights)
        , m_optimizer(m_weights, job.options.optimizer)
        , m_schedule(job.options.schedule)
    {
    }

    Result<TrainerOutcome> run()
    {
        m_perEpoch = static_cast<std::int64_t>(m_job.source.batches(0).size());
        if (m_perEpoch == 0)
            return badInput(text("learning", "There is nothing to train on."));
        m_schedule.steps = std::max<std::int64_t>(1, m_perEpoch * m_job.options.epochs);
        TRY(resume());
        while (m_ending == Ending::Finished && m_state.epoch < m_job.options.epochs) {
            TRY(epoch());
            if (m_ending != Ending::Finished && m_ending != Ending::EarlyStop)
                break;
            TRY(save());
            if (m_monitor.stopRequested() && m_state.epoch < m_job.options.epochs)
                m_ending = Ending::Stopped;
        }
        return outcome();
    }

  private:
    Result<void> resume()
    {
        std::error_code ignored;
        if (!m_job.resume || !std::filesystem::exists(m_job.state, ignored))
            return {};
        m_state = TRY(readState(m_job.state, *m_weights, m_job.identity));
        std::ranges::copy(m_state.weights, m_weights->values().begin());
        if (m_judged != m_weights) {
            if (m_state.average.size() != m_state.weights.size())
                return badInput(text("learning", "The saved training has no averaged weights."), m_job.state.string());
            std::ranges::copy(m_state.average, m_judged->values().begin());
        }
        TRY(m_optimizer.restore(m_state.moments));
        m_lastGood = valuesOf(*m_judged);
        if (isPatienceOver())
            m_ending = Ending::EarlyStop;
        return {};
    }

    static std::vector<float> valuesOf(const nn::Weights& weights)
    {
        const auto values = weights.values();
        return {values.begin(), values.end()};
    }

    Result<Stage*> stageFor(const Batch& batch)
    {
        const std::map<std::string, nn::Shape> shapes = m_job.source.shapes(batch);
        if (const auto found = m_stages.find(shapes); found != m_stages.end())
            return &found->second;
        nn::PlanRequest request;
        request.inputs = shapes;
        request.mode = nn::Mode::Training;
        request.threads = m_job.options.threads;
        request.gradientsFrom = {m_job.graph->outputs.front().name};
        for (const auto& entry : m_weights->entries())
            if (entry.isTrained)
                request.gradientsOf.push_back(entry.name);
        Stage stage{TRY(nn::Executor::plan(m_job.graph, m_weights, std::move(request))),
            std::vector<std::int32_t>(batch.size()), {}, {}, {}};
        stage.labels.resize(batch.size() * static_cast<std::size_t>(m_job.source.labelCount));
        for (const auto& [name, shape] : shapes)
            stage.elements[name] = nn::elementCount(shape) / static_cast<std::int64_t>(batch.size());
        Stage& placed = m_stages.emplace(shapes, std::move(stage)).first->second;
        placed.loss = m_job.source.labelCount > 0 ? nn::binaryCrossEntropy(placed.labels)
                                                  : nn::softmaxCrossEntropy(placed.targets, m_job.options.loss);
        return &placed;
    }

    /// One batch. Its mean loss; NaN where numbers left their range. Errors: Cancelled.
    Result<double> step(const Batch& batch, std::int64_t place)
    {
        Stage& stage = *TRY(stageFor(batch));
        readTargets(stage, batch);
        const std::int64_t number = m_state.step + 1;
        m_optimizer.beginStep(number, m_schedule.rate(m_state.step));
        const double t = static_cast<double>(m_state.step);
        const auto decay = static_cast<float>(std::min(m_job.options.averaging, (1 + t) / (10 + t)));
        const bool isAveraged = m_judged != m_weights;
        float* average = isAveraged ? m_judged->values().data() : nullptr;
        const float* current = std::as_const(*m_weights).values().data();
        const auto follow = [=](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i)
                average[i] = decay * average[i] + (1 - decay) * current[i];
        };
        nn::Executor::Step step;
        step.samples = static_cast<std::int64_t>(batch.size());
        step.fill = [&](std::string_view input, nn::SampleRange range, float* data) {
            fill(stage, input, range, data, batch, place);
        };
        step.loss = stage.loss;
        step.update = [&](std::int64_t begin, std::span<const float> gradient) {
            m_optimizer.update(begin, gradient);
            if (isAveraged)
                follow(begin, begin + static_cast<std::int64_t>(gradient.size()));
        };
        step.clipNorm = m_job.options.clipNorm;
        step.seed = m_job.options.seed;
        step.number = static_cast<std::uint64_t>(number);
        const double loss = TRY(stage.executor.train(step, m_monitor));
        if (isAveraged && std::isfinite(loss))
            for (const auto& entry : m_weights->entries())
                if (!entry.isTrained)
                    follow(entry.offset, entry.offset + entry.count);
        return loss;
    }

    void readTargets(Stage& stage, const Batch& batch) const
    {
        const auto width = static_cast<std::size_t>(m_job.source.labelCount);
        for (std::size_t i = 0; i < batch.size(); ++i)
            if (width > 0)
                m_job.source.labels(batch[i], std::span(stage.labels).subspan(i * width, width));
            else
                stage.targets[i] = m_job.source.target(batch[i]);
    }

    void fill(const Stage& stage, std::string_view input, nn::SampleRange range, float* data, const Batch& batch,
        std::int64_t place) const
    {
        const auto& [name, elements] = *stage.elements.find(input);
        for (std::int64_t i = 0; i < range.count; ++i) {
            const std::int64_t sample = range.first + i;
            m_job.source.fill(name, {batch[static_cast<std::size_t>(sample)], m_state.epoch, place + sample},
                std::span(data + i * elements, static_cast<std::size_t>(elements)));
        }
    }

    bool isBeyond(double loss)
    {
        if (m_state.step == 0 && std::isfinite(loss))
            m_state.firstLoss = loss;
        return !std::isfinite(loss) || loss > 1000 * std::max(1.0, m_state.firstLoss);
    }

    Result<void> epoch()
    {
        const Stopwatch watch;
        const auto batches = m_job.source.batches(m_state.epoch);
        double sum = 0;
        std::int64_t samples = 0;
        for (const Batch& batch : batches) {
            const auto loss = m_monitor.stopRequested() ? Result<double>(cancelled()) : step(batch, samples);
            if (!loss && loss.error().kind == Error::Kind::Cancelled) {
                m_ending = Ending::Stopped;
                break;
            }
            if (!loss)
                return tl::unexpected(loss.error());
            if (isBeyond(*loss)) {
                diverge(*loss);
                break;
            }
            ++m_state.step;
            samples += static_cast<std::int64_t>(batch.size());
            sum += *loss * static_cast<double>(batch.size());
            tell(*loss, samples, watch.seconds());
        }
        const double seconds = watch.seconds();
        m_state.seconds += seconds;
        m_state.samples += samples;
        if (m_ending == Ending::Finished)
            TRY(finishEpoch(sum / static_cast<double>(samples), seconds, static_cast<double>(samples) / seconds));
        return {};
    }

    void diverge(double loss)
    {
        m_ending = Ending::Diverged;
        m_problem = Error{Error::Kind::BadInput,
            text("learning", "Training left the range of numbers at step %1 of epoch %2 (loss %3).")
                .with(m_state.step + 1, m_state.epoch + 1, loss),
            {},
            text("learning", "Lower the learning rate, now %1, or set a largest gradient.")
                .with(m_job.options.schedule.peak)};
    }

    void tell(double loss, std::int64_t samples, double seconds)
    {
        const double rate = seconds > 0 ? static_cast<double>(samples) / seconds : 0;
        const double perStep =
            seconds / static_cast<double>(std::max<std::int64_t>(1, m_state.step - m_state.epoch * m_perEpoch));
        const double left = perStep * static_cast<double>(m_schedule.steps - m_state.step);
        if (m_job.events.onStep)
            m_job.events.onStep({m_state.epoch + 1, m_state.step, m_schedule.steps, loss, rate, left});
        // A wish to stop is heard by the loop itself, which then keeps what it has.
        (void)m_monitor.at(text("learning", "Training, epoch %1 of %2").with(m_state.epoch + 1, m_job.options.epochs),
            static_cast<double>(m_state.step) / static_cast<double>(m_schedule.steps));
    }

    Result<void> finishEpoch(double loss, double seconds, double rate)
    {
        EpochRecord record{m_state.epoch + 1, m_state.step, loss, m_schedule.rate(m_state.step - 1), seconds, rate, {}};
        if (m_job.validate) {
            auto judgement = m_job.validate(m_judged, m_monitor);
            if (!judgement && judgement.error().kind == Error::Kind::Cancelled) {
                m_ending = Ending::Stopped;
                return {};
            }
            if (!judgement)
                return tl::unexpected(judgement.error());
            record.metrics = judgement->metrics;
            if (m_state.bestEpoch == 0 || judgement->figure > m_state.bestFigure) {
                m_state.bestFigure = judgement->figure;
                m_state.bestEpoch = record.epoch;
                m_state.best = valuesOf(*m_judged);
            }
        }
        ++m_state.epoch;
        m_state.history.push_back(record);
        m_lastGood = valuesOf(*m_judged);
        if (isPatienceOver())
            m_ending = Ending::EarlyStop;
        if (m_job.events.onEpoch)
            m_job.events.onEpoch(record);
        return {};
    }

    bool isPatienceOver() const
    {
        return m_job.options.patience > 0 && m_state.bestEpoch > 0
               && m_state.epoch - m_state.bestEpoch >= m_job.options.patience;
    }

    Result<void> save()
    {
        const bool isLast =
            m_ending != Ending::Finished || m_state.epoch == m_job.options.epochs || m_monitor.stopRequested();
        if (m_job.state.empty() || (!isLast && m_sinceSaved.seconds() < m_job.options.saveSeconds))
            return {};
        m_state.weights = valuesOf(*m_weights);
        m_state.average = m_judged != m_weights ? valuesOf(*m_judged) : std::vector<float>();
        const auto moments = m_optimizer.state();
        m_state.moments.assign(moments.begin(), moments.end());
        TRY(writeState(m_job.state, *m_job.graph, *m_weights, m_state, m_job.identity));
        if (m_job.onSaved)
            TRY(m_job.onSaved(m_state.history));
        m_sinceSaved = Stopwatch();
        return {};
    }

    Result<TrainerOutcome> outcome()
    {
        if (m_state.step == 0 && m_ending == Ending::Stopped)
            return cancelled();
        if (m_ending == Ending::Diverged && m_state.epoch == 0)
            return tl::unexpected(*m_problem);
        TrainerOutcome outcome;
        const bool wantsBest = m_ending != Ending::Finished || m_job.options.keep == TrainerOptions::Keep::Best;
        if (wantsBest && m_state.bestEpoch > 0) {
            std::ranges::copy(m_state.best, m_judged->values().begin());
            outcome.keptEpoch = m_state.bestEpoch;
        } else if (!m_lastGood.empty()) {
            std::ranges::copy(m_lastGood, m_judged->values().begin());
            outcome.keptEpoch = m_state.epoch;
        }
        outcome.graph = *m_job.graph;
        m_judged->writeInto(outcome.graph);
        outcome.history = m_state.history;
        outcome.ending = m_ending;
        outcome.problem = m_problem;
        outcome.secondsTraining = m_state.seconds;
        outcome.samples = m_state.samples;
        return outcome;
    }

    const TrainerJob& m_job;
    const Monitor& m_monitor;
    std::shared_ptr<nn::Weights> m_weights;
    std::shared_ptr<nn::Weights> m_judged; ///< what is validated and kept: the average, or the weights themselves
    nn::Optimizer m_optimizer;
    nn::Schedule m_schedule;
    std::map<std::map<std::string, nn::Shape>, Stage> m_stages;
    TrainingState m_state;
    std::vector<float> m_lastGood;
    std::int64_t m_perEpoch = 0;
    Ending m_ending = Ending::Finished;
    std::optional<Error> m_problem;
    Stopwatch m_sinceSaved;
};

} // namespace

Result<TrainerOutcome> runTrainer(const TrainerJob& job, const Monitor& monitor)
{
    return Session(job, monitor).run();
}

} // namespace hounsfield::learning
