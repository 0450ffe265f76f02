#pragma once

#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QMimeData>
#include <QTableView>
#include <QTemporaryDir>
#include <QUrl>
#include <QtTest>

#include "app/desktop/workbench.h"
#include "core/image/phantom.h"
#include "ui/shell/theme.h"
#include "ui/shell/translate.h"

namespace hounsfield::desktop {

/// The program's window over the real core, in folders of its own.
struct Bench {
    QTemporaryDir folder;
    std::unique_ptr<Workbench> workbench;
    Bench()
    {
        shell::theme::apply(*qApp);
        const std::filesystem::path root = folder.path().toStdString();
        workbench = std::make_unique<Workbench>(
            Workbench::Places{folder.filePath("settings.ini"), root / "project", root / "sample"},
            shell::systemChoosers());
        window().resize(1280, 800);
        window().show();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
    }
    shell::MainWindow& window() const { return workbench->window(); }
    QString phantom() const
    {
        const QString path = folder.filePath("phantom/ct.mha");
        QDir().mkpath(folder.filePath("phantom"));
        if (!image::writeMetaImage(image::makeCtPhantom(), path.toStdString()))
            return {};
        return path;
    }
    /// Drops a file or folder on the middle of the window.
    void drop(const QString& path) const
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        const QPoint middle = window().rect().center();
        QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window(), &event);
    }
    /// A visible widget of the window by its name; null when there is none.
    template <typename Widget> Widget* shown(const char* name) const
    {
        for (auto* widget : window().findChildren<Widget*>(QString::fromLatin1(name)))
            if (widget->isVisible())
                return widget;
        return nullptr;
    }
    void openFirstRow() const
    {
        for (auto* table : window().findChildren<QTableView*>())
            if (table->isVisible() && table->model()->rowCount() > 0 && table->accessibleName().size() > 0) {
                table->setCurrentIndex(table->model()->index(0, 0));
                table->setFocus();
                const QRect row = table->visualRect(table->model()->index(0, 1));
                QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, row.center());
                QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, row.center());
                return;
            }
    }
    void screenshot(const QString& name) const
    {
        const QString target = QCoreApplication::applicationDirPath() + "/../screenshots";
        QVERIFY(QDir().mkpath(target));
        QVERIFY(window().grab().save(target + "/" + name + ".png"));
    }
    void screenshotsInEveryLanguage(const QString& name) const
    {
        for (const QString& language : shell::Language::available()) {
            workbench->language().choose(language);
            QTest::qWait(200); // layouts settle
            screenshot(name + "_" + language);
        }
        workbench->language().choose("en");
    }
};

} // namespace hounsfield::desktop
