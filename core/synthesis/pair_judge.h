#pragma once

#include "core/synthesis/collapse_alarm.h"
#include "core/synthesis/features.h"
#include "core/synthesis/pair_training.h"

#include <memory>

namespace hounsfield::synthesis {

/// The classifier whose features judge a pair, trained on the training part of its split in the run's folder
/// `features`; one that is there and fits is used again. Errors: as learning::trainClassifier.
Result<learning::Model> featureModel(const learning::DataSet& data, const PairSplit& split, const PairRequest& request,
    const std::map<std::string, std::string>& options, const Monitor& monitor);

/// A generator whose normalisations know their statistics: means over batches of `images` images, classes drawn evenly.
/// Errors: as nn::Executor::plan; Cancelled.
Result<nn::Graph> settled(const nn::Graph& generator, std::uint64_t seed, int threads, const Monitor& monitor);

/// What an evaluation found.
struct PairEvaluated {
    PairEvaluation evaluation;
    nn::Graph generator;                  ///< with settled statistics
    MadeImages grid;                      ///< the images that are always shown
    std::vector<ClassVariance> variances; ///< of the classes, for the alarms
};

/// Judges a generator while it is trained, always by the same members and the same noise. Never sees the test part.
class PairJudge {
  public:
    static Result<PairJudge> make(const learning::DataSet& data, const PairSplit& split, const ImageFrame& frame,
        const learning::Model& features, int threads, const Monitor& monitor);
    PairJudge(PairJudge&&) noexcept;
    PairJudge& operator=(PairJudge&&) noexcept;
    ~PairJudge();

    const std::string& featureName() const;
    /// Settles the generator's statistics and measures what it makes. Errors: Cancelled.
    Result<PairEvaluated> evaluate(const nn::Graph& generator, std::uint64_t seed, const Monitor& monitor);

  private:
    struct State;
    explicit PairJudge(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace hounsfield::synthesis
