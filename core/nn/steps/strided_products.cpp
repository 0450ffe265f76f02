#include "core/nn/steps/strided_products.h"

namespace hounsfield::nn {

using kernels::PackSegment;
using kernels::Product;

namespace {

/// Images of one pixel fill tiles better side by side.
void takeSamplesAsColumns(Product& product)
{
    product.columns = product.images;
    product.images = 1;
    product.xColumn = product.xImage;
    product.yColumn = product.yImage;
}

} // namespace

void StridedProducts::readFine(const kernels::Place& at)
{
    const ImageWindow& w = m_form.window;
    const int tapColumns = m_isFused ? 1 : w.kernelColumns;
    for (int row = 0; row < w.kernelRows; ++row)
        for (int column = 0; column < tapColumns; ++column)
            m_tapOffsets.push_back(static_cast<int>(
                (row * w.dilationRow - w.top) * at.row + (column * w.dilationColumn - w.left) * at.column));
}

void StridedProducts::prepareToCoarse()
{
    for (int row = 0; row < m_form.window.kernelRows; ++row)
        for (int column = 0; column < m_form.window.kernelColumns; ++column)
            m_segments.push_back(segment(row, column, false));
    m_packedGroup = kernels::packedSize(m_taps * m_depth, m_form.coarse);
    m_packed = m_program.reserve(Buffer::Scope::Once, m_packedGroup * m_form.groups * 4);
}

void StridedProducts::prepareToFine(
    const kernels::Extent& fine, const kernels::Extent& coarse, const kernels::Place& coarseAt)
{
    m_isOfPixel = coarse.rows * coarse.columns == 1;
    for (int row = 0; row < (m_isOfPixel ? fine.rows : m_form.window.strideRow); ++row)
        for (int column = 0; column < (m_isOfPixel ? fine.columns : m_form.window.strideColumn); ++column)
            m_phases.push_back(phaseAt(row, column, fine, coarseAt));
    for (Phase& phase : m_phases) {
        phase.packed = m_packedPhases;
        m_packedPhases += kernels::packedSize(phase.taps * phase.depth, m_form.fine);
    }
    m_packedBack = m_program.reserve(Buffer::Scope::Once, m_packedPhases * m_form.groups * 4);
}

StridedProducts::Phase StridedProducts::phaseAt(
    int row, int column, const kernels::Extent& fine, const kernels::Place& coarseAt) const
{
    const ImageWindow& w = m_form.window;
    Phase phase{row, column, 1, 1};
    if (!m_isOfPixel) {
        phase.rows = (fine.rows - row + w.strideRow - 1) / w.strideRow;
        phase.columns = (fine.columns - column + w.strideColumn - 1) / w.strideColumn;
    }
    std::vector<int> columns; // of the kernel, so that the coarse image's columns rise
    for (int k = w.kernelColumns - 1; k >= 0; --k)
        if (meets(column + w.left - k * w.dilationColumn, w.strideColumn))
            columns.push_back(k);
    phase.depth = m_form.coarse * (m_isFused ? static_cast<int>(columns.size()) : 1);
    for (int k = 0; k < w.kernelRows && !columns.empty(); ++k) {
        if (!meets(row + w.top - k * w.dilationRow, w.strideRow))
            continue;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            phase.segments.push_back(segment(k, columns[i], true));
            if (i > 0 && m_isFused)
                continue;
            phase.tapOffsets.push_back(static_cast<int>(
                (row + w.top - k * w.dilationRow) / w.strideRow * coarseAt.row
                + (column + w.left - columns[i] * w.dilationColumn) / w.strideColumn * coarseAt.column));
        }
    }
    phase.taps = static_cast<int>(phase.tapOffsets.size());
    phase.depth = phase.taps ? phase.depth : 0;
    return phase;
}

/// The weights of one tap, coarse channels as columns (to the coarse image) or as rows (to the fine one).
PackSegment StridedProducts::segment(int row, int column, bool isToFine) const
{
    const ImageWindow& w = m_form.window;
    const std::int64_t tap = std::int64_t{row} * w.kernelColumns + column, all = gradientColumns();
    const std::int64_t rows = std::int64_t{w.kernelRows} * w.kernelColumns * m_form.fine;
    const bool isFirst = m_form.order == Weights::Order::OutputFirst;
    const std::int64_t base = isFirst ? tap * m_form.fine : tap * m_form.fine * all;
    const std::int64_t fine = isFirst ? 1 : all, coarse = isFirst ? rows : 1;
    return isToFine ? PackSegment{base, coarse, fine, m_form.coarse} : PackSegment{base, fine, coarse, m_form.fine};
}

std::int64_t StridedProducts::coarseTasks() const
{
    return m_packed < 0 ? 0 : std::int64_t{kernels::packedBlocks(m_form.coarse)} * m_form.groups;
}

std::int64_t StridedProducts::packTasks() const
{
    return coarseTasks() + static_cast<std::int64_t>(m_phases.size());
}

void StridedProducts::pack(std::int64_t task, const float* master)
{
    if (const std::int64_t first = coarseTasks(); task >= first) {
        const Phase& phase = m_phases[static_cast<std::size_t>(task - first)];
        for (int g = 0; g < m_form.groups; ++g)
            kernels::pack(master + g * m_form.coarse, phase.segments.data(), static_cast<int>(phase.segments.size()),
                m_form.fine, 0, kernels::packedBlocks(m_form.fine),
                m_program.at(m_packedBack, m_program.everything()) + g * m_packedPhases + phase.packed);
        return;
    }
    const int blocks = kernels::packedBlocks(m_form.coarse), block = static_cast<int>(task % blocks);
    const std::int64_t g = task / blocks;
    kernels::pack(master + g * m_form.coarse, m_segments.data(), static_cast<int>(m_segments.size()), m_form.coarse,
        block, block + 1, m_program.at(m_packed, m_program.everything()) + g * m_packedGroup);
}

void StridedProducts::toCoarse(const Images& fine, const Images& coarse, const kernels::Finish& all) const
{
    const ImageWindow& w = m_form.window;
    Product product{m_taps, m_tapOffsets.data(), m_depth, coarse.extent.rows, coarse.extent.columns,
        w.strideRow * fine.at.row, w.strideColumn * fine.at.column, coarse.at.row, coarse.at.column, m_form.coarse,
        coarse.extent.images, fine.at.image, coarse.at.image};
    const bool isPixel = coarse.extent.rows * coarse.extent.columns == 1;
    if (isPixel)
        takeSamplesAsColumns(product);
    const float* packed = m_program.at(m_packed, m_program.everything());
    for (int g = 0; g < m_form.groups; ++g) {
        kernels::Finish finish = all;
        finish.bias = all.bias ? all.bias + g * m_form.coarse : nullptr;
        finish.add = all.add ? all.add + g * m_form.coarse : nullptr;
        finish.addColumn = isPixel ? all.addImage : all.addColumn;
        kernels::multiply(
            product, fine.data + g * m_form.fine, packed + g * m_packedGroup, coarse.data + g * m_form.coarse, finish);
    }
}

void StridedProducts::toFine(const Images& coarse, const Images& fine, const kernels::Finish& all) const
{
    const ImageWindow& w = m_form.window;
    for (const Phase& phase : m_phases)
        for (int g = 0; g < m_form.groups; ++g) {
            Product product{phase.taps, phase.tapOffsets.data(), phase.depth, phase.rows, phase.columns, coarse.at.row,
                coarse.at.column, w.strideRow * fine.at.row, w.strideColumn * fine.at.column, m_form.fine,
                fine.extent.images, coarse.at.image, fine.at.image};
            if (m_isOfPixel)
                takeSamplesAsColumns(product);
            const float* packed =
                m_program.at(m_packedBack, m_program.everything()) + g * m_packedPhases + phase.packed;
            float* start = fine.data + phase.row * fine.at.row + phase.column * fine.at.column + g * m_form.fine;
            kernels::Finish finish = all;
            finish.bias = all.bias ? all.bias + g * m_form.fine : nullptr;
            kernels::multiply(product, coarse.data + g * m_form.coarse, packed, start, finish);
        }
}

void StridedProducts::weightGradient(const Images& fine, const Images& coarse, const GradientRows& rows) const
{
    const ImageWindow& w = m_form.window;
    for (int g = 0; g < m_form.groups; ++g) {
        const kernels::WeightGradient work{coarse.extent.images, coarse.extent.rows, coarse.extent.columns,
            fine.at.image, w.strideRow * fine.at.row, w.strideColumn * fine.at.column, coarse.at.image, coarse.at.row,
            coarse.at.column, m_taps, m_tapOffsets.data(), m_depth, m_form.coarse, gradientColumns(), rows.isAdded};
        kernels::weightGradient(work, fine.data + g * m_form.fine, coarse.data + g * m_form.coarse,
            rows.gradient + g * m_form.coarse, rows.first, rows.end);
    }
}

} // namespace hounsfield::nn
