#include <QtTest>

#include "ui/plots/axes.h"

#include <random>

using namespace hounsfield;

class AxesTest : public QObject {
    Q_OBJECT
  private slots:
    void ticksAreRoundAndWithinTheAxis()
    {
        QCOMPARE(plots::ticksOf({0, 1, {}}, 5), (std::vector<double>{0, 0.2, 0.4, 0.6000000000000001, 0.8, 1}));
        QCOMPARE(plots::ticksOf({1, 20, {}, true}, 5), (std::vector<double>{5, 10, 15, 20}));
        std::mt19937 random(7);
        std::uniform_real_distribution<double> exponent(-6, 6);
        for (int i = 0; i < 1000; ++i) {
            const double from = std::pow(10, exponent(random));
            const plots::Axis axis{from, from + std::pow(10, exponent(random)), {}};
            const auto ticks = plots::ticksOf(axis, 5);
            QVERIFY(!ticks.empty() && ticks.size() <= 12);
            const double slack = (axis.to - axis.from) * 1e-3;
            for (const double tick : ticks)
                QVERIFY(tick >= axis.from - slack && tick <= axis.to + slack);
        }
    }

    void anAxisWithoutLengthStillHasATick()
    {
        QCOMPARE(plots::ticksOf({3, 3, {}}, 5).size(), std::size_t{1});
        const auto axis = plots::axisAround(0.5, 0.5, {});
        QVERIFY(axis.from <= 0.5 && axis.to > 0.5);
    }

    void wholeAxesHaveNoFractions()
    {
        for (const double tick : plots::ticksOf({1, 3, {}, true}, 8))
            QCOMPARE(tick, std::round(tick));
    }

    void ticksSayAsManyDecimalsAsTheyNeed()
    {
        QLocale::setDefault(QLocale::c());
        QCOMPARE(plots::tickText(0.25, 0.05), QString("0.25"));
        QCOMPARE(plots::tickText(20, 10), QString("20"));
        QCOMPARE(plots::tickText(-1e-17, 0.1), QString("0.0"));
    }

    void pixelsComeBackAsData()
    {
        const plots::Axes axes(QRectF(0, 0, 400, 300), {1, 20, "Epoch"}, {0, 1, "Loss"}, QFont());
        for (const double x : {1.0, 7.5, 20.0})
            QVERIFY(std::abs(axes.xAt(axes.at(x, 0.5).x()) - x) < 1e-9);
        QVERIFY(axes.at(1, 1).y() < axes.at(1, 0).y());
        QCOMPARE(axes.xAt(-100), 1.0);
    }
};

int axesTest(int argc, char** argv)
{
    AxesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "axes_test.moc"
