#pragma once

#include "ui/shell/option_form.h"

namespace hounsfield::synthesising {

/// What people call the options of a training of a pair and their choices.
const shell::OptionWords& optionWords();

} // namespace hounsfield::synthesising
