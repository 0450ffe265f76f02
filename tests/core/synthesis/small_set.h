#pragma once

#include "core/learning/data_set.h"

#include <filesystem>

namespace hounsfield::synthesis::test {

/// Writes class/file: discs on noise, 28 × 28, `each` dark and light ones; every image differs.
void writeSmallSet(const std::filesystem::path& folder, int each);

/// A folder as a pair of this size takes it.
Result<learning::DataSet> openedForPair(const std::filesystem::path& folder, std::int64_t size = 32);

} // namespace hounsfield::synthesis::test
