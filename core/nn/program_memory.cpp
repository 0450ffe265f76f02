// How a program lays out its memory, and what lies where.

#include "core/nn/program.h"
#include "core/nn/steps/step.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <new>
#include <set>
#include <utility>

namespace hounsfield::nn {

namespace {

constexpr std::int64_t hugePage = std::int64_t{2} << 20;

std::int64_t roundedUp(std::int64_t value, std::int64_t unit)
{
    return (value + unit - 1) / unit * unit;
}

} // namespace

Arena::Arena(std::int64_t bytes)
    : m_bytes(roundedUp(bytes, hugePage))
{
    m_data = static_cast<char*>(std::aligned_alloc(hugePage, static_cast<std::size_t>(m_bytes)));
    if (!m_data)
        throw std::bad_alloc();
    ::madvise(m_data, static_cast<std::size_t>(m_bytes), MADV_HUGEPAGE);
    std::fill_n(m_data, m_bytes, '\0');
}

Arena::~Arena()
{
    std::free(m_data);
}

Arena::Arena(Arena&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_bytes(std::exchange(other.m_bytes, 0))
{
}

Arena& Arena::operator=(Arena&& other) noexcept
{
    std::swap(m_data, other.m_data);
    std::swap(m_bytes, other.m_bytes);
    return *this;
}

int Program::reserve(Buffer::Scope scope, std::int64_t bytes)
{
    if (scope == Buffer::Scope::Samples)
        scope = m_isSingleStage ? Buffer::Scope::Thread : Buffer::Scope::Group;
    m_buffers.push_back({scope, scope == Buffer::Scope::Group ? bytes : roundedUp(bytes, 64)});
    return static_cast<int>(m_buffers.size()) - 1;
}

int Program::reserveWithin(int parent, Buffer::Scope scope, std::int64_t bytes, std::int64_t offset)
{
    m_buffers.push_back({scope, bytes, offset, parent});
    return static_cast<int>(m_buffers.size()) - 1;
}

/// One block for the gradients of all weights, where any is asked.
void Program::reserveFlat()
{
    for (int i = 0; i < static_cast<int>(m_plan.values.size()) && m_flat < 0; ++i)
        if (m_plan.isTrained(i))
            m_flat = reserve(Buffer::Scope::Once, std::ssize(std::as_const(*m_plan.weights).values()) * 4);
}

std::optional<int> Program::reserveInFlat(int weight)
{
    const PlannedValue& value = m_plan.value(weight);
    if (m_flat < 0 || value.users != 1)
        return {};
    const Weights::Entry& entry = m_plan.entryOf(weight);
    return reserveWithin(m_flat, Buffer::Scope::Once, entry.count * 4, entry.offset * 4);
}

Program::Laid Program::laid(const PlannedValue& value, const Border& border, bool isLasting, int parent)
{
    Laid made;
    std::int64_t perSample = elementCount(value.shape) / std::max<std::int64_t>(1, value.samples());
    if (value.isImage()) {
        const std::int64_t channels = value.shape[1], columns = value.shape[3] + border.left + border.right;
        made.place.column = channels;
        made.place.row = columns * channels;
        made.origin = border.top * made.place.row + border.left * made.place.column;
        perSample = (value.shape[2] + border.top + border.bottom) * made.place.row;
    } else {
        made.place.row = perSample;
        made.place.column = value.shape.size() > 1 ? value.shape.back() : 1;
    }
    made.place.image = perSample;
    const std::int64_t bytes = perSample * m_groupSize * 4;
    made.buffer = parent >= 0 ? reserveWithin(parent, Buffer::Scope::Group, bytes)
                              : reserve(isLasting ? Buffer::Scope::Group : Buffer::Scope::Samples, bytes);
    return made;
}

void Program::layOutValues()
{
    m_places.resize(m_plan.values.size());
    const std::map<int, int> shared = sharedGradients();
    std::set<int> touched;
    for (const PlannedStep& step : m_plan.steps) {
        touched.insert(step.inputs.begin(), step.inputs.end());
        touched.insert(step.outputs.begin(), step.outputs.end());
        touched.insert(step.add);
    }
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const int index = static_cast<int>(i);
        const PlannedValue& value = m_plan.values[i];
        Places& places = m_places[i];
        if (value.isFilledWhole(m_plan.batch)) {
            m_others[i] = Tensor(value.type, value.shape);
            places.fillBuffer =
                reserve(Buffer::Scope::Thread, elementCount(value.shape) / value.samples() * m_groupSize * 4);
        }
        if (!value.isBatched || (!touched.contains(index) && !value.isInput && !value.isKept))
            continue;
        places.value = laid(value, value.border, m_lastingValues.contains(index));
        if (value.isInput && !value.border.isEmpty())
            places.fillBuffer =
                reserve(Buffer::Scope::Thread, elementCount(value.shape) / value.samples() * m_groupSize * 4);
        const auto found = shared.find(index);
        places.isGradientShared = found != shared.end();
        if (value.needsGradient)
            places.gradient = laid(value, value.gradientBorder, m_lastingGradients.contains(index),
                places.isGradientShared ? found->second : -1);
    }
}

void Program::layOut()
{
    std::int64_t offset = 0;
    for (Buffer& buffer : m_buffers) {
        if (buffer.within >= 0)
            continue;
        const std::int64_t units = buffer.scope == Buffer::Scope::Once    ? 1
                                   : buffer.scope == Buffer::Scope::Group ? m_groups
                                                                          : threads();
        buffer.offset = offset;
        offset += roundedUp(units * buffer.bytes, 64);
    }
    for (Buffer& buffer : m_buffers)
        if (buffer.within >= 0)
            buffer.offset += m_buffers[static_cast<std::size_t>(buffer.within)].offset;
    m_arena = Arena(offset + 4096); // kernels may read some floats behind a value
}

float* Program::value(int index, const Group& group) const
{
    const Laid& laid = m_places[static_cast<std::size_t>(index)].value;
    return at(laid.buffer, group) + laid.origin;
}

float* Program::gradient(int index, const Group& group) const
{
    const Laid& laid = m_places[static_cast<std::size_t>(index)].gradient;
    return at(laid.buffer, group) + laid.origin;
}

void Program::clearGradientBorder(int index, const Group& group) const
{
    const Border& border = m_plan.value(index).gradientBorder;
    if (!m_places[static_cast<std::size_t>(index)].isGradientShared || border.isEmpty())
        return;
    const auto size = extent(index, group);
    const auto at = gradientPlace(index);
    const std::int64_t width = size.columns * at.column, left = border.left * at.column,
                       right = border.right * at.column;
    for (int image = 0; image < size.images; ++image) {
        float* first = gradient(index, group) + image * at.image - left;
        std::fill_n(first - border.top * at.row, border.top * at.row, 0.0F);
        std::fill_n(first + size.rows * at.row, border.bottom * at.row, 0.0F);
        for (int row = 0; row < size.rows; ++row) {
            std::fill_n(first + row * at.row, left, 0.0F);
            std::fill_n(first + row * at.row + left + width, right, 0.0F);
        }
    }
}

float* Program::filled(int index, const Group& group) const
{
    const int buffer = m_places[static_cast<std::size_t>(index)].fillBuffer;
    return buffer < 0 ? value(index, group) : at(buffer, group);
}

void Program::spreadFilled(int index, const Group& group)
{
    if (m_places[static_cast<std::size_t>(index)].fillBuffer < 0)
        return;
    if (const PlannedValue& value = m_plan.value(index); !value.isBatched) {
        const std::int64_t perSample = elementCount(value.shape) / value.samples();
        const float* from = filled(index, group);
        std::transform(from, from + group.count * perSample,
            other(index).as<std::int64_t>().begin() + static_cast<std::ptrdiff_t>(group.first * perSample),
            [](float x) { return static_cast<std::int64_t>(x); });
        return;
    }
    const auto size = extent(index, group);
    const auto to = place(index);
    const float* from = filled(index, group);
    const std::int64_t row = std::int64_t{size.columns} * size.channels;
    for (int image = 0; image < size.images; ++image)
        for (int r = 0; r < size.rows; ++r, from += row)
            std::copy_n(from, row, value(index, group) + image * to.image + r * to.row);
}

kernels::Extent Program::extent(int index, const Group& group) const
{
    const PlannedValue& value = m_plan.value(index);
    if (value.isImage())
        return {group.count, static_cast<int>(value.shape[2]), static_cast<int>(value.shape[3]),
            static_cast<int>(value.shape[1])};
    const std::int64_t perSample = elementCount(value.shape) / std::max<std::int64_t>(1, value.samples());
    const std::int64_t channels = value.shape.size() > 1 ? value.shape.back() : 1;
    return {
        group.count, 1, static_cast<int>(perSample / std::max<std::int64_t>(1, channels)), static_cast<int>(channels)};
}

float* Program::weight(int value) const
{
    // Read through the const block: asking for the writable one would mark it as changed.
    const auto values = std::as_const(*m_plan.weights).values();
    return const_cast<float*>(values.data()) + m_plan.entryOf(value).offset;
}

namespace {

/// Calls visit(place in memory, place in ONNX order) for the elements of some samples.
template <typename Visit>
void visitSamples(
    const PlannedValue& value, const kernels::Place& place, const kernels::Extent& extent, const Visit& visit)
{
    const std::int64_t pixels = std::int64_t{extent.rows} * extent.columns, perSample = pixels * extent.channels;
    for (int image = 0; image < extent.images; ++image)
        for (int row = 0; row < extent.rows; ++row)
            for (int column = 0; column < extent.columns; ++column)
                for (int c = 0; c < extent.channels; ++c) {
                    const std::int64_t pixel = std::int64_t{row} * extent.columns + column;
                    const std::int64_t onnx = value.isImage() ? c * pixels + pixel : pixel * extent.channels + c;
                    visit(image * place.image + row * place.row + column * place.column + c, image * perSample + onnx);
                }
}

} // namespace

void Program::readTensor(int index, bool isGradient, const Group& group, float* onnxOrder) const
{
    const float* from = isGradient ? gradient(index, group) : value(index, group);
    visitSamples(m_plan.value(index), isGradient ? gradientPlace(index) : place(index), extent(index, group),
        [&](std::int64_t own, std::int64_t onnx) { onnxOrder[onnx] = from[own]; });
}

void Program::writeTensor(int index, bool isGradient, const Group& group, const float* onnxOrder) const
{
    float* to = isGradient ? gradient(index, group) : value(index, group);
    visitSamples(m_plan.value(index), isGradient ? gradientPlace(index) : place(index), extent(index, group),
        [&](std::int64_t own, std::int64_t onnx) { to[own] = onnxOrder[onnx]; });
}

void Program::addTensor(int index, const Group& group, const float* onnxOrder) const
{
    float* to = gradient(index, group);
    visitSamples(m_plan.value(index), gradientPlace(index), extent(index, group),
        [&](std::int64_t own, std::int64_t onnx) { to[own] += onnxOrder[onnx]; });
}

} // namespace hounsfield::nn
