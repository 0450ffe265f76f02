// Gather of a table's rows by whole numbers that lie sample by sample: the words of texts. The table's gradient is made
// by tasks that each own some of its rows and go through all words in order.

#include "core/nn/steps/step.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

constexpr std::int64_t tasks = 16;

class Embedding final : public Step {
  public:
    Embedding(const PlannedStep& planned, Program& owner)
        : Step(planned, owner)
        , m_table(planned.inputs[0])
        , m_words(planned.inputs[1])
        , m_y(planned.outputs[0])
        , m_rows(owner.plan().value(m_table).shape[0])
        , m_width(owner.plan().value(m_table).shape[1])
        , m_length(elementCount(owner.plan().value(m_words).shape) / owner.plan().batch)
    {
    }

    void prepare() override
    {
        if (!isTrained())
            return;
        GradientSource source{program.plan().value(m_table).entry,
            program.reserve(Buffer::Scope::Once, (m_rows * m_width + 15) / 16 * 64)};
        source.rowLength = source.rowStride = m_rows * m_width;
        m_gradient = source.buffer;
        program.addGradientSource(std::move(source));
    }

    void forward(const Group& group) override
    {
        const float* table = program.weight(m_table);
        float* y = program.value(m_y, group);
        for (std::int64_t i = 0; i < group.count * m_length; ++i, y += m_width) {
            const std::int64_t row = rowOf(group.first * m_length + i);
            if (row < 0)
                return program.fail(
                    badInput(text("nn", "A word's number lies outside the table of %1.").with(m_rows)).value(),
                    planned.node->name);
            std::copy_n(table + row * m_width, m_width, y);
        }
    }

    void backward(const Group&) override {}

    std::int64_t rowTasks() const override { return isTrained() ? tasks : 0; }

    std::optional<RowReads> rowReads() const override { return RowReads{{}, {m_y}}; }

    void rowTask(std::int64_t task) override
    {
        const std::int64_t first = m_rows * task / tasks, end = m_rows * (task + 1) / tasks;
        float* gradient = program.at(m_gradient, program.everything());
        std::fill_n(gradient + first * m_width, (end - first) * m_width, 0.0F);
        for (int index = 0; index < program.groups(); ++index) {
            const Group group = program.group(index, 0);
            const float* d = program.gradient(m_y, group);
            for (std::int64_t i = 0; i < group.count * m_length; ++i, d += m_width) {
                const std::int64_t row = rowOf(group.first * m_length + i);
                if (row < first || row >= end)
                    continue;
                float* to = gradient + row * m_width;
                for (std::int64_t c = 0; c < m_width; ++c)
                    to[c] += d[c];
            }
        }
    }

  private:
    bool isTrained() const { return needsGradient(m_y) && program.plan().isTrained(m_table); }

    /// −1 when the word's number is none of the table.
    std::int64_t rowOf(std::int64_t word) const
    {
        const std::int64_t row = program.other(m_words).as<std::int64_t>()[static_cast<std::size_t>(word)];
        const std::int64_t counted = row < 0 ? row + m_rows : row;
        return counted < m_rows ? std::max<std::int64_t>(counted, -1) : -1;
    }

    int m_table, m_words, m_y;
    std::int64_t m_rows, m_width, m_length;
    int m_gradient = -1;
};

} // namespace

std::unique_ptr<Step> makeEmbedding(const PlannedStep& planned, Program& program)
{
    return std::make_unique<Embedding>(planned, program);
}

} // namespace hounsfield::nn
