#pragma once

#include <QString>

#include "core/base/text.h"
#include "ui/shell/commands.h"

#include <string>
#include <vector>

class QKeyEvent;
class QWidget;

namespace hounsfield::reporting {

class ReportsModel;

/// A status or a command of the page of reports: its key can be chosen. Keys are written portably, "Shift+N".
struct Keyed {
    std::string id; ///< "status.absent", "reports.reject"
    Text name;
    QString standard;      ///< the key that it came with; empty: none
    bool isLetter = false; ///< its key is one letter, digit or sign, as those of labels
};

/// The statuses, then those of the commands that can be run.
std::vector<Keyed> keyedThings(const std::vector<shell::Command>& commands);

/// The key it has now; empty: none.
QString keyOf(const ReportsModel& model, const Keyed& thing);
/// That of a status, by its value.
QString keyOfStatus(const ReportsModel& model, const std::string& value);

/// That of a command, as the system writes it. @param standard  the key that it came with
QString shownKeyOf(const ReportsModel& model, const char* command, const char* standard);

/// Who has a key already, in the window's language: a label, a status or a command that works where `place` is shown;
/// empty: nobody. @param except  id of the one that asks; of a label "label." and its name
QString holderOfKey(
    const ReportsModel& model, const QWidget& place, const QString& key, const std::string& except = {});
/// "The key H belongs to “historical” already."
Text takenKey(const QString& key, const QString& holder);

/// The key of an event; empty for Shift and its like alone.
QString keyOfEvent(const QKeyEvent& event);
/// As the system writes it.
QString shownKey(const QString& key);

} // namespace hounsfield::reporting
