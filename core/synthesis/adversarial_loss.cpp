#include "core/synthesis/adversarial_loss.h"

#include <algorithm>
#include <cmath>

namespace hounsfield::synthesis {

namespace {

/// log(1 + e^x) and its derivative, without overflow.
LossTerm softplus(double x)
{
    return {std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))), 1 / (1 + std::exp(-x))};
}

} // namespace

LossTerm discriminatorTerm(AdversarialLoss loss, Origin origin, double score)
{
    const double sign = origin == Origin::Real ? -1 : 1;
    if (loss == AdversarialLoss::NonSaturating) {
        const LossTerm term = softplus(sign * score);
        return {term.loss, sign * term.slope};
    }
    const double margin = 1 + sign * score;
    // NaN must stay one, so that a step that went wrong is seen.
    return margin <= 0 ? LossTerm{} : LossTerm{margin, sign};
}

LossTerm generatorTerm(AdversarialLoss loss, double score)
{
    if (loss == AdversarialLoss::Hinge)
        return {-score, -1};
    const LossTerm term = softplus(-score);
    return {term.loss, -term.slope};
}

} // namespace hounsfield::synthesis
