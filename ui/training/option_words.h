#pragma once

#include "ui/shell/option_form.h"

namespace hounsfield::training {

/// What people call the options of a training and their choices.
const shell::OptionWords& optionWords();

} // namespace hounsfield::training
