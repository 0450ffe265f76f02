#include <QtTest>

#include "core/base/random.h"
#include "core/learning/class_order.h"
#include "core/learning/sampling.h"
#include "core/learning/split.h"

#include <map>
#include <set>

using namespace hounsfield;
using namespace hounsfield::learning;

namespace {

/// Cases with patients, studies, duplicates and stated parts drawn at random.
std::vector<Case> randomCases(std::uint64_t seed)
{
    Random random(seed, "cases");
    const std::int64_t count = 1 + random.below(80), patients = 1 + random.below(30), classes = 2 + random.below(3);
    const bool hasPatients = random.uniform() < 0.7, hasHoles = random.uniform() < 0.3;
    std::vector<Case> cases;
    for (std::int64_t i = 0; i < count; ++i) {
        Case one;
        one.name = "f" + std::to_string(i);
        one.label = static_cast<int>(random.below(classes));
        if (hasPatients && !(hasHoles && random.uniform() < 0.3))
            one.patient = "p" + std::to_string(random.below(patients));
        if (random.uniform() < 0.2)
            one.study = "s" + std::to_string(random.below(patients));
        one.pixelHash = random.uniform() < 0.2 ? "twin" + std::to_string(random.below(5)) : one.name;
        cases.push_back(one);
    }
    return cases;
}

template <typename Key> bool isDivided(const std::vector<Case>& cases, const Split& split, Key key)
{
    std::map<std::string, std::set<Part>> parts;
    for (std::size_t i = 0; i < cases.size(); ++i)
        if (!key(cases[i]).empty())
            parts[key(cases[i])].insert(split.parts[i]);
    return std::ranges::any_of(parts, [](const auto& one) { return one.second.size() > 1; });
}

} // namespace

class SplitTest : public QObject {
    Q_OBJECT
  private slots:
    void classesWithoutFindingComeFirst()
    {
        using Names = std::vector<std::string>;
        const std::vector<std::pair<Names, Names>> cases = {{{"normal", "lesion"}, {"normal", "lesion"}},
            {{"Healthy", "covid"}, {"Healthy", "covid"}}, {{"异常", "正常"}, {"正常", "异常"}},
            {{"b", "NONE", "a"}, {"NONE", "a", "b"}}, {{"odd", "even"}, {"even", "odd"}},
            {{"abnormal", "Normal"}, {"Normal", "abnormal"}}};
        for (auto [given, expected] : cases) {
            std::ranges::reverse(given);
            orderClasses(given);
            QCOMPARE(given, expected);
        }
    }

    void noPatientStudyOrTwinIsEverDivided()
    {
        for (std::uint64_t seed = 0; seed < 1000; ++seed) {
            const auto cases = randomCases(seed);
            const Split split = makeSplit(cases, 5, {seed, 0.2, 0.25});
            QVERIFY(!isDivided(cases, split, [](const Case& one) { return one.patient; }));
            QVERIFY(!isDivided(cases, split, [](const Case& one) { return one.study; }));
            QVERIFY(!isDivided(cases, split, [](const Case& one) { return one.pixelHash; }));
            QCOMPARE(split.sharedUnits, std::int64_t{0});
        }
    }

    void everyClassGetsItsShareAndTheSeedDecides()
    {
        std::vector<Case> cases;
        for (int i = 0; i < 400; ++i) {
            Case one;
            one.name = std::to_string(i);
            one.label = i < 100 ? 0 : 1;
            cases.push_back(one);
        }
        const Split split = makeSplit(cases, 2, {1, 0.1, 0.2});
        std::map<std::pair<int, Part>, int> counts;
        for (std::size_t i = 0; i < cases.size(); ++i)
            ++counts[{cases[i].label, split.parts[i]}];
        QCOMPARE((counts[{0, Part::Train}]), 72);
        QCOMPARE((counts[{0, Part::Validation}]), 8);
        QCOMPARE((counts[{0, Part::Test}]), 20);
        QCOMPARE((counts[{1, Part::Test}]), 60);
        QCOMPARE(makeSplit(cases, 2, {1, 0.1, 0.2}).hash, split.hash);
        QVERIFY(makeSplit(cases, 2, {2, 0.1, 0.2}).hash != split.hash);
    }

    void aSplitOfTheDataIsKeptAndItsSharedPatientsAreCounted()
    {
        std::vector<Case> cases(30);
        for (std::size_t i = 0; i < cases.size(); ++i) {
            cases[i].name = std::to_string(i);
            cases[i].label = static_cast<int>(i % 2);
            cases[i].patient = "p" + std::to_string(i / 3);
            cases[i].hasOwnPart = true;
            cases[i].part = static_cast<Part>(i % 3);
        }
        const Split split = makeSplit(cases, 2, {1, 0.2, 0.2});
        QVERIFY(split.isOwn);
        QCOMPARE(split.sharedUnits, std::int64_t{10});
        for (std::size_t i = 0; i < cases.size(); ++i)
            QCOMPARE(split.parts[i], cases[i].part);
    }

    /// Whatever parts, patients, studies and pixels the synthetic ones claim, and wherever they stand among the real.
    void syntheticCasesAreTrainedOnAndChangeNothingForTheRealOnes()
    {
        for (std::uint64_t seed = 0; seed < 1000; ++seed) {
            const auto real = randomCases(seed);
            auto mixed = real;
            Random random(seed, "synthetic");
            for (std::int64_t k = random.below(60); k >= 0; --k) {
                Case one = real[static_cast<std::size_t>(random.below(std::ssize(real)))];
                one.name = "made " + std::to_string(k);
                one.isSynthetic = true;
                one.hasOwnPart = random.uniform() < 0.5;
                one.part = one.hasOwnPart ? static_cast<Part>(random.below(partCount)) : Part::Train;
                mixed.insert(mixed.begin() + random.below(std::ssize(mixed) + 1), one);
            }
            const Split before = makeSplit(real, 5, {seed, 0.2, 0.25}), after = makeSplit(mixed, 5, {seed, 0.2, 0.25});
            QCOMPARE(after.hash, before.hash);
            QCOMPARE(after.rule, before.rule);
            std::map<std::int64_t, int> unitSizes;
            for (const std::int64_t unit : after.units)
                ++unitSizes[unit];
            std::size_t next = 0;
            for (std::size_t i = 0; i < mixed.size(); ++i) {
                if (mixed[i].isSynthetic) {
                    QCOMPARE(after.parts[i], Part::Train);
                    QCOMPARE(unitSizes[after.units[i]], 1);
                } else
                    QCOMPARE(after.parts[i], before.parts[next++]);
            }
        }
    }

    void aTestPartOfSyntheticCasesAloneIsNone()
    {
        std::vector<Case> cases(100);
        for (std::size_t i = 0; i < cases.size(); ++i) {
            cases[i].name = std::to_string(i);
            cases[i].label = static_cast<int>(i % 2);
            cases[i].isSynthetic = cases[i].hasOwnPart = i >= 60;
            cases[i].part = i >= 60 ? Part::Test : Part::Train;
        }
        const Split split = makeSplit(cases, 2, {1, 0, 0.2});
        QVERIFY(!split.isOwn);
        QCOMPARE(split.count(Part::Test), std::int64_t{12}); // a fifth of the real ones
        for (std::size_t i = 60; i < cases.size(); ++i)
            QCOMPARE(split.parts[i], Part::Train);
    }

    void validationIsTakenFromTrainingOnlyWhereAsked()
    {
        std::vector<Case> cases(100);
        for (std::size_t i = 0; i < cases.size(); ++i) {
            cases[i].name = std::to_string(i);
            cases[i].label = static_cast<int>(i % 2);
            cases[i].hasOwnPart = true;
            cases[i].part = i < 40 ? Part::Test : Part::Train;
        }
        const Split plain = makeSplit(cases, 2, {1, 0, 0.2});
        QCOMPARE(std::ranges::count(plain.parts, Part::Validation), std::ptrdiff_t{0});
        QCOMPARE(std::ranges::count(plain.parts, Part::Test), std::ptrdiff_t{40});
        const Split carved = makeSplit(cases, 2, {1, 0.2, 0.2});
        QCOMPARE(std::ranges::count(carved.parts, Part::Validation), std::ptrdiff_t{12});
        QCOMPARE(std::ranges::count(carved.parts, Part::Test), std::ptrdiff_t{40});
    }

    void balancedEpochsHoldAsManyOfEachClassAndUseAllOfTheRareOne()
    {
        std::vector<int> labels(100, 0);
        std::fill(labels.begin(), labels.begin() + 20, 1);
        const auto order = drawEpoch(labels, 2, Sampling::Balanced, 1, 0);
        QCOMPARE(order.size(), std::size_t{100});
        std::map<std::int64_t, int> rare;
        for (const std::int64_t i : order)
            if (i < 20)
                ++rare[i];
        QCOMPARE(rare.size(), std::size_t{20});
        for (const auto& [i, count] : rare)
            QVERIFY(count == 2 || count == 3);
        QVERIFY(drawEpoch(labels, 2, Sampling::Balanced, 1, 1) != order);
        QCOMPARE(batchesOf(order, 64, LastBatch::Smaller).back().size(), std::size_t{36});
        QCOMPARE(batchesOf(order, 64, LastBatch::Dropped).size(), std::size_t{1});
        QCOMPARE(batchesOf(std::span(order).first(3), 64, LastBatch::Dropped).size(), std::size_t{1});
    }
};

int splitTest(int argc, char** argv)
{
    SplitTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "split_test.moc"
