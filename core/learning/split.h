#pragma once

#include "core/learning/case.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::learning {

/// How cases are shared out between the parts.
struct SplitOptions {
    std::uint64_t seed = 1;
    double validation = 0.15; ///< share of the cases of the training side; 0: no validation part
    double test = 0.2;        ///< share of all cases; 0: no test part. Data that bring a test part keep it
};

/// What keeps together: cases of one unit never lie in two parts.
enum class SplitUnit { Patient, Study, File };

/// Which case is used for what.
struct Split {
    std::vector<Part> parts;         ///< one a case
    std::vector<std::int64_t> units; ///< dense number of each case's unit (patient …), also for the bootstrap
    SplitUnit unit = SplitUnit::File;
    bool isOwn = false;           ///< the data's own parts were kept
    std::string hash;             ///< of names and parts of the real cases
    std::int64_t sharedUnits = 0; ///< units that lie in two parts (0 unless the data bring it so)
    Text rule;                    ///< the rule used, for people
    std::int64_t count(Part part) const { return std::ranges::count(parts, part); }
};

/// Seeded and stratified by class: units (patients, else studies, else files; exact duplicates join their units) are
/// dealt so that every part gets its share of every class. Parts that the data bring are kept; a validation or test
/// part that is missing is taken from the training side, together with which no unit is divided.
/// Synthetic cases belong to the training part whatever they say; they are a unit each, count for no share and are
/// not part of the hash.
Split makeSplit(std::span<const Case> cases, int classCount, const SplitOptions& options);

/// Dense unit numbers by patient, else study, else the file itself; nothing is joined but what shares these, and no
/// synthetic case.
std::vector<std::int64_t> unitsOf(std::span<const Case> cases, SplitUnit& unit);

} // namespace hounsfield::learning
