#include "ui/shell/commands.h"

#include <QAction>
#include <QWidget>

#include "ui/shell/theme.h"
#include "ui/shell/translate.h"

namespace hounsfield::shell {

namespace {

QList<QKeySequence> shortcutsOf(const Command& command)
{
    QList<QKeySequence> keys;
    for (const QString& key : keysOf(command))
        keys << QKeySequence::fromString(key, QKeySequence::PortableText);
    return keys;
}

void writeTips(const Command& command, QAction& action)
{
    const QString name = translated(command.name);
    const QStringList keys = keysOf(command);
    QString tip = QStringLiteral("<b>%1</b>").arg(name.toHtmlEscaped());
    if (!keys.isEmpty())
        tip += QStringLiteral("&nbsp;&nbsp;%1").arg(keyText(keys.front()).toHtmlEscaped());
    if (!command.help.isEmpty())
        tip += QStringLiteral("<br>") + translated(command.help).toHtmlEscaped();
    action.setToolTip(tip);
    action.setStatusTip(translated(command.help));
}

} // namespace

QStringList keysOf(const Command& command)
{
    if (const QString chosen = command.chosenKey ? command.chosenKey() : QString(); !chosen.isEmpty())
        return {chosen};
    QStringList keys;
    for (const char* key : command.keys)
        keys << QString::fromLatin1(key);
    return keys;
}

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
        action->setShortcuts(shortcutsOf(command));
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
        if (!commands[i].chosenKey)
            continue;
        if (const auto keys = shortcutsOf(commands[i]); keys != actions[i]->shortcuts()) {
            actions[i]->setShortcuts(keys);
            writeTips(commands[i], *actions[i]);
        }
    }
}

void retranslate(const std::vector<Command>& commands, const std::vector<QAction*>& actions)
{
    for (std::size_t i = 0; i < commands.size(); ++i) {
        if (!actions[i])
            continue;
        actions[i]->setText(translated(commands[i].name));
        actions[i]->setData(translated(commands[i].menu).remove(QLatin1Char('&'))); // its place in context menus
        writeTips(commands[i], *actions[i]);
    }
}

QString keyText(const QString& key)
{
    return QKeySequence::fromString(key, QKeySequence::PortableText).toString(QKeySequence::NativeText);
}

} // namespace hounsfield::shell
