#include "core/study/moved.h"

#include "core/files/scan.h"

#include <algorithm>
#include <set>

namespace hounsfield::study {

namespace {

using Found = std::vector<std::pair<Subject, Place>>;

std::set<Subject> lostSubjects(const Project& project)
{
    std::set<Subject> lost;
    std::error_code ignored;
    for (const Label& label : project.labels())
        if (!label.place.file.empty() && !std::filesystem::exists(label.place.file, ignored))
            lost.insert(label.subject);
    return lost;
}

Place placeOf(const files::Series& series, const files::SliceSource& slice)
{
    return {slice.source.path.string(), slice.source.entry, slice.frame, series.facts.patientID,
        series.facts.studyInstanceUID, series.facts.seriesInstanceUID};
}

/// Single pictures without UID, by their pixels.
Result<void> findByPixels(files::ReaderPool& readers, const std::vector<const files::Series*>& pictures,
    const std::set<Subject>& lost, Found& found, const Monitor& monitor)
{
    constexpr std::size_t atOnce = 256;
    for (std::size_t begin = 0; begin < pictures.size(); begin += atOnce) {
        const std::size_t end = std::min(pictures.size(), begin + atOnce);
        files::ImageSetRequest request;
        request.width = request.height = 1; // the hash is of the file's own pixels
        for (std::size_t i = begin; i < end; ++i)
            request.sources.push_back(pictures[i]->slices.front().source);
        const double all = static_cast<double>(pictures.size());
        const auto set = TRY(readers.readImages(
            request, monitor.part(static_cast<double>(begin) / all, static_cast<double>(end) / all)));
        for (std::size_t i = begin; i < end; ++i)
            if (const auto& image = set.images[i - begin]) {
                const Subject subject = subjectOf(pictures[i]->facts, 0, image->pixelHash);
                if (lost.contains(subject))
                    found.emplace_back(subject, placeOf(*pictures[i], pictures[i]->slices.front()));
            }
    }
    return {};
}

} // namespace

Result<MovedImages> findMoved(
    Project& project, files::ReaderPool& readers, const std::filesystem::path& folder, const Monitor& monitor)
{
    const std::set<Subject> lost = lostSubjects(project);
    MovedImages counts{static_cast<std::int64_t>(lost.size()), 0};
    if (lost.empty())
        return counts;
    readers.allowFolder(folder);
    const auto scanned = TRY(files::scan(readers, folder, monitor.part(0, 0.7)));
    Found found;
    std::vector<const files::Series*> pictures;
    for (const files::Series& series : scanned.series)
        for (std::size_t k = 0; k < series.slices.size(); ++k) {
            const Subject subject = subjectOf(series.facts, static_cast<std::int64_t>(k), {});
            if (lost.contains(subject))
                found.emplace_back(subject, placeOf(series, series.slices[k]));
            else if (subject.uid == subjectOf({}, 0, {}).uid && series.slices.size() == 1)
                pictures.push_back(&series);
        }
    TRY(findByPixels(readers, pictures, lost, found, monitor.part(0.7, 1)));
    std::set<Subject> places;
    for (const auto& [subject, place] : found)
        places.insert(subject);
    counts.found = static_cast<std::int64_t>(places.size());
    TRY(project.setPlaces(found));
    return counts;
}

} // namespace hounsfield::study
