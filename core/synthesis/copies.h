#pragma once

#include "core/synthesis/image_search.h"

namespace hounsfield::synthesis {

/// Pixels and features of the same images, row by row.
struct ImagesAndFeatures {
    const FeatureSet& pixels;
    const FeatureSet& features;
};

struct CopySearch {
    ImagesAndFeatures training; ///< what the generator was trained on
    ImagesAndFeatures heldOut;  ///< real images of the same split that it never saw; may be none
    ImagesAndFeatures samples;  ///< what it made
    PixelShape shape;
};

struct CopyOptions {
    SearchOptions pixels;
    std::int64_t references = 1000; ///< training images, at most, whose nearest others set the limits
    double percentile = 1;          ///< of the references' distances
    double suspiciousRatio = 1.0 / 3;
    std::uint64_t seed = 1; ///< of the choice of references
};

/// How near one image is to the training images.
struct CopySign {
    NearestImage nearest;       ///< by pixels, see findNearestImages
    double featureDistance = 0; ///< Euclidean, to the training image that is nearest by features
    double ratio = 0;           ///< distance of the nearest by pixels / mean of the 50 nearest; 1 when both are 0
    bool isSuspicious = false;
    bool isCopy = false;
};

struct CopyReport {
    /// The percentile of real-to-nearest-other-real among the training images, without duplicates.
    double pixelLimit = 0, featureLimit = 0;
    std::vector<CopySign> samples;
    std::vector<CopySign> heldOut; ///< the same figures of images that are no copies, to be shown beside
};

/// Looks for memorised training images (tests 1 and 2 of Dar et al. 2024 and Carlini et al. 2023). An image is
/// suspicious when its nearest training image is three times nearer than the 50 nearest are on average. It is a copy
/// when its pixels are no farther than the limit and, besides, its features are too or it is suspicious: a copy that
/// was moved need not have the features of its original. Errors: BadInput when pixels and features do not match or are
/// too few (20 training images at least); Cancelled.
Result<CopyReport> findCopies(const CopySearch& search, const CopyOptions& options = {}, const Monitor& monitor = {});

/// Shares of all images; none of no images.
double copyShare(std::span<const CopySign> signs);
double suspiciousShare(std::span<const CopySign> signs);

} // namespace hounsfield::synthesis
