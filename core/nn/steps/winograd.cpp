#include "core/nn/steps/winograd.h"

#include <algorithm>

namespace hounsfield::nn {

namespace {

constexpr int points = kernels::winogradPoints, tileSize = 4;
constexpr int fewestTiles = 8; ///< that share the weights of a point: with less they are read too often

int tilesAlong(int pixels)
{
    return (pixels + tileSize - 1) / tileSize;
}

} // namespace

bool Winograd::suits(const ImageWindow& w, int groups, int channels, const kernels::Extent& y, int images)
{
    const bool isPossible = w.kernelRows == 3 && w.kernelColumns == 3 && w.strideRow == 1 && w.strideColumn == 1
                            && w.dilationRow == 1 && w.dilationColumn == 1 && groups == 1 && channels % 16 == 0
                            && y.channels % 16 == 0;
    const int tiles = tilesAlong(y.rows) * tilesAlong(y.columns);
    // 36 multiplications a tile and the transforms against 9 a pixel.
    return isPossible && tiles * images >= fewestTiles && tiles * points * 3 <= y.rows * y.columns * 9 * 2;
}

Winograd::Winograd(Program& program, const ImageWindow& window, int channels, const kernels::Extent& y)
    : m_program(program)
    , m_window(window)
    , m_channels(channels)
    , m_outputs(y.channels)
    , m_tileRows(tilesAlong(y.rows))
    , m_tileColumns(tilesAlong(y.columns))
{
    constexpr int floatsOfBlock = 128 * 1024, tilesOfProduct = 14;
    const int fitting = floatsOfBlock / (points * (m_channels + m_outputs));
    m_block = std::min(std::max(fitting, tilesOfProduct), y.images * m_tileRows * m_tileColumns);
}

void Winograd::prepare(bool hasInputGradient, bool hasWeightGradient)
{
    const auto reserve = [&](Buffer::Scope scope, std::int64_t floatsOfPoint) {
        return m_program.reserve(scope, points * kernels::winogradDistance(floatsOfPoint) * 4);
    };
    m_packed = reserve(Buffer::Scope::Once, kernels::packedSize(m_channels, m_outputs));
    m_inputs = reserve(Buffer::Scope::Thread, std::int64_t{m_block} * m_channels);
    m_products = reserve(Buffer::Scope::Thread, std::int64_t{m_block} * m_outputs);
    if (hasInputGradient)
        m_packedBack = reserve(Buffer::Scope::Once, kernels::packedSize(m_outputs, m_channels));
    if (hasWeightGradient)
        m_weights = reserve(Buffer::Scope::Thread, std::int64_t{m_channels} * m_outputs);
}

std::int64_t Winograd::packTasks() const
{
    return kernels::packedBlocks(m_outputs) + (m_packedBack < 0 ? 0 : kernels::packedBlocks(m_channels));
}

void Winograd::pack(std::int64_t task, const float* master, Weights::Order order)
{
    const bool isFirst = order == Weights::Order::OutputFirst;
    const std::int64_t tap = isFirst ? m_channels : std::int64_t{m_channels} * m_outputs;
    const std::int64_t channel = isFirst ? 1 : m_outputs, output = isFirst ? 9 * m_channels : 1;
    auto index = static_cast<int>(task);
    const int forwardBlocks = kernels::packedBlocks(m_outputs);
    if (index < forwardBlocks) {
        kernels::winogradPack({m_channels, m_outputs, tap, channel, output}, master, index, index + 1,
            m_program.at(m_packed, m_program.everything()));
        return;
    }
    index -= forwardBlocks;
    kernels::winogradPack({m_outputs, m_channels, tap, output, channel}, master, index, index + 1,
        m_program.at(m_packedBack, m_program.everything()));
}

kernels::WinogradTiles Winograd::tilesOf(const Images& images, bool isInput) const
{
    kernels::WinogradTiles tiles{images.extent, images.at, m_tileRows, m_tileColumns};
    tiles.top = isInput ? m_window.top : 0;
    tiles.left = isInput ? m_window.left : 0;
    return tiles;
}

template <typename Run> void Winograd::inBlocks(int images, const Run& run) const
{
    const int tiles = images * m_tileRows * m_tileColumns, blocks = (tiles + m_block - 1) / m_block;
    for (int block = 0, first = 0; block < blocks; ++block) {
        const int count = (tiles - first + blocks - block - 1) / (blocks - block); // even blocks
        run(first, count);
        first += count;
    }
}

void Winograd::multiply(int count, int depth, const float* from, const float* packed, int outputs, float* to) const
{
    const int tap = 0;
    const kernels::Product product{1, &tap, depth, 1, count, 0, depth, 0, outputs, outputs};
    const std::int64_t fromPoint = kernels::winogradDistance(std::int64_t{count} * depth),
                       toPoint = kernels::winogradDistance(std::int64_t{count} * outputs),
                       packedPoint = kernels::winogradDistance(kernels::packedSize(depth, outputs));
    for (int point = 0; point < points; ++point)
        kernels::multiply(product, from + point * fromPoint, packed + point * packedPoint, to + point * toPoint, {});
}

void Winograd::forward(const Group& group, const Images& x, const Images& y, const kernels::Finish& finish) const
{
    auto in = tilesOf(x, true), out = tilesOf(y, false);
    float* inputs = m_program.at(m_inputs, group);
    float* products = m_program.at(m_products, group);
    inBlocks(x.extent.images, [&](int first, int count) {
        in.first = out.first = first;
        in.count = out.count = count;
        kernels::winogradInput(in, x.data, inputs);
        multiply(count, m_channels, inputs, m_program.at(m_packed, group), m_outputs, products);
        kernels::winogradOutput(out, products, y.data, finish);
    });
}

void Winograd::backward(const Group& group, const Images& x, const Images& d, const Images& dx, float* gradient) const
{
    auto in = tilesOf(x, true), out = tilesOf(d, false), back = tilesOf(dx, true);
    float* inputs = m_program.at(m_inputs, group);
    float* products = m_program.at(m_products, group);
    const std::int64_t perPoint = std::int64_t{m_channels} * m_outputs;
    inBlocks(d.extent.images, [&](int first, int count) {
        in.first = out.first = back.first = first;
        in.count = out.count = back.count = count;
        kernels::winogradOutputAdjoint(out, d.data, products);
        if (gradient) {
            kernels::winogradInput(in, x.data, inputs);
            const int segment = 0;
            const kernels::WeightGradient work{1, 1, count, 0, 0, m_channels, 0, 0, m_outputs, 1, &segment, m_channels,
                m_outputs, m_outputs, first > 0};
            for (int point = 0; point < points; ++point)
                kernels::weightGradient(work, inputs + point * in.point(), products + point * out.point(),
                    m_program.at(m_weights, group) + point * kernels::winogradDistance(perPoint), 0, m_channels);
        }
        if (!dx.data)
            return;
        multiply(count, m_outputs, products, m_program.at(m_packedBack, group), m_channels, inputs);
        kernels::winogradInputAdjoint(back, inputs, dx.data);
    });
    if (gradient)
        kernels::winogradWeightAdjoint(perPoint, m_program.at(m_weights, group), gradient);
}

} // namespace hounsfield::nn
