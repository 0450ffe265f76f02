#pragma once

#include "core/base/monitor.h"
#include "core/diagnosis/gate.h"
#include "core/diagnosis/heat_map.h"
#include "core/image/raster.h"
#include "core/image/volume.h"
#include "core/learning/model_file.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hounsfield::diagnosis {

/// What a model says of one slice.
struct Diagnosis {
    GateAnswer gate;
    bool isOverridden = false;        ///< the gate refused and the user went on; must be shown with every figure
    std::vector<float> probabilities; ///< one a class; empty when refused
    int called = -1;                  ///< index of the class that is called: by the threshold of two, else the largest
    std::int64_t slice = 0;

    bool isRefused() const { return probabilities.empty(); }
};

/// A 2-D model on every slice of a volume.
struct VolumeDiagnosis {
    std::vector<Diagnosis> slices;            ///< one a slice
    std::vector<std::int64_t> mostSuspicious; ///< slices by falling suspicion (1 − probability of the class named
    ///< "normal", "none", "negative" …, else of the first), at most 10
};

/// A heat map on the image's own grid.
struct HeatMap {
    image::Raster<float> map;     ///< 0 … 1 on a fixed scale (see placedMap); all 0: no evidence for the class
    std::array<double, 2> peak{}; ///< x, y on the own grid; (−1, −1) when all is 0
    std::string layer;            ///< convolution it is taken from
    MapMethod method = MapMethod::HiResCam;
    int classIndex = 0;     ///< class it speaks for
    double probability = 0; ///< of that class, with the model's shifts
};

struct MapOptions {
    MapMethod method = MapMethod::HiResCam;
    std::string layer;             ///< convolution by name; empty: the last whose map is at least 6 × 6
    std::optional<int> classIndex; ///< empty: the class that is called
};

enum class Gate { Obey, Override };

/// A model ready for use. Not to be used by two threads at once; cheap to keep.
class Diagnoser {
  public:
    /// Errors: as learning::readModel (not ONNX, external data, metadata that lie …), each naming the file.
    static Result<Diagnoser> load(const std::filesystem::path& modelFile, int threads = 1);
    static Result<Diagnoser> of(learning::Model model, int threads = 1);
    Diagnoser(Diagnoser&&) noexcept;
    Diagnoser& operator=(Diagnoser&&) noexcept;
    ~Diagnoser();

    const learning::Model& model() const;
    /// Layers that heat maps can be taken from.
    const std::vector<MapLayer>& layers() const;

    /// The gate, then probabilities: the mean of the softmax over the model's shifts.
    Result<Diagnosis> diagnose(
        const image::Volume& volume, std::int64_t slice, Gate gate = Gate::Obey, const Monitor& monitor = {});
    /// All slices. Errors: as `diagnose`; Cancelled.
    Result<VolumeDiagnosis> diagnoseVolume(const image::Volume& volume, Gate gate, const Monitor& monitor);
    /// Why. Does not ask the gate: `diagnose` has been called before.
    /// Errors: BadInput when there is no such layer or class; Unsupported when the model has no convolution.
    Result<HeatMap> explain(
        const image::Volume& volume, std::int64_t slice, const MapOptions& options = {}, const Monitor& monitor = {});

  private:
    struct State;
    explicit Diagnoser(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Red–yellow over a grey or colour picture of the same size; opacity of the hottest place, 0 … 1.
image::Raster<std::uint8_t> overlaid(
    const image::Raster<std::uint8_t>& picture, const image::Raster<float>& map, double opacity = 0.6);
/// Colour of a map's value 0 … 1, for overlays and colour bars.
std::array<std::uint8_t, 3> heatColor(double value);

} // namespace hounsfield::diagnosis
