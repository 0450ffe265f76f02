#pragma once

#include <QMainWindow>

#include "ui/shell/choosers.h"
#include "ui/shell/commands.h"
#include "ui/shell/pages.h"

#include <vector>

class QAction;
class QLabel;
class QMenu;
class QStackedWidget;
class QToolBar;
class QToolButton;
class QVBoxLayout;

namespace hounsfield::shell {

class BackgroundTasks;
class Language;
class Settings;

/// The window: a rail of pages, menus and a tool bar made from the tables of commands, rows of running jobs.
class MainWindow : public QMainWindow {
    Q_OBJECT
  public:
    /// What the window works with; all outlive it.
    struct Parts {
        BackgroundTasks& tasks;
        Settings& settings;
        Language& language;
        Choosers choosers;
    };
    MainWindow(std::vector<Page> pages, Parts parts, QWidget* parent = nullptr);
    ~MainWindow() override;

    void enterPage(const std::string& id);
    std::string currentPage() const;
    QWidget* page(const std::string& id) const;

    /// Files, folders, archives: dropped, chosen or named on the command line. Goes to the page that is shown when it
    /// opens things itself, else to the first that does.
    void openPaths(const QStringList& paths);
    /// A short sentence at the foot of the window.
    void say(const QString& sentence);
    /// What the title names before the program's name, such as the patient.
    void setSubject(const QString& subject);

  protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private slots:
    void refreshCommands();

  private:
    struct Shown { ///< a page and what was made from its row
        Page row;
        QToolButton* button = nullptr;
        QToolBar* bar = nullptr;
        std::vector<QAction*> actions;
    };

    std::vector<Command> windowCommands();
    void buildRail(QVBoxLayout* rail);
    void buildToolBar(Shown& shown);
    void buildMenus();
    void addToMenus(const std::vector<Command>& commands, const std::vector<QAction*>& actions);
    void addRecentMenu(QMenu* menu);
    void addLanguageMenu();
    QMenu* menuNamed(const Text& name);
    void writeTexts();
    void enter(std::size_t index);

    void openKeyList();
    void openAbout();
    void openFiles();
    void openFolder();
    void restoreWindow();

    Parts m_parts;
    std::vector<Shown> m_pages;
    std::size_t m_current = 0;
    std::vector<Command> m_commands;
    std::vector<QAction*> m_actions;
    QStackedWidget* m_stack = nullptr;
    QLabel* m_words = nullptr;
    QLabel* m_research = nullptr;
    QString m_subject;
};

} // namespace hounsfield::shell
