#pragma once

#include "core/base/options.h"
#include "core/learning/augmentation.h"
#include "core/learning/data_set.h"
#include "core/learning/preprocessing.h"
#include "core/learning/trainer.h"

#include <memory>
#include <vector>

namespace hounsfield::learning {

/// Value range, mean and deviation from the training images, shifts from the options (`trainingOptions`).
/// Errors: BadInput when the given range is empty.
Result<Preprocessing> preprocessingFor(
    const DataSet& data, const std::vector<std::int64_t>& training, const OptionValues& options);

Augmentation augmentationFrom(const OptionValues& options);

/// Training images as batches: sampling, augmentation and preprocessing per sample. Case numbers are indices of
/// `training`. The set must outlive the source.
BatchSource imageBatches(const DataSet& data, std::vector<std::int64_t> training, const Preprocessing& preprocessing,
    const OptionValues& options);

} // namespace hounsfield::learning
