#pragma once

#include <QDir>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QtTest>

#include "ui/reports/report_text.h"
#include "ui/reports/reports_page.h"
#include "ui/shell/theme.h"

#include <atomic>
#include <fstream>

namespace hounsfield::reporting {

/// The reports page over a project of its own, with shortcuts as the window makes them.
struct ReportsBench {
    QTemporaryDir own;
    QDir folder;
    std::shared_ptr<study::Project> project;
    shell::BackgroundTasks tasks;
    ReportsCore core;
    std::unique_ptr<ReportsModel> model;
    std::unique_ptr<ReportsPage> page;

    /// @param place  of the project; empty: a folder that goes with the bench
    explicit ReportsBench(const QString& place = {})
        : folder(place.isEmpty() ? own.path() : place)
    {
        openProject();
    }

    void openProject()
    {
        auto opened = study::Project::open((folder.path() + "/project").toStdString(), "reader");
        if (!opened)
            qFatal("%s", english(opened.error()).c_str());
        project = std::move(*opened);
    }

    void start()
    {
        core.project = [this]() -> Result<std::shared_ptr<study::Project>> {
            if (isDiskGone)
                return environment(text("reports", "The disk is gone."));
            return project;
        };
        core.preview = [](const reports::TableRequest& request, const Monitor& monitor) {
            return reports::previewReports(nullptr, request, monitor);
        };
        core.read = [](const reports::TableRequest& request, const Monitor& monitor) {
            return reports::readReports(nullptr, request, monitor);
        };
        model = std::make_unique<ReportsModel>(core, tasks);
        shell::Choosers choosers;
        choosers.files = [this](QWidget*, const QString&, const QString&) { return chosenFiles; };
        page = std::make_unique<ReportsPage>(*model, choosers);
        const auto commands = page->commands();
        const auto actions = shell::makeActions(commands, page.get());
        QObject::connect(model.get(), &ReportsModel::changed, page.get(),
            [commands, actions] { shell::refresh(commands, actions); });
        page->resize(1280, 800);
        page->show();
        page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(page.get()));
        model->readProject();
        QTRY_VERIFY(!model->view().isReading && model->view().isSaved);
    }

    /// Imports texts, one report each, and opens the first.
    void take(const std::vector<std::pair<std::string, std::string>>& texts)
    {
        std::vector<reports::Document> documents;
        for (const auto& [id, words] : texts)
            documents.push_back(reports::documentOf({id, "", "", {{"text", words}}}));
        QVERIFY(reports::keepReports(*project, documents));
        start();
        page->focusText();
        QTRY_VERIFY(model->open());
    }

    QString fileWith(const QString& name, const std::string& bytes) const
    {
        const QString path = folder.filePath(name);
        std::ofstream(path.toStdString(), std::ios::binary) << bytes;
        return path;
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : page.get(), key, modifiers);
    }
    void type(char letter) const { QTest::keyClick(QApplication::focusWidget(), letter); }
    template <typename Widget> Widget* find(const char* name) const
    {
        return page->findChild<Widget*>(QLatin1String(name));
    }
    void waitUntilSaved() const { QTRY_VERIFY_WITH_TIMEOUT(model->view().isSaved, 20000); }

    void select(std::int64_t begin, std::int64_t end) const
    {
        QTextCursor cursor = page->reportText()->textCursor();
        const TextPositions positions(model->open()->report.document.text);
        cursor.setPosition(positions.positionOf(begin));
        cursor.setPosition(positions.positionOf(end), QTextCursor::KeepAnchor);
        page->reportText()->setTextCursor(cursor);
    }
    const std::vector<reports::Annotation>& spans() const { return model->open()->report.document.spans; }

    void keepPicture(const QString& name) const
    {
        const QString target = QCoreApplication::applicationDirPath() + "/../screenshots";
        QVERIFY(QDir().mkpath(target));
        QVERIFY(page->grab().save(target + "/reports_" + name + ".png"));
    }

    QStringList chosenFiles;
    std::atomic<bool> isDiskGone = false;
};

} // namespace hounsfield::reporting
