#pragma once

#include "core/reports/evidence.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace hounsfield::reports {

/// Whether a model decides by the words it highlights: how far the probability of a label that it calls falls when the
/// fifth of a text's words with the highest highlights is left out, against as many words drawn at random
/// ("comprehensiveness", DeYoung et al. 2020).
struct Faithfulness {
    std::int64_t n = 0;           ///< labels called, of all texts
    std::optional<double> top;    ///< mean fall without the highlighted words; none where n = 0
    std::optional<double> random; ///< mean fall without drawn ones
    std::optional<double> ratio;  ///< top ÷ random; none where random is not above 0
};

/// A label is called at the model's threshold; of one-class models it is the most probable one. Ten draws a text, a
/// pure function of the seed and the text's place. Errors: as EvidenceReader; Cancelled.
Result<Faithfulness> faithfulnessOf(std::shared_ptr<const ReportModel> model, std::span<const std::string> texts,
    int threads, const Monitor& monitor, std::uint64_t seed = 1);

} // namespace hounsfield::reports
