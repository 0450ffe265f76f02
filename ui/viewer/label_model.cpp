#include "ui/viewer/label_model.h"

#include "ui/shell/background_task.h"
#include "ui/shell/translate.h"
#include "ui/viewer/diagnosis_model.h"
#include "ui/viewer/viewer_model.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace hounsfield::viewer {

namespace {

std::string keyOf(const study::Place& place)
{
    return place.file + '\n' + place.entry + '\n' + std::to_string(place.frame);
}

std::optional<study::Place> placeOf(const ViewerModel& viewer, std::int64_t stored)
{
    const auto& series = viewer.series();
    if (!series || stored < 0 || stored >= static_cast<std::int64_t>(series->slices.size()))
        return {};
    const files::SliceSource& source = series->slices[static_cast<std::size_t>(stored)];
    return study::Place{source.source.path.string(), source.source.entry, source.frame, series->facts.patientID,
        series->facts.studyInstanceUID, series->facts.seriesInstanceUID};
}

} // namespace

std::span<const LabelColour> labelColours()
{
    static const LabelColour table[] = {
        {"#7cbcff", text("viewer", "Blue")},
        {"#ffc061", text("viewer", "Orange")},
        {"#7fe0a7", text("viewer", "Green")},
        {"#ff9c92", text("viewer", "Red")},
        {"#c9a6ff", text("viewer", "Violet")},
        {"#f5e663", text("viewer", "Yellow")},
        {"#5fd9d9", text("viewer", "Turquoise")},
        {"#ff9bd2", text("viewer", "Pink")},
        {"#c3d98a", text("viewer", "Olive")},
        {"#d9d9d9", text("viewer", "Grey")},
    };
    return table;
}

/// What a look at the project found.
struct LabelModel::Known {
    std::vector<study::LabelClass> classes;
    std::vector<study::Label> labels;
    bool canUndo = false, canRedo = false;
};

LabelModel::LabelModel(
    ViewerModel& viewer, DiagnosisModel& diagnosis, shell::BackgroundTasks& tasks, LabelStore store, QObject* parent)
    : QObject(parent)
    , m_viewer(viewer)
    , m_diagnosis(diagnosis)
    , m_tasks(tasks)
    , m_store(std::move(store))
{
    connect(&viewer, &ViewerModel::opened, this, [this] {
        m_problem.clear();
        change([](study::Project&, const Monitor&) -> Result<void> { return {}; });
    });
    connect(&viewer, &ViewerModel::volumeChanged, this, &LabelModel::changed); // slices count the other way by now
    connect(&diagnosis, &DiagnosisModel::changed, this, [this] {
        if (m_classes.empty()) // the model's own stand in for them
            emit changed();
    });
}

LabelModel::~LabelModel() = default;

std::vector<study::LabelClass> LabelModel::classes() const
{
    if (!m_classes.empty())
        return m_classes;
    std::vector<study::LabelClass> ofModel;
    for (const std::string& name : m_diagnosis.classes())
        ofModel.push_back({name, {}});
    return ofModel;
}

void LabelModel::change(Act act)
{
    m_waiting.push_back(std::move(act));
    if (m_isBusy)
        return;
    runNext();
    emit m_viewer.changed(); // what has begun can be undone
}

void LabelModel::runNext()
{
    m_isBusy = true;
    m_tasks.start<Known>(
        this, text("viewer", "Saving the label"),
        [store = m_store, act = std::move(m_waiting.front())](const Monitor& monitor) -> Result<Known> {
            const auto project = TRY(store.project());
            TRY(act(*project, monitor));
            return Known{
                project->labelClasses(), project->labels(), !project->undoable().empty(), !project->redoable().empty()};
        },
        [this](Result<Known> known) { take(std::move(known)); });
    m_waiting.pop_front();
}

void LabelModel::take(Result<Known> known)
{
    m_isBusy = false;
    if (known) {
        m_problem.clear();
        m_saved = std::move(known->classes);
        if (m_waiting.empty())
            m_classes = m_saved;
        m_counts.clear();
        m_byPlace.clear();
        for (study::Label& label : known->labels) {
            ++m_counts[label.className];
            m_byPlace[keyOf(label.place)] = std::move(label);
        }
        m_canUndo = known->canUndo;
        m_canRedo = known->canRedo;
    } else if (known.error().kind != Error::Kind::Cancelled) {
        m_problem = shell::translated(known.error());
        m_classes = m_saved;
    }
    if (!m_waiting.empty())
        runNext();
    emit saved();
    emit changed();
    emit m_viewer.changed();
}

void LabelModel::say(const QString& problem)
{
    m_problem = problem;
    emit changed();
    emit m_viewer.changed();
}

const study::Label* LabelModel::labelOf(std::int64_t stored) const
{
    const auto place = placeOf(m_viewer, stored);
    const auto known = place ? m_byPlace.find(keyOf(*place)) : m_byPlace.end();
    return known == m_byPlace.end() ? nullptr : &known->second;
}

void LabelModel::giveClass(std::size_t number)
{
    const std::vector<study::LabelClass> known = classes();
    const std::int64_t stored = m_viewer.storedSliceOf(m_viewer.slice()); // the volume may be resampled
    const auto place = placeOf(m_viewer, stored);
    if (!place)
        return;
    if (number == 0)
        return takeLabel(stored);
    if (number > known.size())
        return say(known.empty() ? tr("There are no classes yet: add one beside the picture, or choose a model.")
                                 : tr("There are only %1 classes.").arg(known.size()));
    const std::string name = known[number - 1].name;
    const files::SliceSource source = m_viewer.series()->slices[static_cast<std::size_t>(stored)];
    const image::Facts facts = m_viewer.series()->facts;
    change([store = m_store, source, facts, stored, name, known, place = *place](
               study::Project& project, const Monitor& monitor) -> Result<void> {
        const auto& uids = facts.sopInstanceUIDs;
        const std::size_t at = uids.size() == 1 ? 0 : static_cast<std::size_t>(stored);
        const bool hasUid = at < uids.size() && !uids[at].empty();
        files::Source picture = source.source;
        picture.frame = source.header && source.header->frames > 1 ? source.frame : -1;
        const std::string hash = hasUid ? std::string() : TRY(store.pixelHash(picture, monitor));
        if (project.classes().empty())
            TRY(project.setLabelClasses(known));
        return project.setLabel({study::subjectOf(facts, stored, hash), name, place});
    });
}

void LabelModel::takeLabel(std::int64_t stored)
{
    if (const study::Label* label = labelOf(stored))
        change([subject = label->subject](
                   study::Project& project, const Monitor&) -> Result<void> { return project.removeLabel(subject); });
}

void LabelModel::showStored(std::int64_t stored)
{
    if (stored >= 0)
        m_viewer.showSlice(m_viewer.sliceOfStored(stored));
}

void LabelModel::saveClasses(std::vector<study::LabelClass> all, std::optional<study::Project::Rename> rename)
{
    m_classes = all; // at once: the next key already counts on them
    change([all = std::move(all), rename = std::move(rename)](study::Project& project, const Monitor&) -> Result<void> {
        return project.setLabelClasses(all, rename);
    });
    emit changed();
}

/// Says why a name cannot be given.
bool LabelModel::isFree(const QString& name)
{
    if (name.isEmpty())
        return false;
    const bool isTaken = std::ranges::any_of(
        classes(), [&](const study::LabelClass& other) { return other.name == name.toStdString(); });
    if (isTaken)
        say(tr("There is a class “%1” already.").arg(name));
    return !isTaken;
}

void LabelModel::addClass(const QString& name)
{
    const QString words = name.simplified();
    if (!isFree(words))
        return;
    auto all = classes();
    all.push_back({words.toStdString(), {}});
    saveClasses(std::move(all));
}

void LabelModel::renameClass(std::size_t row, const QString& name)
{
    auto all = classes();
    const QString words = name.simplified();
    if (row >= all.size() || all[row].name == words.toStdString() || !isFree(words))
        return;
    const study::Project::Rename rename{all[row].name, words.toStdString()};
    if (all[row].colour.empty()) // keeps the colour that it was shown with
        all[row].colour = colourOf(all[row].name).toStdString();
    all[row].name = rename.to;
    saveClasses(std::move(all), rename);
}

void LabelModel::setColour(std::size_t row, const QString& code)
{
    auto all = classes();
    if (row >= all.size())
        return;
    all[row].colour = code.toStdString();
    saveClasses(std::move(all));
}

void LabelModel::moveClass(std::size_t row, int by)
{
    auto all = classes();
    const std::size_t to = row + static_cast<std::size_t>(by); // below 0 it is beyond every size
    if (row >= all.size() || to >= all.size())
        return;
    for (study::LabelClass& one : all) // colours follow the classes, not the digits
        if (one.colour.empty())
            one.colour = colourOf(one.name).toStdString();
    std::swap(all[row], all[to]);
    saveClasses(std::move(all));
}

void LabelModel::removeClass(std::size_t row)
{
    auto all = classes();
    if (row >= all.size())
        return;
    const auto used = m_counts.find(all[row].name);
    if (used != m_counts.end() && used->second > 0)
        return say(tr("Images with the class “%1”: %2. Rename it, or take their labels away first.")
                       .arg(QString::fromStdString(all[row].name))
                       .arg(used->second));
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(row));
    saveClasses(std::move(all));
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

QString LabelModel::colourOf(const std::string& className) const
{
    const auto all = classes();
    const auto colours = labelColours();
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].name == className)
            return all[i].colour.empty() ? QString::fromLatin1(colours[i % colours.size()].code)
                                         : QString::fromStdString(all[i].colour);
    return QString::fromLatin1(colours.back().code);
}

LabelModel::Notice LabelModel::notice(std::int64_t slice) const
{
    if (!m_problem.isEmpty())
        return {m_problem, {}};
    const study::Label* label = labelOf(m_viewer.storedSliceOf(slice));
    return label ? Notice{tr("Label: %1").arg(QString::fromStdString(label->className)), colourOf(label->className)}
                 : Notice{};
}

LabelModel::View LabelModel::view() const
{
    View view;
    view.problem = m_problem;
    view.isOpen = m_viewer.series().has_value();
    view.canUndo = m_canUndo;
    view.canRedo = m_canRedo;
    for (const study::LabelClass& one : classes()) {
        const auto count = m_counts.find(one.name);
        view.classes.push_back(
            {QString::fromStdString(one.name), colourOf(one.name), count == m_counts.end() ? 0 : count->second});
    }
    const std::int64_t slices = view.isOpen ? static_cast<std::int64_t>(m_viewer.series()->slices.size()) : 0;
    for (std::int64_t stored = 0; stored < slices && !m_byPlace.empty(); ++stored)
        if (const study::Label* label = labelOf(stored))
            view.labelled.push_back({stored, m_viewer.shownNumber(m_viewer.sliceOfStored(stored)),
                QString::fromStdString(label->className), colourOf(label->className)});
    std::ranges::sort(view.labelled, {}, &Labelled::shownNumber);
    return view;
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
    rows.push_back(
        {"viewer.undo", text("viewer", "Undo"), text("viewer", "Takes the last label or change of the classes back."),
            {"Ctrl+Z"}, "undo", menu, [this] { undo(); }, {}, [this] { return m_canUndo || m_isBusy; }});
    rows.push_back({"viewer.redo", text("viewer", "Redo"), text("viewer", "Gives it again."),
        {"Ctrl+Y", "Ctrl+Shift+Z"}, "redo", menu, [this] { redo(); }, {}, [this] { return m_canRedo || m_isBusy; }});
    return rows;
}

} // namespace hounsfield::viewer
