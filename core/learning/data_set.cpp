#include "core/learning/data_set.h"

#include "core/base/clock.h"
#include "core/base/hash.h"
#include "core/base/parallel.h"
#include "core/learning/class_order.h"
#include "core/learning/listing.h"
#include "core/learning/synthetic_cases.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <span>

namespace hounsfield::learning {

namespace {

/// What the headers of some of the files say, spread over the set.
struct Probe {
    std::int64_t width = 0, height = 0; ///< largest
    bool isUniform = true;
    bool isColour = false;
    bool hasSlices = false; ///< some files hold several
    SourceFacts facts;
};

void addSorted(std::vector<std::string>& list, const std::string& value)
{
    const auto place = std::ranges::lower_bound(list, value);
    if (!value.empty() && (place == list.end() || *place != value))
        list.insert(place, value);
}

Probe probe(files::ReaderPool& readers, std::span<const Candidate> candidates)
{
    constexpr std::size_t most = 24;
    const std::size_t step = std::max<std::size_t>(1, candidates.size() / most);
    std::vector<Result<files::FileHeader>> headers((candidates.size() + step - 1) / step);
    parallelFor(static_cast<std::int64_t>(headers.size()), processorCount(), [&](std::int64_t n) {
        headers[static_cast<std::size_t>(n)] =
            readers.readHeader(candidates[static_cast<std::size_t>(n) * step].source);
    });
    Probe found;
    bool hasSpacing = true;
    for (const auto& header : headers) {
        if (!header || header->kind != "image")
            continue;
        found.isUniform &= found.width == 0 || (found.width == header->columns && found.height == header->rows);
        found.width = std::max(found.width, header->columns);
        found.height = std::max(found.height, header->rows);
        found.hasSlices |= header->frames > 1;
        found.isColour |= header->samplesPerPixel >= 3 || header->components >= 3;
        addSorted(found.facts.bodyParts, header->facts.bodyPartExamined);
        addSorted(found.facts.photometrics, header->photometric);
        const auto& frames = header->frameHeaders;
        const double spacing = frames.empty() || !frames.front().pixelSpacing ? 0 : (*frames.front().pixelSpacing)[0];
        hasSpacing &= spacing > 0 && (found.facts.spacing == 0 || std::abs(found.facts.spacing / spacing - 1) < 0.01);
        found.facts.spacing = spacing;
    }
    if (!hasSpacing)
        found.facts.spacing = 0;
    return found;
}

/// The size images are brought to, where nobody asked for one: their own where they agree and it suits the network.
std::array<std::int64_t, 2> sizeFor(const DataRequest& request, const Probe& found)
{
    if (request.width > 0)
        return {request.width, request.height > 0 ? request.height : request.width};
    if (found.isUniform && std::max(found.width, found.height) <= request.autoSize)
        return {std::max<std::int64_t>(1, found.width), std::max<std::int64_t>(1, found.height)};
    const std::int64_t side = std::min(request.autoSize, std::max(found.width, found.height));
    return {side, side};
}

Candidate candidateOf(const GivenLabel& given)
{
    std::string name = given.source.entry.empty() ? given.source.path.string() : given.source.entry;
    if (given.frame > 1)
        name += ", slice " + std::to_string(given.frame);
    return {given.source, std::move(name), given.className, given.patient, given.study, {}, {}, false};
}

struct Gathered {
    std::vector<Candidate> candidates;
    std::size_t own = 0; ///< of the data and the test set; those of DataRequest::synthetic follow
    Listing listing;     ///< its notes; candidates moved out
};

Result<std::vector<Candidate>> addedFrom(
    files::ReaderPool& readers, const std::filesystem::path& folder, const Monitor& monitor)
{
    Listing listing = TRY(listCases(readers, folder, {}, monitor));
    ProvenanceFinder finder(readers);
    for (Candidate& candidate : listing.candidates) {
        candidate.provenance = finder.of(candidate.source);
        if (!candidate.provenance)
            return badInput(
                text("learning", "Nothing says which generator made these images: %1 is missing.").with(provenanceFile),
                folder.string(),
                text("learning", "Give a folder of synthetic images as Hounsfield writes it; real images are data."));
        candidate.name = "synthetic: " + folder.filename().string() + "/" + candidate.name;
        candidate.isAdded = true;
    }
    if (listing.candidates.empty())
        return badInput(text("learning", "There are no synthetic images of a class here."), folder.string());
    return std::move(listing.candidates);
}

Result<Gathered> gather(files::ReaderPool& readers, const DataRequest& request, const Monitor& monitor)
{
    Gathered all;
    if (!request.data.empty()) {
        all.listing = TRY(listCases(readers, request.data, request.table, monitor));
        all.candidates = std::move(all.listing.candidates);
    } else {
        for (const GivenLabel& given : request.labels)
            all.candidates.push_back(candidateOf(given));
    }
    if (!request.test.empty()) {
        Listing test = TRY(listCases(readers, request.test, {}, monitor));
        for (Candidate& candidate : test.candidates) {
            candidate.part = Part::Test;
            candidate.name = "test: " + candidate.name;
            all.candidates.push_back(std::move(candidate));
        }
    }
    all.own = all.candidates.size();
    ProvenanceFinder finder(readers);
    for (Candidate& candidate : all.candidates)
        candidate.provenance = finder.of(candidate.source);
    for (const auto& folder : request.synthetic)
        std::ranges::move(TRY(addedFrom(readers, folder, monitor)), std::back_inserter(all.candidates));
    return all;
}

std::string listOf(const std::vector<std::string>& names)
{
    std::string list;
    for (const std::string& name : names)
        list += (list.empty() ? "" : ", ") + name;
    return list;
}

Result<std::vector<std::string>> classesOf(const DataRequest& request, std::span<const Candidate> candidates)
{
    std::set<std::string> found;
    for (const Candidate& candidate : candidates)
        found.insert(candidate.className);
    if (request.classes.empty()) {
        for (const GivenLabel& given : request.labels)
            found.insert(given.className);
        std::vector<std::string> classes(found.begin(), found.end());
        orderClasses(classes);
        return classes;
    }
    for (const std::string& name : found)
        if (std::ranges::find(request.classes, name) == request.classes.end())
            return badInput(text("learning", "The data have a class \"%1\" that the model does not know; it knows %2.")
                                .with(name, listOf(request.classes)),
                request.data.string());
    return request.classes;
}

Result<void> checkAddedClasses(std::span<const Candidate> added, const std::vector<std::string>& classes)
{
    for (const Candidate& candidate : added)
        if (std::ranges::find(classes, candidate.className) == classes.end())
            return badInput(
                text("learning", "The synthetic images have a class \"%1\" that the data do not have; they have %2.")
                    .with(candidate.className, listOf(classes)),
                candidate.name, text("learning", "Make the images with a generator that was trained on these data."));
    return {};
}

/// Copies what was decoded into the set; files that could not be read are listed and left out.
void adopt(DataSet& data, std::vector<Candidate>& candidates, files::ReaderPool::ImageSet set)
{
    data.images.width = set.width;
    data.images.height = set.height;
    data.images.channels = set.channels;
    data.facts.bits = static_cast<int>(image::bytesOf(set.type)) * 8;
    data.images.add(set.pixels, set.type, static_cast<std::int64_t>(set.images.size()));
    std::map<std::string, int> labels;
    for (std::size_t c = 0; c < data.classes.size(); ++c)
        labels[data.classes[c]] = static_cast<int>(c);
    std::vector<std::int64_t> kept;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        Candidate& from = candidates[i];
        if (!set.images[i]) {
            data.unreadable.push_back({from.name, set.images[i].error()});
            continue;
        }
        const files::DecodedImage& decoded = *set.images[i];
        Case one;
        one.source = from.source;
        one.name = from.name;
        one.label = labels[from.className];
        one.patient = from.patient.empty() ? decoded.patientID : from.patient;
        one.study = from.study.empty() ? decoded.study : from.study;
        one.uid = decoded.uid;
        one.part = from.part.value_or(Part::Train);
        one.hasOwnPart = from.part.has_value();
        one.pixelHash = decoded.pixelHash;
        one.width = decoded.width;
        one.height = decoded.height;
        one.bits = decoded.bits;
        one.modality = decoded.modality;
        one.provenance = from.provenance;
        one.sign = signOf(from.source, decoded, from.provenance.get());
        one.isSynthetic = one.sign != SyntheticSign::None;
        data.cases.push_back(std::move(one));
        kept.push_back(static_cast<std::int64_t>(i));
    }
    data.images.keep(kept);
}

/// Names an image as labels do: by UID or pixels, and slice.
std::string keyOf(const std::string& uid, std::int64_t frameFromOne)
{
    return uid + '\n' + std::to_string(std::max<std::int64_t>(frameFromOne, 1));
}

/// A label that a person gave to an image goes before the class its folder or table says.
void correct(const DataRequest& request, DataSet& data)
{
    if (request.data.empty() || request.labels.empty())
        return;
    std::map<std::string, std::string> given;
    for (const GivenLabel& label : request.labels)
        given[keyOf(label.uid, label.frame)] = label.className;
    for (Case& one : data.cases) {
        const std::int64_t frame = one.source.frame + 1;
        auto found = given.find(keyOf(one.uid.empty() ? "pixels:" + one.pixelHash : one.uid, frame));
        if (found == given.end())
            found = given.find(keyOf("pixels:" + one.pixelHash, frame));
        if (found == given.end())
            continue;
        const auto place = std::ranges::find(data.classes, found->second);
        one.label = static_cast<int>(place - data.classes.begin());
    }
}

void describe(DataSet& data, const Probe& found)
{
    const int bits = data.facts.bits;
    data.facts = found.facts;
    data.facts.bits = bits;
    data.facts.channels = data.images.channels;
    Hasher hasher;
    const bool hasReal = std::ranges::any_of(data.cases, [](const Case& one) { return !one.isSynthetic; });
    for (const Case& one : data.cases) {
        hasher.add(one.name + '\n' + data.classes[static_cast<std::size_t>(one.label)] + '\n' + one.pixelHash + '\n');
        if (one.isSynthetic && hasReal)
            continue;
        SourceFacts& facts = data.facts;
        addSorted(facts.modalities, one.modality);
        facts.leastWidth = facts.leastWidth == 0 ? one.width : std::min(facts.leastWidth, one.width);
        facts.leastHeight = facts.leastHeight == 0 ? one.height : std::min(facts.leastHeight, one.height);
        facts.mostWidth = std::max(facts.mostWidth, one.width);
        facts.mostHeight = std::max(facts.mostHeight, one.height);
        data.hasOwnSplit |= one.hasOwnPart;
        data.hasOwnTest |= one.hasOwnPart && one.part == Part::Test;
    }
    data.fingerprint = hasher.hex();
}

/// Every slice of a file that holds several becomes a case; its file stays together in a split.
bool takeSlicesApart(
    files::ReaderPool& readers, const files::ReaderPool::ImageSet& set, std::vector<Candidate>& candidates)
{
    std::vector<std::int64_t> slices(candidates.size(), 1);
    parallelFor(static_cast<std::int64_t>(candidates.size()), processorCount(), [&](std::int64_t n) {
        const auto i = static_cast<std::size_t>(n);
        if (set.images[i] || candidates[i].source.frame >= 0)
            return;
        if (const auto header = readers.readHeader(candidates[i].source); header && header->kind == "image")
            slices[i] = header->frames;
    });
    if (std::ranges::all_of(slices, [](std::int64_t count) { return count == 1; }))
        return false;
    std::vector<Candidate> all;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (slices[i] == 1) {
            all.push_back(std::move(candidates[i]));
            continue;
        }
        for (std::int64_t k = 0; k < slices[i]; ++k) {
            Candidate one = candidates[i];
            one.source.frame = k;
            one.name += ", slice " + std::to_string(k + 1);
            if (one.patient.empty() && one.study.empty())
                one.study = "file " + candidates[i].name;
            all.push_back(std::move(one));
        }
    }
    candidates = std::move(all);
    return true;
}

Result<files::ReaderPool::ImageSet> readPictures(files::ReaderPool& readers, const DataRequest& request,
    const Probe& found, std::vector<Candidate>& candidates, const Monitor& monitor)
{
    const auto size = sizeFor(request, found);
    files::ImageSetRequest wanted;
    wanted.width = size[0];
    wanted.height = size[1];
    wanted.channels = request.channels > 0 ? request.channels : (found.isColour ? 3 : 1);
    wanted.bits = request.bits;
    wanted.width = std::max<std::int64_t>(1, wanted.width); // nothing could be read so far: each file says why
    wanted.height = std::max<std::int64_t>(1, wanted.height);
    const auto read = [&](const Monitor& part) {
        wanted.sources.clear();
        for (const Candidate& candidate : candidates)
            wanted.sources.push_back(candidate.source);
        return readers.readImages(wanted, part);
    };
    auto set = TRY(read(monitor.part(0, found.hasSlices ? 0.1 : 1)));
    if (takeSlicesApart(readers, set, candidates))
        set = TRY(read(monitor.part(0.1, 1)));
    return set;
}

void addNotes(DataSet& data, const Listing& listing)
{
    if (!data.unreadable.empty())
        data.warnings.push_back({Warning::Kind::Unreadable,
            text("learning", "Files that cannot be read and are left out: %1. The first is %2: %3")
                .with(data.unreadable.size(), data.unreadable[0].name, data.unreadable[0].reason.what)});
    if (listing.unlabelled > 0)
        data.warnings.push_back({Warning::Kind::Unlabelled,
            text("learning", "Files that have no class and are left out: %1. The first is %2.")
                .with(listing.unlabelled, listing.firstUnlabelled)});
    if (listing.rowsWithoutFile > 0)
        data.warnings.push_back({Warning::Kind::LabelsWithoutFile,
            text("learning", "Rows of the table that name nothing that is there: %1. The first is \"%2\".")
                .with(listing.rowsWithoutFile, listing.firstRowWithoutFile)});
    for (Warning& warning : warningsOf(data))
        data.warnings.push_back(std::move(warning));
}

Result<void> checkThatThereAre(std::span<const Candidate> candidates, const Listing& listing, const std::string& where)
{
    if (!candidates.empty())
        return {};
    if (listing.rowsWithoutFile > 0)
        return badInput(
            text("learning", "None of the %1 labels of the table names a file that is there; the first is \"%2\".")
                .with(listing.rowsWithoutFile, listing.firstRowWithoutFile),
            where,
            text("learning", "Put the table beside the files it names, or give the folder with --data and the table "
                             "with --labels."));
    if (listing.unlabelled > 0)
        return badInput(text("learning", "None of the %1 files here has a class.").with(listing.unlabelled), where,
            text("learning", "Put the images of each class into a folder named after it, or give a table file,label."));
    return badInput(text("learning", "There are no images here."), where,
        text("learning", "Put the images of each class into a folder named after it, or give a table file,label."));
}

} // namespace

Result<DataSet> openDataSet(files::ReaderPool& readers, const DataRequest& request, const Monitor& monitor)
{
    const Stopwatch watch;
    const std::string where = request.data.string();
    Gathered gathered = TRY(gather(readers, request, monitor.part(0, 0.1)));
    auto& candidates = gathered.candidates;
    const std::span<const Candidate> own(candidates.data(), gathered.own);
    TRY(checkThatThereAre(own, gathered.listing, where));
    DataSet data;
    data.name = request.data.empty() ? "project" : request.data.filename().string();
    data.classes = TRY(classesOf(request, own));
    if (data.classes.size() < 2)
        return badInput(
            text("learning", "There is only one class here, \"%1\" with %2 images; a classifier needs two or more.")
                .with(data.classes.empty() ? "" : data.classes.front(), own.size()),
            where,
            text("learning", "Put the images of each class into a folder named after it, or give a table file,label."));
    TRY(checkAddedClasses(std::span(candidates).subspan(gathered.own), data.classes));
    const Probe found = probe(readers, own);
    adopt(data, candidates, TRY(readPictures(readers, request, found, candidates, monitor.part(0.1, 0.98))));
    correct(request, data);
    if (data.cases.empty())
        return badInput(text("learning", "None of the %1 files can be read as an image; the first is %2: %3")
                            .with(candidates.size(), data.unreadable[0].name, data.unreadable[0].reason.what),
            where, text("learning", "Give images: PNG, JPEG, TIFF, BMP, DICOM, NIfTI, NRRD or MetaImage."));
    leaveOutSynthetic(data);
    if (data.cases.empty())
        return badInput(text("learning", "All images are synthetic ones in a validation or test part."), where);
    describe(data, found);
    addNotes(data, gathered.listing);
    data.secondsReading = watch.seconds();
    TRY(monitor.at(text("learning", "Reading images"), 1));
    return data;
}

std::vector<std::array<std::int64_t, partCount>> DataSet::counts() const
{
    std::vector<std::array<std::int64_t, partCount>> table(classes.size());
    for (const Case& one : cases)
        ++table[static_cast<std::size_t>(one.label)][static_cast<std::size_t>(one.part)];
    return table;
}

std::vector<std::int64_t> DataSet::syntheticCounts() const
{
    std::vector<std::int64_t> counts(classes.size());
    for (const Case& one : cases)
        counts[static_cast<std::size_t>(one.label)] += one.isSynthetic;
    return counts;
}

std::vector<std::int64_t> DataSet::patients() const
{
    std::vector<std::set<std::string>> names(classes.size());
    for (const Case& one : cases)
        if (!one.patient.empty() && !one.isSynthetic)
            names[static_cast<std::size_t>(one.label)].insert(one.patient);
    std::vector<std::int64_t> counts;
    for (const auto& ofClass : names)
        counts.push_back(static_cast<std::int64_t>(ofClass.size()));
    return counts;
}

bool DataSet::knowsPatients() const
{
    return std::ranges::any_of(cases, [](const Case& one) { return !one.patient.empty() && !one.isSynthetic; });
}

std::vector<std::int64_t> DataSet::examples(int label, std::int64_t most) const
{
    std::vector<std::int64_t> members;
    for (std::size_t i = 0; i < cases.size(); ++i)
        if (cases[i].label == label)
            members.push_back(static_cast<std::int64_t>(i));
    std::vector<std::int64_t> spread;
    const auto count = std::min(most, static_cast<std::int64_t>(members.size()));
    for (std::int64_t k = 0; k < count; ++k)
        spread.push_back(members[static_cast<std::size_t>(k) * members.size() / static_cast<std::size_t>(count)]);
    return spread;
}

std::vector<std::int64_t> DataSet::casesOf(Part part) const
{
    std::vector<std::int64_t> members;
    for (std::size_t i = 0; i < cases.size(); ++i)
        if (cases[i].part == part)
            members.push_back(static_cast<std::int64_t>(i));
    return members;
}

} // namespace hounsfield::learning
