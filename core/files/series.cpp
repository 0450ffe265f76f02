#include "core/files/series.h"

#include "core/files/stack.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>

namespace hounsfield::files {

namespace {

using Slices = std::vector<SliceSource>;

constexpr char separator = '\x1f';

std::string folderOf(const SliceSource& slice)
{
    return std::filesystem::path(slice.header->file).parent_path().string();
}

std::string trimmed(const std::string& value)
{
    const auto begin = value.find_first_not_of(" ^="), end = value.find_last_not_of(" ^=");
    return begin == std::string::npos ? "" : value.substr(begin, end - begin + 1);
}

std::string patientOf(const FileHeader& header)
{
    const image::Facts& facts = header.facts;
    return trimmed(facts.patientID) + separator + trimmed(facts.patientName) + separator
           + trimmed(facts.patientBirthDate);
}

bool isLocalizer(const FileHeader& header)
{
    return std::ranges::find(header.facts.imageType, "LOCALIZER") != header.facts.imageType.end();
}

bool isInverted(const FileHeader& header)
{
    return header.photometric == "MONOCHROME1" || header.presentationLutShape == "INVERSE";
}

/// What must be equal in all slices of a stack, but for orientation and spacing, which are compared with a tolerance.
std::string keyOf(const SliceSource& slice)
{
    const FileHeader& h = *slice.header;
    const image::Facts& facts = h.facts;
    std::string key;
    const auto add = [&](const std::string& part) { key += part + separator; };
    add(facts.seriesInstanceUID);
    add(patientOf(h));
    add(facts.studyInstanceUID);
    add(facts.sopClassUID);
    add(facts.modality);
    for (const std::int64_t number : {h.columns, h.rows, static_cast<std::int64_t>(h.components)})
        add(std::to_string(number));
    add(isLocalizer(h) ? "localizer" : "");
    for (std::size_t i = 0; i < 2; ++i) // ORIGINAL or DERIVED, PRIMARY or SECONDARY
        add(i < facts.imageType.size() ? facts.imageType[i] : "");
    add(isInverted(h) ? "inverted" : "");
    add(h.modalityLut ? "lut" : "");
    if (trimmed(facts.patientID).empty())
        add(folderOf(slice));
    if (h.format != Format::Dicom || h.frames > 1 || facts.seriesInstanceUID.empty())
        add(h.file + separator + slice.source.entry);
    if (h.format != Format::Dicom)
        add(std::to_string(
            slice.frame / std::max<std::int64_t>(h.frames / std::max<std::int64_t>(h.timePoints, 1), 1)));
    return key;
}

bool hasSameFrame(const FrameHeader& a, const FrameHeader& b)
{
    constexpr double tolerance = 1e-3;
    const auto axesA = axesOf(a), axesB = axesOf(b);
    if (axesA.has_value() != axesB.has_value() || a.pixelSpacing.has_value() != b.pixelSpacing.has_value())
        return false;
    for (std::size_t i = 0; axesA && i < 3; ++i)
        if (std::abs(axesA->row[i] - axesB->row[i]) > tolerance
            || std::abs(axesA->column[i] - axesB->column[i]) > tolerance)
            return false;
    for (std::size_t i = 0; a.pixelSpacing && i < 2; ++i)
        if (std::abs((*a.pixelSpacing)[i] - (*b.pixelSpacing)[i]) > tolerance * std::abs((*a.pixelSpacing)[i]))
            return false;
    return a.position.has_value() == b.position.has_value();
}

/// How many slices lie at one place, at most.
std::size_t mostAtOnePlace(const Slices& slices)
{
    std::vector<double> heights;
    for (const SliceSource& slice : slices)
        if (const auto height = heightOf(slice))
            heights.push_back(*height);
    std::ranges::sort(heights);
    std::size_t most = heights.empty() ? 0 : 1, run = 1;
    for (std::size_t i = 1; i < heights.size(); ++i) {
        run = heights[i] - heights[i - 1] < samePlaceMillimetres ? run + 1 : 1;
        most = std::max(most, run);
    }
    return most;
}

/// What may tell times, echoes or acquisitions apart.
std::vector<std::int64_t> timesOf(const SliceSource& slice)
{
    std::vector<std::int64_t> times(slice.header->acquisition.begin(), slice.header->acquisition.end());
    const auto& keys = frameOf(slice).stackKeys;
    times.insert(times.end(), keys.begin(), keys.end());
    return times;
}

/// The n-th image of each place goes into the n-th pile.
std::vector<Slices> pilesOf(Slices slices)
{
    std::ranges::stable_sort(slices, [](const SliceSource& a, const SliceSource& b) {
        return std::tuple(timesOf(a), a.header->instanceNumber, a.header->file, a.frame)
               < std::tuple(timesOf(b), b.header->instanceNumber, b.header->file, b.frame);
    });
    std::ranges::stable_sort(
        slices, [](const SliceSource& a, const SliceSource& b) { return *heightOf(a) < *heightOf(b); });
    std::vector<Slices> piles;
    std::size_t turn = 0;
    for (std::size_t i = 0; i < slices.size(); ++i) {
        turn = i > 0 && *heightOf(slices[i]) - *heightOf(slices[i - 1]) < samePlaceMillimetres ? turn + 1 : 0;
        piles.resize(std::max(piles.size(), turn + 1));
        piles[turn].push_back(slices[i]);
    }
    return piles;
}

/// Splits slices of which several lie at one place by what tells them apart; without that, into piles.
std::vector<Slices> splitByTime(Slices slices)
{
    const std::size_t most = mostAtOnePlace(slices);
    if (most <= 1)
        return {std::move(slices)};
    std::map<std::int64_t, Slices> best;
    std::size_t least = most;
    for (std::size_t key = 0; key < timesOf(slices.front()).size(); ++key) {
        std::map<std::int64_t, Slices> parts;
        for (const SliceSource& slice : slices) {
            const auto times = timesOf(slice);
            parts[key < times.size() ? times[key] : 0].push_back(slice);
        }
        if (parts.size() < 2 || parts.size() > 2 * most) // a number of each slice of its own is no time
            continue;
        std::size_t remaining = 0;
        for (const auto& [value, part] : parts)
            remaining = std::max(remaining, mostAtOnePlace(part));
        if (remaining < least) {
            least = remaining;
            best = std::move(parts);
        }
    }
    if (best.empty())
        return pilesOf(std::move(slices));
    std::vector<Slices> stacks;
    for (auto& [value, part] : best)
        for (Slices& stack : splitByTime(std::move(part)))
            stacks.push_back(std::move(stack));
    return stacks;
}

void addProblems(Series& series)
{
    for (const SliceSource& slice : series.slices)
        for (const Text& problem : slice.header->problems)
            if (std::ranges::find(series.problems, problem) == series.problems.end() && series.problems.size() < 20)
                series.problems.push_back(problem);
}

/// Facts of the stack: those of its first slice, and what differs from slice to slice.
void gatherFacts(Series& series)
{
    const FileHeader& header = *series.slices.front().header;
    series.facts = header.facts;
    series.facts.photometricInterpretation = header.photometric;
    series.uid = header.facts.seriesInstanceUID;
    if (series.uid.empty())
        series.uid = std::filesystem::path(header.file).filename().string();
    series.folder = folderOf(series.slices.front());
}

void gatherSlices(Series& series)
{
    image::Facts& facts = series.facts;
    facts.sopInstanceUIDs.clear();
    facts.frameNumbers.clear();
    facts.files.clear();
    for (const SliceSource& slice : series.slices) {
        const auto& uids = slice.header->facts.sopInstanceUIDs;
        facts.sopInstanceUIDs.push_back(uids.empty() ? "" : uids.front());
        facts.frameNumbers.push_back(static_cast<int>(slice.frame) + 1);
        facts.files.push_back(slice.header->file);
    }
    series.files = facts.files;
    std::ranges::sort(series.files);
    series.files.erase(std::ranges::unique(series.files).begin(), series.files.end());
}

Series seriesOf(Slices slices)
{
    Series series;
    series.slices = std::move(slices);
    gatherFacts(series);
    placeSlices(series);
    gatherSlices(series);
    addProblems(series);
    return series;
}

/// Slices of one key that also lie the same way.
std::vector<Slices> splitByFrame(const Slices& slices)
{
    std::vector<Slices> groups;
    for (const SliceSource& slice : slices) {
        const auto fitting = std::ranges::find_if(
            groups, [&](const Slices& group) { return hasSameFrame(frameOf(group.front()), frameOf(slice)); });
        if (fitting != groups.end())
            fitting->push_back(slice);
        else
            groups.push_back({slice});
    }
    return groups;
}

/// Says in each series what shares its UID without belonging to it.
void sayRelatives(std::vector<Series>& all)
{
    std::map<std::string, std::vector<Series*>> byUid;
    for (Series& series : all)
        if (!series.facts.seriesInstanceUID.empty())
            byUid[series.facts.seriesInstanceUID].push_back(&series);
    for (auto& [uid, relatives] : byUid)
        for (Series* one : relatives) {
            bool isOtherPatient = false, isOtherKind = false;
            for (const Series* other : relatives) {
                if (other == one)
                    continue;
                const FileHeader &a = *one->slices.front().header, &b = *other->slices.front().header;
                const bool isSamePatient = patientOf(a) == patientOf(b);
                isOtherPatient |= !isSamePatient;
                isOtherKind |= isSamePatient && one->folder == other->folder
                               && (one->geometry.size[0] != other->geometry.size[0]
                                   || one->geometry.size[1] != other->geometry.size[1]
                                   || one->geometry.direction != other->geometry.direction);
            }
            if (isOtherPatient)
                one->problems.insert(one->problems.begin(),
                    text("files", "Another patient's images carry the same SeriesInstanceUID; they are kept apart."));
            if (isOtherKind)
                one->problems.push_back(text(
                    "files", "Images of the same series with another orientation or size are listed on their own."));
        }
}

} // namespace

const FrameHeader& frameOf(const SliceSource& slice)
{
    static const FrameHeader nothing;
    const auto& frames = slice.header->frameHeaders;
    if (frames.empty())
        return nothing;
    return static_cast<std::size_t>(slice.frame) < frames.size() ? frames[static_cast<std::size_t>(slice.frame)]
                                                                 : frames.front();
}

std::vector<SliceSource> slicesOf(const ScannedFile& file)
{
    Slices slices;
    for (std::int64_t frame = 0; frame < file.header->frames; ++frame)
        slices.push_back({file.header, file.source, frame});
    return slices;
}

std::vector<Series> groupIntoSeries(const std::vector<ScannedFile>& files, const std::set<std::string>& copies)
{
    std::map<std::string, Slices> byKey;
    std::vector<std::string> order; // as the files came
    std::map<std::string, std::vector<const FileHeader*>> copiesByKey;
    for (const ScannedFile& file : files) {
        const auto slices = slicesOf(file);
        if (slices.empty())
            continue;
        if (copies.contains(file.header->file)) {
            copiesByKey[keyOf(slices.front())].push_back(file.header.get());
            continue;
        }
        for (const SliceSource& slice : slices) {
            auto& group = byKey[keyOf(slice)];
            if (group.empty())
                order.push_back(keyOf(slice));
            group.push_back(slice);
        }
    }
    std::vector<Series> all;
    for (const std::string& key : order)
        for (Slices& group : splitByFrame(byKey[key])) {
            auto stacks = splitByTime(std::move(group));
            const std::size_t before = all.size();
            for (Slices& stack : stacks) {
                all.push_back(seriesOf(std::move(stack)));
                if (stacks.size() > 1)
                    all.back().problems.push_back(
                        text("files", "%1 images lie at one place: they are listed as %1 series.").with(stacks.size()));
            }
            for (const FileHeader* copy : copiesByKey[key]) {
                all[before].files.push_back(copy->file);
                all[before].problems.push_back(text("files", "%1 is a copy of another image of this series.")
                                                   .with(std::filesystem::path(copy->file).filename().string()));
            }
            copiesByKey.erase(key);
        }
    sayRelatives(all);
    return all;
}

namespace {

/// What tells this stack from others that share its uid: its first slice.
std::array<std::int64_t, 3> acquisitionOf(const Series& series)
{
    std::array<std::int64_t, 3> place{};
    if (!series.slices.empty() && series.slices.front().header)
        std::ranges::copy(series.slices.front().header->acquisition, place.begin());
    return place;
}

} // namespace

bool isSameSeries(const Series& a, const Series& b)
{
    return a.uid == b.uid && a.folder == b.folder && a.geometry.size[0] == b.geometry.size[0]
           && a.geometry.size[1] == b.geometry.size[1] && a.geometry.direction == b.geometry.direction
           && a.facts.patientID == b.facts.patientID && acquisitionOf(a) == acquisitionOf(b);
}

std::string nameOf(const Series& series)
{
    if (!series.facts.seriesDescription.empty())
        return series.facts.seriesDescription;
    const std::string& place = series.files.empty() ? series.folder : series.files.front();
    return place.substr(place.rfind('/') + 1);
}

} // namespace hounsfield::files
