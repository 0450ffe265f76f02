#pragma once

#include "core/nn/kernels/kernels.h"
#include "core/nn/plan.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

namespace hounsfield::nn {

/// A piece of memory that a program lays out once.
struct Buffer {
    enum class Scope {
        Once,
        Group,  ///< one a group of samples
        Thread, ///< one a thread
        Samples ///< of the samples of a group: one a group, or one a thread where all work on a group is one stage
    };
    Scope scope = Scope::Once;
    std::int64_t bytes = 0; ///< of one
    std::int64_t offset = 0;
    int within = -1; ///< a buffer whose memory it uses, from `offset` on
};

/// One zeroed block of memory on huge pages; freed with it.
class Arena {
  public:
    Arena() = default;
    explicit Arena(std::int64_t bytes);
    ~Arena();
    Arena(Arena&& other) noexcept;
    Arena& operator=(Arena&& other) noexcept;
    char* data() const { return m_data; }
    std::int64_t bytes() const { return m_bytes; }

  private:
    char* m_data = nullptr;
    std::int64_t m_bytes = 0;
};

/// Some whole samples, worked on by one thread.
struct Group {
    int index = 0;
    std::int64_t first = 0;
    int count = 0;
    int thread = 0;
};

/// Where gradients of one weight come from: `copies` parts (one a group, or one), each `count` floats in rows.
struct GradientSource {
    int entry = -1;
    int buffer = -1;
    int copies = 1;
    std::int64_t rowLength = 0; ///< floats of a row in the flat weights
    std::int64_t rowStride = 0; ///< and in the buffer
    /// Row in the buffer of each row of the flat weights; empty: the same.
    std::vector<std::int32_t> rowOf;
};

class Step;

/// What a program is for.
enum class Purpose { Forward, ForwardBackward, Train };

/// A parallel loop over tasks; the next begins when all are done.
struct Stage {
    std::int64_t tasks = 0;
    bool isOfGroups = false; ///< asks whether to stop before each task
    std::function<void(std::int64_t task, int thread)> run;
    std::function<void()> finish; ///< once, by the thread that ends the last task
};

/// A plan laid out in memory, with its stages.
class Program {
  public:
    Program(Plan plan, Purpose purpose);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    const Plan& plan() const { return m_plan; }
    Purpose purpose() const { return m_purpose; }
    int threads() const { return m_plan.request.threads; }
    int groups() const { return m_groups; }
    int groupSize() const { return m_groupSize; }
    Group group(std::int64_t index, int thread) const;
    Group everything() const { return {0, 0, static_cast<int>(m_plan.batch), 0}; }
    bool isSingleStage() const { return m_isSingleStage; }

    // ---- memory
    /// Before the memory is laid out.
    int reserve(Buffer::Scope scope, std::int64_t bytes);
    /// For the summed gradient of a weight, right where it stands in the flat gradient; none where another step adds to
    /// it.
    std::optional<int> reserveInFlat(int weight);
    /// The summed gradients of all weights, laid out as them; null where none is asked.
    float* flat() const { return m_flat < 0 ? nullptr : at(m_flat, everything()); }
    template <typename T = float> T* at(int buffer, const Group& group) const
    {
        const Buffer& b = m_buffers[static_cast<std::size_t>(buffer)];
        const std::int64_t unit = b.scope == Buffer::Scope::Once    ? 0
                                  : b.scope == Buffer::Scope::Group ? group.index
                                                                    : group.thread;
        return reinterpret_cast<T*>(m_arena.data() + b.offset + unit * b.bytes);
    }
    /// First sample of a group, first element (pixel) of a value or its gradient.
    float* value(int index, const Group& group) const;
    float* gradient(int index, const Group& group) const;
    /// Where samples of an input are filled in as floats, channels last and side by side, and their way from there into
    /// the border, or into whole numbers.
    bool isFilled(int index) const
    {
        return m_plan.value(index).isBatched || m_plan.value(index).isFilledWhole(m_plan.batch);
    }
    float* filled(int index, const Group& group) const;
    void spreadFilled(int index, const Group& group);
    /// Distances between samples, rows and columns of a value (or its gradient). Rank 4 are images, channels last; of
    /// others the last dimension counts as channels, all between it and the first as one row of pixels.
    kernels::Place place(int index) const { return m_places[static_cast<std::size_t>(index)].value.place; }
    kernels::Place gradientPlace(int index) const { return m_places[static_cast<std::size_t>(index)].gradient.place; }
    /// The value as images of a group; rank 2 counts as 1 × 1 pixels, rank 3 as 1 × L.
    kernels::Extent extent(int index, const Group& group) const;
    /// Zeros around a gradient that shares its memory with others; before what lies around it is read.
    void clearGradientBorder(int index, const Group& group) const;
    float* weight(int value) const;
    /// A value that does not lie sample by sample in floats, and its gradient; of the operator table's steps.
    Tensor& other(int value) { return m_others[static_cast<std::size_t>(value)]; }
    Tensor& otherGradient(int value) { return m_otherGradients[static_cast<std::size_t>(value)]; }

    /// A value or its gradient of the whole batch as a tensor in ONNX order, and back.
    void readTensor(int index, bool isGradient, const Group& group, float* onnxOrder) const;
    void writeTensor(int index, bool isGradient, const Group& group, const float* onnxOrder) const;
    void addTensor(int index, const Group& group, const float* onnxOrder) const; ///< to its gradient

    // ---- gradients
    /// Whether a step must add to the gradient of its input, because another has written to it already.
    bool isAccumulated(const Step* step, int value) const;
    int addGradientSource(GradientSource source);
    const std::vector<GradientSource>& gradientSources() const { return m_sources; }

    const std::vector<std::unique_ptr<Step>>& steps() const { return m_steps; }
    /// What happens around the passes, group by group.
    struct Hooks {
        std::function<void(const Group&)> fill;             ///< before the forward pass
        std::function<void(const Group&)> read;             ///< after it
        std::function<void(const Group&)> start;            ///< before the backward pass: gradients handed in
        std::function<void(int value, const Group&)> ready; ///< when the gradient of a kept value is whole
    };
    enum class Passes { Forward, Backward, Both };
    void addPacking(std::vector<Stage>& stages);
    void addPasses(std::vector<Stage>& stages, Passes passes, const Hooks& hooks);

    std::int64_t bytes() const { return m_arena.bytes(); }

    // What steps by the operator table want to know of the step that runs.
    std::uint64_t seed = 0;
    std::uint64_t number = 0;
    bool areWeightsSkipped = false; ///< a backward pass gives convolutions and dense layers no gradients of weights
    bool areWeightsAdded = false;   ///< their gradients are added to those in the flat block
    std::optional<Error> problem;   ///< of a step that met values it cannot take
    /// Keeps the first problem of a pass. Any thread.
    void fail(const Error& error, const std::string& node);

  private:
    /// Where the samples of a group lie: distances, memory, its first element behind the border.
    struct Laid {
        kernels::Place place;
        int buffer = -1;
        std::int64_t origin = 0;
    };
    struct Places {
        Laid value, gradient;
        int fillBuffer = -1;
        bool isGradientShared = false;
    };
    Laid laid(const PlannedValue& value, const Border& border, bool isLasting, int parent = -1);
    int reserveWithin(int parent, Buffer::Scope scope, std::int64_t bytes, std::int64_t offset = 0);
    void reserveFlat();
    /// The buffer that a value's gradient shares with others.
    std::map<int, int> sharedGradients();
    void chooseGroups();
    void chooseStages();
    bool isParted(const Step& step) const;
    void layOutValues();
    void layOut();

    Plan m_plan;
    Purpose m_purpose;
    int m_groupSize = 8, m_groups = 1;
    int m_flat = -1;
    bool m_isSingleStage = false;
    std::size_t m_early = 0;                           ///< first steps: on the batch, of nothing that a group makes
    std::set<int> m_lastingValues, m_lastingGradients; ///< of a single stage: what outlives a group
    std::vector<Buffer> m_buffers;
    std::vector<Places> m_places;
    std::vector<Tensor> m_others, m_otherGradients;
    std::vector<GradientSource> m_sources;
    std::vector<std::unique_ptr<Step>> m_steps;
    std::map<std::pair<const Step*, int>, bool> m_isAccumulated;
    Arena m_arena;
    std::mutex m_problemLock;
};

/// Runs stages in one parallel region. False when it was asked to stop in the middle.
bool runStages(const std::vector<Stage>& stages, int threads, const Monitor& monitor);

} // namespace hounsfield::nn
