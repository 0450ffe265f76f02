#include <QtTest>

#include "core/base/monitor.h"
#include "core/base/parallel.h"
#include "core/base/result.h"
#include "core/base/unit.h"

#include <atomic>
#include <vector>

using namespace hounsfield;

template <typename A, typename B>
concept Addable = requires(A a, B b)
{
    a + b;
};
static_assert(Addable<Millimetres, Millimetres>);
static_assert(!Addable<Millimetres, Hounsfields>);

namespace {

Result<int> half(int value)
{
    if (value % 2 != 0)
        return badInput(text("base", "%1 is odd.").with(value), "row 3", text("base", "Use %1.").with(value + 1));
    return value / 2;
}

Result<int> quarter(int value)
{
    return half(TRY(half(value)));
}

} // namespace

class ResultTest : public QObject {
    Q_OBJECT
  private slots:
    void tryPassesTheErrorOfTheInnerCallOn()
    {
        QCOMPARE(*quarter(8), 2);
        const auto failed = quarter(6);
        QVERIFY(!failed);
        QCOMPARE(english(failed.error()), std::string("row 3: 3 is odd. Use 4."));
    }

    void numbersInSentencesHaveAPointInEveryLocale()
    {
        QCOMPARE(english(text("base", "%2 of %1").with(1.5, 7)), std::string("7 of 1.5"));
        QCOMPARE(english(text("base", "100 % of %3")), std::string("100 % of %3"));
    }

    void aMonitorMapsPartsOfAJobAndStops()
    {
        std::stop_source stop;
        double seen = -1;
        const Monitor monitor(stop.get_token(), [&](const Text&, double fraction) { seen = fraction; });
        const Monitor part = monitor.part(0.5, 1).part(0, 0.5);
        QVERIFY(part.at(text("base", "Reading"), 0.5));
        QCOMPARE(seen, 0.625);
        stop.request_stop();
        const auto result = part.at(text("base", "Reading"), 0.6);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Cancelled);
    }

    void parallelForCallsEachIndexOnce()
    {
        std::vector<std::atomic<int>> calls(1000);
        parallelFor(1000, 3, [&](std::int64_t i) { ++calls[static_cast<std::size_t>(i)]; });
        for (const auto& count : calls)
            QCOMPARE(count.load(), 1);
    }
};

int resultTest(int argc, char** argv)
{
    ResultTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "result_test.moc"
