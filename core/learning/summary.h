#pragma once

#include "core/learning/run_folder.h"

#include <map>
#include <string>
#include <vector>

// summary.html: one page without scripts or references, for people. Every foreign word in it is escaped.
namespace hounsfield::learning {

/// What stands around the figures of every training, English.
struct SummaryFrame {
    std::string network, data;
    std::string verdict; ///< the one sentence
    std::string finished, version, splitRule;
    std::vector<std::string> notes;
    std::map<std::string, std::string> options;
    std::vector<EpochRecord> history;
    std::int64_t keptEpoch = 0;
    std::string samples; ///< what is learned from, such as "Images"
};

/// @param figures  of the parts, HTML
std::string summaryPage(const SummaryFrame& frame, const std::string& figures);
std::string summaryPage(const Run& run);

/// Words as HTML.
std::string htmlOf(const std::string& words);
/// A cell with the value, its interval and n; a dash where there is none.
std::string cellOf(const Figure& figure);

} // namespace hounsfield::learning
