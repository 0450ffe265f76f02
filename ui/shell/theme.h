#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

class QApplication;
class QPalette;

/// The look of the window: dark and calm for a reading room, no colour near the image. Text has a contrast of 7:1 or
/// more on every background here.
namespace hounsfield::shell::theme {

inline constexpr QRgb background = 0xff1a1d21; ///< of the window
inline constexpr QRgb panel = 0xff202428;      ///< of side panels, buttons, headers
inline constexpr QRgb field = 0xff121417;      ///< of tables, lists, input fields
inline constexpr QRgb border = 0xff3b424a;     ///< thin lines
inline constexpr QRgb words = 0xffe6eaee;      ///< text
inline constexpr QRgb quietWords = 0xffb4bec8; ///< captions and hints
inline constexpr QRgb accent = 0xff7cbcff;     ///< focus, selection, the current thing
inline constexpr QRgb selection = 0xff1f4b78;  ///< behind selected rows
inline constexpr QRgb good = 0xff7fe0a7;       ///< never the only sign of a state: a word stands beside it
inline constexpr QRgb warning = 0xffffc061;
inline constexpr QRgb bad = 0xffff9c92;

/// Fusion, this palette and the small style sheet `:/styles/dark.qss`.
void apply(QApplication& application);
QPalette palette();

/// An icon of resources/icons in the colour of text, sharp at every scale; empty icon when there is none of this name.
QIcon icon(const QString& name);

} // namespace hounsfield::shell::theme
