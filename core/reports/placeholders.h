#pragma once

#include "core/reports/report.h"

#include <vector>

namespace hounsfield::reports {

/// Where words were taken out of a text or never put in: XXXX (three X or more alone), [**…**], three or more stars,
/// underscores or multiplication signs, and brackets without anything inside, also in their full-width forms.
std::vector<Span> placeholdersIn(const CodePoints& text);

} // namespace hounsfield::reports
