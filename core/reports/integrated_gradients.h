#pragma once

#include "core/base/monitor.h"
#include "core/learning/text_batches.h"

#include <cstdint>
#include <vector>

namespace hounsfield::reports {

class EmbeddedNetwork;

/// Integrated gradients of a label's logit F (Sundararajan et al. 2017, eq. 1) on the straight way from a text of as
/// many unknown words to the text itself, at the words' vectors. The unknown word and not a zero vector, because a
/// recurrent network that hears next to nothing tips from one state to another on the way; and it is what "no such
/// word" means to the model: an unknown word's value is 0.
struct IntegratedGradients {
    std::vector<double> words;      ///< a value a word, together F(text) − F(unknown words), up to `gap`
    double logit = 0, baseline = 0; ///< F(text), F(unknown words)
    double gap = 0;                 ///< Σ words − (logit − baseline)
    std::int64_t points = 0;        ///< of the way, at which the gradient was taken
};

/// The way is cut where gradients tell least of the logit's rise, until what the pieces lack is half a percent of the
/// whole rise, or 0.0001 where that is more, or some 900 points are taken. Errors: Cancelled.
Result<IntegratedGradients> integrateGradients(
    EmbeddedNetwork& network, const learning::Words& words, std::int64_t label, const Monitor& monitor);

} // namespace hounsfield::reports
