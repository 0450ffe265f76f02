#pragma once

#include "core/base/monitor.h"
#include "core/diagnosis/placement.h"
#include "core/image/raster.h"
#include "core/nn/executor.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>

namespace hounsfield::diagnosis {

/// HiResCAM (Draelos and Carin, arXiv 2011.08891): Σ over channels of gradient × activation, cell by cell.
/// Grad-CAM (Selvaraju et al. 2017): the gradient is averaged over the cells first. Both cut at 0.
enum class MapMethod { HiResCam, GradCam };

/// How much each cell of a layer speaks for a class, in units of its logit; ≥ 0.
struct CellMap {
    std::int64_t height = 0, width = 0;
    std::vector<float> cells; ///< row by row
    Placement placement;      ///< on the network's input
};

/// @param activation, gradient  [1, C, h, w]
CellMap cellMap(MapMethod method, const nn::Tensor& activation, const nn::Tensor& gradient, const Placement& placement);

/// From a position on the image's own grid (pixel centres at whole numbers) to one on the network's input.
struct InputGeometry {
    double scaleX = 1, scaleY = 1; ///< input = (own + 0.5) · scale − 0.5 + offset
    double offsetX = 0, offsetY = 0;
};

/// Brings a map to the image's own grid: every pixel reads, linearly between the cells, where their receptive fields
/// have their centres; beyond the outermost cells the border value holds. Values are put on a fixed scale, the same
/// for every image: v / (1 + v), so that 0.5 means that one cell raises the class's odds e-fold, and 0 no evidence.
image::Raster<float> placedMap(
    const CellMap& map, const InputGeometry& geometry, std::int64_t width, std::int64_t height);

/// Position of the largest value, the middle of all when it is reached more than once; (−1, −1) when all are 0.
std::array<double, 2> peakOf(const image::Raster<float>& map);

/// The share of the pixels that are hotter than this one, 0 … 1; what says whether a place lies in the hottest 10 %.
double hotterShare(const image::Raster<float>& map, std::int64_t x, std::int64_t y);

} // namespace hounsfield::diagnosis
