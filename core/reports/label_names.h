#pragma once

#include "core/base/text.h"

#include <span>
#include <string>

namespace hounsfield::reports {

/// The 14 labels of chest reports (Irvin et al. 2019, CheXpert) in their order; the sentence is the label itself.
std::span<const Text> chestLabelNames();

/// A label or finding as a person reads it: those of the program in the window's language, one's own as it was given.
/// Data and files keep the label itself.
Text labelText(const std::string& label);

} // namespace hounsfield::reports
