#include <QtTest>

#include "core/base/random.h"
#include "core/learning/logistic_regression.h"

#include <cmath>

using namespace hounsfield;
using namespace hounsfield::learning;

namespace {

struct Problem {
    std::vector<SparseRow> rows;
    std::vector<std::uint8_t> answers;
    std::int64_t labels = 0;
    std::int64_t features = 0;

    LogisticData data() const { return {rows, answers, labels, features}; }
};

/// Rows with about ten features; the answers lean on the first ones.
Problem randomProblem(std::int64_t n, std::int64_t labels, std::int64_t features)
{
    Problem problem{{}, {}, labels, features};
    Random random(3, "rows");
    for (std::int64_t i = 0; i < n; ++i) {
        SparseRow row;
        for (std::int32_t j = 0; j < features; ++j)
            if (random.uniform() < 10.0 / static_cast<double>(features))
                row.entries.push_back({j, random.normal()});
        for (std::int64_t k = 0; k < labels; ++k) {
            double sum = random.normal() - static_cast<double>(k) / 4;
            for (const auto& [index, value] : row.entries)
                sum += index % labels == k ? 2 * value : 0;
            problem.answers.push_back(sum > 0);
        }
        problem.rows.push_back(std::move(row));
    }
    return problem;
}

/// Largest part of the gradient of ½‖w‖² + C Σ log(1 + exp(−y wᵀx)), over all labels.
double largestGradient(const Problem& problem, const LinearModel& model, double c)
{
    double largest = 0;
    for (std::int64_t k = 0; k < problem.labels; ++k) {
        const auto weights = model.weightsOf(k);
        std::vector<double> gradient(weights.begin(), weights.end());
        for (std::size_t i = 0; i < problem.rows.size(); ++i) {
            const double y = problem.answers[i * std::size_t(problem.labels) + std::size_t(k)] ? 1 : -1;
            const double z = model.logits(problem.rows[i])[std::size_t(k)];
            const double factor = -c * y / (1 + std::exp(y * z));
            for (const auto& [index, value] : problem.rows[i].entries)
                gradient[std::size_t(index)] += factor * value;
            gradient.back() += factor;
        }
        for (const double part : gradient)
            largest = std::max(largest, std::abs(part));
    }
    return largest;
}

} // namespace

class LogisticRegressionTest : public QObject {
    Q_OBJECT
  private slots:
    void theGradientIsZeroAtTheSolution()
    {
        const Problem problem = randomProblem(300, 5, 80);
        LinearModel before;
        for (const double c : {0.1, 1.0, 30.0, 3000.0}) {
            const auto model = fitLogistic(problem.data(), {.c = c, .tolerance = 1e-10});
            QVERIFY(model);
            QVERIFY2(largestGradient(problem, *model, c) < 1e-6 * std::max(1.0, c),
                qPrintable(QString::number(largestGradient(problem, *model, c))));
            const auto warm = fitLogistic(problem.data(), {.c = c, .tolerance = 1e-10}, {}, before);
            QVERIFY(warm);
            for (std::size_t j = 0; j < model->weights.size(); ++j)
                QVERIFY(std::abs(model->weights[j] - warm->weights[j]) < 1e-4);
            before = *warm;
        }
    }

    void oneFeatureAgreesWithScalarRootFinding()
    {
        // Two rows x = 1 and x = −1 with y = x: the intercept is 0 by symmetry and w = 2 C / (1 + exp(w)).
        Problem problem{{{{{0, 1}}}, {{{0, -1}}}}, {1, 0}, 1, 1};
        for (const double c : {0.5, 10.0, 1000.0}) {
            double low = 0, high = 2 * c;
            for (int i = 0; i < 200; ++i) {
                const double middle = (low + high) / 2;
                (middle < 2 * c / (1 + std::exp(middle)) ? low : high) = middle;
            }
            const auto model = fitLogistic(problem.data(), {.c = c, .tolerance = 1e-12});
            QVERIFY(model);
            QVERIFY2(std::abs(model->weights[0] - low) < 1e-9, qPrintable(QString::number(model->weights[0] - low)));
            QVERIFY(std::abs(model->weights[1]) < 1e-9);
        }
    }

    void theInterceptIsRegularisedToo()
    {
        // No features, three times yes and once no: b = C (3 / (1 + exp(b)) − 1 / (1 + exp(−b))).
        Problem problem{std::vector<SparseRow>(4), {1, 1, 1, 0}, 1, 0};
        const auto model = fitLogistic(problem.data(), {.c = 2, .tolerance = 1e-12});
        QVERIFY(model);
        const double b = model->weights[0];
        QVERIFY(std::abs(b - 2 * (3 / (1 + std::exp(b)) - 1 / (1 + std::exp(-b)))) < 1e-9);
        QVERIFY(b > 0.4 && b < std::log(3.0));
    }

    void anyNumberOfThreadsGivesTheSameBits()
    {
        const Problem problem = randomProblem(200, 7, 60);
        const auto one = fitLogistic(problem.data(), {.c = 30, .threads = 1});
        QVERIFY(one);
        for (const int threads : {2, 3, 8})
            QCOMPARE(fitLogistic(problem.data(), {.c = 30, .threads = threads}).value() == *one, true);
    }

    void progressIsToldAndStopIsObeyed()
    {
        const Problem problem = randomProblem(200, 7, 60);
        std::stop_source source;
        double last = -1;
        QVERIFY(fitLogistic(problem.data(), {.threads = 2}, Monitor({}, [&](const Text&, double fraction) {
            QVERIFY(fraction >= last);
            last = fraction;
        })));
        QCOMPARE(last, 1.0);
        const auto stopped =
            fitLogistic(problem.data(), {.threads = 2}, Monitor(source.get_token(), [&](const Text&, double fraction) {
                if (fraction > 0)
                    source.request_stop();
            }));
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().kind, Error::Kind::Cancelled);
    }

    void unusableInputIsSaid()
    {
        Problem problem{{{{{0, 1}}}, {{{3, -1}}}}, {1, 0}, 1, 3};
        QCOMPARE(fitLogistic(problem.data(), {}).error().kind, Error::Kind::BadInput);
        problem.features = 4;
        QVERIFY(fitLogistic(problem.data(), {}));
        QVERIFY(!fitLogistic(problem.data(), {.c = 0}));
        QVERIFY(!fitLogistic(problem.data(), {}, {}, LinearModel{1, 1, {0, 0}}));
        problem.answers.pop_back();
        QVERIFY(!fitLogistic(problem.data(), {}));
        QVERIFY(!fitLogistic({}, {}));
    }
};

int logisticRegressionTest(int argc, char** argv)
{
    LogisticRegressionTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "logistic_regression_test.moc"
