#pragma once

#include <QPointF>
#include <Qt>

#include "core/base/text.h"

#include <span>

namespace hounsfield::viewer {

class SliceView;

/// A step of a drag over a tile, in its pixels.
struct Drag {
    QPointF from; ///< where the pointer was at the last step
    QPointF to;
    QPointF start;     ///< where the button went down
    double factor = 1; ///< 3 while Ctrl accelerates
};

/// What the left button does: a row of the table of tools.
struct Tool {
    const char* id;
    Text name;
    Text help;
    const char* key;
    const char* icon;
    Qt::CursorShape cursor;
    void (*drag)(SliceView& view, const Drag& drag); ///< each move with the button down, also the press itself
};

std::span<const Tool> tools();
const Tool& toolNamed(std::string_view id);

} // namespace hounsfield::viewer
