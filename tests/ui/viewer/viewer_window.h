#pragma once

#include <QApplication>
#include <QDir>
#include <QTemporaryDir>
#include <QWheelEvent>
#include <QtTest>

#include "core/image/phantom.h"
#include "core/study/project.h"
#include "ui/shell/background_task.h"
#include "ui/shell/main_window.h"
#include "ui/shell/settings.h"
#include "ui/shell/theme.h"
#include "ui/shell/translate.h"
#include "ui/viewer/diagnosis_model.h"
#include "ui/viewer/diagnosis_panel.h"
#include "ui/viewer/label_model.h"
#include "ui/viewer/label_panel.h"
#include "ui/viewer/slice_view.h"
#include "ui/viewer/viewer_model.h"
#include "ui/viewer/viewer_page.h"
#include "ui/viewer/volume_view.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

namespace hounsfield::test {

using VolumePointer = std::shared_ptr<const image::Volume>;

inline VolumePointer phantom()
{
    static const auto volume = std::make_shared<const image::Volume>(image::makeCtPhantom());
    return volume;
}

/// The phantom as a series of `count` files (all of them: −1), each with a UID.
inline files::Series phantomSeries(const std::string& uid = "1.2.3", std::int64_t count = -1)
{
    files::Series series;
    series.uid = uid;
    series.folder = "/phantom/" + uid;
    series.facts = phantom()->facts;
    series.facts.modality = "CT";
    series.facts.seriesDescription = "Series " + uid;
    series.facts.studyInstanceUID = "9.1";
    series.geometry = phantom()->geometry;
    series.slices.resize(static_cast<std::size_t>(count < 0 ? phantom()->geometry.size[2] : count));
    series.geometry.size[2] = static_cast<std::int64_t>(series.slices.size());
    series.facts.sopInstanceUIDs.clear();
    for (std::size_t k = 0; k < series.slices.size(); ++k) {
        series.slices[k].source.path = series.folder + "/" + std::to_string(k) + ".dcm";
        series.facts.sopInstanceUIDs.push_back(uid + "." + std::to_string(k + 1));
        series.files.push_back(series.slices[k].source.path.string());
    }
    series.isVolume = true;
    return series;
}

/// The phantom's first slices, as the reading of such a series gives them.
inline VolumePointer volumeOf(const files::Series& series)
{
    image::Volume volume = *phantom();
    volume.geometry.size[2] = static_cast<std::int64_t>(series.slices.size());
    volume.voxels.size = static_cast<std::size_t>(volume.geometry.voxelCount()) * 2;
    volume.facts = series.facts;
    return std::make_shared<const image::Volume>(volume);
}

/// One slice, with a header window of its own.
inline VolumePointer sliceOf(const files::Series& series, std::int64_t slice)
{
    image::Volume one = *volumeOf(series);
    const auto& size = one.geometry.size;
    const auto bytes = static_cast<std::size_t>(size[0] * size[1]) * 2;
    one.voxels.bytes += bytes * static_cast<std::size_t>(slice);
    one.voxels.size = bytes;
    const image::Point origin = one.geometry.toPoint({0, 0, static_cast<double>(slice)});
    one.geometry.origin = {origin.x, origin.y, origin.z};
    one.geometry.size[2] = 1;
    one.windows = {
        {static_cast<double>(slice), 300.0 + static_cast<double>(slice), image::Window::Function::Linear, {}}};
    return std::make_shared<const image::Volume>(one);
}

/// A project that is opened when it is first asked for.
struct LazyProject {
    std::filesystem::path folder;
    std::mutex mutex;
    std::shared_ptr<study::Project> project;
    Result<std::shared_ptr<study::Project>> open()
    {
        const std::lock_guard lock(mutex);
        if (!project)
            project = TRY(study::Project::open(folder));
        return project;
    }
};

/// The window with the viewer alone, on volumes in memory and a project of its own.
struct Bench {
    std::atomic<bool> mayOpen = true; ///< the whole series is read only when this is true
    VolumePointer other;              ///< what the whole is read as, instead of the phantom; null: the phantom
    QTemporaryDir folder;
    LazyProject project{folder.filePath("project").toStdString()};
    shell::Settings settings{folder.filePath("settings.ini")};
    shell::Language language;
    shell::BackgroundTasks tasks;
    viewer::ViewerModel model;
    viewer::DiagnosisModel diagnosis{model, tasks};
    viewer::LabelModel labels{model, diagnosis, tasks,
        {[this] { return project.open(); },
            [](const files::Source& source, const Monitor&) -> Result<std::string> { return source.path.string(); }}};
    QStringList dropped; ///< files that were dropped on the window
    viewer::ViewerPage* page = nullptr;
    viewer::LabelPanel* labelPanel = nullptr;
    std::unique_ptr<shell::MainWindow> window;

    Bench()
        : model(tasks, {[this](const files::Series& series, const Monitor& monitor) -> viewer::Files::VolumeResult {
                            while (!mayOpen)
                                if (monitor.stopRequested())
                                    return cancelled();
                            return other ? other : volumeOf(series);
                        },
                           [](const files::Series& series, std::int64_t slice) -> viewer::Files::VolumeResult {
                               return sliceOf(series, slice);
                           }})
    {
        shell::theme::apply(*qApp);
        page = new viewer::ViewerPage(model);
        auto* panel = new viewer::DiagnosisPanel(diagnosis, model, shell::systemChoosers());
        labelPanel = new viewer::LabelPanel(labels);
        page->addPanel(panel);
        page->addPanel(labelPanel);
        page->addCommands(panel->commands());
        page->addCommands(labels.commands());
        for (viewer::SliceView* view : page->sliceViews())
            view->setNotice([this](std::int64_t slice) {
                const auto notice = labels.notice(slice);
                return viewer::TileNotice{notice.words, notice.colour};
            });
        std::vector<shell::Page> pages;
        pages.push_back({"viewer", text("viewer", "Viewer"), "viewer", "Ctrl+2", page, page->commands(),
            [this](const QStringList& paths) { dropped = paths; }, {}, &model});
        window = std::make_unique<shell::MainWindow>(
            std::move(pages), shell::MainWindow::Parts{tasks, settings, language, shell::systemChoosers()});
        window->resize(1280, 800);
        window->show();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    }
    viewer::SliceView* view(const char* name) const { return window->findChild<viewer::SliceView*>(name); }
    template <typename Widget> Widget* find(const char* name) const { return window->findChild<Widget*>(name); }
    void trigger(const char* id) const
    {
        auto* action = find<QAction>(id);
        QVERIFY2(action && action->isEnabled(), id);
        action->trigger();
    }
    void key(int code, Qt::KeyboardModifiers modifiers = {}) const
    {
        page->activeView()->setFocus();
        QTest::keyClick(page->activeView(), static_cast<Qt::Key>(code), modifiers);
    }
    void label(int digit) const
    {
        key(Qt::Key_L);
        key(Qt::Key_0 + digit);
    }
    void wheel(QWidget* target, int notches, Qt::KeyboardModifiers modifiers = {}) const
    {
        QWheelEvent event(target->rect().center(), target->mapToGlobal(target->rect().center()), {}, {0, 120 * notches},
            Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(target, &event);
    }
    void drag(
        QWidget* target, Qt::MouseButton button, QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::mousePress(target, button, modifiers, from);
        for (int step = 1; step <= 4; ++step) {
            const QPointF at = from + (to - from) * step / 4.0;
            QMouseEvent move(QEvent::MouseMove, at, target->mapToGlobal(at), Qt::NoButton, button, modifiers);
            QApplication::sendEvent(target, &move);
        }
        QTest::mouseRelease(target, button, modifiers, to);
    }
    void screenshot(const QString& name) const
    {
        const QString folderName = QCoreApplication::applicationDirPath() + "/../screenshots";
        QVERIFY(QDir().mkpath(folderName));
        QVERIFY(window->grab().save(folderName + "/" + name + ".png"));
    }
};

} // namespace hounsfield::test
