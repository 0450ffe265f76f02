#include "core/learning/data_set.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>

namespace hounsfield::learning {

namespace {

std::vector<std::int64_t> classSizes(const DataSet& data)
{
    std::vector<std::int64_t> sizes(data.classes.size());
    for (const Case& one : data.cases)
        ++sizes[static_cast<std::size_t>(one.label)];
    return sizes;
}

void warnOfSizes(const DataSet& data, std::vector<Warning>& warnings)
{
    const auto sizes = classSizes(data);
    const auto least = static_cast<std::size_t>(std::ranges::min_element(sizes) - sizes.begin());
    const auto most = static_cast<std::size_t>(std::ranges::max_element(sizes) - sizes.begin());
    if (sizes[most] > 5 * sizes[least])
        warnings.push_back(
            {Warning::Kind::Imbalance, text("learning", "The classes are uneven: %1 of \"%2\" against %3 of \"%4\". "
                                                        "Balanced sampling helps; accuracy alone misleads.")
                                           .with(sizes[most], data.classes[most], sizes[least], data.classes[least])});
    if (sizes[least] < 50)
        warnings.push_back({Warning::Kind::FewCases,
            text("learning",
                "There are only %1 images of \"%2\": expect wide intervals; 50 a class are little, 500 are better.")
                .with(sizes[least], data.classes[least])});
}

void warnOfDuplicates(const DataSet& data, std::vector<Warning>& warnings)
{
    std::unordered_map<std::string, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < data.cases.size(); ++i)
        if (!data.cases[i].pixelHash.empty())
            groups[data.cases[i].pixelHash].push_back(i);
    std::int64_t within = 0, across = 0, conflicting = 0;
    std::size_t first = data.cases.size();
    for (const auto& [hash, members] : groups) {
        if (members.size() < 2)
            continue;
        std::set<Part> parts;
        std::set<int> labels;
        for (const std::size_t i : members) {
            parts.insert(data.cases[i].part);
            labels.insert(data.cases[i].label);
        }
        parts.size() > 1 ? ++across : ++within;
        if (labels.size() > 1) {
            ++conflicting;
            first = std::min(first, members.front());
        }
    }
    if (within > 0)
        warnings.push_back({Warning::Kind::Duplicates,
            text("learning", "%1 groups of files have identical pixels within one part.").with(within)});
    if (across > 0)
        warnings.push_back({Warning::Kind::DuplicatesAcrossParts,
            text("learning",
                "%1 groups of files with identical pixels lie in more than one part: figures on them are too good.")
                .with(across)});
    if (conflicting > 0)
        warnings.push_back({Warning::Kind::ConflictingDuplicates,
            text("learning", "%1 groups of files with identical pixels have different labels, one of them %2.")
                .with(conflicting, data.cases[first].name)});
}

std::string endingOf(const Case& one)
{
    const std::size_t dot = one.name.rfind('.');
    return dot == std::string::npos ? std::string() : one.name.substr(dot);
}

/// How well the class can be told by one thing that has nothing to do with the picture's content, against by nothing.
bool givesAway(const DataSet& data, const std::function<std::string(const Case&)>& property)
{
    constexpr std::int64_t enough = 5; // a value of fewer cases says nothing
    std::map<std::string, std::vector<std::int64_t>> table;
    for (const Case& one : data.cases) {
        auto& row = table[property(one)];
        row.resize(data.classes.size());
        ++row[static_cast<std::size_t>(one.label)];
    }
    const auto sizes = classSizes(data);
    const auto biggest = static_cast<std::size_t>(std::ranges::max_element(sizes) - sizes.begin());
    std::int64_t right = 0;
    for (const auto& [value, row] : table) {
        std::int64_t sum = 0;
        for (const std::int64_t count : row)
            sum += count;
        right += sum >= enough ? *std::ranges::max_element(row) : row[biggest];
    }
    const auto all = static_cast<double>(data.cases.size());
    const double baseline = static_cast<double>(sizes[biggest]) / all;
    return table.size() > 1 && static_cast<double>(right) / all - baseline > 0.5 * (1 - baseline);
}

void warnOfShortcuts(const DataSet& data, std::vector<Warning>& warnings)
{
    const auto size = [](const Case& one) { return std::to_string(one.width) + "x" + std::to_string(one.height); };
    const auto depth = [](const Case& one) { return std::to_string(one.bits); };
    const auto modality = [](const Case& one) { return one.modality; };
    if (givesAway(data, size))
        warnings.push_back(
            {Warning::Kind::Shortcut, text("learning", "The size of the image alone tells the class of most cases: the "
                                                       "model may learn that instead of the picture.")});
    if (givesAway(data, endingOf))
        warnings.push_back(
            {Warning::Kind::Shortcut, text("learning", "The file format alone tells the class of most cases: the model "
                                                       "may learn its traces instead of the picture.")});
    if (givesAway(data, depth))
        warnings.push_back(
            {Warning::Kind::Shortcut, text("learning", "The depth of the pixels alone tells the class of most cases: "
                                                       "the model may learn that instead of the picture.")});
    if (givesAway(data, modality))
        warnings.push_back({Warning::Kind::Shortcut,
            text("learning",
                "The modality alone tells the class of most cases: the model may learn that instead of the picture.")});
}

} // namespace

std::vector<Warning> warningsOf(const DataSet& data)
{
    std::vector<Warning> warnings;
    if (data.cases.empty())
        return warnings;
    warnOfSizes(data, warnings);
    warnOfDuplicates(data, warnings);
    warnOfShortcuts(data, warnings);
    if (!data.knowsPatients())
        warnings.push_back(
            {Warning::Kind::NoPatients, text("learning", "No patient is known: pictures of one patient may lie in "
                                                         "different parts, and figures may be too good.")});
    return warnings;
}

} // namespace hounsfield::learning
