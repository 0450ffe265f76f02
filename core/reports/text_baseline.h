#pragma once

#include "core/learning/label_metrics.h"
#include "core/learning/logistic_regression.h"
#include "core/reports/tfidf.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::reports {

/// Texts with their answers. Several labels may hold of a text, or it is of exactly one of `labels` classes.
struct TextSet {
    enum class Kind { SeveralLabels, OneClass };
    Kind kind = Kind::SeveralLabels;
    std::span<const std::string> texts;
    std::span<const std::uint8_t> answers; ///< texts × labels, 0 or 1
    std::int64_t labels = 0;
};

/// Places in a TextSet.
struct TextParts {
    std::vector<std::int64_t> train, validation;
};

/// The plain model that any other must beat: logistic regression on the n-grams of a text.
struct TextBaseline {
    Tfidf tfidf;
    double c = 1;           ///< of LogisticOptions, chosen on validation
    double threshold = 0.5; ///< of all labels, chosen on validation; 0.5 for classes, where the highest logit counts
    learning::LinearModel model;

    /// texts × labels
    std::vector<float> logits(std::span<const std::string> texts) const;
};

/// Words and pairs of them, or characters where most training texts are Chinese. C is the one with the best mean
/// average precision on validation (classes: macro F1), of 3, 10 … 3000 (classes: 1, 3 … 100). The same bits on any
/// number of threads.
/// Errors: BadInput without training or validation texts, or when sizes do not match; Cancelled.
Result<TextBaseline> fitBaseline(const TextSet& set, const TextParts& parts, int threads, const Monitor& monitor = {});

/// What the model says of a part, with the truth; each text is a unit of its own.
learning::LabelScores scoresOf(const TextBaseline& model, const TextSet& set, std::span<const std::int64_t> part);

} // namespace hounsfield::reports
