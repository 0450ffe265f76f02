#include "app/cli/run_folder_options.h"

namespace hounsfield::cli {

std::vector<Option> runFolderOptions()
{
    return {
        {"out", Option::Kind::Path, "", text("cli", "Folder of the run."), -1e300, 1e300, {}, true},
        {"resume", Option::Kind::Flag, "", text("cli", "Go on with the run that is there.")},
        {"force", Option::Kind::Flag, "", text("cli", "Replace the run that is there.")},
    };
}

Result<learning::Existing> existingOf(const Call& call)
{
    if (call.options.flag("resume") && call.options.flag("force"))
        return badInput(text("cli", "--resume and --force exclude each other."));
    return call.options.flag("resume")  ? learning::Existing::Resume
           : call.options.flag("force") ? learning::Existing::Replace
                                        : learning::Existing::Refuse;
}

} // namespace hounsfield::cli
