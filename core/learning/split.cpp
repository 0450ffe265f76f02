#include "core/learning/split.h"

#include "core/base/hash.h"
#include "core/base/random.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <unordered_map>

namespace hounsfield::learning {

namespace {

/// Which cases belong together, as a forest.
class Groups {
  public:
    explicit Groups(std::size_t count)
        : m_parent(count)
    {
        std::iota(m_parent.begin(), m_parent.end(), std::size_t{0});
    }
    std::size_t rootOf(std::size_t i)
    {
        while (m_parent[i] != i)
            i = m_parent[i] = m_parent[m_parent[i]];
        return i;
    }
    /// The smaller index becomes the root, so that the result does not depend on the order of joins.
    void join(std::size_t a, std::size_t b)
    {
        a = rootOf(a);
        b = rootOf(b);
        m_parent[std::max(a, b)] = std::min(a, b);
    }
    /// Joins all real cases that have the same non-empty key.
    template <typename Key> void joinBy(std::span<const Case> cases, const Key& key)
    {
        std::unordered_map<std::string, std::size_t> first;
        for (std::size_t i = 0; i < cases.size(); ++i)
            if (const std::string& value = key(cases[i]); !value.empty() && !cases[i].isSynthetic)
                if (const auto [place, isNew] = first.emplace(value, i); !isNew)
                    join(place->second, i);
    }
    void joinNumbers(std::span<const std::int64_t> numbers)
    {
        std::unordered_map<std::int64_t, std::size_t> first;
        for (std::size_t i = 0; i < numbers.size(); ++i)
            join(first.emplace(numbers[i], i).first->second, i);
    }
    std::vector<std::int64_t> numbers()
    {
        std::vector<std::int64_t> dense(m_parent.size(), -1);
        std::int64_t next = 0;
        for (std::size_t i = 0; i < m_parent.size(); ++i) {
            std::int64_t& number = dense[rootOf(i)];
            if (number < 0)
                number = next++;
            dense[i] = number;
        }
        return dense;
    }

  private:
    std::vector<std::size_t> m_parent;
};

/// A unit that can still be dealt: its cases and how many of each class they are.
struct Unit {
    std::vector<std::size_t> cases;
    std::map<int, double> classes;
};

/// What each part has of each class, against what it shall have.
class Shares {
  public:
    Shares(std::span<const double> shares, std::span<const double> totals)
        : m_classes(totals.size())
        , m_target(shares.size() * totals.size())
        , m_filled(m_target.size())
    {
        for (std::size_t p = 0; p < shares.size(); ++p)
            for (std::size_t c = 0; c < m_classes; ++c)
                m_target[p * m_classes + c] = shares[p] * totals[c];
    }

    /// The part whose distance from its target (χ²) gains most from this unit; takes it.
    std::size_t take(const Unit& unit)
    {
        std::size_t best = 0;
        double least = 0;
        const std::size_t parts = m_target.size() / m_classes;
        for (std::size_t p = 0; p < parts; ++p) {
            const double change = changeOf(unit, p);
            if (p == 0 || change < least) {
                best = p;
                least = change;
            }
        }
        for (const auto& [c, count] : unit.classes)
            m_filled[best * m_classes + static_cast<std::size_t>(c)] += count;
        return best;
    }

  private:
    double changeOf(const Unit& unit, std::size_t part) const
    {
        double change = 0;
        for (const auto& [c, count] : unit.classes) {
            const std::size_t place = part * m_classes + static_cast<std::size_t>(c);
            const double target = m_target[place];
            if (target <= 0)
                return 1e300;
            const double before = m_filled[place] - target;
            change += ((before + count) * (before + count) - before * before) / target;
        }
        return change;
    }

    std::size_t m_classes;
    std::vector<double> m_target;
    std::vector<double> m_filled;
};

std::vector<Unit> freeUnits(std::span<const Case> cases, std::span<const std::int64_t> numbers)
{
    const std::int64_t count = numbers.empty() ? 0 : *std::ranges::max_element(numbers) + 1;
    std::vector<Unit> units(static_cast<std::size_t>(count));
    std::vector<char> isBound(units.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        if (cases[i].isSynthetic)
            continue;
        const auto unit = static_cast<std::size_t>(numbers[i]);
        isBound[unit] |= static_cast<char>(cases[i].hasOwnPart && cases[i].part != Part::Train);
        units[unit].cases.push_back(i);
        ++units[unit].classes[cases[i].label];
    }
    std::vector<Unit> result;
    for (std::size_t u = 0; u < units.size(); ++u)
        if (!isBound[u] && !units[u].cases.empty())
            result.push_back(std::move(units[u]));
    return result;
}

/// Deals the free units; parts the data bring get nothing more.
void deal(std::vector<Unit> units, std::size_t classCount, const std::array<double, partCount>& shares,
    std::uint64_t seed, std::vector<Part>& parts)
{
    const auto order = Random(seed, "split").permutation(static_cast<std::int64_t>(units.size()));
    std::vector<Unit> shuffled;
    for (const std::int64_t i : order)
        shuffled.push_back(std::move(units[static_cast<std::size_t>(i)]));
    std::ranges::stable_sort(shuffled, std::greater{}, [](const Unit& unit) { return unit.cases.size(); });
    std::vector<double> totals(classCount);
    for (const Unit& unit : shuffled)
        for (const auto& [c, count] : unit.classes)
            totals[static_cast<std::size_t>(c)] += count;
    Shares filled(shares, totals);
    for (const Unit& unit : shuffled) {
        const auto part = static_cast<Part>(filled.take(unit));
        for (const std::size_t i : unit.cases)
            parts[i] = part;
    }
}

Text ruleOf(const Split& split, bool isPartial)
{
    if (split.isOwn)
        return text("learning", "The data bring their own split; it is kept.");
    if (split.unit == SplitUnit::Patient && isPartial)
        return text("learning", "Split by patient; files without a patient stand for themselves.");
    if (split.unit == SplitUnit::Patient)
        return text("learning", "Split by patient: no patient lies in two parts.");
    if (split.unit == SplitUnit::Study)
        return text("learning", "Split by study, since no patient is known: one patient may lie in two parts.");
    return text(
        "learning", "Split by file, since neither patient nor study is known: one patient may lie in two parts.");
}

std::int64_t sharedBetweenParts(const Split& split)
{
    std::map<std::int64_t, int> seen;
    for (std::size_t i = 0; i < split.parts.size(); ++i)
        seen[split.units[i]] |= 1 << static_cast<int>(split.parts[i]);
    return std::ranges::count_if(seen, [](const auto& unit) { return (unit.second & (unit.second - 1)) != 0; });
}

} // namespace

std::string nameOf(Part part)
{
    static constexpr std::array names{"train", "validation", "test"};
    return names[static_cast<std::size_t>(part)];
}

std::vector<std::int64_t> unitsOf(std::span<const Case> cases, SplitUnit& unit)
{
    Groups groups(cases.size());
    // A study belongs to one patient, also where only some of its files say so.
    groups.joinBy(cases, [](const Case& one) -> const std::string& { return one.study; });
    groups.joinBy(cases, [](const Case& one) -> const std::string& { return one.patient; });
    const auto isKnown = [&](std::string Case::*key) {
        return std::ranges::any_of(cases, [&](const Case& one) { return !one.isSynthetic && !(one.*key).empty(); });
    };
    unit = isKnown(&Case::patient) ? SplitUnit::Patient : isKnown(&Case::study) ? SplitUnit::Study : SplitUnit::File;
    return groups.numbers();
}

Split makeSplit(std::span<const Case> cases, int classCount, const SplitOptions& options)
{
    Split split;
    split.units = unitsOf(cases, split.unit);
    for (const Case& one : cases)
        split.parts.push_back(one.isSynthetic ? Part::Train : one.part);
    const auto brings = [&](Part part) {
        return std::ranges::any_of(
            cases, [&](const Case& one) { return !one.isSynthetic && one.hasOwnPart && one.part == part; });
    };
    const bool hasTest = brings(Part::Test);
    const bool hasValidation = brings(Part::Validation);
    // Data that bring any part of their own have said which cases are for testing: perhaps none.
    const double test = hasTest || hasValidation ? 0 : options.test;
    const double validation = hasValidation ? 0 : options.validation * (1 - test);
    split.isOwn = (hasTest || hasValidation) && validation <= 0 && test <= 0;
    if (!split.isOwn) {
        Groups groups(cases.size());
        groups.joinNumbers(split.units);
        groups.joinBy(cases, [](const Case& one) -> const std::string& { return one.pixelHash; });
        deal(freeUnits(cases, groups.numbers()), static_cast<std::size_t>(classCount),
            {1 - validation - test, validation, test}, options.seed, split.parts);
    }
    Hasher hasher;
    for (std::size_t i = 0; i < cases.size(); ++i)
        if (!cases[i].isSynthetic)
            hasher.add(cases[i].name + '\n' + nameOf(split.parts[i]) + '\n');
    split.hash = hasher.hex();
    split.sharedUnits = sharedBetweenParts(split);
    split.rule = ruleOf(
        split, std::ranges::any_of(cases, [](const Case& one) { return !one.isSynthetic && one.patient.empty(); }));
    return split;
}

} // namespace hounsfield::learning
