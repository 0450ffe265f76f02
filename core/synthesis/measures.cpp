#include "core/synthesis/measures.h"

#include "core/synthesis/frechet_distance.h"

namespace hounsfield::synthesis {

Result<Measures> computeMeasures(const Sides& sides, const KernelDistanceOptions& kernel, const Monitor& monitor)
{
    Measures measures;
    measures.frechetDistance = TRY(frechetDistance(sides));
    measures.kernelDistance = TRY(kernelDistance(sides, kernel, monitor.part(0, 0.5)));
    measures.neighbours = TRY(neighbourMeasures(sides, monitor.part(0.5, 1)));
    return measures;
}

std::span<const MeasureRow> measureTable()
{
    // clang-format off
    static constexpr MeasureRow table[] = {
        {"fid",       [](const Measures& m) { return m.frechetDistance; }},
        {"kid",       [](const Measures& m) { return m.kernelDistance.mean; }},
        {"precision", [](const Measures& m) { return m.neighbours.precision; }},
        {"recall",    [](const Measures& m) { return m.neighbours.recall; }},
        {"density",   [](const Measures& m) { return m.neighbours.density; }},
        {"coverage",  [](const Measures& m) { return m.neighbours.coverage; }},
    };
    // clang-format on
    return table;
}

} // namespace hounsfield::synthesis
