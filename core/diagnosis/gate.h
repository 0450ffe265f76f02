#pragma once

#include "core/image/volume.h"
#include "core/learning/data_set.h"
#include "core/learning/preprocessing.h"

#include <vector>

namespace hounsfield::diagnosis {

/// What the gate before a score says of an image: why the model was not made for it, and what could not be checked.
struct GateAnswer {
    std::vector<Text> refusals;  ///< each with what the image is and what the model knows
    std::vector<Text> unchecked; ///< what training, or the image, did not state
    bool isOpen() const { return refusals.empty(); }
};

/// Compares an image with what training stated: modality, body part, photometric form, colour, size, millimetres of a
/// pixel, range of the values. What one of both does not state is not checked, and the answer says so.
/// Photometric forms count as equal when a grey model meets MONOCHROME1 or MONOCHROME2 (values are inverted as in
/// training), and when colour meets colour. Sizes may differ from the training's by up to four times.
GateAnswer checkGate(
    const learning::SourceFacts& training, const learning::Preprocessing& preprocessing, const image::Volume& image);

} // namespace hounsfield::diagnosis
