#include "core/learning/project_labels.h"

namespace hounsfield::learning {

std::vector<GivenLabel> labelsOf(const study::Project& project)
{
    std::vector<GivenLabel> given;
    for (const study::Label& label : project.labels())
        if (label.subject.level == study::Subject::Level::Image)
            given.push_back({label.subject.uid, label.className,
                {label.place.file, label.place.entry, label.subject.frame > 0 ? label.place.frame : -1},
                label.place.patientID, label.place.studyInstanceUID, label.subject.frame});
    return given;
}

bool isProject(const std::filesystem::path& path)
{
    std::error_code ignored;
    return std::filesystem::is_regular_file(path / "project.db", ignored);
}

Result<DataRequest> withLabels(DataRequest request, const std::filesystem::path& labels)
{
    const bool isData = isProject(request.data);
    const std::filesystem::path project = isData ? request.data : isProject(labels) ? labels : "";
    if (isData)
        request.data.clear();
    if (project != labels)
        request.table = labels;
    if (project.empty())
        return request;
    request.labels = labelsOf(*TRY(study::Project::open(project)));
    if (request.labels.empty())
        return badInput(text("learning", "No image is labelled in this project."), project.string(),
            text("learning", "Open images in the viewer and press L, then a digit."));
    return request;
}

} // namespace hounsfield::learning
