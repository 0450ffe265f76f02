#pragma once

#include "core/base/monitor.h"
#include "core/learning/text_batches.h"

#include <cstdint>
#include <vector>

namespace hounsfield::reports {

class EmbeddedNetwork;

/// Integrated gradients of a label's logit F on the straight way from a text of empty (zero) word vectors to the text
/// itself (Sundararajan et al. 2017, eq. 1).
struct IntegratedGradients {
    std::vector<double> words;      ///< a value a word, together F(text) − F(empty), up to `gap`
    double logit = 0, baseline = 0; ///< F(text), F(empty)
    double gap = 0;                 ///< Σ words − (F(text) − F(empty))
    std::int64_t points = 0;        ///< of the way, at which the gradient was taken
};

/// The way is cut where the network bends most, until what the pieces lack is half a percent of F(text) − F(empty), or
/// 0.0001 where that is more. Errors: Cancelled.
Result<IntegratedGradients> integrateGradients(
    EmbeddedNetwork& network, const learning::Words& words, std::int64_t label, const Monitor& monitor);

} // namespace hounsfield::reports
