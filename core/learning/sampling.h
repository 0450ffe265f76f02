#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hounsfield::learning {

enum class Sampling {
    Shuffled, ///< every case once an epoch
    Balanced  ///< ⌈n / classes⌉ of each class: without replacement while a class lasts, then permuted anew
};

/// The cases of one epoch in the order they are used: a pure function of seed and epoch.
/// @param labels  class of each case; cases are its indices
std::vector<std::int64_t> drawEpoch(
    std::span<const int> labels, int classCount, Sampling sampling, std::uint64_t seed, std::int64_t epoch);

/// What happens to the cases that do not fill a last batch.
enum class LastBatch { Smaller, Dropped };

/// Cut into batches. A set smaller than one batch is one batch in any case.
std::vector<std::vector<std::int64_t>> batchesOf(
    std::span<const std::int64_t> order, std::int64_t batch, LastBatch last);

} // namespace hounsfield::learning
