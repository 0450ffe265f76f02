#pragma once

#include <QStringList>

#include "core/learning/data_set.h"

namespace hounsfield::training {

/// What was dropped or chosen, as a request: data, perhaps with a table of labels and a test set.
/// Errors: BadInput when there are more things than that.
Result<learning::DataRequest> requestOf(const QStringList& paths);

} // namespace hounsfield::training
