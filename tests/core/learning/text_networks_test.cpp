#include <QtTest>

#include "core/learning/text_networks.h"
#include "core/learning/text_predictor.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/core/nn/double_path.h"

using namespace hounsfield;
using namespace hounsfield::learning;
using namespace hounsfield::nn::test;

namespace {

constexpr std::int64_t vocabulary = 23;

nn::Graph graphOf(const QString& name, std::int64_t width, std::int64_t units, double dropout = 0.3)
{
    return (*findTextNetwork(name.toStdString()))->build({vocabulary, 4, true, 1, width, units, dropout});
}

} // namespace

/// The networks of texts: a whole training step against the double path, and that padding means nothing.
class TextNetworksTest : public QObject {
    Q_OBJECT

    static void addNames()
    {
        QTest::addColumn<QString>("name");
        for (const TextNetwork& network : textNetworks())
            QTest::newRow(network.name.c_str()) << QString::fromStdString(network.name);
    }

  private slots:
    void initTestCase()
    {
        if (!missingLevel().isEmpty())
            QSKIP("This machine has no " + missingLevel());
        QCOMPARE(loadedLevel(), wantedLevel());
    }

    void aWholeStepAgreesWithTheDoublePath_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("units");
        QTest::addColumn<int>("length");
        for (const TextNetwork& network : textNetworks()) {
            const auto name = QString::fromStdString(network.name);
            QTest::addRow("%s, odd sizes", network.name.c_str()) << name << 7 << 5 << 13;
            QTest::addRow("%s, whole vectors", network.name.c_str()) << name << 16 << 16 << 32;
        }
    }
    void aWholeStepAgreesWithTheDoublePath()
    {
        constexpr double bar = 1e-4;
        QFETCH(QString, name);
        QFETCH(int, width);
        QFETCH(int, units);
        QFETCH(int, length);
        const Bench bench = textBenchOf(graphOf(name, width, units), 11, length, vocabulary);
        stir(*bench.weights);
        const DoublePath path = doublePathOf(bench, true);
        auto executor = nn::Executor::plan(bench.graph, bench.weights, requestOf(bench, nn::Mode::Training, 2));
        QVERIFY2(executor, executor ? "" : english(executor.error()).c_str());
        const auto loss = executor->train(stepOf(bench));
        QVERIFY2(loss, loss ? "" : english(loss.error()).c_str());
        QVERIFY2(std::abs(*loss - path.loss) < bar * path.loss, qPrintable(QString("%1 %2").arg(*loss).arg(path.loss)));
        QCOMPARE(gradientsBeyond(bar, bench, *executor, path), QByteArray());
    }

    void aNetworkWithoutPaddingAgreesWithTheDoublePath_data() { addNames(); }
    void aNetworkWithoutPaddingAgreesWithTheDoublePath()
    {
        constexpr double bar = 1e-4;
        constexpr std::int64_t length = 12;
        QFETCH(QString, name);
        TextNetworkForm form{vocabulary, 4, true, 1, 16, 16, 0};
        form.isPadded = false;
        form.keys = 10;
        form.feedForward = 3;
        form.places = length;
        const Bench bench = textBenchOf((*findTextNetwork(name.toStdString()))->build(form), 11, length, vocabulary);
        stir(*bench.weights);
        const DoublePath path = doublePathOf(bench, true);
        auto executor = nn::Executor::plan(bench.graph, bench.weights, requestOf(bench, nn::Mode::Training, 2));
        QVERIFY2(executor, executor ? "" : english(executor.error()).c_str());
        const auto loss = executor->train(stepOf(bench));
        QVERIFY2(loss, loss ? "" : english(loss.error()).c_str());
        QVERIFY(std::abs(*loss - path.loss) < bar * path.loss);
        QCOMPARE(gradientsBeyond(bar, bench, *executor, path), QByteArray());
    }

    void gradientsHaveTheSameBitsForAnyNumberOfThreads_data() { addNames(); }
    void gradientsHaveTheSameBitsForAnyNumberOfThreads()
    {
        QFETCH(QString, name);
        const Bench bench = textBenchOf(graphOf(name, 16, 16), 37, 20, vocabulary);
        std::vector<std::vector<float>> made;
        for (const int threads : {1, 2, 3}) {
            auto executor =
                nn::Executor::plan(bench.graph, bench.weights, requestOf(bench, nn::Mode::Training, threads));
            QVERIFY2(executor, executor ? "" : english(executor.error()).c_str());
            for (int pass = 0; pass < 2; ++pass) // nothing is left over from the first
                QVERIFY(executor->train(stepOf(bench)));
            const auto gradient = executor->flatGradient();
            made.emplace_back(gradient.begin(), gradient.end());
        }
        QVERIFY(made[0] == made[1] && made[0] == made[2]);
    }

    /// A value inside a pattern that is asked for parts the pattern, and nothing else changes.
    void attentionCanBeAskedFor_data() { addNames(); }
    void attentionCanBeAskedFor()
    {
        QFETCH(QString, name);
        const auto graph = std::make_shared<const nn::Graph>(graphOf(name, 16, 16));
        if (!graph->producerOf("attention"))
            QSKIP("This network has none.");
        const auto weights = std::make_shared<nn::Weights>(*graph);
        const Words text{3, 1, 4, 1, 5, 9, 2, 6}, shorter{2, 7};
        const std::vector<const Words*> texts{&text, &shorter};
        std::vector<std::vector<float>> logits;
        for (const bool isAsked : {false, true}) {
            nn::PlanRequest request;
            request.inputs["tokens"] = {2, 8};
            if (isAsked)
                request.keep = {"attention"};
            auto executor = nn::Executor::plan(graph, weights, request);
            QVERIFY2(executor, executor ? "" : english(executor.error()).c_str());
            QVERIFY(executor->setInput("tokens", tokensOf(texts, 8)) && executor->forward());
            const auto made = executor->value("logits");
            logits.emplace_back(made.as<float>().begin(), made.as<float>().end());
            if (!isAsked)
                continue;
            const auto attention = executor->value("attention");
            const double sum = std::accumulate(attention.as<float>().begin(), attention.as<float>().end(), 0.0);
            const std::int64_t rows = attention.count() / 8; // of 8 words each
            QVERIFY(std::abs(sum - static_cast<double>(rows)) < 1e-4 * sum);
        }
        for (std::size_t i = 0; i < logits[0].size(); ++i)
            QVERIFY(std::abs(logits[0][i] - logits[1][i]) < 1e-5F);
    }

    void aPaddedTextGivesTheSameAsAlone_data() { aWholeStepAgreesWithTheDoublePath_data(); }
    void aPaddedTextGivesTheSameAsAlone()
    {
        QFETCH(QString, name);
        QFETCH(int, width);
        QFETCH(int, units);
        const auto graph = std::make_shared<const nn::Graph>(graphOf(name, width, units));
        const auto weights = std::make_shared<nn::Weights>(*graph);
        const Words text{3, 1, 4, 1, 5, 9, 2, 6};
        const Words longer(40, 7);
        const std::vector<const Words*> alone{&text}, beside{&longer, &text};
        const auto logits = [&](std::span<const Words* const> texts, std::int64_t length) {
            nn::PlanRequest request;
            request.inputs["tokens"] = {static_cast<std::int64_t>(texts.size()), length};
            auto executor = nn::Executor::plan(graph, weights, request);
            if (!executor || !executor->setInput("tokens", tokensOf(texts, length)) || !executor->forward())
                return std::vector<float>();
            const auto values = executor->value("logits");
            return std::vector<float>(values.as<float>().end() - 4, values.as<float>().end());
        };
        const auto plain = logits(alone, 8), padded = logits(beside, 48);
        QCOMPARE(plain.size(), std::size_t{4});
        QCOMPARE(padded.size(), std::size_t{4});
        for (std::size_t i = 0; i < plain.size(); ++i)
            QVERIFY(std::abs(plain[i] - padded[i]) < 1e-5F);
    }

    /// A file may bring its nodes in any order in which each finds its inputs made.
    void aNetworkDoesNotDependOnTheOrderOfItsNodes_data() { addNames(); }
    void aNetworkDoesNotDependOnTheOrderOfItsNodes()
    {
        QFETCH(QString, name);
        const Words text{3, 1, 4, 1, 5, 9, 2, 6};
        std::vector<nn::Tensor> made;
        for (const bool isEager : {false, true}) {
            auto graph = std::make_shared<nn::Graph>(graphOf(name, 7, 5));
            if (isEager) { // what needs the mask comes as late as it can
                std::stable_partition(graph->nodes.begin(), graph->nodes.end(),
                    [](const nn::Node& node) { return node.op != "Cast" && node.name != "lengths"; });
                QVERIFY(graph->check());
            }
            nn::PlanRequest request;
            request.inputs["tokens"] = {1, 8};
            auto executor = nn::Executor::plan(graph, std::make_shared<nn::Weights>(*graph), request);
            QVERIFY2(executor, executor ? "" : english(executor.error()).c_str());
            const std::vector<const Words*> texts{&text};
            QVERIFY(executor->setInput("tokens", tokensOf(texts, 8)) && executor->forward());
            made.push_back(executor->value("logits"));
        }
        QVERIFY(made[0] == made[1]);
    }
};

int textNetworksTest(int argc, char** argv)
{
    TextNetworksTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "text_networks_test.moc"
