#include "ui/viewer/tools.h"

#include "ui/viewer/slice_view.h"

#include <algorithm>
#include <string_view>

namespace hounsfield::viewer {

std::span<const Tool> tools()
{
    // clang-format off
    static const Tool table[] = {
        {"window", text("viewer", "Window"), text("viewer", "Drag right for a wider window, down for a higher level (darker)."),
            "W", "window", Qt::ArrowCursor, [](SliceView& view, const Drag& drag) { view.dragWindow(drag); }},
        {"scroll", text("viewer", "Scroll"), text("viewer", "Drag up and down through the slices."),
            "S", "scroll", Qt::SizeVerCursor, [](SliceView& view, const Drag& drag) { view.dragScroll(drag); }},
        {"zoom", text("viewer", "Zoom"), text("viewer", "Drag up to enlarge about the point where the drag began."),
            "Z", "zoom", Qt::CrossCursor, [](SliceView& view, const Drag& drag) { view.dragZoom(drag); }},
        {"pan", text("viewer", "Pan"), text("viewer", "Drag moves the picture."),
            "T", "pan", Qt::OpenHandCursor, [](SliceView& view, const Drag& drag) { view.dragPan(drag); }},
        {"crosshair", text("viewer", "Crosshair"), text("viewer", "Click or drag shows this point in all planes."),
            "H", "crosshair", Qt::CrossCursor, [](SliceView& view, const Drag& drag) { view.moveCursor(drag.to); }},
    };
    // clang-format on
    return table;
}

const Tool& toolNamed(std::string_view id)
{
    const auto all = tools();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Tool& tool) { return id == tool.id; });
    return found == all.end() ? all.front() : *found;
}

} // namespace hounsfield::viewer
