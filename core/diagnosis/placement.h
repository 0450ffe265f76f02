#pragma once

#include "core/nn/graph.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace hounsfield::diagnosis {

/// Where the cells of an interior value look: the centre of cell j's receptive field lies at input pixel
/// offset + jump · j (pixel centres at whole numbers). Rows (y) and columns (x) apart.
struct Placement {
    std::array<double, 2> offset{0, 0}; ///< y, x
    std::array<double, 2> jump{1, 1};
    bool operator==(const Placement&) const = default;
};

/// A value from which a heat map can be made: what a convolution gives after the normalisation, addition and
/// activation behind it.
struct MapLayer {
    std::string convolution; ///< name of the node (or of its output where it has none)
    std::string value;       ///< name of the value in the graph
    std::int64_t height = 0, width = 0, channels = 0;
    Placement placement;
};

/// All layers of a graph that heat maps can come from, from input to output. `offset += ((k − 1)·dilation / 2 − pad) ·
/// jump, jump *= stride` for every convolution and pooling on the way (quality page of receptive fields: Araujo,
/// Norris and Sim, Distill 2019); elementwise nodes change nothing; where two ways meet, the first input counts.
/// Values behind anything that mixes places (Flatten, Gemm, global pooling) have no place and are left out.
/// @param input  [N, channels, height, width] of the graph's first input
/// Errors: BadInput or Unsupported where shapes cannot be inferred.
Result<std::vector<MapLayer>> mapLayers(const nn::Graph& graph, const nn::Shape& input);

/// The last layer whose map is at least 6 × 6; where there is none the one with the most cells. Empty list: −1.
std::ptrdiff_t defaultLayer(const std::vector<MapLayer>& layers);

} // namespace hounsfield::diagnosis
