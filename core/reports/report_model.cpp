#include "core/reports/report_model.h"

#include "core/learning/model_metadata.h"
#include "core/learning/text_predictor.h"
#include "core/nn/onnx_read.h"
#include "core/reports/tokens.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace hounsfield::reports {

namespace {

using learning::metadataOf;
using nlohmann::json;

const char* activationOf(TextSet::Kind kind)
{
    return kind == TextSet::Kind::SeveralLabels ? "Sigmoid" : "Softmax";
}

void addActivation(nn::Graph& graph, TextSet::Kind kind, const std::string& logits, const std::string& name)
{
    nn::Node node{activationOf(kind), name, {logits}, {name}, {}, {}};
    if (kind == TextSet::Kind::OneClass)
        node.attributes["axis"] = std::int64_t{-1};
    graph.nodes.push_back(std::move(node));
}

/// Weights of the regression as the branch `tfidf` → `baseline`.
void addBaseline(nn::Graph& graph, const ReportModel& model)
{
    const std::int64_t labels = model.baseline.model.labels, features = model.baseline.model.features;
    nn::Tensor weight(nn::ElementType::Float, {labels, features}), bias(nn::ElementType::Float, {labels});
    for (std::int64_t k = 0; k < labels; ++k) {
        const auto row = model.baseline.model.weightsOf(k);
        std::transform(row.begin(), row.end() - 1, weight.as<float>().begin() + k * features,
            [](double w) { return static_cast<float>(w); });
        bias.as<float>()[static_cast<std::size_t>(k)] = static_cast<float>(row.back());
    }
    graph.initializers["baseline.weight"] = std::move(weight);
    graph.initializers["baseline.bias"] = std::move(bias);
    graph.inputs.push_back({"tfidf", nn::ElementType::Float, {-1, features}});
    graph.nodes.push_back({"Gemm", "baseline_logits", {"tfidf", "baseline.weight", "baseline.bias"},
        {"baseline_logits"}, {{"transB", std::int64_t{1}}}, {}});
    addActivation(graph, model.kind, "baseline_logits", "baseline");
    graph.outputs.push_back({"baseline", nn::ElementType::Float, {-1, labels}});
}

Error notOurs(const std::string& file)
{
    return {Error::Kind::BadInput, text("reports", "This ONNX file is no model of reports trained by Hounsfield."),
        file, text("reports", "Choose the model.onnx of a training with reports.")};
}

/// The regression back from its branch.
Result<void> readBaseline(ReportModel& model, const nn::Graph& graph)
{
    const auto weight = graph.initializers.find("baseline.weight"), bias = graph.initializers.find("baseline.bias");
    const auto labels = static_cast<std::int64_t>(model.labels.size()), features = model.baseline.tfidf.features();
    const bool isThere =
        weight != graph.initializers.end() && bias != graph.initializers.end()
        && weight->second.type() == nn::ElementType::Float && bias->second.type() == nn::ElementType::Float
        && weight->second.shape() == nn::Shape{labels, features} && bias->second.shape() == nn::Shape{labels};
    if (!isThere)
        return tl::unexpected(notOurs(model.file));
    learning::LinearModel& linear = model.baseline.model;
    linear.labels = labels;
    linear.features = features;
    for (std::int64_t k = 0; k < labels; ++k) {
        const auto row = weight->second.as<float>().subspan(
            static_cast<std::size_t>(k * features), static_cast<std::size_t>(features));
        linear.weights.insert(linear.weights.end(), row.begin(), row.end());
        linear.weights.push_back(bias->second.as<float>()[static_cast<std::size_t>(k)]);
    }
    return {};
}

Result<void> readMetadata(ReportModel& model, const nn::Graph& graph)
{
    if (metadataOf(graph, "kind") != "report")
        return tl::unexpected(notOurs(model.file));
    try {
        const json decision = json::parse(metadataOf(graph, "decision"));
        model.kind =
            decision.at("several").get<bool>() ? ReportModel::Kind::SeveralLabels : ReportModel::Kind::OneClass;
        model.threshold = decision.at("threshold").get<double>();
        model.labels = json::parse(metadataOf(graph, "classes")).get<std::vector<std::string>>();
        const json reading = json::parse(metadataOf(graph, "reading"));
        model.columns = reading.at("columns").get<std::vector<std::string>>();
        model.mostTokens = reading.at("mostTokens").get<std::int64_t>();
        model.vocabulary = Vocabulary(reading.at("words").get<std::vector<std::string>>());
        const json baseline = json::parse(metadataOf(graph, "baseline"));
        model.baseline.c = baseline.at("c").get<double>();
        model.baseline.threshold = baseline.at("threshold").get<double>();
        model.baseline.tfidf = TRY(Tfidf::fromJson(baseline.at("tfidf").dump(), model.file));
    } catch (const json::exception&) {
        return badInput(text("reports", "The model's labels, words or threshold cannot be understood."), model.file);
    }
    if (model.labels.empty() || model.mostTokens < 1 || model.mostTokens > 100000 || !std::isfinite(model.threshold))
        return badInput(text("reports", "The model's labels, words or threshold make no sense."), model.file);
    model.network = metadataOf(graph, "network");
    model.created = metadataOf(graph, "created");
    model.metrics = metadataOf(graph, "metrics");
    model.fingerprint = metadataOf(graph, "data");
    return {};
}

/// The network without the regression's branch and without what follows the logits.
Result<nn::Graph> networkOf(const nn::Graph& graph, const ReportModel& model)
{
    nn::Graph network = graph;
    static const std::set<std::string> others{"baseline_logits", "baseline", "probabilities"};
    std::erase_if(network.nodes, [](const nn::Node& node) {
        return std::ranges::any_of(node.outputs, [](const std::string& name) { return others.contains(name); });
    });
    std::erase_if(network.inputs, [](const nn::ValueInfo& input) { return input.name == "tfidf"; });
    for (const char* name : {"baseline.weight", "baseline.bias"})
        network.initializers.erase(name);
    network.metadata.clear();
    const auto labels = static_cast<std::int64_t>(model.labels.size());
    network.outputs = {{"logits", nn::ElementType::Float, {-1, labels}}};
    const auto words = network.initializers.find("words");
    const bool isTextNetwork = network.inputs.size() == 1 && network.inputs[0].name == "tokens"
                               && network.inputs[0].type == nn::ElementType::Int64
                               && network.inputs[0].shape.size() == 2 && network.producerOf("logits")
                               && words != network.initializers.end() && words->second.rank() == 2
                               && words->second.shape()[0] == model.vocabulary.size();
    if (!isTextNetwork)
        return tl::unexpected(notOurs(model.file));
    return network;
}

} // namespace

Vocabulary::Vocabulary(std::vector<std::string> words)
    : m_words(std::move(words))
{
    for (std::size_t i = 0; i < m_words.size(); ++i)
        m_numbers[m_words[i]] = static_cast<std::int32_t>(i) + 2;
}

Vocabulary Vocabulary::of(std::span<const std::string> texts)
{
    std::map<std::string, int> counts;
    for (const std::string& one : texts) {
        std::set<std::string> words;
        for (Token& token : tokensOf(one))
            words.insert(std::move(token.word));
        for (const std::string& word : words)
            ++counts[word];
    }
    std::vector<std::string> frequent;
    for (const auto& [word, count] : counts)
        if (count >= 2)
            frequent.push_back(word);
    return Vocabulary(std::move(frequent));
}

learning::Words Vocabulary::numbersOf(const std::string& text, std::int64_t most) const
{
    learning::Words numbers;
    for (const Token& token : tokensOf(text)) {
        if (static_cast<std::int64_t>(numbers.size()) == most)
            break;
        const auto found = m_numbers.find(token.word);
        numbers.push_back(found == m_numbers.end() ? 1 : found->second);
    }
    if (numbers.empty())
        numbers.push_back(1);
    return numbers;
}

nn::Graph exported(const ReportModel& model)
{
    nn::Graph graph = *model.graph;
    addActivation(graph, model.kind, "logits", "probabilities");
    graph.outputs = {{"probabilities", nn::ElementType::Float, {-1, static_cast<std::int64_t>(model.labels.size())}}};
    addBaseline(graph, model);
    const auto set = [&](const char* key, const std::string& value) { learning::setMetadata(graph, key, value); };
    set("kind", "report");
    set("classes", json(model.labels).dump());
    set("decision",
        json{{"threshold", model.threshold}, {"several", model.kind == ReportModel::Kind::SeveralLabels}}.dump());
    set("reading", json{{"columns", model.columns}, {"mostTokens", model.mostTokens},
                       {"words", model.vocabulary.words()}, {"tokens", "words, marks and Han characters, lower case"}}
                       .dump());
    set("baseline", json{{"c", model.baseline.c}, {"threshold", model.baseline.threshold},
                        {"tfidf", json::parse(model.baseline.tfidf.json())}}
                        .dump());
    set("network", model.network);
    set("created", model.created);
    set("metrics", model.metrics);
    set("data", model.fingerprint);
    set("use", "Research use, not for diagnosis.");
    return graph;
}

Result<ReportModel> readReportModel(const std::filesystem::path& file)
{
    ReportModel model;
    model.file = file.string();
    const nn::Graph graph = TRY(nn::readOnnx(file));
    TRY(readMetadata(model, graph));
    TRY(readBaseline(model, graph));
    model.graph = std::make_shared<const nn::Graph>(TRY(networkOf(graph, model)));
    // What a network makes is known only when it runs: said now rather than at the first report.
    const std::vector<std::string> nothing(1);
    auto tried = probabilitiesOf(model, nothing, 1, {});
    if (!tried) {
        Error error = std::move(tried).error();
        error.where = model.file + (error.where.empty() ? "" : ", " + error.where);
        return tl::unexpected(std::move(error));
    }
    return model;
}

void toProbabilities(TextSet::Kind kind, std::int64_t labels, std::vector<float>& logits)
{
    if (kind == TextSet::Kind::SeveralLabels) {
        for (float& logit : logits)
            logit = static_cast<float>(learning::probabilityOf(static_cast<double>(logit)));
        return;
    }
    for (std::size_t row = 0; row < logits.size(); row += static_cast<std::size_t>(labels)) {
        const std::span<float> scores(logits.data() + row, static_cast<std::size_t>(labels));
        const float most = *std::ranges::max_element(scores);
        float sum = 0;
        for (float& score : scores)
            sum += score = std::exp(score - most);
        for (float& score : scores)
            score /= sum;
    }
}

Result<std::vector<float>> probabilitiesOf(
    const ReportModel& model, std::span<const std::string> texts, int threads, const Monitor& monitor)
{
    std::vector<learning::Words> numbers;
    for (const std::string& one : texts)
        numbers.push_back(model.vocabulary.numbersOf(one, model.mostTokens));
    const auto labels = static_cast<std::int64_t>(model.labels.size());
    learning::TextPredictor predictor(model.graph, nullptr, labels, threads);
    std::vector<float> logits = TRY(predictor.logits(numbers, monitor));
    toProbabilities(model.kind, labels, logits);
    return logits;
}

std::vector<float> baselineOf(const ReportModel& model, std::span<const std::string> texts)
{
    std::vector<float> logits = model.baseline.logits(texts);
    toProbabilities(model.kind, model.baseline.model.labels, logits);
    return logits;
}

} // namespace hounsfield::reports
