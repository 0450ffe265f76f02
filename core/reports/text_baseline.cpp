#include "core/reports/text_baseline.h"

#include "core/reports/tokens.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace hounsfield::reports {

namespace {

constexpr std::array labelGrid{3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0};
constexpr std::array classGrid{1.0, 3.0, 10.0, 30.0, 100.0};

std::vector<std::string> textsOf(const TextSet& set, std::span<const std::int64_t> part)
{
    std::vector<std::string> texts;
    for (const std::int64_t i : part)
        texts.push_back(set.texts[static_cast<std::size_t>(i)]);
    return texts;
}

std::vector<std::uint8_t> answersOf(const TextSet& set, std::span<const std::int64_t> part)
{
    std::vector<std::uint8_t> answers;
    for (const std::int64_t i : part)
        for (std::int64_t label = 0; label < set.labels; ++label)
            answers.push_back(set.answers[static_cast<std::size_t>(i * set.labels + label)]);
    return answers;
}

Tfidf::Unit unitFor(std::span<const std::string> texts)
{
    const auto han = std::ranges::count_if(texts, [](const std::string& text) { return isChinese(CodePoints(text)); });
    return 2 * han > std::ssize(texts) ? Tfidf::Unit::Characters : Tfidf::Unit::Words;
}

Result<void> check(const TextSet& set, const TextParts& parts)
{
    if (set.labels < 1 || set.answers.size() != set.texts.size() * static_cast<std::size_t>(set.labels))
        return badInput(text("reports", "%1 texts with %2 labels have %3 answers.")
                            .with(set.texts.size(), set.labels, set.answers.size()));
    if (parts.train.empty() || parts.validation.empty())
        return badInput(text("reports", "There are %1 texts to learn from and %2 to choose by; both are needed.")
                            .with(parts.train.size(), parts.validation.size()));
    for (const auto& part : {parts.train, parts.validation})
        for (const std::int64_t i : part)
            if (i < 0 || i >= std::ssize(set.texts))
                return badInput(text("reports", "There is no text %1 of %2.").with(i, set.texts.size()));
    return {};
}

/// In the precision of a model file, so that a run and its file say the same.
learning::LinearModel asWritten(learning::LinearModel model)
{
    for (double& weight : model.weights)
        weight = static_cast<double>(static_cast<float>(weight));
    return model;
}

/// What C is chosen by.
double figureOf(const learning::LabelScores& validation, TextSet::Kind kind)
{
    if (kind == TextSet::Kind::OneClass)
        return learning::figuresByMostProbable(validation).macroF1.value.value_or(0);
    return learning::computeLabelMetrics(validation, 0.5, 0).means.meanAveragePrecision.value.value_or(0);
}

} // namespace

std::vector<float> TextBaseline::logits(std::span<const std::string> texts) const
{
    std::vector<float> logits;
    for (const std::string& text : texts)
        for (const double logit : model.logits(tfidf.transform(text)))
            logits.push_back(static_cast<float>(logit));
    return logits;
}

learning::LabelScores scoresOf(const TextBaseline& model, const TextSet& set, std::span<const std::int64_t> part)
{
    learning::LabelScores scores{set.labels, model.logits(textsOf(set, part)), answersOf(set, part), {}};
    for (float& score : scores.probabilities)
        score = static_cast<float>(learning::probabilityOf(static_cast<double>(score)));
    scores.units.assign(part.begin(), part.end());
    return scores;
}

Result<TextBaseline> fitBaseline(const TextSet& set, const TextParts& parts, int threads, const Monitor& monitor)
{
    TRY(check(set, parts));
    const std::vector<std::string> texts = textsOf(set, parts.train);
    TextBaseline trial;
    trial.tfidf = Tfidf({.unit = unitFor(texts)}, texts);
    std::vector<learning::SparseRow> rows;
    for (const std::string& text : texts)
        rows.push_back(trial.tfidf.transform(text));
    const std::vector<std::uint8_t> answers = answersOf(set, parts.train);
    const learning::LogisticData data{rows, answers, set.labels, trial.tfidf.features()};
    const bool areClasses = set.kind == TextSet::Kind::OneClass;
    const std::span<const double> grid = areClasses ? std::span<const double>(classGrid) : labelGrid;
    TextBaseline best;
    double bestFigure = -1;
    for (std::size_t i = 0; i < grid.size(); ++i) {
        const auto share = [&](std::size_t n) { return static_cast<double>(n) / static_cast<double>(grid.size()); };
        trial.c = grid[i];
        trial.model = asWritten(TRY(learning::fitLogistic(
            data, {.c = trial.c, .threads = threads}, monitor.part(share(i), share(i + 1)), trial.model)));
        const learning::LabelScores validation = scoresOf(trial, set, parts.validation);
        if (const double figure = figureOf(validation, set.kind); figure > bestFigure) {
            bestFigure = figure;
            best = trial;
            best.threshold = areClasses ? 0.5 : learning::globalThreshold(validation);
        }
    }
    return best;
}

} // namespace hounsfield::reports
