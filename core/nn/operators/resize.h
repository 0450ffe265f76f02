#pragma once

#include "core/nn/operators/support.h"

namespace hounsfield::nn {

/// One axis of a Resize node.
struct ResizedAxis {
    std::int64_t in = 0, out = 0;
    double scale = 1;                ///< out / in, or what the node says
    double roiStart = 0, roiEnd = 1; ///< of tf_crop_and_resize, in lengths of the axis
};

/// What every axis shares.
struct Interpolation {
    std::string mode;        ///< nearest, linear, cubic
    std::string coordinates; ///< coordinate_transformation_mode
    std::string rounding;    ///< nearest_mode
    double cubic = -0.75;
    bool excludesOutside = false;
    bool isAntialiased = false;
    double extrapolation = 0; ///< value outside the region of tf_crop_and_resize

    bool isCropping() const { return coordinates == "tf_crop_and_resize"; }
};

/// An element of an axis and its share in a new one.
struct Tap {
    std::int64_t place = 0;
    double share = 0;
};

/// The taps of every new element of an axis; none where it lies outside the region.
std::vector<std::vector<Tap>> tapsOf(const Interpolation& how, const ResizedAxis& axis);

} // namespace hounsfield::nn
