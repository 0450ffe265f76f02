#include "ui/viewer/label_model.h"

#include "ui/shell/background_task.h"
#include "ui/shell/translate.h"
#include "ui/viewer/diagnosis_model.h"
#include "ui/viewer/viewer_model.h"

#include <array>
#include <optional>

namespace hounsfield::viewer {

namespace {

std::string keyOf(const study::Place& place)
{
    return place.file + '\n' + place.entry + '\n' + std::to_string(place.frame);
}

std::optional<study::Place> placeOf(const ViewerModel& viewer, std::int64_t slice)
{
    const auto& series = viewer.series();
    if (!series || slice < 0 || slice >= static_cast<std::int64_t>(series->slices.size()))
        return {};
    const files::SliceSource& source = series->slices[static_cast<std::size_t>(slice)];
    return study::Place{source.source.path.string(), source.source.entry, source.frame, series->facts.patientID,
        series->facts.studyInstanceUID, series->facts.seriesInstanceUID};
}

} // namespace

/// What a look at the project found.
struct LabelModel::Known {
    std::vector<std::string> classes;
    std::map<std::string, std::string> byPlace;
};

LabelModel::LabelModel(
    ViewerModel& viewer, DiagnosisModel& diagnosis, shell::BackgroundTasks& tasks, LabelStore store, QObject* parent)
    : QObject(parent)
    , m_viewer(viewer)
    , m_diagnosis(diagnosis)
    , m_tasks(tasks)
    , m_store(std::move(store))
{
    connect(&viewer, &ViewerModel::opened, this, &LabelModel::readLabels);
}

LabelModel::~LabelModel() = default;

std::vector<std::string> LabelModel::classes() const
{
    return m_classes.empty() ? m_diagnosis.classes() : m_classes;
}

void LabelModel::readLabels()
{
    m_problem.clear();
    change([](study::Project&, const Monitor&) -> Result<void> { return {}; });
}

void LabelModel::change(std::function<Result<void>(study::Project&, const Monitor&)> act)
{
    m_tasks.start<Known>(
        this, text("viewer", "Saving the label"),
        [store = m_store, act = std::move(act)](const Monitor& monitor) -> Result<Known> {
            const auto project = TRY(store.project());
            TRY(act(*project, monitor));
            Known known{project->classes(), {}};
            for (const study::Label& label : project->labels())
                known.byPlace[keyOf(label.place)] = label.className;
            return known;
        },
        [this](Result<Known> known) {
            if (known) {
                m_problem.clear();
                m_classes = std::move(known->classes);
                m_byPlace = std::move(known->byPlace);
            } else {
                m_problem = shell::translated(known.error());
            }
            emit changed();
            emit m_viewer.changed();
        });
}

void LabelModel::giveClass(std::size_t number)
{
    const std::vector<std::string> names = classes();
    const std::int64_t slice = m_viewer.slice();
    const auto place = placeOf(m_viewer, slice);
    if (!place)
        return;
    if (number > names.size()) {
        m_problem = names.empty() ? tr("There are no classes yet: choose a model, or train on labelled images.")
                                  : tr("There are only %1 classes.").arg(names.size());
        emit m_viewer.changed();
        return;
    }
    const std::string name = number == 0 ? std::string() : names[number - 1];
    const files::SliceSource source = m_viewer.series()->slices[static_cast<std::size_t>(slice)];
    const image::Facts facts =
        m_viewer.volume() && m_viewer.isWhole() ? m_viewer.volume()->facts : m_viewer.series()->facts;
    change([store = m_store, source, facts, slice, name, names, place = *place](
               study::Project& project, const Monitor& monitor) -> Result<void> {
        const bool hasUid =
            static_cast<std::size_t>(slice) < facts.sopInstanceUIDs.size() || facts.sopInstanceUIDs.size() == 1;
        files::Source picture = source.source;
        picture.frame = source.header->frames > 1 ? source.frame : -1;
        const std::string hash = hasUid ? std::string() : TRY(store.pixelHash(picture, monitor));
        const study::Subject subject = study::subjectOf(facts, slice, hash);
        if (name.empty())
            return project.removeLabel(subject);
        if (project.classes().empty())
            TRY(project.setClasses(names));
        return project.setLabel({subject, name, place});
    });
}

void LabelModel::undo()
{
    change([](study::Project& project, const Monitor&) -> Result<void> {
        TRY(project.undo());
        return {};
    });
}

void LabelModel::redo()
{
    change([](study::Project& project, const Monitor&) -> Result<void> {
        TRY(project.redo());
        return {};
    });
}

QString LabelModel::notice(std::int64_t slice) const
{
    if (!m_problem.isEmpty())
        return m_problem;
    const auto place = placeOf(m_viewer, slice);
    const auto known = place ? m_byPlace.find(keyOf(*place)) : m_byPlace.end();
    return known == m_byPlace.end() ? QString() : tr("Label: %1").arg(QString::fromStdString(known->second));
}

std::vector<shell::Command> LabelModel::commands()
{
    static constexpr std::array<const char*, 10> keys = {
        "L, 0", "L, 1", "L, 2", "L, 3", "L, 4", "L, 5", "L, 6", "L, 7", "L, 8", "L, 9"};
    const Text menu = text("viewer", "La&bel");
    const auto canLabel = [this] { return m_viewer.series().has_value(); };
    std::vector<shell::Command> rows;
    for (std::size_t i = 0; i < keys.size(); ++i)
        rows.push_back({"viewer.label." + std::to_string(i),
            i == 0 ? text("viewer", "Take the label away") : text("viewer", "Label as class %1").with(i),
            text("viewer", "L, then a digit: saved at once."), {keys[i]}, nullptr, menu, [this, i] { giveClass(i); },
            {}, canLabel});
    rows.push_back({"viewer.undo", text("viewer", "Undo"), text("viewer", "Takes the last label back."), {"Ctrl+Z"},
        "undo", menu, [this] { undo(); }});
    rows.push_back({"viewer.redo", text("viewer", "Redo"), text("viewer", "Gives it again."), {"Ctrl+Y"}, "redo", menu,
        [this] { redo(); }});
    return rows;
}

} // namespace hounsfield::viewer
