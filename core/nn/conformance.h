#pragma once

#include "core/base/monitor.h"
#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hounsfield::nn {

/// How the operator table fares on the ONNX standard's own test cases.
struct Conformance {
    struct Failure {
        std::string name;   ///< "node/test_abs"
        std::string reason; ///< what differs, in English
    };
    int passed = 0;
    int notApplicable = 0; ///< cases with an operator or an element type that we do not know
    std::vector<Failure> failures;
    std::vector<std::string> corrected; ///< cases whose own data are wrong, run with the attribute they were made with
};

/// The names "group/case" of a list: one a line, # begins a comment. Only lines before a line that begins with `until`
/// (such as "# [full]") are taken when it is not empty.
Result<std::vector<std::string>> conformanceCases(const std::filesystem::path& list, const std::string& until = {});

/// Runs cases straight from `folder`/group.zip by the standard's rule: same type, same shape, |a − b| ≤ 1e-7 +
/// 1e-3·|b|, NaN equal to NaN, other types equal. No cases: all there are. Errors: Environment (no such ZIP),
/// Cancelled.
Result<Conformance> runConformance(
    const std::filesystem::path& folder, const std::vector<std::string>& cases, const Monitor& monitor = {});

} // namespace hounsfield::nn
