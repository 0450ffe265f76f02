#include "ui/reports/page_keys.h"

#include <QAction>
#include <QKeyEvent>
#include <QKeySequence>
#include <QWidget>

#include "ui/reports/reports_model.h"
#include "ui/reports/words.h"
#include "ui/shell/translate.h"

#include <algorithm>

namespace hounsfield::reporting {

namespace {

QKeySequence sequenceOf(const QString& key)
{
    return QKeySequence::fromString(key, QKeySequence::PortableText);
}

QString portable(const QKeySequence& sequence)
{
    return sequence.toString(QKeySequence::PortableText);
}

std::string idOfStatus(const std::string& value)
{
    return "status." + value;
}

/// Of the actions that work where `place` is shown: its own and those of what it stands in.
QString actionWith(const QKeySequence& sequence, const QWidget* place, const std::string& except)
{
    for (; place; place = place->parentWidget())
        for (const QAction* action : place->actions())
            if (action->objectName().toStdString() != except && action->shortcuts().contains(sequence))
                return action->text().remove(QLatin1Char('&'));
    return {};
}

} // namespace

std::vector<Keyed> keyedThings(const std::vector<shell::Command>& commands)
{
    std::vector<Keyed> all;
    for (const AttributeValue& status : statuses())
        all.push_back({idOfStatus(status.value), status.name, QString::fromLatin1(status.key), true});
    for (const shell::Command& command : commands)
        if (command.run)
            all.push_back({command.id, command.name,
                command.keys.empty() ? QString() : QString::fromLatin1(command.keys.front()), false});
    return all;
}

QString keyOf(const ReportsModel& model, const Keyed& thing)
{
    const QString chosen = model.chosenKey(thing.id);
    return chosen.isEmpty() ? thing.standard : chosen;
}

QString keyOfStatus(const ReportsModel& model, const std::string& value)
{
    for (const AttributeValue& status : statuses())
        if (value == status.value) {
            const QString chosen = model.chosenKey(idOfStatus(value));
            return chosen.isEmpty() ? QString::fromLatin1(status.key) : chosen;
        }
    return {};
}

QString shownKeyOf(const ReportsModel& model, const char* command, const char* standard)
{
    const QString chosen = model.chosenKey(command);
    return shownKey(chosen.isEmpty() ? QString::fromLatin1(standard) : chosen);
}

QString holderOfKey(const ReportsModel& model, const QWidget& place, const QString& key, const std::string& except)
{
    const QKeySequence sequence = sequenceOf(key);
    for (const reports::ReportLabel& label : model.labels())
        if (!label.key.empty() && "label." + label.name != except
            && sequenceOf(QString::fromStdString(label.key)) == sequence)
            return labelName(label.name);
    for (const AttributeValue& status : statuses())
        if (idOfStatus(status.value) != except && sequenceOf(keyOfStatus(model, status.value)) == sequence)
            return shell::translated(status.name);
    return actionWith(sequence, &place, except);
}

Text takenKey(const QString& key, const QString& holder)
{
    return text("reports", "The key %1 belongs to “%2” already.")
        .with(shownKey(key).toStdString(), holder.toStdString());
}

QString keyOfEvent(const QKeyEvent& event)
{
    const int key = event.key();
    const bool isModifier = (key >= Qt::Key_Shift && key <= Qt::Key_ScrollLock) || key == Qt::Key_AltGr
                            || key == Qt::Key_Super_L || key == Qt::Key_Super_R;
    if (key == 0 || key == Qt::Key_unknown || isModifier)
        return {};
    auto modifiers = event.modifiers() & (Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    const QString letters = event.text();
    const bool isSign = !letters.isEmpty() && letters.front().isPrint() && !letters.front().isLetterOrNumber()
                        && !letters.front().isSpace();
    if (isSign)
        modifiers &= ~Qt::ShiftModifier; // which keyboard has it above which key is no matter
    return portable(QKeySequence(QKeyCombination(modifiers, static_cast<Qt::Key>(key))));
}

QString shownKey(const QString& key)
{
    return sequenceOf(key).toString(QKeySequence::NativeText);
}

} // namespace hounsfield::reporting
