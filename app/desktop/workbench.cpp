#include "app/desktop/workbench.h"

#include <QMessageBox>

#include "app/desktop/reports_desk.h"
#include "core/base/process.h"
#include "core/files/scan.h"
#include "core/files/series.h"
#include "core/study/moved.h"
#include "ui/shell/background_task.h"
#include "ui/shell/settings.h"
#include "ui/shell/translate.h"
#include "ui/studies/studies_page.h"
#include "ui/synthesis/synthesis_page.h"
#include "ui/training/training_page.h"
#include "ui/viewer/diagnosis_model.h"
#include "ui/viewer/diagnosis_panel.h"
#include "ui/viewer/graphics_probe.h"
#include "ui/viewer/label_model.h"
#include "ui/viewer/label_panel.h"
#include "ui/viewer/slice_view.h"
#include "ui/viewer/tools.h"
#include "ui/viewer/viewer_model.h"
#include "ui/viewer/viewer_page.h"
#include "ui/viewer/volume_view.h"

#include <mutex>
#include <string_view>

namespace hounsfield::desktop {

namespace {

const QString modelSetting = QStringLiteral("viewer/model");

/// Opens the user's project once, on whichever thread asks first; `tell` is called there with what there is to say.
training::OpenProject projectOpener(std::filesystem::path folder, std::function<void(const study::OpeningNotes&)> tell)
{
    struct Once {
        std::mutex mutex;
        std::shared_ptr<study::Project> project;
    };
    const auto once = std::make_shared<Once>();
    return [once, folder = std::move(folder), tell = std::move(tell)]() -> Result<std::shared_ptr<study::Project>> {
        const std::lock_guard lock(once->mutex);
        if (!once->project) {
            once->project = TRY(study::Project::open(folder.empty() ? TRY(study::defaultProjectFolder()) : folder));
            if (!once->project->notes().sentences.empty())
                tell(once->project->notes());
        }
        return once->project;
    };
}

/// What was opened, as if it were dropped again; none of labels alone.
QStringList pathsOf(const learning::DataRequest& request)
{
    QStringList paths;
    for (const auto& path : {request.data, request.table, request.test})
        if (!path.empty())
            paths << QString::fromStdString(path.string());
    return paths;
}

std::filesystem::path sampleFolder(const std::filesystem::path& wish)
{
    if (!wish.empty())
        return wish;
    const auto project = study::defaultProjectFolder();
    return (project ? project->parent_path() : std::filesystem::temp_directory_path()) / "sample";
}

viewer::Files filesOf(files::ReaderPool& readers)
{
    return {[&readers](const files::Series& series, const Monitor& m) { return files::openSeries(readers, series, m); },
        [&readers](const files::Series& series, std::int64_t k) { return files::openSlice(readers, series, k); }};
}

Result<std::string> pixelHash(files::ReaderPool& readers, const files::Source& source, const Monitor& monitor)
{
    files::ImageSetRequest request;
    request.sources = {source};
    const auto set = TRY(readers.readImages(request, monitor));
    return TRY(set.images.front()).pixelHash;
}

} // namespace

struct Workbench::Parts {
    Parts(const Places& places, const shell::Choosers& choosers, Workbench& workbench)
        : settings(places.settingsFile)
        , project(projectOpener(places.project,
              [&workbench](const study::OpeningNotes& notes) {
                  QMetaObject::invokeMethod(&workbench, [&workbench, notes] { workbench.tellNotes(notes); });
              }))
        , studies(studies::studiesCore(readers, sampleFolder(places.sample)), tasks)
        , viewer(tasks, filesOf(readers))
        , diagnosis(viewer, tasks)
        , labels(viewer, diagnosis, tasks,
              {project, [this](const files::Source& source,
                            const Monitor& monitor) { return pixelHash(readers, source, monitor); }})
        , training(training::trainingCore(readers, project, sampleFolder(places.sample) / "radiographs"), tasks)
        , synthesis(synthesising::synthesisCore(readers, project,
                        [make = training.core().sample](const Monitor& monitor) { return make(monitor); }),
              tasks)
        , reports({readers, project, tasks, settings, viewer, studies, choosers})
        , studiesPage(new studies::StudiesPage(studies, choosers))
        , viewerPage(new viewer::ViewerPage(viewer))
        , panel(new viewer::DiagnosisPanel(diagnosis, viewer, choosers))
    {
    }
    files::ReaderPool readers;
    shell::Settings settings;
    shell::Language language;
    training::OpenProject project;
    shell::BackgroundTasks tasks; // after what its jobs use: it waits for them when it goes
    studies::StudiesModel studies;
    viewer::ViewerModel viewer;
    viewer::DiagnosisModel diagnosis;
    viewer::LabelModel labels;
    training::TrainingModel training;
    synthesising::SynthesisModels synthesis;
    ReportsDesk reports;
    studies::StudiesPage* studiesPage; // the window owns the pages
    viewer::ViewerPage* viewerPage;
    viewer::DiagnosisPanel* panel;
    training::TrainingPage* trainingPage = nullptr;
    synthesising::SynthesisPage* synthesisPage = nullptr;
    bool showsStudies = false; // the viewer's strip follows the page of studies
    std::unique_ptr<shell::MainWindow> window;
};

Workbench::Workbench(const Places& places, shell::Choosers choosers, QObject* parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(places, choosers, *this))
{
    Parts& p = *m_parts;
    const QString language = p.settings.language();
    p.language.choose(language.isEmpty() ? shell::Language::ofSystem() : language);
    p.trainingPage = new training::TrainingPage(
        p.training, choosers, [this](const shell::OpenRequest& request) { openImage(request); });
    p.viewerPage->addPanel(p.panel);
    p.viewerPage->addPanel(new viewer::LabelPanel(p.labels));
    p.reports.joinViewer(*p.viewerPage);
    p.reports.joinTraining(*p.trainingPage);
    p.viewerPage->addCommands(p.panel->commands());
    p.viewerPage->addCommands(p.labels.commands());
    p.viewerPage->volumeView()->setGraphics(
        [] { return viewer::canDrawByGraphics(QString::fromStdString((programFolder() / "hounsfield").string())); });
    for (viewer::SliceView* view : p.viewerPage->sliceViews()) {
        view->setOverlaySource([&p](std::int64_t slice) {
            return viewer::SliceOverlay{p.diagnosis.mapOf(slice), p.diagnosis.opacity()};
        });
        view->setNotice([&p](std::int64_t slice) {
            const auto notice = p.labels.notice(slice);
            return viewer::TileNotice{notice.words, notice.colour};
        });
    }
    p.synthesisPage = new synthesising::SynthesisPage(p.synthesis, choosers);
    joinPages(choosers);
    joinSynthesis();
    p.diagnosis.setModelFile(p.settings.word(modelSetting));
}

Workbench::~Workbench() = default;

void Workbench::joinPages(const shell::Choosers& choosers)
{
    Parts& p = *m_parts;
    std::vector<shell::Page> pages;
    auto studiesCommands = p.studiesPage->commands();
    studiesCommands.push_back({"studies.findMoved", text("studies", "Find moved images…"),
        text("studies", "Looks in a folder for labelled images that are no longer where they were."), {}, nullptr,
        text("studies", "&Study"), [this, choosers] { findMoved(choosers); }});
    const auto openStudies = [&p](const QStringList& paths) { p.studies.open(paths); };
    const auto openTraining = [&p](const QStringList& paths) { p.training.open(paths); };
    // What is dropped on the viewer is a study: the page of studies takes it in, the viewer shows its first series.
    pages.push_back({"studies", text("shell", "Studies"), "studies", "Ctrl+1", p.studiesPage,
        std::move(studiesCommands), openStudies, {}, &p.studies});
    pages.push_back({"viewer", text("shell", "Viewer"), "viewer", "Ctrl+2", p.viewerPage, p.viewerPage->commands(),
        openStudies, {}, &p.viewer});
    pages.push_back({"training", text("shell", "Training"), "training", "Ctrl+3", p.trainingPage,
        p.trainingPage->commands(), openTraining, [&p] { p.training.readRuns(); }, &p.training});
    pages.push_back(p.reports.page());
    pages.push_back({"synthesis", text("shell", "Synthesis"), "synthesis", "Ctrl+5", p.synthesisPage,
        p.synthesisPage->commands(), [&p](const QStringList& paths) { p.synthesis.synthesis.open(paths); },
        [&p] { p.synthesis.synthesis.readRuns(); }, &p.synthesis.synthesis});
    p.window = std::make_unique<shell::MainWindow>(
        std::move(pages), shell::MainWindow::Parts{p.tasks, p.settings, p.language, choosers});
    const auto openListed = [this](const files::Series& series) {
        m_parts->showsStudies = true;
        followStudies();
        m_parts->viewer.openSeries(series);
    };
    connect(p.studiesPage, &studies::StudiesPage::seriesChosen, this, openListed);
    connect(&p.studies, &studies::StudiesModel::firstSeries, this, openListed);
    connect(&p.studies, &studies::StudiesModel::changed, this, &Workbench::followStudies);
    connect(&p.studies, &studies::StudiesModel::nothingFound, this, [&p] { p.window->enterPage("studies"); });
    connect(&p.viewer, &viewer::ViewerModel::opened, this, [&p] { p.window->enterPage("viewer"); });
    connect(&p.viewer, &viewer::ViewerModel::changed, this, [&p, shown = std::string_view("window")]() mutable {
        if (shown == p.viewer.tool())
            return;
        shown = p.viewer.tool();
        const viewer::Tool& tool = viewer::toolNamed(shown);
        p.window->say(shell::translated(tool.name) + QStringLiteral(": ") + shell::translated(tool.help));
    });
    connect(&p.viewer, &viewer::ViewerModel::volumeChanged, this, [&p] {
        const auto& volume = p.viewer.volume();
        p.window->setSubject(
            volume ? QString::fromStdString(volume->facts.patientName).replace(QLatin1Char('^'), QLatin1Char(' '))
                   : QString());
    });
    connect(p.panel, &viewer::DiagnosisPanel::modelChosen, this, &Workbench::setModelFile);
    connect(p.trainingPage, &training::TrainingPage::modelChosen, this, &Workbench::setModelFile);
    connect(&p.reports, &ReportsDesk::pageWanted, p.window.get(), &shell::MainWindow::enterPage);
    connect(&p.reports, &ReportsDesk::said, p.window.get(), &shell::MainWindow::say);
    connect(&p.labels, &viewer::LabelModel::saved, &p.training, &training::TrainingModel::readLabels);
}

/// Data go from the training page to that of synthesis, made images the other way.
void Workbench::joinSynthesis()
{
    Parts& p = *m_parts;
    p.synthesis.synthesis.setTrainingData([&p]() -> std::optional<learning::DataRequest> {
        return p.training.data() ? std::optional(p.training.request()) : std::nullopt;
    });
    connect(&p.synthesis.handout, &synthesising::HandoutModel::added, this, [&p](const QString& folder) {
        const auto run = p.synthesis.synthesis.run();
        // The same parts as the pair had: what it has seen must not be tested on.
        for (const char* name : {"seed", "validation", "test-share"})
            if (run && run->run && run->run->options.contains(name))
                p.training.setOption(name, run->run->options.at(name));
        auto folders = p.training.synthetic();
        folders.emplace_back(folder.toStdString());
        p.training.setSynthetic(folders);
        if (!p.training.data() && run && run->wish) {
            if (const QStringList paths = pathsOf(run->wish->data); !paths.isEmpty())
                p.training.open(paths);
            else
                p.training.openProjectLabels();
        }
        p.window->enterPage("training");
    });
}

void Workbench::followStudies()
{
    if (!m_parts->showsStudies)
        return;
    std::vector<viewer::ListedSeries> list;
    for (const studies::SeriesRow& row : m_parts->studies.series().rows())
        list.push_back({row.series, row.preview});
    m_parts->viewer.setSeriesList(std::move(list));
}

void Workbench::setModelFile(const QString& file)
{
    m_parts->diagnosis.setModelFile(file);
    m_parts->settings.setWord(modelSetting, file);
}

void Workbench::findMoved(const shell::Choosers& choosers)
{
    Parts& p = *m_parts;
    const QString folder = choosers.folder(p.window.get(), tr("Folder to look for moved images in"));
    if (folder.isEmpty())
        return;
    p.tasks.start<study::MovedImages>(
        this, text("studies", "Looking for moved images"),
        [&readers = p.readers, open = p.project, folder = folder.toStdString()](const Monitor& monitor)
            -> Result<study::MovedImages> { return study::findMoved(*TRY(open()), readers, folder, monitor); },
        [&p](Result<study::MovedImages> moved) {
            if (!moved)
                return p.window->say(shell::translated(moved.error()));
            p.window->say(moved->lost == 0
                              ? tr("Every labelled image is where it was.")
                              : tr("Found again: %1 of %2 labelled images.").arg(moved->found).arg(moved->lost));
            p.training.readLabels();
        });
}

void Workbench::tellNotes(const study::OpeningNotes& notes)
{
    QStringList sentences;
    for (const Text& sentence : notes.sentences)
        sentences << shell::translated(sentence);
    auto* box = new QMessageBox(notes.isRestored ? QMessageBox::Warning : QMessageBox::Information, tr("Your project"),
        sentences.join(QLatin1Char('\n')), QMessageBox::Close, m_parts->window.get());
    box->setObjectName(QStringLiteral("projectNotes"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open(); // does not hold up the window
}

void Workbench::openImage(const shell::OpenRequest& request)
{
    Parts& p = *m_parts;
    if (!request.model.empty())
        setModelFile(QString::fromStdString(request.model));
    p.tasks.start<files::Series>(
        this, text("viewer", "Opening %1").with(request.source.path.filename().string()),
        [&readers = p.readers, source = request.source, frame = request.frame](
            const Monitor&) -> Result<files::Series> {
            const auto header = std::make_shared<const files::FileHeader>(TRY(readers.readHeader(source)));
            for (const files::Series& series : files::groupIntoSeries({{source, header}}))
                for (const files::SliceSource& slice : series.slices)
                    if (slice.frame == frame)
                        return series;
            return badInput(text("viewer", "There is no image %1 in this file.").with(frame + 1), source.path.string());
        },
        [&p, request](Result<files::Series> series) {
            if (!series)
                return p.window->say(shell::translated(series.error()));
            std::int64_t place = 0;
            for (std::size_t i = 0; i < series->slices.size(); ++i)
                if (series->slices[i].frame == request.frame)
                    place = static_cast<std::int64_t>(i);
            p.showsStudies = false;
            p.viewer.setSeriesList({{*series, {}}});
            p.viewer.openSeries(*series, place);
            if (!request.model.empty())
                p.diagnosis.diagnoseWhenOpen();
        });
}

shell::MainWindow& Workbench::window() const
{
    return *m_parts->window;
}

shell::Language& Workbench::language() const
{
    return m_parts->language;
}

studies::StudiesModel& Workbench::studies() const
{
    return m_parts->studies;
}

viewer::ViewerModel& Workbench::viewer() const
{
    return m_parts->viewer;
}

viewer::DiagnosisModel& Workbench::diagnosis() const
{
    return m_parts->diagnosis;
}

synthesising::SynthesisModels& Workbench::synthesis() const
{
    return m_parts->synthesis;
}

ReportsDesk& Workbench::reports() const
{
    return m_parts->reports;
}

training::TrainingModel& Workbench::training() const
{
    return m_parts->training;
}

} // namespace hounsfield::desktop
