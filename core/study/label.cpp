#include "core/study/label.h"

namespace hounsfield::study {

Subject subjectOf(const image::Facts& facts, std::int64_t slice, const std::string& pixelHash)
{
    const auto at = [slice](const auto& perSlice) {
        return perSlice[perSlice.size() == 1 ? 0 : static_cast<std::size_t>(slice)];
    };
    const auto holds = [slice](const auto& perSlice) {
        return perSlice.size() == 1 || (slice >= 0 && slice < static_cast<std::int64_t>(perSlice.size()));
    };
    Subject subject;
    subject.frame = facts.frameNumbers.empty() || !holds(facts.frameNumbers) ? 0 : at(facts.frameNumbers);
    if (!facts.sopInstanceUIDs.empty() && holds(facts.sopInstanceUIDs) && !at(facts.sopInstanceUIDs).empty())
        subject.uid = at(facts.sopInstanceUIDs);
    else
        subject.uid = "pixels:" + pixelHash;
    return subject;
}

} // namespace hounsfield::study
