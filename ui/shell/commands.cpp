#include "ui/shell/commands.h"

#include <QAction>
#include <QWidget>

#include "ui/shell/theme.h"
#include "ui/shell/translate.h"

namespace hounsfield::shell {

std::vector<QAction*> makeActions(const std::vector<Command>& commands, QWidget* owner)
{
    std::vector<QAction*> actions;
    for (const Command& command : commands) {
        if (!command.run) {
            actions.push_back(nullptr);
            continue;
        }
        auto* action = new QAction(owner);
        action->setObjectName(QString::fromStdString(command.id));
        QList<QKeySequence> keys;
        for (const char* key : command.keys)
            keys << QKeySequence::fromString(QString::fromLatin1(key), QKeySequence::PortableText);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WindowShortcut);
        action->setCheckable(static_cast<bool>(command.isChecked));
        if (command.icon)
            action->setIcon(theme::icon(QString::fromLatin1(command.icon)));
        QObject::connect(action, &QAction::triggered, owner, [run = command.run] { run(); });
        owner->addAction(action);
        actions.push_back(action);
    }
    retranslate(commands, actions);
    refresh(commands, actions);
    return actions;
}

void refresh(const std::vector<Command>& commands, const std::vector<QAction*>& actions)
{
    for (std::size_t i = 0; i < commands.size(); ++i) {
        if (!actions[i])
            continue;
        actions[i]->setEnabled(!commands[i].isEnabled || commands[i].isEnabled());
        if (commands[i].isChecked)
            actions[i]->setChecked(commands[i].isChecked());
    }
}

void retranslate(const std::vector<Command>& commands, const std::vector<QAction*>& actions)
{
    for (std::size_t i = 0; i < commands.size(); ++i) {
        if (!actions[i])
            continue;
        const QString name = translated(commands[i].name);
        const QString key = commands[i].keys.empty() ? QString() : keyText(commands[i].keys.front());
        actions[i]->setText(name);
        actions[i]->setData(translated(commands[i].menu).remove(QLatin1Char('&'))); // its place in context menus
        QString tip = QStringLiteral("<b>%1</b>").arg(name.toHtmlEscaped());
        if (!key.isEmpty())
            tip += QStringLiteral("&nbsp;&nbsp;%1").arg(key.toHtmlEscaped());
        if (!commands[i].help.isEmpty())
            tip += QStringLiteral("<br>") + translated(commands[i].help).toHtmlEscaped();
        actions[i]->setToolTip(tip);
        actions[i]->setStatusTip(translated(commands[i].help));
    }
}

QString keyText(const char* key)
{
    return QKeySequence::fromString(QString::fromLatin1(key), QKeySequence::PortableText)
        .toString(QKeySequence::NativeText);
}

} // namespace hounsfield::shell
