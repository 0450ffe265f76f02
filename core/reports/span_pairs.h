#pragma once

#include "core/reports/annotation.h"

#include <cstddef>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace hounsfield::reports {

/// Whether two annotations share a code point.
bool overlap(const Annotation& a, const Annotation& b);

/// As many pairs as there can be of annotations that fit, each annotation in one pair at most (Kuhn 1955), by the place
/// of the first. The number of pairs is the same with a and b exchanged.
std::vector<std::pair<std::size_t, std::size_t>> pairsOf(std::span<const Annotation* const> a,
    std::span<const Annotation* const> b, const std::function<bool(const Annotation&, const Annotation&)>& fit);

/// Places of the annotations that overlap, also by way of others: each place stands in exactly one group.
std::vector<std::vector<std::size_t>> overlapping(std::span<const Annotation* const> annotations);

} // namespace hounsfield::reports
