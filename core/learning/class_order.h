#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace hounsfield::learning {

/// Whether a class by this name says that nothing was found; compared without case.
inline bool meansNothingFound(std::string name)
{
    constexpr std::string_view names[] = {
        "normal", "none", "negative", "healthy", "no finding", "no_finding", "0", "正常", "阴性"};
    for (char& letter : name)
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    return std::ranges::find(names, name) != std::end(names);
}

/// Classes that mean "nothing found" first, then by name: with two classes the second one is the positive.
inline void orderClasses(std::vector<std::string>& classes)
{
    std::ranges::sort(classes);
    std::ranges::stable_partition(classes, meansNothingFound);
}

} // namespace hounsfield::learning
