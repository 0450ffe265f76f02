#pragma once

#include "core/learning/data_set.h"
#include "core/learning/preprocessing.h"
#include "core/nn/graph.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace hounsfield::learning {

/// A trained classifier of images: one ONNX file with everything that is needed to use it, in its metadata
/// ("hounsfield.…", JSON). The graph's input is `image` [N, channels, height, width], its output `probabilities`
/// [N, classes], the softmax of its interior value `logits`.
struct Model {
    std::shared_ptr<const nn::Graph> graph;
    std::string network;
    std::string created; ///< UTC, ISO 8601
    std::vector<std::string> classes;
    Preprocessing preprocessing;
    double threshold = 0.5;          ///< on class 1 of two
    bool hasChosenThreshold = false; ///< from validation; else 0.5 for want of one
    SourceFacts facts;               ///< of the training images: the gate checks what they state
    std::string splitHash, dataFingerprint;
    std::string metrics; ///< JSON: validation and test as in the answer of `train`
    std::string file;    ///< where it was read from
};

/// The network's graph (output `logits`) with its softmax and the metadata of the model.
nn::Graph exported(const Model& model, const nn::Graph& trained);

/// Errors: as nn::readOnnx; BadInput when the metadata lie (class names and outputs differ, no preprocessing …).
Result<Model> readModel(const std::filesystem::path& file);

} // namespace hounsfield::learning
