// Gradients of images that are never there at the same time share memory. Stages part them: what is read for the last
// time in one may be overwritten in the next.

#include "core/nn/program.h"
#include "core/nn/steps/step.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>

namespace hounsfield::nn {

namespace {

/// The stages of a backward pass in which a gradient is there.
struct Span {
    int value = 0;
    int first = std::numeric_limits<int>::max(), last = 0;
    std::int64_t bytes = 0;
};

/// Steps that write every pixel of their inputs' gradients and clear borders before they read them.
bool isSharing(StepKind kind)
{
    constexpr std::array kinds{StepKind::Convolution, StepKind::TransposedConvolution, StepKind::Normalization,
        StepKind::MaxPool, StepKind::GlobalAverage, StepKind::Relu, StepKind::Add, StepKind::Flatten, StepKind::Dense,
        StepKind::Curve, StepKind::Modulation, StepKind::AveragePool, StepKind::Repeat};
    return std::ranges::find(kinds, kind) != kinds.end();
}

std::vector<int> inputsOf(const PlannedStep& step)
{
    std::vector<int> inputs = step.inputs;
    inputs.push_back(step.add);
    return inputs;
}

class Spans {
  public:
    explicit Spans(const Program& program)
        : m_plan(program.plan())
        , m_spans(m_plan.values.size())
    {
        for (int i = 0; i < static_cast<int>(m_spans.size()); ++i)
            if (m_plan.value(i).isStart)
                at(i).first = 0;
        for (auto step = program.steps().rbegin(); step != program.steps().rend(); ++step)
            pass(**step);
        for (int i = 0; i < static_cast<int>(m_spans.size()); ++i)
            if (m_plan.value(i).isInput)
                at(i).last = m_stage;
    }

    /// Those that may share, in the order they come up.
    std::vector<Span> list() const
    {
        std::vector<Span> spans;
        for (int i = 0; i < static_cast<int>(m_spans.size()); ++i) {
            const PlannedValue& value = m_plan.value(i);
            Span span = m_spans[static_cast<std::size_t>(i)];
            if (!value.isBatched || !value.isImage() || !value.needsGradient || m_barred.contains(i)
                || span.first > span.last)
                continue;
            span.value = i;
            const Border& border = value.gradientBorder;
            span.bytes = value.shape[0] * value.shape[1] * (value.shape[2] + border.top + border.bottom)
                         * (value.shape[3] + border.left + border.right) * 4;
            spans.push_back(span);
        }
        std::ranges::stable_sort(spans, {}, &Span::first);
        return spans;
    }

  private:
    Span& at(int value) { return m_spans[static_cast<std::size_t>(value)]; }

    /// As addPasses makes stages of steps.
    void pass(const Step& step)
    {
        const PlannedStep& planned = step.planned;
        const bool isLedBack = m_plan.isLedBack(planned);
        if (isLedBack && step.isWhole())
            ++m_stage;
        const int before = m_stage;
        if (isLedBack && (step.isWhole() || step.isBackwardSplit()))
            ++m_stage;
        const bool hasRows = isLedBack && step.rowTasks() > 0;
        for (const int output : planned.outputs)
            note(output, before, m_stage + (hasRows ? 1 : 0), step);
        for (const int input : inputsOf(planned))
            if (isLedBack)
                note(input, before, m_stage, step);
        m_stage += hasRows ? 2 : 0;
    }

    void note(int value, int first, int last, const Step& step)
    {
        if (value < 0)
            return;
        at(value).first = std::min(at(value).first, first);
        at(value).last = std::max(at(value).last, last);
        if (!isSharing(step.planned.kind))
            m_barred.insert(value);
    }

    const Plan& m_plan;
    std::vector<Span> m_spans;
    std::set<int> m_barred; ///< touched by other steps
    int m_stage = 0;
};

} // namespace

std::map<int, int> Program::sharedGradients()
{
    struct Slot {
        std::int64_t bytes = 0;
        int last = 0;
        std::vector<int> values;
    };
    std::vector<Slot> slots;
    if (m_isSingleStage || m_purpose == Purpose::Forward)
        return {};
    for (const Span& span : Spans(*this).list()) {
        // The free one that grows least.
        Slot* best = nullptr;
        const auto growth = [&](const Slot& slot) { return std::abs(slot.bytes - span.bytes); };
        for (Slot& slot : slots)
            if (slot.last < span.first && (!best || growth(slot) < growth(*best)))
                best = &slot;
        if (!best)
            best = &slots.emplace_back();
        best->bytes = std::max(best->bytes, span.bytes);
        best->last = span.last;
        best->values.push_back(span.value);
    }
    std::map<int, int> shared;
    for (const Slot& slot : slots) {
        if (slot.values.size() < 2)
            continue;
        const int buffer =
            reserve(Buffer::Scope::Once, slot.bytes / m_plan.batch * std::int64_t{m_groups} * m_groupSize);
        for (const int value : slot.values)
            shared[value] = buffer;
    }
    return shared;
}

} // namespace hounsfield::nn
