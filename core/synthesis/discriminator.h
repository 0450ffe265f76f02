#pragma once

#include "core/base/monitor.h"
#include "core/nn/graph.h"
#include "core/synthesis/real_images.h"

#include <span>
#include <vector>

namespace hounsfield::synthesis {

/// A discriminator's scores of some cases of a set, each by its own class; larger for what it takes as real.
/// Errors: as nn::Executor::plan; Cancelled.
Result<std::vector<float>> discriminatorScores(const nn::Graph& discriminator, const ImageFrame& frame,
    const learning::DataSet& data, std::span<const std::int64_t> cases, int threads, const Monitor& monitor);

} // namespace hounsfield::synthesis
