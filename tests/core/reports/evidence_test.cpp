#include <QtTest>

#include "core/learning/text_networks.h"
#include "core/learning/text_predictor.h"
#include "core/reports/embedded_network.h"
#include "core/reports/evidence.h"

#include <cmath>
#include <numeric>

using namespace hounsfield;
using namespace hounsfield::reports;

namespace {

/// A model with drawn weights; "w1" … "w20" are its words.
std::shared_ptr<const ReportModel> drawnModel(const QString& name, std::int64_t labels = 3)
{
    auto model = std::make_shared<ReportModel>();
    std::vector<std::string> words;
    for (int i = 1; i <= 20; ++i)
        words.push_back("w" + std::to_string(i));
    model->vocabulary = Vocabulary(words);
    for (std::int64_t k = 0; k < labels; ++k)
        model->labels.push_back("L" + std::to_string(k));
    const auto* network = *learning::findTextNetwork(name.toStdString());
    model->graph =
        std::make_shared<const nn::Graph>(network->build({model->vocabulary.size(), labels, true, 3, 12, 8, 0.3}));
    model->mostTokens = network->mostTokens;
    return model;
}

std::vector<std::int64_t> allLabels(const ReportModel& model)
{
    std::vector<std::int64_t> labels(model.labels.size());
    std::iota(labels.begin(), labels.end(), std::int64_t{0});
    return labels;
}

EvidenceReader readerOf(const std::shared_ptr<const ReportModel>& model)
{
    return EvidenceReader::make(model, 1).value();
}

double sumOf(const std::vector<float>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

/// The logit with which the model reads a text.
double logitOf(const ReportModel& model, const std::string& text, std::size_t label)
{
    const std::vector<learning::Words> numbers{model.vocabulary.numbersOf(text, model.mostTokens)};
    learning::TextPredictor predictor(model.graph, nullptr, static_cast<std::int64_t>(model.labels.size()), 1);
    return static_cast<double>(predictor.logits(numbers, {}).value()[label]);
}

std::string unknownWords(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += "unheard ";
    return text;
}

/// Whether the words' values make up the rise of the logit to within a hundredth.
bool isComplete(const IntegratedGradients& gradients)
{
    const double rise = gradients.logit - gradients.baseline;
    const double sum = std::accumulate(gradients.words.begin(), gradients.words.end(), 0.0);
    return std::abs(sum - rise) <= std::max(0.01 * std::abs(rise), 2e-4);
}

/// Highlights of a text by a plan without padding, summed over whatever axes are not the words'.
std::vector<double> unpaddedHighlights(const ReportModel& model, const std::string& text, std::size_t label)
{
    auto network = EmbeddedNetwork::make(*model.graph, 1).value();
    const learning::Words numbers = model.vocabulary.numbersOf(text, model.mostTokens);
    const auto words = std::ssize(numbers);
    const bool hasAttention = network.hasAttention();
    nn::Executor& executor =
        *network
             .executorFor(
                 1, words, hasAttention ? EmbeddedNetwork::Gradient::Attention : EmbeddedNetwork::Gradient::Embedding)
             .value();
    const std::vector<const learning::Words*> texts{&numbers};
    const nn::Tensor vectors({1, words, network.width()}, network.vectorsOf(numbers));
    if (!executor.setInput("tokens", learning::tokensOf(texts, words))
        || !executor.setInput(network.embedding(), vectors) || !executor.forward())
        return {};
    nn::Tensor start(nn::ElementType::Float, executor.value("logits").shape());
    start.as<float>()[label] = 1;
    executor.setGradient("logits", start);
    if (!executor.backward())
        return {};
    const nn::Tensor value = hasAttention ? executor.value("attention") : vectors;
    const nn::Tensor gradient = executor.gradient(hasAttention ? "attention" : network.embedding());
    const std::int64_t behind = !hasAttention || network.hasQueryPerLabel() ? value.shape()[2] : 1;
    std::vector<double> sums(numbers.size());
    for (std::size_t i = 0; i < value.as<float>().size(); ++i)
        sums[i / static_cast<std::size_t>(behind) % sums.size()] +=
            static_cast<double>(value.as<float>()[i]) * static_cast<double>(gradient.as<float>()[i]);
    return sums;
}

/// The same model with some of its weights made larger.
std::shared_ptr<const ReportModel> stretched(const ReportModel& model, const char* weights, float factor)
{
    auto longer = std::make_shared<ReportModel>(model);
    nn::Graph graph = *model.graph;
    for (float& value : graph.initializers.at(weights).as<float>())
        value *= factor;
    longer->graph = std::make_shared<const nn::Graph>(std::move(graph));
    return longer;
}

const std::string report = "W3 w1, w4 w1 w5. unheard w9 w2 w6 w5 w3 w5 w8 w9 w7 w9 w3 w2 w3 w8 w4 w6";

/// All labels' evidence of the report.
std::vector<LabelEvidence> evidenceOf(const std::shared_ptr<const ReportModel>& model)
{
    return readerOf(model).read(report, allLabels(*model)).value().labels;
}

} // namespace

/// What the words of a text are to a model.
class EvidenceTest : public QObject {
    Q_OBJECT

    static void everyNetwork()
    {
        QTest::addColumn<QString>("network");
        for (const auto& network : learning::textNetworks())
            QTest::newRow(network.name.c_str()) << QString::fromStdString(network.name);
    }

  private slots:
    void everyNetworkHasOneFiniteValueAWord_data() { everyNetwork(); }
    void everyNetworkHasOneFiniteValueAWord()
    {
        QFETCH(QString, network);
        const auto model = drawnModel(network);
        const auto evidence = readerOf(model).read(report, allLabels(*model));
        QVERIFY(evidence);
        QCOMPARE(evidence->words.size(), std::size_t{24});
        QCOMPARE(evidence->words[0], (EvidenceWord{{0, 2}, "w3", true}));
        QCOMPARE(evidence->words[2], (EvidenceWord{{5, 6}, ",", false}));
        QCOMPARE(evidence->words[7], (EvidenceWord{{17, 24}, "unheard", false}));
        QCOMPARE(evidence->labels.size(), std::size_t{3});
        for (const LabelEvidence& label : evidence->labels) {
            QCOMPARE(label.highlight.size(), evidence->words.size());
            for (const float value : label.highlight)
                QVERIFY(std::isfinite(value));
            QVERIFY(std::abs(label.logit - logitOf(*model, report, static_cast<std::size_t>(label.label))) < 1e-5);
            QCOMPARE(label.attention.empty(), network == "rnn");
            if (network != "rnn")
                QVERIFY(std::abs(sumOf(label.attention) - 1) < 1e-5);
        }
    }

    void integratedGradientsAreComplete_data() { everyNetwork(); }
    void integratedGradientsAreComplete()
    {
        QFETCH(QString, network);
        const auto model = drawnModel(network);
        EvidenceReader reader = readerOf(model);
        for (const std::int64_t label : allLabels(*model)) {
            const auto gradients = reader.integratedGradients(report, label);
            QVERIFY(gradients);
            QCOMPARE(gradients->words.size(), std::size_t{24});
            const auto i = static_cast<std::size_t>(label);
            QVERIFY(std::abs(gradients->logit - logitOf(*model, report, i)) < 1e-5);
            QVERIFY(std::abs(gradients->baseline - logitOf(*model, unknownWords(24), i)) < 1e-5);
            QVERIFY(isComplete(*gradients));
            QCOMPARE(gradients->words[7], 0.0); // the unknown word
        }
    }

    void theyAreCompleteWhereANetworkTipsOver_data()
    {
        QTest::addColumn<QString>("network");
        QTest::addColumn<QByteArray>("weights"); // of the recurrence, whose size makes the states stick
        QTest::addColumn<double>("factor");
        QTest::newRow("rnn") << "rnn" << QByteArray("rnn1.r") << 4.0;
        QTest::newRow("bigru-attention") << "bigru-attention" << QByteArray("gru1.r") << 8.0;
        QTest::newRow("bilstm-attention") << "bilstm-attention" << QByteArray("lstm1.r") << 8.0;
    }
    void theyAreCompleteWhereANetworkTipsOver()
    {
        QFETCH(QString, network);
        QFETCH(QByteArray, weights);
        QFETCH(double, factor);
        const auto model = stretched(*drawnModel(network), weights.constData(), static_cast<float>(factor));
        EvidenceReader reader = readerOf(model);
        for (const std::int64_t label : allLabels(*model)) {
            const auto gradients = reader.integratedGradients(report, label);
            QVERIFY(gradients);
            qInfo("%lld points", static_cast<long long>(gradients->points));
            QVERIFY(isComplete(*gradients));
        }
    }

    void paddingChangesNoHighlight_data() { everyNetwork(); }
    void paddingChangesNoHighlight()
    {
        QFETCH(QString, network);
        const auto model = drawnModel(network);
        for (const LabelEvidence& label : evidenceOf(model)) { // 24 words read as 32
            const auto unpadded = unpaddedHighlights(*model, report, static_cast<std::size_t>(label.label));
            QCOMPARE(unpadded.size(), label.highlight.size());
            for (std::size_t i = 0; i < unpadded.size(); ++i)
                QVERIFY(std::abs(unpadded[i] - static_cast<double>(label.highlight[i])) < 1e-5);
        }
    }

    void highlightsAreSharesOfTheLogitWhereItIsASumOverAttention_data()
    {
        QTest::addColumn<QString>("network");
        for (const char* name : {"bigru-attention", "bilstm-attention", "seed-attention"})
            QTest::newRow(name) << name;
    }
    void highlightsAreSharesOfTheLogitWhereItIsASumOverAttention()
    {
        QFETCH(QString, network);
        const auto model = drawnModel(network);
        const auto bias = model->graph->initializers.at("logits.bias").as<float>();
        for (const LabelEvidence& label : evidenceOf(model)) {
            const double rest = label.logit - static_cast<double>(bias[static_cast<std::size_t>(label.label)]);
            QVERIFY(std::abs(sumOf(label.highlight) - rest) < 1e-5);
        }
    }

    // Σ vector · gradient = dF(t · vectors)/dt at t = 1
    void highlightsWithoutAttentionAreTheSlopeAlongTheVectors()
    {
        const auto model = drawnModel("rnn");
        const double step = 1e-2;
        const auto more = stretched(*model, "words", 1 + static_cast<float>(step));
        const auto less = stretched(*model, "words", 1 - static_cast<float>(step));
        for (const LabelEvidence& label : evidenceOf(model)) {
            const auto i = static_cast<std::size_t>(label.label);
            const double slope = (logitOf(*more, report, i) - logitOf(*less, report, i)) / (2 * step);
            QVERIFY(std::abs(sumOf(label.highlight) - slope) < 1e-3 * std::max(1.0, std::abs(slope)));
        }
    }

    void aTextWithoutAWordHasNoEvidence()
    {
        const auto model = drawnModel("bigru-attention");
        EvidenceReader reader = readerOf(model);
        const auto evidence = reader.read(" \n", allLabels(*model));
        QVERIFY(evidence);
        QVERIFY(evidence->words.empty() && evidence->attention.weights.empty());
        QVERIFY(evidence->labels[0].highlight.empty() && evidence->labels[0].attention.empty());
        QVERIFY(reader.integratedGradients("", 0)->words.empty());
        QVERIFY(reader.leaveOneOut("")->drops.empty());
    }

    void whatIsCutOffIsSaidAndComesInWhenAWordIsLeftOut()
    {
        auto model = std::make_shared<ReportModel>(*drawnModel("bigru-attention"));
        model->mostTokens = 3;
        EvidenceReader reader = readerOf(model);
        QVERIFY(!reader.read("w1 w2 w3", {})->isCut);
        const auto evidence = reader.read("w1 w2 w3 w4", {});
        QVERIFY(evidence->isCut);
        QCOMPARE(evidence->words.size(), std::size_t{3});
        const std::vector<std::string> without{"w1 w2 w4"};
        const auto probabilities = probabilitiesOf(*model, without, 1, {});
        const auto left = reader.leaveOneOut("w1 w2 w3 w4");
        QCOMPARE(left->drops.size(), std::size_t{9});
        QVERIFY(std::abs(left->probabilities[0] - left->drops[6] - (*probabilities)[0]) < 1e-6F);
    }

    void leavingAWordOutIsReadingTheTextWithoutIt_data() { everyNetwork(); }
    void leavingAWordOutIsReadingTheTextWithoutIt()
    {
        QFETCH(QString, network);
        const auto model = drawnModel(network);
        const auto left = readerOf(model).leaveOneOut("w3 w1 w4");
        QVERIFY(left);
        const std::vector<std::string> texts{"w3 w1 w4", "w1 w4", "w3 w4", "w3 w1"};
        const auto probabilities = probabilitiesOf(*model, texts, 1, {});
        QCOMPARE(left->drops.size(), std::size_t{9});
        for (std::size_t i = 0; i < 9; ++i)
            QVERIFY(std::abs(left->drops[i] - ((*probabilities)[i % 3] - (*probabilities)[i + 3])) < 1e-6F);
    }
};

int evidenceTest(int argc, char** argv)
{
    EvidenceTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "evidence_test.moc"
