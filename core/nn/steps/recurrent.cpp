// RNN, GRU and LSTM over a group of texts: the products with the inputs of all times at once, then time by time the
// product with the state and the cell. Times behind the end of a text give 0, so that the reverse direction starts from
// 0 at the last word of each. Texts lie batch first; the time-first order of the ONNX node is only its border.

#include "core/nn/steps/step.h"

#include <algorithm>
#include <array>

namespace hounsfield::nn {

namespace {

struct Cell {
    std::string_view op;
    int gates = 1;
    bool hasCell = false;             ///< a second state
    bool hasRecurrentGradient = false; ///< of h · R, other than that of x · W
    void (*forward)(const kernels::CellRows&, const kernels::CellStep&) = nullptr;
    void (*backward)(const kernels::CellRows&, const kernels::CellGradient&) = nullptr;
};
constexpr std::array<Cell, 3> cells{{{"RNN", 1, false, false, kernels::rnnForward, kernels::rnnBackward},
    {"GRU", 3, false, true, kernels::gruForward, kernels::gruBackward},
    {"LSTM", 4, true, false, kernels::lstmForward, kernels::lstmBackward}}};

class Recurrent final : public Step {
  public:
    Recurrent(const PlannedStep& planned, Program& owner)
        : Step(planned, owner)
        , m_cell(*std::ranges::find(cells, std::string_view(planned.node->op), &Cell::op))
        , m_x(planned.inputs[0])
        , m_w(planned.inputs[1])
        , m_r(planned.inputs[2])
        , m_b(planned.inputs[3])
        , m_y(planned.outputs[0])
    {
        const Shape& x = owner.plan().value(m_x).shape;
        const Shape& r = owner.plan().value(m_r).shape;
        m_length = static_cast<int>(x[1]);
        m_depth = static_cast<int>(x[2]);
        m_directions = static_cast<int>(r[0]);
        m_units = static_cast<int>(r[2]);
        m_gates = m_cell.gates * m_units;
        m_first = planned.node->words("direction", "forward") == "reverse" ? 1 : 0;
    }

    void prepare() override
    {
        using Scope = Buffer::Scope;
        const std::int64_t samples = program.groupSize();
        const auto floats = [&](Scope scope, std::int64_t count) { return program.reserve(scope, (count + 16) * 4); };
        m_packed = floats(Scope::Once, m_directions * packedOfDirection());
        m_values = floats(Scope::Samples, samples * m_directions * m_length * m_gates);
        m_kept = floats(Scope::Samples, samples * m_directions * m_length * m_units);
        m_product = floats(Scope::Thread, samples * m_gates);
        m_state = floats(Scope::Thread, samples * m_units);
        m_carried = floats(Scope::Thread, samples * m_units);
        m_zeros = floats(Scope::Once, m_units);
        if (!needsGradient(m_y))
            return;
        if (m_cell.hasRecurrentGradient)
            m_recurrent = floats(Scope::Thread, samples * m_length * m_gates);
        for (const int weight : {m_w, m_r, m_b})
            if (program.plan().isTrained(weight))
                m_sources[weight] = addSource(weight);
    }

    std::int64_t packTasks() const override { return std::int64_t{m_directions} * (needsGradient(m_y) ? 4 : 2); }

    void pack(std::int64_t task) override
    {
        const int direction = static_cast<int>(task) % m_directions;
        const auto part = static_cast<Part>(task / m_directions);
        const bool isInput = part == Part::Input || part == Part::InputBack;
        const int rows = isInput ? m_depth : m_units;
        const bool isBack = part == Part::InputBack || part == Part::StateBack;
        const float* master = program.weight(isInput ? m_w : m_r) + std::int64_t{direction} * rows * m_gates;
        const kernels::PackSegment segment{0, isBack ? 1 : m_gates, isBack ? m_gates : 1, isBack ? m_gates : rows};
        const int outputs = isBack ? rows : m_gates;
        kernels::pack(master, &segment, 1, outputs, 0, kernels::packedBlocks(outputs), packed(direction, part));
    }

    void forward(const Group& group) override
    {
        const int longest = longestOf(group);
        for (int direction = 0; direction < m_directions; ++direction) {
            multiply(group, direction, Part::Input, longest);
            std::fill_n(program.at(m_carried, group), group.count * m_units, 0.0F);
            for (int i = 0; i < longest; ++i)
                stepForward(group, direction, isReverse(direction) ? longest - 1 - i : i, i == 0);
            for (int row = 0; row < group.count; ++row)
                for (int t = longest; t < m_length; ++t)
                    std::fill_n(output(group, direction, row, t), m_units, 0.0F);
        }
    }

    void backward(const Group& group) override
    {
        const int longest = longestOf(group);
        for (int direction = 0; direction < m_directions; ++direction) {
            for (const int buffer : {m_state, m_carried})
                std::fill_n(program.at(buffer, group), group.count * m_units, 0.0F);
            for (int i = longest - 1; i >= 0; --i)
                stepBackward(group, direction, isReverse(direction) ? longest - 1 - i : i, i == 0);
            clearBehind(group, direction, longest);
            weightGradients(group, direction, longest);
            if (needsGradient(m_x))
                multiply(group, direction, Part::InputBack, m_length);
        }
    }

  private:
    enum class Part { Input, State, InputBack, StateBack };

    bool isReverse(int direction) const { return (direction + m_first) % 2 == 1; }
    std::int64_t rowOfOutput() const { return std::int64_t{m_length} * m_directions * m_units; }
    std::int64_t ofTime() const { return std::int64_t{m_directions} * m_units; }

    std::int64_t packedOfDirection() const
    {
        return kernels::packedSize(m_depth, m_gates) + kernels::packedSize(m_units, m_gates)
               + kernels::packedSize(m_gates, m_depth) + kernels::packedSize(m_gates, m_units);
    }

    float* packed(int direction, Part part) const
    {
        float* at = program.at(m_packed, program.everything()) + direction * packedOfDirection();
        if (part == Part::Input)
            return at;
        at += kernels::packedSize(m_depth, m_gates);
        if (part == Part::State)
            return at;
        at += kernels::packedSize(m_units, m_gates);
        return part == Part::InputBack ? at : at + kernels::packedSize(m_gates, m_depth);
    }

    int addSource(int weight)
    {
        const std::int64_t count = program.plan().entryOf(weight).count;
        GradientSource source{program.plan().value(weight).entry,
            program.reserve(Buffer::Scope::Group, (count + 15) / 16 * 64), program.groups()};
        source.rowLength = source.rowStride = count;
        const int buffer = source.buffer;
        program.addGradientSource(std::move(source));
        return buffer;
    }

    /// Times that the longest text of the group takes, at least 1.
    int longestOf(const Group& group) const
    {
        int longest = 1;
        for (int row = 0; row < group.count; ++row)
            longest = std::max(longest, lengthOf(group, row));
        return longest;
    }

    int lengthOf(const Group& group, int row) const
    {
        if (planned.inputs[4] < 0)
            return m_length;
        const PlannedValue& lengths = program.plan().value(planned.inputs[4]);
        const Tensor& given = lengths.constant ? *lengths.constant : program.other(planned.inputs[4]);
        return std::clamp<int>(given.as<std::int32_t>()[static_cast<std::size_t>(group.first + row)], 0, m_length);
    }

    float* gates(const Group& group, int direction, int row, int t) const
    {
        return program.at(m_values, group)
               + ((std::int64_t{direction} * program.groupSize() + row) * m_length + t) * m_gates;
    }
    float* kept(const Group& group, int direction, int row, int t) const
    {
        return program.at(m_kept, group)
               + ((std::int64_t{direction} * program.groupSize() + row) * m_length + t) * m_units;
    }
    float* output(const Group& group, int direction, int row, int t) const
    {
        return program.value(m_y, group) + row * rowOfOutput() + t * ofTime() + std::int64_t{direction} * m_units;
    }
    float* recurrentGradient(const Group& group, int direction, int t) const
    {
        if (!m_cell.hasRecurrentGradient)
            return gates(group, direction, 0, t);
        return program.at(m_recurrent, group) + std::int64_t{t} * m_gates;
    }
    const float* bias(int direction, bool isRecurrent) const
    {
        return m_b < 0 ? nullptr : program.weight(m_b) + (2 * direction + (isRecurrent ? 1 : 0)) * m_gates;
    }

    /// All times at once: x · W into the gates, or the gates' gradients · Wᵀ into that of x.
    void multiply(const Group& group, int direction, Part part, int times) const
    {
        const bool isBack = part == Part::InputBack;
        const int tap = 0, depth = isBack ? m_gates : m_depth, outputs = isBack ? m_depth : m_gates;
        kernels::Product product{1, &tap, depth, 1, times, 0, depth, 0, outputs, outputs, group.count};
        product.xImage = std::int64_t{m_length} * depth;
        product.yImage = std::int64_t{m_length} * outputs;
        kernels::Finish finish;
        float* ofGates = gates(group, direction, 0, 0);
        if (isBack) {
            finish.isAccumulated = isAccumulated(m_x) || direction > 0;
            kernels::multiply(product, ofGates, packed(direction, part), program.gradient(m_x, group), finish);
        } else {
            finish.bias = bias(direction, false);
            kernels::multiply(product, program.value(m_x, group), packed(direction, part), ofGates, finish);
        }
    }

    /// The state before time t: that of the neighbour in time, 0 at the first.
    const float* before(const Group& group, int direction, int t, bool isFirst) const
    {
        return isFirst ? program.at(m_zeros, group) : output(group, direction, 0, isReverse(direction) ? t + 1 : t - 1);
    }

    void stepForward(const Group& group, int direction, int t, bool isFirst) const
    {
        const int tap = 0;
        const float* state = before(group, direction, t, isFirst);
        const std::int64_t stateRow = isFirst ? 0 : rowOfOutput();
        const kernels::Product product{1, &tap, m_units, 1, group.count, 0, stateRow, 0, m_gates, m_gates};
        kernels::Finish finish{bias(direction, true)};
        float* made = program.at(m_product, group);
        kernels::multiply(product, state, packed(direction, Part::State), made, finish);
        const std::int64_t gateRow = std::int64_t{m_length} * m_gates, keptRow = std::int64_t{m_length} * m_units;
        const kernels::CellStep cell{gates(group, direction, 0, t), gateRow, made, m_gates, state, stateRow,
            output(group, direction, 0, t), rowOfOutput(), program.at(m_carried, group), m_units,
            kept(group, direction, 0, t), keptRow};
        m_cell.forward({group.count, m_units}, cell);
        for (int row = 0; row < group.count; ++row)
            if (t >= lengthOf(group, row)) {
                for (float* state : {output(group, direction, row, t), kept(group, direction, row, t),
                         program.at(m_carried, group) + row * m_units})
                    std::fill_n(state, m_units, 0.0F);
            }
    }

    void stepBackward(const Group& group, int direction, int t, bool isFirst) const
    {
        const std::int64_t gateRow = std::int64_t{m_length} * m_gates, keptRow = std::int64_t{m_length} * m_units;
        const std::int64_t stateRow = isFirst ? 0 : rowOfOutput();
        const std::int64_t toOutput = output(group, direction, 0, t) - program.value(m_y, group);
        float* state = program.at(m_state, group);
        kernels::CellGradient cell{gates(group, direction, 0, t), gateRow, recurrentGradient(group, direction, t),
            gateRow, before(group, direction, t, isFirst), stateRow, program.gradient(m_y, group) + toOutput,
            rowOfOutput(), state, m_units, program.at(m_carried, group), m_units, program.at(m_zeros, group), 0,
            kept(group, direction, 0, t), keptRow};
        if (!isFirst) {
            cell.cellBefore = kept(group, direction, 0, isReverse(direction) ? t + 1 : t - 1);
            cell.cellBeforeRow = keptRow;
        }
        if (!m_cell.hasCell && !m_cell.hasRecurrentGradient) { // RNN: the state itself
            cell.kept = output(group, direction, 0, t);
            cell.keptRow = rowOfOutput();
        }
        m_cell.backward({group.count, m_units}, cell);
        clearEnded(group, direction, t);
        const int tap = 0;
        const kernels::Product product{1, &tap, m_gates, 1, group.count, 0, gateRow, 0, m_units, m_units};
        kernels::Finish finish;
        finish.isAccumulated = true;
        kernels::multiply(
            product, recurrentGradient(group, direction, t), packed(direction, Part::StateBack), state, finish);
    }

    /// Gradients of texts that have ended before time t.
    void clearEnded(const Group& group, int direction, int t) const
    {
        for (int row = 0; row < group.count; ++row) {
            if (t < lengthOf(group, row))
                continue;
            std::fill_n(gates(group, direction, row, t), m_gates, 0.0F);
            std::fill_n(recurrentGradient(group, direction, t) + std::int64_t{row} * m_length * m_gates, m_gates, 0.0F);
            for (const int buffer : {m_state, m_carried})
                std::fill_n(program.at(buffer, group) + row * m_units, m_units, 0.0F);
        }
    }

    void clearBehind(const Group& group, int direction, int longest) const
    {
        const std::int64_t count = std::int64_t{m_length - longest} * m_gates;
        for (int row = 0; row < group.count && count > 0; ++row) {
            std::fill_n(gates(group, direction, row, longest), count, 0.0F);
            std::fill_n(
                recurrentGradient(group, direction, longest) + std::int64_t{row} * m_length * m_gates, count, 0.0F);
        }
    }

    void weightGradients(const Group& group, int direction, int longest)
    {
        const float* ofInputs = gates(group, direction, 0, 0);
        const float* ofStates = recurrentGradient(group, direction, 0);
        const int offset = 0;
        kernels::WeightGradient work{group.count, 1, longest, std::int64_t{m_length} * m_depth, 0, m_depth,
            std::int64_t{m_length} * m_gates, 0, m_gates, 1, &offset, m_depth, m_gates, m_gates, false};
        if (const auto source = m_sources.find(m_w); source != m_sources.end())
            kernels::weightGradient(work, program.value(m_x, group), ofInputs,
                program.at(source->second, group) + std::int64_t{direction} * m_depth * m_gates, 0, m_depth);
        if (const auto source = m_sources.find(m_r); source != m_sources.end()) {
            // The first time has no state before it.
            const bool isBackwards = isReverse(direction);
            work.columns = longest - 1;
            work.xImage = rowOfOutput();
            work.xColumn = ofTime();
            work.depth = m_units;
            float* gradient = program.at(source->second, group) + std::int64_t{direction} * m_units * m_gates;
            if (longest < 2)
                std::fill_n(gradient, m_units * m_gates, 0.0F);
            else
                kernels::weightGradient(work, output(group, direction, 0, isBackwards ? 1 : 0),
                    ofStates + (isBackwards ? 0 : m_gates), gradient, 0, m_units);
        }
        if (const auto source = m_sources.find(m_b); source != m_sources.end()) {
            float* gradient = program.at(source->second, group) + std::int64_t{2} * direction * m_gates;
            const kernels::Extent extent{group.count, 1, longest, m_gates};
            const kernels::Place at{std::int64_t{m_length} * m_gates, 0, m_gates};
            kernels::channelSums(extent, ofInputs, at, gradient);
            kernels::channelSums(extent, ofStates, at, gradient + m_gates);
        }
    }

    const Cell& m_cell;
    int m_x, m_w, m_r, m_b, m_y;
    int m_length = 0, m_depth = 0, m_directions = 1, m_units = 0, m_gates = 0, m_first = 0;
    int m_packed = -1, m_values = -1, m_kept = -1, m_product = -1, m_state = -1, m_carried = -1, m_zeros = -1,
        m_recurrent = -1;
    std::map<int, int> m_sources;
};

} // namespace

std::unique_ptr<Step> makeRecurrent(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Recurrent>(planned, program);
}

} // namespace hounsfield::nn
