#pragma once

namespace hounsfield::synthesis {

/// What the two networks are trained against each other by.
enum class AdversarialLoss {
    Hinge,        ///< max(0, 1 − D(x)) + max(0, 1 + D(G(z))), −D(G(z)); Lim and Ye 2017, Miyato et al. 2018
    NonSaturating ///< −log σ(D(x)) − log(1 − σ(D(G(z)))), −log σ(D(G(z))); Goodfellow et al. 2014
};

enum class Origin { Real, Made };

/// A loss and its derivative by the discriminator's score.
struct LossTerm {
    double loss = 0;
    double slope = 0;
};

/// What the discriminator pays for one score.
LossTerm discriminatorTerm(AdversarialLoss loss, Origin origin, double score);
/// What the generator pays for the score of one image it made.
LossTerm generatorTerm(AdversarialLoss loss, double score);

} // namespace hounsfield::synthesis
