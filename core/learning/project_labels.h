#pragma once

#include "core/learning/data_set.h"
#include "core/study/project.h"

#include <filesystem>
#include <vector>

namespace hounsfield::learning {

/// The labels of images in a project, as training takes them.
std::vector<GivenLabel> labelsOf(const study::Project& project);

/// Whether the path is a project's folder: labels are taken from it as from a table.
bool isProject(const std::filesystem::path& path);

/// The request with labels from a table or from a project's folder (they go before those of folders). Where the data
/// are a project's folder, its labels are the data.
/// Errors: as study::Project::open; BadInput when the project holds no labelled image.
Result<DataRequest> withLabels(DataRequest request, const std::filesystem::path& labels);

} // namespace hounsfield::learning
