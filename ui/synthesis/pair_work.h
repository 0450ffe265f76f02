#pragma once

#include "ui/synthesis/synthesis_core.h"

#include <mutex>

namespace hounsfield::synthesising {

/// Data as they were read, and how a pair would use them.
struct Opened {
    learning::DataRequest request;
    std::int64_t size = 32; ///< of the pair they were read for
    DataPointer data;       ///< null: none
    std::optional<synthesis::PairSplit> split;
    std::optional<Error> splitProblem; ///< why there is no split
};

/// The training under way, or the last one: what is drawn while it learns.
struct Live {
    std::vector<synthesis::PairEvaluation> evaluations;
    std::vector<Moment> moments;
    synthesis::PairStepEvent step;
};

/// What the training thread tells while it works.
struct SharedLive {
    std::mutex mutex;
    Live live;
};

/// Background work of the page; each looks at nothing but what it is given.

/// Errors: as SynthesisCore::open.
Result<Opened> openFor(const SynthesisCore& core, learning::DataRequest request, std::int64_t size,
    const std::map<std::string, std::string>& options, const Monitor& monitor);

/// The data of a run: those that are open where they are its own, else read anew from where it had them.
/// Errors: BadInput when nothing says where they are; as SynthesisCore::open.
Result<DataPointer> dataOf(
    const SynthesisCore& core, const PairRecord& record, const Opened& open, const Monitor& monitor);

/// How a run's pair shared its data out. Errors: as splitForPair.
Result<synthesis::PairSplit> splitOf(const PairRecord& record, const learning::DataSet& data);

/// A folder for a new run: of this name, or of the time when it is empty. Errors: BadInput when a run of the name is
/// there or the name can be no folder's.
Result<std::filesystem::path> newRunFolder(
    const std::filesystem::path& runs, const std::string& name, const std::string& network);

struct PairJob {
    PairWish wish;
    std::filesystem::path folder;
    learning::Existing existing = learning::Existing::Refuse;
    Opened open;
    std::shared_ptr<SharedLive> shared;
};
/// Notes the wish in the folder, trains, keeps the samples of every evaluation there. Errors: as trainPair.
Result<PairRecord> trainBy(const SynthesisCore& core, const PairJob& job, const Monitor& monitor);

/// What a training of this many images would be warned of, before it begins.
std::optional<Text> warningBefore(const learning::DataSet& data, const synthesis::PairSplit& split);

/// The options of work in the window: one processor stays free for it unless the user said otherwise.
std::map<std::string, std::string> besideTheWindow(std::map<std::string, std::string> options);

} // namespace hounsfield::synthesising
