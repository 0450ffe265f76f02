#pragma once

#include <QStringList>

#include "core/files/reader_client.h"
#include "ui/shell/commands.h"

#include <functional>
#include <string>
#include <vector>

class QObject;
class QWidget;

namespace hounsfield::shell {

/// A row of the table of pages. The program assembles the table (app/desktop); the window shows one page at a time.
struct Page {
    std::string id;                                          ///< "viewer"; objectName of its button is "page.viewer"
    Text name;                                               ///< "Viewer"
    const char* icon = nullptr;                              ///< file of resources/icons without .svg
    const char* key = nullptr;                               ///< "Ctrl+2"
    QWidget* widget = nullptr;                               ///< owned by the window once it is given to it
    std::vector<Command> commands;                           ///< work while the page is shown
    std::function<void(const QStringList& paths)> open = {}; ///< what was dropped on it or given to it; null: the first
                                                             ///< page that can
    std::function<void()> entered = {};                      ///< the page comes to the front
    QObject* model = nullptr; ///< its signal changed() says that commands may have become usable or not
};

/// One image that a page asks the viewer to show.
struct OpenRequest {
    files::Source source;
    std::int64_t frame = 0; ///< of the file, from 0
    std::string model;      ///< path of a model.onnx to diagnose it with at once; empty: none
    std::string className;  ///< its heat map's class; empty: the most probable
};
using OpenImage = std::function<void(const OpenRequest&)>;

} // namespace hounsfield::shell
