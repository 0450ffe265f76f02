#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

namespace hounsfield::shell {

/// File dialogs are handed in, so that tests answer them. Empty: the user changed their mind.
struct Choosers {
    std::function<QString(QWidget* parent, const QString& title)> folder;
    std::function<QStringList(QWidget* parent, const QString& title, const QString& filter)> files;
    std::function<QString(QWidget* parent, const QString& title, const QString& proposal)> saveAs;
};

/// The system's own dialogs.
Choosers systemChoosers();

} // namespace hounsfield::shell
