#include "ui/synthesis/pair_work.h"

#include "core/base/clock.h"
#include "core/base/parallel.h"
#include "ui/synthesis/pictures.h"

#include <algorithm>

namespace hounsfield::synthesising {

using learning::DataRequest;
using learning::DataSet;
using synthesis::PairSplit;
namespace fs = std::filesystem;

namespace {

std::map<std::string, std::string> splitOptionsOf(const std::map<std::string, std::string>& options)
{
    std::map<std::string, std::string> chosen;
    for (const Option& option : synthesis::pairTrainingOptions())
        if (option.name == "seed" || option.name == "validation" || option.name == "test-share") {
            const auto given = options.find(option.name);
            chosen[option.name] = given == options.end() ? option.fallback : given->second;
        }
    return chosen;
}

Moment momentOf(const synthesis::PairEvaluation& evaluation, const synthesis::MadeImages& grid, const PictureForm& form)
{
    Moment moment{evaluation.step, {}, synthesis::gridImages};
    for (std::int64_t i = 0; i < grid.count; ++i)
        moment.images.push_back(pictureOf(grid.image(i), form));
    return moment;
}

void setEvents(synthesis::PairRequest& request, const PairJob& job, const PictureForm& form)
{
    request.events.onStep = [shared = job.shared](const synthesis::PairStepEvent& step) {
        const std::lock_guard lock(shared->mutex);
        shared->live.step = step;
    };
    request.events.onEvaluation = [shared = job.shared, form, folder = job.folder](
                                      const synthesis::PairEvaluation& evaluation, const synthesis::MadeImages& grid) {
        Moment moment = momentOf(evaluation, grid, form);
        (void)keep(folder, moment); // a picture that cannot be kept does not end a training
        const std::lock_guard lock(shared->mutex);
        shared->live.evaluations.push_back(evaluation);
        shared->live.moments.push_back(std::move(moment));
    };
}

bool isOwnOf(const PairRecord& record, const Opened& open)
{
    return open.data && record.run && open.data->fingerprint == record.run->dataFingerprint
           && open.size == record.run->size;
}

} // namespace

Result<Opened> openFor(const SynthesisCore& core, DataRequest request, std::int64_t size,
    const std::map<std::string, std::string>& options, const Monitor& monitor)
{
    Opened opened;
    request.labels = TRY(core.labels());
    opened.request = std::move(request);
    opened.size = size;
    opened.data = std::make_shared<const DataSet>(TRY(core.open(opened.request, size, monitor)));
    auto split = synthesis::splitForPair(*opened.data, splitOptionsOf(options));
    if (split)
        opened.split = std::move(*split);
    else
        opened.splitProblem = split.error();
    return opened;
}

Result<DataPointer> dataOf(
    const SynthesisCore& core, const PairRecord& record, const Opened& open, const Monitor& monitor)
{
    if (isOwnOf(record, open))
        return open.data;
    const std::int64_t size = record.run ? record.run->size : record.wish ? record.wish->size : open.size;
    const bool isKnown = record.wish.has_value();
    if (!isKnown && !open.data)
        return badInput(text("synthesis", "Nothing here says where the images of this training are."), record.name(),
            text("synthesis", "Open the data of that training on this page first."));
    DataRequest request = isKnown ? record.wish->data : open.request;
    request.labels = TRY(core.labels());
    if (record.run)
        request.classes = record.run->classes;
    return std::make_shared<const DataSet>(TRY(core.open(request, size, monitor)));
}

Result<PairSplit> splitOf(const PairRecord& record, const DataSet& data)
{
    return synthesis::splitForPair(
        data, splitOptionsOf(record.run ? record.run->options : std::map<std::string, std::string>()));
}

Result<fs::path> newRunFolder(const fs::path& runs, const std::string& name, const std::string& network)
{
    std::error_code ignored;
    if (!name.empty()) {
        if (name.find('/') != std::string::npos || name.front() == '.')
            return badInput(text("synthesis", "\"%1\" can be no folder's name.").with(name), {},
                text("synthesis", "Leave out slashes and a point at the beginning."));
        if (fs::exists(runs / name, ignored))
            return badInput(text("synthesis", "There is a training named \"%1\" already.").with(name), {},
                text("synthesis", "Go on with it by Resume, or give the new one another name."));
        return runs / name;
    }
    std::string stamp = timestamp();
    std::ranges::replace(stamp, ':', '-');
    for (int i = 1; i < 1000; ++i) {
        const auto folder = runs / (stamp + "_pair-" + network + (i > 1 ? "_" + std::to_string(i) : ""));
        if (!fs::exists(folder, ignored))
            return folder;
    }
    return environment(text("synthesis", "No new run folder can be made."), runs.string());
}

Result<PairRecord> trainBy(const SynthesisCore& core, const PairJob& job, const Monitor& monitor)
{
    DataPointer data = job.open.data;
    const bool isRead = data && job.open.size == job.wish.size;
    if (!isRead)
        data = TRY(openFor(core, data ? job.open.request : job.wish.data, job.wish.size, job.wish.options,
                       monitor.part(0, 0.05)))
                   .data;
    synthesis::PairRequest request;
    request.network = job.wish.network;
    request.size = job.wish.size;
    request.options = besideTheWindow(job.wish.options);
    request.folder = job.folder;
    request.existing = job.existing;
    request.version = HOUNSFIELD_VERSION;
    setEvents(request, job, formOf(*data));
    if (job.existing == learning::Existing::Refuse)
        TRY(keep(job.folder, job.wish));
    auto run = core.train(*data, request, monitor.part(isRead ? 0 : 0.05, 1));
    if (!run && job.existing == learning::Existing::Refuse && run.error().kind != Error::Kind::Cancelled) {
        std::error_code ignored;
        if (!fs::exists(job.folder / "state.onnx", ignored))
            fs::remove_all(job.folder, ignored); // was made by us, and nothing has been learned
    }
    PairRecord record;
    record.run = TRY(std::move(run));
    const synthesis::PairRun told = *record.run;
    if (auto written = readRecord(job.folder))
        record = std::move(*written);
    record.folder = job.folder;
    record.run->alarm = told.alarm; // not in the file
    record.run->advice = told.advice;
    return record;
}

std::optional<Text> warningBefore(const DataSet& data, const PairSplit& split)
{
    synthesis::PairRun planned;
    planned.members = std::ssize(split.members);
    planned.membersPerClass.resize(data.classes.size());
    for (const std::int64_t i : split.members)
        ++planned.membersPerClass[static_cast<std::size_t>(data.cases[static_cast<std::size_t>(i)].label)];
    return synthesis::warningOfFew(planned);
}

std::map<std::string, std::string> besideTheWindow(std::map<std::string, std::string> options)
{
    if (!options.contains("threads"))
        options["threads"] = std::to_string(std::max(1, processorCount() - 1));
    return options;
}

} // namespace hounsfield::synthesising
