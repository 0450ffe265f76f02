#pragma once

#include <QString>

namespace hounsfield::viewer {

/// Whether the graphics card draws volumes on this machine. Drivers may crash or hang, so the first try is made by a
/// process of its own: `program --probe-graphics`, which answers by `answerGraphicsProbe`. Waits for it up to 15 s, so
/// not to be called on the window's thread.
bool canDrawByGraphics(const QString& program);

/// @return  the exit code of that process: 0 when a graphics card, not the processor, has drawn a small volume
int answerGraphicsProbe();

} // namespace hounsfield::viewer
