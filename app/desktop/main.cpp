#include <QApplication>
#include <QIcon>

#include "app/desktop/single_start.h"
#include "app/desktop/workbench.h"
#include "core/base/process.h"
#include "core/study/project.h"
#include "ui/shell/theme.h"
#include "ui/viewer/graphics_probe.h"

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

/// Qt would abort without a display; a sentence is better.
bool hasDisplay()
{
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        if (const char* value = std::getenv(name); value && *value)
            return true;
    return false;
}

} // namespace

int main(int argc, char** argv)
{
    using namespace hounsfield;
    for (int i = 1; i < argc; ++i)
        if (std::string_view(argv[i]) == "--version") {
            std::puts("Hounsfield " HOUNSFIELD_VERSION " (research use, not for diagnosis)");
            return 0;
        } else if (std::string_view(argv[i]) == "--probe-graphics") {
            return viewer::answerGraphicsProbe();
        }
    if (!hasDisplay()) {
        std::fputs("hounsfield: There is no display here. The command line does the same without one: hounsfield-cli "
                   "--help.\n",
            stderr);
        return 1;
    }
    restartWithQuietThreads(argv);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("hounsfield"));
    QApplication::setApplicationVersion(QStringLiteral(HOUNSFIELD_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.hounsfield.Hounsfield"));
    shell::theme::apply(application);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/hounsfield.svg")));
    const QStringList paths = application.arguments().mid(1);
    const auto project = study::defaultProjectFolder();
    desktop::SingleStart start(project ? QString::fromStdString(project->string()) : QString());
    if (start.handOver(paths))
        return 0;
    desktop::Workbench workbench({}, shell::systemChoosers());
    QObject::connect(&start, &desktop::SingleStart::opened, &workbench.window(), [&](const QStringList& more) {
        workbench.window().openPaths(more);
        workbench.window().raise();
        workbench.window().activateWindow();
    });
    start.listen();
    workbench.window().show();
    if (!paths.isEmpty())
        workbench.window().enterPage("viewer");
    workbench.window().openPaths(paths);
    return QApplication::exec();
}
