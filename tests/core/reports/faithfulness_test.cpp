#include <QtTest>

#include "core/learning/text_networks.h"
#include "core/reports/faithfulness.h"

#include <cmath>

using namespace hounsfield;
using namespace hounsfield::reports;

namespace {

/// A model that looks at all words alike and calls its first label by the share of "opacity" among them, its second
/// never: logits 200 · share − 5 and −5.
std::shared_ptr<ReportModel> opacityModel()
{
    auto model = std::make_shared<ReportModel>();
    model->vocabulary = Vocabulary({"opacity"});
    model->labels = {"Opacity", "Nothing"};
    nn::Graph graph = (*learning::findTextNetwork("seed-attention"))->build({3, 2, true, 1, 1, 1, 0});
    const auto set = [&graph](const char* name, std::vector<float> values) {
        nn::Tensor& tensor = graph.initializers.at(name);
        tensor = nn::Tensor(tensor.shape(), std::move(values));
    };
    set("words", {0, 0, 1});
    set("mlp1.weight", {1, 0});
    set("mlp2.weight", {1, 0, 0, 1});
    set("score", {0, 0, 0, 0});
    set("logits.weight", {200, 0, 0, 0});
    set("logits.bias", {-5, -5});
    model->graph = std::make_shared<const nn::Graph>(std::move(graph));
    return model;
}

/// Texts of twenty words with "opacity" among them, at another place each.
std::vector<std::string> textsOf(int count)
{
    std::vector<std::string> texts;
    for (int i = 0; i < count; ++i) {
        texts.emplace_back();
        for (int word = 0; word < 20; ++word)
            texts.back() += word == i % 20 ? "opacity " : "lung ";
    }
    return texts;
}

} // namespace

/// Whether what a model highlights is what it decides by.
class FaithfulnessTest : public QObject {
    Q_OBJECT
  private slots:
    // With the word the logit is 200/20 − 5 = 5, without it −5: the fall is σ(5) − σ(−5) = 0.986614. Four drawn words
    // of twenty hold it in a fifth of the draws; else the share rises and the fall is σ(5) − σ(7.5) = −0.006140.
    void withoutTheWordThatDecidesTheLabelFalls()
    {
        const auto texts = textsOf(200);
        const auto figures = faithfulnessOf(opacityModel(), texts, 1, {});
        QVERIFY(figures);
        QCOMPARE(figures->n, std::int64_t{200});
        QVERIFY(std::abs(*figures->top - 0.986614) < 1e-5);
        QVERIFY(std::abs(*figures->random - (0.2 * 0.986614 - 0.8 * 0.006140)) < 0.03);
        QVERIFY(std::abs(*figures->ratio - *figures->top / *figures->random) < 1e-9);
    }

    void theSameSeedDrawsTheSameWordsOnAnyNumberOfThreads()
    {
        const auto texts = textsOf(20);
        const auto one = faithfulnessOf(opacityModel(), texts, 1, {}),
                   two = faithfulnessOf(opacityModel(), texts, 2, {});
        QCOMPARE(*one->random, *two->random);
        QCOMPARE(*one->top, *two->top);
        QVERIFY(*faithfulnessOf(opacityModel(), texts, 1, {}, 2)->random != *one->random);
    }

    void ofOneClassTheMostProbableIsCalled()
    {
        auto model = opacityModel();
        model->kind = ReportModel::Kind::OneClass;
        const auto texts = textsOf(5);
        const auto figures = faithfulnessOf(model, texts, 1, {});
        QCOMPARE(figures->n, std::int64_t{5});
        QVERIFY(*figures->top > 0.45); // from nearly 1 to a half
    }

    void whereNothingIsCalledThereIsNoFigure()
    {
        const std::vector<std::string> texts{"lung", ""};
        const auto figures = faithfulnessOf(opacityModel(), texts, 1, {});
        QVERIFY(figures);
        QCOMPARE(figures->n, std::int64_t{0});
        QVERIFY(!figures->top && !figures->random && !figures->ratio);
    }

    void stoppingIsHeard()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto texts = textsOf(5);
        const auto figures = faithfulnessOf(opacityModel(), texts, 1, Monitor(stop.get_token(), {}));
        QCOMPARE(figures.error().kind, Error::Kind::Cancelled);
    }
};

int faithfulnessTest(int argc, char** argv)
{
    FaithfulnessTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "faithfulness_test.moc"
