#include <QtTest>

#include "core/base/hash.h"
#include "core/base/random.h"

#include <algorithm>
#include <cmath>

using namespace hounsfield;

class RandomTest : public QObject {
    Q_OBJECT
  private slots:
    void theSameKeyGivesTheSameNumbersAndOthersDiffer()
    {
        Random a(7, "shuffle", 3, 11);
        Random b(7, "shuffle", 3, 11);
        Random otherPurpose(7, "augment", 3, 11);
        Random otherSample(7, "shuffle", 3, 12);
        const auto first = a.bits();
        QCOMPARE(b.bits(), first);
        QVERIFY(otherPurpose.bits() != first);
        QVERIFY(otherSample.bits() != first);
    }

    void uniformAndNormalNumbersHaveTheirMoments()
    {
        Random random(1, "moments");
        double sum = 0, square = 0, normal = 0, normalSquare = 0;
        constexpr int n = 200000;
        for (int i = 0; i < n; ++i) {
            const double u = random.uniform();
            QVERIFY(u >= 0 && u < 1);
            sum += u;
            square += u * u;
            const double z = random.normal();
            normal += z;
            normalSquare += z * z;
        }
        QVERIFY(std::abs(sum / n - 0.5) < 0.005);
        QVERIFY(std::abs(square / n - 1.0 / 3) < 0.005);
        QVERIFY(std::abs(normal / n) < 0.01);
        QVERIFY(std::abs(normalSquare / n - 1) < 0.02);
    }

    void aPermutationHoldsEachNumberOnce()
    {
        auto order = Random(3, "order").permutation(1000);
        QVERIFY(!std::ranges::is_sorted(order));
        std::ranges::sort(order);
        for (std::int64_t i = 0; i < 1000; ++i)
            QCOMPARE(order[static_cast<std::size_t>(i)], i);
    }

    void piecesHashAsTheWhole()
    {
        Hasher hasher;
        hasher.add(std::string_view("houns"));
        hasher.add(std::string_view("field"));
        QCOMPARE(hasher.hex(), hashOf(std::string_view("hounsfield")));
        QCOMPARE(hasher.hex().size(), std::size_t{32});
    }
};

int randomTest(int argc, char** argv)
{
    RandomTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "random_test.moc"
