// The viewer's table of commands.
#include "core/image/presets.h"
#include "ui/viewer/slice_view.h"
#include "ui/viewer/tools.h"
#include "ui/viewer/viewer_page.h"
#include "ui/viewer/volume_view.h"

#include <array>
#include <string_view>

namespace hounsfield::viewer {

namespace {

using shell::Command;

Text toolsMenu()
{
    return text("viewer", "&Tools");
}
Text viewMenu()
{
    return text("viewer", "&View");
}
Text windowMenu()
{
    return text("viewer", "&Window");
}
Text volumeMenu()
{
    return text("viewer", "3-&D");
}

void addTools(std::vector<Command>& rows, ViewerModel& model)
{
    for (const Tool& tool : tools())
        rows.push_back({std::string("viewer.tool.") + tool.id, tool.name, tool.help, {tool.key}, tool.icon, toolsMenu(),
            [&model, id = tool.id] { model.setTool(id); }, {}, {},
            [&model, id = tool.id] { return std::string_view(model.tool()) == id; }});
}

void addPresets(std::vector<Command>& rows, ViewerModel& model)
{
    const auto isGrey = [&model] { return model.volume() && model.volume()->components == 1; };
    rows.push_back({"viewer.window.auto", text("viewer", "Automatic window"),
        text("viewer", "1st to 99th percentile of this slice, without padding and background."), {"0"}, nullptr,
        windowMenu(), [&model] { model.useAutomaticWindow(); }, {}, isGrey});
    rows.push_back({"viewer.window.header", text("viewer", "Window of the header"),
        text("viewer", "The file's own window; again: the next one it names."), {"1"}, nullptr, windowMenu(),
        [&model] { model.useHeaderWindow(); }, {},
        [&model] { return model.volume() && !model.volume()->windows.empty(); }});
    static constexpr std::array<const char*, 10> digits = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    for (const image::Preset& preset : image::windowPresets()) {
        std::vector<const char*> keys;
        if (preset.key > 0)
            keys.push_back(digits[static_cast<std::size_t>(preset.key)]);
        rows.push_back({"viewer.window." + preset.name.sentence, preset.name,
            text("viewer", "Width %1, level %2 %3.").with(preset.width, preset.level, preset.unit), keys, nullptr,
            windowMenu(), [&model, window = preset.window()] { model.setWindow(window); }, {},
            [&model, unit = preset.unit, isGrey] { return isGrey() && model.volume()->unit == unit; }});
    }
    rows.push_back({"viewer.invert", text("viewer", "Invert"), text("viewer", "Black becomes white, and back."), {"X"},
        "invert", windowMenu(), [&model] { model.setInverted(!model.isInverted()); }, {}, isGrey,
        [&model] { return model.isInverted(); }});
}

void addHints(std::vector<Command>& rows)
{
    const auto hint = [&](const char* id, Text keys, Text name, Text help) {
        rows.push_back({id, std::move(name), std::move(help), {}, nullptr, {}, {}, std::move(keys)});
    };
    hint("hint.wheel", text("viewer", "Wheel"), text("viewer", "Slice"),
        text("viewer", "Down: towards the feet, the back, the patient's left. With Shift five at once; in 3-D zoom."));
    hint("hint.left", text("viewer", "Left drag"), text("viewer", "Active tool"),
        text("viewer", "At first the window; in 3-D it turns the volume. With Ctrl faster."));
    hint("hint.middle", text("viewer", "Middle drag, Shift + left drag"), text("viewer", "Pan"),
        text("viewer", "Moves the picture."));
    hint("hint.right", text("viewer", "Right drag, Ctrl + wheel"), text("viewer", "Zoom"),
        text("viewer", "About the pointer. A right click without a move opens the menu."));
    hint("hint.double", text("viewer", "Double-click"), text("viewer", "Maximise"),
        text("viewer", "One tile alone, and back."));
    hint("hint.shift", text("viewer", "Shift + move"), text("viewer", "Crosshair"),
        text("viewer", "All planes follow the pointer."));
    hint("hint.box", text("viewer", "Alt + drag a box"), text("viewer", "Window from a region"),
        text("viewer", "Least to greatest value in the box."));
    hint("hint.space", text("viewer", "Space (hold)"), text("viewer", "Hide overlays"),
        text("viewer", "Nothing but the picture while the key is held."));
    hint("hint.slice", text("viewer", "Up, Down"), text("viewer", "Slice"), text("viewer", "One slice back or on."));
    hint("hint.page", text("viewer", "Page up, Page down"), text("viewer", "Ten slices"),
        text("viewer", "Ten slices back or on."));
    hint("hint.ends", text("viewer", "Home, End"), text("viewer", "First or last slice"),
        text("viewer", "To the ends of the stack."));
    hint("hint.series", text("viewer", "Left, Right"), text("viewer", "Series"),
        text("viewer", "Previous or next series; with Ctrl the study."));
    hint("hint.tile", text("viewer", "Tab"), text("viewer", "Next tile"), text("viewer", "Keys act on that tile."));
    hint("hint.turn", text("viewer", "Arrows in 3-D"), text("viewer", "Turn the volume"),
        text("viewer", "Ten degrees a key; Home looks from the front again."));
    hint("hint.menu", text("viewer", "Menu key, Shift+F10"), text("viewer", "Menu of the tile"),
        text("viewer", "The same as a right click."));
}

} // namespace

void ViewerPage::addLayouts(std::vector<Command>& rows)
{
    struct Row {
        Layout layout;
        const char *id, *icon;
        Text name, help;
    };
    // clang-format off
    const Row table[] = {
        {Layout::One, "viewer.layout.one", "layout-1", text("viewer", "One tile"), text("viewer", "The active tile alone (double-click does the same).")},
        {Layout::Two, "viewer.layout.two", "layout-2", text("viewer", "Two tiles"), text("viewer", "The active tile and the next one side by side.")},
        {Layout::Four, "viewer.layout.four", "layout-4", text("viewer", "Three planes and 3-D"), text("viewer", "Axial, coronal, sagittal and the volume, equally large.")},
        {Layout::OneAndThree, "viewer.layout.large", "layout-3", text("viewer", "One large tile and three"), text("viewer", "The active tile large, the other planes and 3-D beside it.")},
    };
    // clang-format on
    for (const Row& row : table)
        rows.push_back({row.id, row.name, row.help, {}, row.icon, viewMenu(),
            [this, layout = row.layout] { setLayoutKind(layout); }, {}, [this] { return m_model.isVolume(); },
            [this, layout = row.layout] {
                return (m_isMaximised || !m_model.isVolume() ? Layout::One : m_layout) == layout;
            }});
}

void ViewerPage::addVolumePresets(std::vector<Command>& rows)
{
    for (const bool isHounsfield : {true, false}) {
        image::Volume like;
        like.unit = isHounsfield ? "HU" : "";
        const auto isMeant = [this, isHounsfield] {
            return m_model.isVolume() && (m_model.volume()->unit == "HU") == isHounsfield;
        };
        const auto table = volumePresetsFor(like);
        for (std::size_t row = 0; row < table.size(); ++row)
            rows.push_back({"viewer.3d." + table[row].name.sentence, table[row].name,
                text("viewer", "How the volume is rendered."), {}, nullptr, volumeMenu(),
                [this, row] {
                    m_volumeView->setPreset(static_cast<int>(row));
                    emit m_model.changed();
                },
                {}, isMeant,
                [this, row, isMeant] { return m_volumeView->preset() == static_cast<int>(row) && isMeant(); }});
    }
}

std::vector<Command> ViewerPage::commands()
{
    std::vector<Command> rows;
    ViewerModel& model = m_model;
    const auto isOpen = [&model] { return model.volume() != nullptr; };
    const auto isVolume = [&model] { return model.isVolume(); };
    addTools(rows, model);
    const auto zoom = [this](double factor) {
        if (isVolumeActive())
            m_volumeView->zoomBy(factor);
        else
            activeView()->zoomBy(factor);
    };
    addLayouts(rows);
    // clang-format off
    rows.push_back({"viewer.patientPlanes", text("viewer", "Planes along the patient's axes"), text("viewer", "Exactly axial, coronal and sagittal, interpolated where the series lies obliquely."), {}, nullptr, viewMenu(),
        [&model] { model.setAlignment(model.alignment() == Alignment::Grid ? Alignment::Patient : Alignment::Grid); }, {}, isVolume,
        [&model] { return model.alignment() == Alignment::Patient; }});
    rows.push_back({"viewer.fit", text("viewer", "Fit"), text("viewer", "The whole picture in its tile."), {"="}, "fit", viewMenu(),
        [this] { if (isVolumeActive()) m_volumeView->reset(); else activeView()->fit(); }, {}, isOpen});
    rows.push_back({"viewer.zoomIn", text("viewer", "Enlarge"), text("viewer", "About the pointer."), {"+"}, nullptr, viewMenu(), [zoom] { zoom(1.25); }, {}, isOpen});
    rows.push_back({"viewer.zoomOut", text("viewer", "Reduce"), text("viewer", "About the pointer."), {"-"}, nullptr, viewMenu(), [zoom] { zoom(0.8); }, {}, isOpen});
    rows.push_back({"viewer.rotateRight", text("viewer", "Rotate right"), text("viewer", "A quarter clockwise."), {"Alt+R"}, "rotate-right", viewMenu(),
        [this] { activeView()->rotate(1); }, {}, isOpen});
    rows.push_back({"viewer.rotateLeft", text("viewer", "Rotate left"), text("viewer", "A quarter against the clock."), {"Alt+L"}, "rotate-left", viewMenu(),
        [this] { activeView()->rotate(-1); }, {}, isOpen});
    rows.push_back({"viewer.flip", text("viewer", "Flip"), text("viewer", "Left and right exchanged; the letters follow."), {"Alt+F"}, "flip", viewMenu(),
        [this] { activeView()->flip(); }, {}, isOpen});
    rows.push_back({"viewer.overlays", text("viewer", "Texts on the picture"), text("viewer", "All, without the patient, none."), {"I"}, "texts", viewMenu(),
        [&model] { model.cycleOverlays(); }, {}, isOpen});
    rows.push_back({"viewer.reset", text("viewer", "Reset view"), text("viewer", "Zoom, place, turn and window as they were at first."), {"R"}, "reset", viewMenu(),
        [this] { resetActive(); }, {}, isOpen});
    rows.push_back({"viewer.escape", text("viewer", "Leave the tool"), text("viewer", "Back to the window tool; again: reset view."), {"Esc"}, nullptr, {},
        [this, &model] { if (std::string_view(model.tool()) == "window") resetActive(); else model.setTool("window"); }, {}, isOpen});
    // clang-format on
    addPresets(rows, model);
    addVolumePresets(rows);
    for (const Command& more : m_more)
        rows.push_back(more);
    addHints(rows);
    return rows;
}

} // namespace hounsfield::viewer
