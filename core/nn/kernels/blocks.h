#pragma once

#include "core/nn/kernels/vector.h"

#include <algorithm>

namespace hounsfield::kernels {

/// The blocks that the outputs of packed weights are cut into: full ones, then a narrower one.
struct Block {
    int first, width, outputs; ///< width: floats a row of the packed block
};
inline int narrowWidth(int outputs)
{
    if (lanes == 16 && outputs <= 8)
        return 8;
    return outputs <= lanes ? lanes : blockLanes;
}
inline Block blockAt(int outputs, int index)
{
    const int first = index * blockLanes, left = outputs - first;
    return {first, left >= blockLanes ? blockLanes : narrowWidth(left), std::min(left, blockLanes)};
}

} // namespace hounsfield::kernels
