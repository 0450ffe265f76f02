#pragma once

#include "core/nn/graph.h"

namespace hounsfield::cli {

/// Networks of texts to be timed, built by the table of learning in the form of their twins: no padding, no dropout,
/// weights from the hash of the names that the twins' matrices have.
nn::Graph benchBigru();
nn::Graph benchBilstm();
nn::Graph benchTransformer();

} // namespace hounsfield::cli
