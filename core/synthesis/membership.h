#pragma once

#include "core/base/result.h"
#include "core/learning/metrics.h"

namespace hounsfield::synthesis {

/// One real image as the discriminator scores it.
struct MembershipCase {
    float score = 0;       ///< higher for what it takes as real
    bool isMember = false; ///< it was trained on this image; else the image is of the same split and was held back
    int label = 0;         ///< class, 0 …
    std::int64_t unit = 0; ///< patient, dense
};

/// Areas under the ROC curve of the score as a test for membership; 0.5 means that nothing leaks, 0.55 at most is
/// asked.
struct Membership {
    /// Over the pairs of a member and a stranger of one class: a score that differs from class to class is no leak.
    learning::Figure pooled;
    std::vector<learning::Figure> perClass; ///< without a value where members or strangers are missing
};

/// Membership inference by the discriminator's score (Hayes et al. 2019, LOGAN), with 95 % intervals by resampling
/// patients. The strangers must be of the same split: those of another show its shift, not memory.
/// Errors: BadInput when a score is not finite, a label or unit is below 0, or no class has both kinds.
Result<Membership> computeMembership(
    std::span<const MembershipCase> cases, int resamples = 1000, std::uint64_t seed = 1);

} // namespace hounsfield::synthesis
