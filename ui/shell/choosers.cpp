#include "ui/shell/choosers.h"

#include <QFileDialog>

namespace hounsfield::shell {

Choosers systemChoosers()
{
    return {
        [](QWidget* parent, const QString& title) { return QFileDialog::getExistingDirectory(parent, title); },
        [](QWidget* parent, const QString& title, const QString& filter) {
            return QFileDialog::getOpenFileNames(parent, title, {}, filter);
        },
        [](QWidget* parent, const QString& title, const QString& proposal) {
            return QFileDialog::getSaveFileName(parent, title, proposal);
        },
    };
}

} // namespace hounsfield::shell
