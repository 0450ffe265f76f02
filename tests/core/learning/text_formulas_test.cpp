#include <QtTest>

#include "core/learning/text_networks.h"
#include "core/nn/executor.h"

#include <cmath>
#include <initializer_list>

using namespace hounsfield;
using namespace hounsfield::learning;

namespace {

using Numbers = std::vector<float>;

float logOf(double x)
{
    return static_cast<float>(std::log(x));
}

/// A network of one label whose numbers are all given.
class Case {
  public:
    /// @param width, units  of TextNetworkForm; four words
    Case(const char* network, std::int64_t width, std::int64_t units)
    {
        const auto* row = *findTextNetwork(network);
        m_graph = std::make_shared<const nn::Graph>(row->build({4, 1, true, 1, width, units, 0.3}));
        m_weights = std::make_shared<nn::Weights>(*m_graph);
        m_left = m_weights->entries().size();
    }

    void set(const char* name, const nn::Shape& shape, Numbers values)
    {
        QVERIFY2(m_weights->find(name), name);
        QCOMPARE(m_weights->find(name)->shape, shape);
        m_weights->set(name, nn::Tensor(shape, std::move(values)));
        --m_left;
    }

    /// The named value and the logit of a padded text of the words 2 and 3.
    std::pair<Numbers, float> read(const char* value) const
    {
        nn::PlanRequest request;
        request.inputs["tokens"] = {1, 3};
        request.keep = {value};
        auto executor = nn::Executor::plan(m_graph, m_weights, request);
        if (m_left != 0 || !executor
            || !executor->setInput("tokens", nn::Tensor({1, 3}, std::vector<std::int64_t>{2, 3, 0}))
            || !executor->forward())
            return {{}, NAN};
        const nn::Tensor made = executor->value(value), logits = executor->value("logits");
        return {Numbers(made.as<float>().begin(), made.as<float>().end()), logits.as<float>()[0]};
    }

  private:
    std::shared_ptr<const nn::Graph> m_graph;
    std::shared_ptr<nn::Weights> m_weights;
    std::size_t m_left = 0; ///< weights not given
};

void compare(float got, double expected)
{
    QVERIFY2(std::abs(static_cast<double>(got) - expected) < 2e-6,
        qPrintable(QString("%1, not %2").arg(static_cast<double>(got)).arg(expected)));
}

} // namespace

/// The formulas of two networks against numbers worked out by hand.
class TextFormulasTest : public QObject {
    Q_OBJECT
  private slots:
    // h_t = tanh(W x_t + U h_{t−1} + b), the mean of h_1 and h_2 classified. tanh(½ ln k) = (k − 1) / (k + 1).
    //   x_1 = 1: W x_1 + b = (½ ln 3, ½ ln 2 + ½ ln 2) = (½ ln 3, ½ ln 4), h_1 = (2/4, 3/5)
    //   x_2 = −1: W x_2 + b = (−½ ln 3, 0)
    //   U h_1 = (ln 2 · ½ + 5/3 ln 3 · 3/5, ln 5 · ½ + 5/6 ln 3 · 3/5) = (½ ln 2 + ½ ln 9, ½ ln 5 + ½ ln 3)
    //   h_2 = tanh(½ ln (2 · 9 / 3), ½ ln 15) = (5/7, 14/16)
    //   mean = (17/28, 59/80); logit = 2.8 · 17/28 + 0.8 · 59/80 − 2 = 1.7 + 0.59 − 2 = 0.29
    void theRecurrentNetworkFollowsItsFormula()
    {
        Case network("rnn", 1, 1);
        network.set("words", {4, 1}, {99, 7, 1, -1}); // padding and unknown words must not be heard
        network.set("rnn1.w", {1, 2, 1}, {logOf(3) / 2, logOf(2) / 2});
        network.set("rnn1.r", {1, 2, 2}, {logOf(2), logOf(3) * 5 / 3, logOf(5), logOf(3) * 5 / 6});
        network.set("rnn1.b", {1, 4}, {-1, logOf(2) / 2, 1, 0}); // b is the sum of both halves
        network.set("logits.weight", {2, 1}, {2.8F, 0.8F});
        network.set("logits.bias", {1}, {-2});
        const auto [states, logit] = network.read("rnn1.states");
        QCOMPARE(states.size(), std::size_t{6});
        compare(states[0], 0.5);
        compare(states[1], 0.6);
        compare(states[2], 0.7142857142857143);
        compare(states[3], 0.875);
        compare(logit, 0.29);
    }

    // h_i by the MLP; s(h_i, h_j) = h_iᵀ W h_j / √2; a_ij = exp s_ij / Σ_k exp s_ik; Σ_j a_ij h_j pooled by its mean.
    //   first layer: (1, 2) → relu(2 − 2 + 1, 1 + 2 − 1) = (1, 2); (0, 3) → relu(−3 + 1, 3 − 1) = (0, 2)
    //   second: (1, 2) → (1 + 1 − 1, −2 + 1 + 1) = (1, 0) = h_1; (0, 2) → (1 − 1, 1 + 1) = (0, 2) = h_2
    //   W / √2 = (ln 3, 0; ½ ln 2, ¼ ln 8): s_11 = ln 3, s_12 = 0, s_21 = 2 · ½ ln 2 = ln 2, s_22 = 4 · ¼ ln 8 = ln 8
    //   a_1 = (3, 1) / 4, a_2 = (2, 8) / 10
    //   attended: (3/4, 2/4) and (1/5, 8/5); mean = (19/40, 21/20); logit = 2 · 19/40 − 21/20 + 0.6 = 0.5
    void seedAttentionFollowsItsFormula()
    {
        Case network("seed-attention", 2, 1);
        network.set("words", {4, 2}, {99, 98, 7, 8, 1, 2, 0, 3});
        network.set("mlp1.weight", {2, 2}, {2, 1, -1, 1});
        network.set("mlp1.bias", {2}, {1, -1});
        network.set("mlp2.weight", {2, 2}, {1, -2, 0.5F, 0.5F});
        network.set("mlp2.bias", {2}, {-1, 1});
        const auto root = static_cast<float>(std::sqrt(2.0));
        network.set("score", {2, 2}, {logOf(3) * root, 0, logOf(2) / 2 * root, logOf(8) / 4 * root});
        network.set("logits.weight", {2, 1}, {2, -1});
        network.set("logits.bias", {1}, {0.6F});
        const auto [attention, logit] = network.read("attention");
        QCOMPARE(attention.size(), std::size_t{9});
        compare(attention[0], 0.75);
        compare(attention[1], 0.25);
        compare(attention[2], 0); // padding
        compare(attention[3], 0.2);
        compare(attention[4], 0.8);
        compare(logit, 0.5);
    }
};

int textFormulasTest(int argc, char** argv)
{
    TextFormulasTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "text_formulas_test.moc"
