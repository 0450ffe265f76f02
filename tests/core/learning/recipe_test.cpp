#include <QtTest>

#include "core/learning/options.h"

using namespace hounsfield;
using namespace hounsfield::learning;

/// The defaults of a training and how they suit the size of its data.
class RecipeTest : public QObject {
    Q_OBJECT
  private slots:
    void aSetOfAnySizeLearnsForEnoughSteps_data()
    {
        QTest::addColumn<int>("images");
        for (const int images : {1, 7, 40, 239, 510, 1900, 4708, 100000})
            QTest::addRow("%d images", images) << images;
    }
    void aSetOfAnySizeLearnsForEnoughSteps()
    {
        QFETCH(int, images);
        for (const Network& network : networks()) {
            const auto values = trainingValues(network, {}, images);
            QVERIFY(values);
            const auto perEpoch = std::max<std::int64_t>(1, images / values->integer("batch"));
            QVERIFY2(perEpoch * values->integer("epochs") >= network.leastSteps, network.name.c_str());
            QVERIFY(values->integer("epochs") >= std::stoll(trainingValues(network, {})->words("epochs")));
        }
    }

    void largeSetsAndTheYardstickKeepTheirRecipe()
    {
        for (const Network& network : networks()) {
            const auto plain = trainingValues(network, {});
            QCOMPARE(trainingValues(network, {}, 4708)->all() == plain->all(), true);
            if (network.name == "seed-cnn")
                QCOMPARE(trainingValues(network, {}, 40)->all() == plain->all(), true);
        }
    }

    void theRateGoesWithTheRootOfTheBatch()
    {
        const auto values = trainingValues(**findNetwork("small-resnet"), {}, 510);
        QCOMPARE(values->integer("batch"), std::int64_t{16});
        QCOMPARE(values->number("rate"), 0.05);
    }

    void whatAPersonGivesStays()
    {
        const auto values = trainingValues(**findNetwork("small-resnet"), {{"epochs", "3"}, {"batch", "64"}}, 40);
        QCOMPARE(values->integer("epochs"), std::int64_t{3});
        QCOMPARE(values->integer("batch"), std::int64_t{64});
    }
};

int recipeTest(int argc, char** argv)
{
    RecipeTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "recipe_test.moc"
