#pragma once

#include <QKeySequence>
#include <QString>
#include <QStringList>

#include "core/base/text.h"

#include <functional>
#include <vector>

class QAction;
class QWidget;

namespace hounsfield::shell {

/// One thing the user can do: a row of a page's table of commands. Menu, toolbar, key list (F1) and tests read it.
struct Command {
    std::string id;                       ///< "viewer.invert"; objectName of its QAction
    Text name;                            ///< "Invert"
    Text help;                            ///< one sentence, for the tooltip and the key list
    std::vector<const char*> keys;        ///< portable key names, "Ctrl+D"; the first one is shown
    const char* icon = nullptr;           ///< file of resources/icons without .svg; null: in the menu only
    Text menu;                            ///< which menu it stands in; empty: none (digits, arrows)
    std::function<void()> run;            ///< null: a hint in the key list alone, for what a view handles itself
    Text keyWords = {};                   ///< said in the key list instead of `keys`: "Wheel", "Space (hold)"
    std::function<bool()> isEnabled = {}; ///< when it can be used; null: always
    std::function<bool()> isChecked = {}; ///< of a switch: whether it is on
    /// The key that a person has chosen instead of `keys`, portable; empty: none. Of a hint: its keys as they are
    /// shown.
    std::function<QString()> chosenKey = {};
};

/// The actions of a table, made once, in its order; rows without `run` get none (null). Their shortcuts work while
/// `owner` is visible in the active window. `refresh` them when the state has changed, `retranslate` with the language.
std::vector<QAction*> makeActions(const std::vector<Command>& commands, QWidget* owner);
void refresh(const std::vector<Command>& commands, const std::vector<QAction*>& actions);
void retranslate(const std::vector<Command>& commands, const std::vector<QAction*>& actions);

/// The keys that a command has now, portable.
QStringList keysOf(const Command& command);
/// "Ctrl+D" as the system writes it.
QString keyText(const QString& key);

} // namespace hounsfield::shell
