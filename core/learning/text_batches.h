#pragma once

#include "core/learning/trainer.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace hounsfield::learning {

/// Numbers of a text's words; 0 is padding and does not occur, no text is empty.
using Words = std::vector<std::int32_t>;

/// Texts as a network takes them, with what is to be learned of each.
struct TextCases {
    std::vector<Words> texts;
    std::int64_t labelCount = 0;       ///< of a multi-label task; 0: one class a text
    std::vector<float> labels;         ///< texts × labelCount, 0 or 1, NaN unknown
    std::vector<std::int32_t> classes; ///< one a text where labelCount is 0
};

/// Words rounded up to the length of a plan: a multiple of 16.
std::int64_t paddedLength(std::int64_t words);

/// Cases in batches of similar length: permuted, sorted by length within windows of ten batches, the batches in random
/// order; a pure function of seed and epoch.
std::vector<Batch> textBatches(
    const std::vector<Words>& texts, std::int64_t batch, std::uint64_t seed, std::int64_t epoch);

/// Training texts as batches; case numbers are indices of `cases`.
BatchSource textSource(std::shared_ptr<const TextCases> cases, std::int64_t batch, std::uint64_t seed);

} // namespace hounsfield::learning
