#include "core/learning/synthetic_cases.h"

#include <algorithm>
#include <set>
#include <unordered_set>

namespace hounsfield::learning {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view suffix = ".synthetic";

bool isNamedSo(std::string path)
{
    std::ranges::transform(path, path.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    for (std::size_t at = path.find(suffix); at != std::string::npos; at = path.find(suffix, at + 1))
        if (const std::size_t end = at + suffix.size(); end == path.size() || path[end] == '.' || path[end] == '/')
            return true;
    return false;
}

/// What is taken out, and the first of it.
struct LeftOut {
    std::int64_t count = 0;
    std::string first;

    void add(const Case& one)
    {
        if (count++ == 0)
            first = one.name;
    }
};

void warnOfLeftOut(DataSet& data, const LeftOut& tested, const LeftOut& copies)
{
    if (tested.count > 0)
        data.warnings.push_back({Warning::Kind::SyntheticLeftOut,
            text("learning",
                "Synthetic images in the validation or test part of the data: %1. They are left out, since "
                "figures on them say nothing of patients. The first is %2.")
                .with(tested.count, tested.first)});
    if (copies.count > 0)
        data.warnings.push_back({Warning::Kind::SyntheticLeftOut,
            text("learning", "Synthetic images whose pixels are exactly those of a real image: %1. They are left out. "
                             "The first is %2.")
                .with(copies.count, copies.first)});
}

void sayWhatIsKept(DataSet& data)
{
    std::int64_t kept = 0, unknown = 0;
    std::set<std::string> generators;
    for (const Case& one : data.cases) {
        const bool isKnown = one.provenance && !one.provenance->generator.empty();
        kept += one.isSynthetic;
        unknown += one.isSynthetic && !isKnown;
        if (isKnown)
            generators.insert(one.provenance->generator);
    }
    if (kept == 0)
        return;
    data.warnings.push_back({Warning::Kind::Synthetic,
        text("learning",
            "Synthetic images: %1 of %2, made by %3 known generators. They are trained on, never validated "
            "or tested on.")
            .with(kept, data.cases.size(), generators.size())});
    if (unknown > 0)
        data.warnings.push_back({Warning::Kind::Synthetic,
            text("learning", "Nothing says which generator made %1 of the synthetic images: it may have seen images "
                             "that are tested on here, and then figures are too good.")
                .with(unknown)});
}

/// The first image of this origin.
std::string placeOf(const DataSet& data, const Provenance& from)
{
    const auto found = std::ranges::find_if(data.cases, [&](const Case& one) { return one.provenance.get() == &from; });
    return found == data.cases.end() ? data.name : found->name;
}

Result<void> checkSeen(const DataSet& data, const Split& split, const Provenance& from)
{
    const std::unordered_set<std::string> pixels(from.seenPixels.begin(), from.seenPixels.end());
    const std::unordered_set<std::string> patients(from.seenPatients.begin(), from.seenPatients.end());
    LeftOut seen;
    for (std::size_t i = 0; i < data.cases.size(); ++i) {
        const Case& one = data.cases[i];
        if (split.parts[i] != Part::Train
            && (pixels.contains(one.pixelHash) || (!one.patient.empty() && patients.contains(patientKey(one.patient)))))
            seen.add(one);
    }
    if (seen.count == 0)
        return {};
    return badInput(
        text("learning", "The generator that made the synthetic images has seen %1 of the images, or their patients, "
                         "that would be validated or tested on here; the first is %2.")
            .with(seen.count, seen.first),
        placeOf(data, from),
        text("learning",
            "Train with the data, the seed and the shares that the generator was trained with, or make images anew."));
}

} // namespace

bool isNamedSynthetic(const files::Source& source)
{
    std::error_code ignored;
    if (isNamedSo(source.entry) || isNamedSo(fs::absolute(source.path, ignored).string()))
        return true;
    return source.entry.empty() && isNamedSo(fs::weakly_canonical(source.path, ignored).string());
}

std::string syntheticName(const std::string& stem, const std::string& ending)
{
    return stem + std::string(suffix) + ending;
}

SyntheticSign signOf(const files::Source& source, const files::DecodedImage& image, const Provenance* provenance)
{
    return provenance                 ? SyntheticSign::Provenance
           : image.saysSynthetic      ? SyntheticSign::Header
           : image.isMarked           ? SyntheticSign::Pixels
           : isNamedSynthetic(source) ? SyntheticSign::Name
                                      : SyntheticSign::None;
}

void leaveOutSynthetic(DataSet& data)
{
    std::unordered_set<std::string> real;
    for (const Case& one : data.cases)
        if (!one.isSynthetic)
            real.insert(one.pixelHash);
    LeftOut tested, copies;
    std::vector<Case> kept;
    std::vector<std::int64_t> places;
    for (std::size_t i = 0; i < data.cases.size(); ++i) {
        Case& one = data.cases[i];
        const bool isTested = one.isSynthetic && one.part != Part::Train;
        const bool isCopy = one.isSynthetic && !isTested && real.contains(one.pixelHash);
        if (isTested)
            tested.add(one);
        if (isCopy)
            copies.add(one);
        if (isTested || isCopy)
            continue;
        kept.push_back(std::move(one));
        places.push_back(static_cast<std::int64_t>(i));
    }
    data.cases = std::move(kept);
    data.images.keep(places);
    warnOfLeftOut(data, tested, copies);
    sayWhatIsKept(data);
}

Result<void> checkGenerators(const DataSet& data, const Split& split)
{
    if (split.count(Part::Train) == static_cast<std::int64_t>(split.parts.size()))
        return {}; // nothing is validated or tested on
    std::set<const Provenance*> origins;
    for (const Case& one : data.cases)
        if (one.provenance)
            origins.insert(one.provenance.get());
    for (const Provenance* from : origins) {
        if (from->knowsWhatWasSeen())
            TRY(checkSeen(data, split, *from));
        else if (!from->split.empty() && from->split != split.hash)
            return badInput(
                text("learning", "The generator that made the synthetic images was trained on another split "
                                 "of the data: it may have seen images that are validated or tested on "
                                 "here."),
                placeOf(data, *from),
                text("learning", "Train with the data, the seed and the shares that the generator was trained with, or "
                                 "make images anew."));
    }
    return {};
}

void addSeen(const DataSet& data, const std::vector<std::int64_t>& cases, Provenance& provenance)
{
    std::set<std::string> pixels, patients;
    for (const std::int64_t i : cases) {
        const Case& one = data.cases[static_cast<std::size_t>(i)];
        pixels.insert(one.pixelHash);
        if (!one.patient.empty())
            patients.insert(patientKey(one.patient));
    }
    provenance.seenPixels.assign(pixels.begin(), pixels.end());
    provenance.seenPatients.assign(patients.begin(), patients.end());
}

} // namespace hounsfield::learning
