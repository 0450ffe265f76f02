#include "ui/shell/main_window.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/shell/background_task.h"
#include "ui/shell/key_list.h"
#include "ui/shell/progress_rows.h"
#include "ui/shell/settings.h"
#include "ui/shell/theme.h"
#include "ui/shell/translate.h"

#include <algorithm>

namespace hounsfield::shell {

namespace {

constexpr int railWidth = 84;

QStringList pathsOf(const QMimeData* data)
{
    QStringList paths;
    for (const QUrl& url : data->urls())
        if (url.isLocalFile())
            paths << url.toLocalFile();
    return paths;
}

QString plain(QString text)
{
    return text.remove(QLatin1Char('&'));
}

} // namespace

MainWindow::MainWindow(std::vector<Page> pages, Parts parts, QWidget* parent)
    : QMainWindow(parent)
    , m_parts(std::move(parts))
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    for (Page& page : pages)
        m_pages.push_back({std::move(page), nullptr, nullptr, {}});
    auto* rail = new QWidget(this);
    rail->setObjectName(QStringLiteral("pageRail"));
    rail->setFixedWidth(railWidth);
    auto* railLayout = new QVBoxLayout(rail);
    m_stack = new QStackedWidget(this);
    buildRail(railLayout);
    auto* centre = new QWidget(this);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(0);
    columns->addWidget(rail);
    columns->addWidget(m_stack, 1);
    auto* rows = new QVBoxLayout(centre);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addLayout(columns, 1);
    rows->addWidget(new ProgressRows(m_parts.tasks, this));
    setCentralWidget(centre);
    m_words = new QLabel(this);
    m_words->setObjectName(QStringLiteral("statusWords"));
    m_words->setTextFormat(Qt::PlainText);
    m_research = new QLabel(this);
    m_research->setObjectName(QStringLiteral("researchUse"));
    m_research->setProperty("role", "quiet");
    m_research->setContentsMargins(0, 0, 12, 0);
    statusBar()->addWidget(m_words, 1);
    statusBar()->addPermanentWidget(m_research);
    statusBar()->setSizeGripEnabled(false);
    m_commands = windowCommands();
    m_actions = makeActions(m_commands, this);
    for (Shown& shown : m_pages) {
        shown.actions = makeActions(shown.row.commands, shown.row.widget);
        buildToolBar(shown);
        if (shown.row.model)
            connect(shown.row.model, SIGNAL(changed()), this, SLOT(refreshCommands()));
    }
    writeTexts();
    restoreWindow();
}

MainWindow::~MainWindow() = default;

std::vector<Command> MainWindow::windowCommands()
{
    const Text file = text("shell", "F&ile");
    const Text help = text("shell", "&Help");
    // clang-format off
    std::vector<Command> commands = {
        {"window.openFiles", text("shell", "Open files…"), text("shell", "Opens images, archives or other files."),
            {"Ctrl+O"}, "open-file", file, [this] { openFiles(); }},
        {"window.openFolder", text("shell", "Open folder…"), text("shell", "Looks for images in a folder and all below it."),
            {"Ctrl+Shift+O"}, "open-folder", file, [this] { openFolder(); }},
        {"window.quit", text("shell", "Quit"), text("shell", "Closes the window; running jobs are stopped."),
            {"Ctrl+Q"}, nullptr, file, [this] { close(); }},
        {"window.fullScreen", text("shell", "Full screen"), text("shell", "Uses the whole screen, and back."),
            {"F11"}, nullptr, help, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); }},
        {"window.keys", text("shell", "Keys and mouse"), text("shell", "Lists every key and what it does."),
            {"F1"}, "help", help, [this] { openKeyList(); }},
        {"window.about", text("shell", "About Hounsfield"), text("shell", "Version, licence and what it may be used for."),
            {}, nullptr, help, [this] { openAbout(); }},
    };
    // clang-format on
    for (const Shown& shown : m_pages)
        commands.push_back({"window.page." + shown.row.id, shown.row.name, text("shell", "Shows this page."),
            {shown.row.key}, nullptr, text("shell", "&Page"), [this, id = shown.row.id] { enterPage(id); }});
    return commands;
}

void MainWindow::buildRail(QVBoxLayout* rail)
{
    rail->setContentsMargins(6, 10, 6, 10);
    rail->setSpacing(6);
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        Shown& shown = m_pages[i];
        auto* button = new QToolButton(this);
        button->setObjectName(QStringLiteral("page.") + QString::fromStdString(shown.row.id));
        button->setCheckable(true);
        button->setAutoExclusive(true);
        button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        button->setIconSize({28, 28});
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setFocusPolicy(Qt::TabFocus);
        if (shown.row.icon)
            button->setIcon(theme::icon(QString::fromLatin1(shown.row.icon)));
        connect(button, &QToolButton::clicked, this, [this, i] { enter(i); });
        rail->addWidget(button);
        shown.button = button;
        m_stack->addWidget(shown.row.widget);
    }
    rail->addStretch(1);
}

void MainWindow::buildToolBar(Shown& shown)
{
    auto* bar = new QToolBar(this);
    bar->setObjectName(QStringLiteral("bar.") + QString::fromStdString(shown.row.id));
    bar->setMovable(false);
    bar->setIconSize({22, 22});
    bar->addAction(m_actions[0]);
    bar->addAction(m_actions[1]);
    Text group;
    for (std::size_t i = 0; i < shown.row.commands.size(); ++i) {
        if (!shown.actions[i] || !shown.row.commands[i].icon)
            continue;
        if (shown.row.commands[i].menu != group)
            bar->addSeparator();
        group = shown.row.commands[i].menu;
        bar->addAction(shown.actions[i]);
    }
    bar->hide();
    addToolBar(Qt::TopToolBarArea, bar);
    shown.bar = bar;
}

QMenu* MainWindow::menuNamed(const Text& name)
{
    const QString title = translated(name);
    for (QAction* action : menuBar()->actions())
        if (action->menu() && action->menu()->title() == title)
            return action->menu();
    QMenu* menu = menuBar()->addMenu(title);
    menu->setToolTipsVisible(true);
    menu->setAccessibleName(plain(title));
    return menu;
}

void MainWindow::addToMenus(const std::vector<Command>& commands, const std::vector<QAction*>& actions)
{
    for (std::size_t i = 0; i < commands.size(); ++i)
        if (actions[i] && !commands[i].menu.isEmpty())
            menuNamed(commands[i].menu)->addAction(actions[i]);
}

void MainWindow::buildMenus()
{
    for (QAction* action : menuBar()->actions())
        delete action->menu();
    menuBar()->clear();
    addRecentMenu(menuNamed(text("shell", "F&ile")));
    menuNamed(text("shell", "&Page"));
    if (m_current < m_pages.size())
        addToMenus(m_pages[m_current].row.commands, m_pages[m_current].actions);
    addLanguageMenu();
    addToMenus(m_commands, m_actions);
}

void MainWindow::addRecentMenu(QMenu* menu)
{
    menu->addAction(m_actions[0]);
    menu->addAction(m_actions[1]);
    QMenu* recent = menu->addMenu(tr("Recent"));
    recent->setObjectName(QStringLiteral("recentMenu"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] {
        recent->clear();
        const QStringList paths = m_parts.settings.recent();
        for (const QString& path : paths)
            recent->addAction(QString(path).replace(QLatin1Char('&'), QLatin1String("&&")), this,
                [this, path] { openPaths({path}); });
        if (paths.isEmpty())
            recent->addAction(tr("Nothing opened yet"))->setEnabled(false);
        else
            recent->addAction(tr("Forget these"), this, [this] { m_parts.settings.clearRecent(); });
    });
    menu->addSeparator();
}

void MainWindow::addLanguageMenu()
{
    QMenu* menu = menuNamed(text("shell", "Lan&guage"));
    menu->setObjectName(QStringLiteral("languageMenu"));
    auto* group = new QActionGroup(menu);
    for (const QString& code : Language::available()) {
        QAction* action = menu->addAction(Language::nameOf(code));
        action->setObjectName(QStringLiteral("language.") + code);
        action->setCheckable(true);
        action->setChecked(m_parts.language.code() == code);
        group->addAction(action);
        connect(
            action, &QAction::triggered, this,
            [this, code] {
                m_parts.settings.setLanguage(code);
                m_parts.language.choose(code);
            },
            Qt::QueuedConnection); // the menu is built anew by this
    }
}

void MainWindow::writeTexts()
{
    retranslate(m_commands, m_actions);
    for (Shown& shown : m_pages) {
        retranslate(shown.row.commands, shown.actions);
        const QString name = translated(shown.row.name);
        shown.button->setText(name);
        shown.button->setAccessibleName(name);
        shown.button->setToolTip(
            shown.row.key ? name + QStringLiteral("  ") + keyText(QString::fromLatin1(shown.row.key)) : name);
        for (QAction* action : shown.bar->actions())
            if (QWidget* button = shown.bar->widgetForAction(action))
                button->setAccessibleName(action->text());
    }
    m_research->setText(tr("Research use, not for diagnosis"));
    setSubject(m_subject);
    buildMenus();
}

void MainWindow::setSubject(const QString& subject)
{
    m_subject = subject;
    QStringList parts;
    if (!subject.isEmpty())
        parts << subject;
    parts << QStringLiteral("Hounsfield") << tr("Research use, not for diagnosis");
    setWindowTitle(parts.join(QStringLiteral(" — ")));
}

void MainWindow::say(const QString& sentence)
{
    m_words->setText(sentence);
}

void MainWindow::enterPage(const std::string& id)
{
    for (std::size_t i = 0; i < m_pages.size(); ++i)
        if (m_pages[i].row.id == id)
            enter(i);
}

void MainWindow::enter(std::size_t index)
{
    m_current = index;
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        m_pages[i].button->setChecked(i == index);
        m_pages[i].bar->setVisible(i == index);
    }
    const Shown& shown = m_pages[index];
    m_stack->setCurrentWidget(shown.row.widget);
    buildMenus();
    refreshCommands();
    shown.row.widget->setFocus();
    if (shown.row.entered)
        shown.row.entered();
}

std::string MainWindow::currentPage() const
{
    return m_pages.empty() ? std::string() : m_pages[m_current].row.id;
}

QWidget* MainWindow::page(const std::string& id) const
{
    for (const Shown& shown : m_pages)
        if (shown.row.id == id)
            return shown.row.widget;
    return nullptr;
}

void MainWindow::refreshCommands()
{
    refresh(m_commands, m_actions);
    for (Shown& shown : m_pages)
        refresh(shown.row.commands, shown.actions);
}

void MainWindow::openPaths(const QStringList& paths)
{
    if (paths.isEmpty() || m_pages.empty())
        return;
    const auto first = std::find_if(m_pages.begin(), m_pages.end(), [](const Shown& s) { return bool(s.row.open); });
    if (first == m_pages.end())
        return;
    const bool ownPage = static_cast<bool>(m_pages[m_current].row.open);
    const std::size_t target = ownPage ? m_current : static_cast<std::size_t>(first - m_pages.begin());
    for (const QString& path : paths)
        m_parts.settings.addRecent(path);
    enter(target);
    m_pages[target].row.open(paths);
}

void MainWindow::openFiles()
{
    openPaths(m_parts.choosers.files(this, tr("Open files"), tr("All files (*)")));
}

void MainWindow::openFolder()
{
    const QString folder = m_parts.choosers.folder(this, tr("Open folder"));
    if (!folder.isEmpty())
        openPaths({folder});
}

void MainWindow::openKeyList()
{
    std::vector<KeySection> sections;
    if (m_current < m_pages.size())
        sections.emplace_back(m_pages[m_current].row.name, m_pages[m_current].row.commands);
    sections.emplace_back(text("shell", "Everywhere"), m_commands);
    auto* list = new KeyList(sections, this);
    list->setAttribute(Qt::WA_DeleteOnClose);
    list->open();
}

void MainWindow::openAbout()
{
    auto* box = new QMessageBox(this);
    box->setObjectName(QStringLiteral("about"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Hounsfield"));
    box->setIconPixmap(QIcon(QStringLiteral(":/icons/hounsfield.svg")).pixmap(64, 64));
    box->setText(QStringLiteral("<h3>Hounsfield %1</h3>").arg(QApplication::applicationVersion().toHtmlEscaped()));
    box->setInformativeText(
        tr("Image review, training and diagnosis on your own machine.") + QStringLiteral("<p><b>")
        + tr("Research use, not for diagnosis") + QStringLiteral("</b></p><p>")
        + tr("This program is no medical device. What a model says must not decide the care of a patient.")
        + QStringLiteral("</p><p>") + tr("No data leaves this machine. Licence: Apache 2.0.") + QStringLiteral("</p>"));
    box->setStandardButtons(QMessageBox::Close);
    box->open();
}

void MainWindow::restoreWindow()
{
    if (!restoreGeometry(m_parts.settings.windowGeometry()))
        resize(1440, 900);
    restoreState(m_parts.settings.windowState());
    for (Shown& shown : m_pages)
        shown.bar->hide();
    if (m_pages.empty())
        return;
    const std::string last = m_parts.settings.page().toStdString();
    enter(0);
    enterPage(last);
}

void MainWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange && m_research)
        writeTexts();
    QMainWindow::changeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_parts.settings.setWindow(saveGeometry(), saveState());
    m_parts.settings.setPage(QString::fromStdString(currentPage()));
    for (BackgroundTask* task : m_parts.tasks.running())
        task->cancel();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!pathsOf(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    openPaths(pathsOf(event->mimeData()));
}

} // namespace hounsfield::shell
