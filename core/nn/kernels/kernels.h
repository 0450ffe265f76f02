#pragma once

// The interface of libhounsfield_kernels.so, which is built for several instruction sets: plain structs and pointers
// only. Images are channels last. Distances are in floats. Nothing here allocates; all functions may run beside each
// other.

#include <cstdint>

#pragma GCC visibility push(default)

namespace hounsfield::kernels {

/// "x86-64-v4", "x86-64-v3", "x86-64-v2" or "x86-64".
const char* levelName();

/// Flushes denormals to zero in this thread; returns what to hand to `restoreFloatMode` afterwards.
unsigned flushDenormals();
void restoreFloatMode(unsigned mode);

// ---- products on register tiles: convolutions, their input gradients, dense layers

/// y(row, column, m) = Σ over taps and k < depth of x(row, column)[tapOffsets[tap] + k] · w(tap, k, m).
/// A convolution without dilation has one tap a kernel row (depth kW · C), a dense layer one tap (a sample is a
/// column).
struct Product {
    int taps = 0;
    const int* tapOffsets = nullptr; ///< from the first pixel's x
    int depth = 0;
    int rows = 0, columns = 0; ///< of y
    std::int64_t xRow = 0, xColumn = 0;
    std::int64_t yRow = 0, yColumn = 0;
    int outputs = 0;
    int images = 1; ///< that share the weights
    std::int64_t xImage = 0, yImage = 0;
};
/// What happens to a sum before it is stored: + bias, + what is there, + another image, bent by `slope` below 0.
struct Finish {
    const float* bias = nullptr;
    const float* add = nullptr; ///< images with these distances
    std::int64_t addImage = 0, addRow = 0, addColumn = 0;
    bool isAccumulated = false;
    float slope = 1; ///< 0: relu, 1: nothing is bent, between them LeakyRelu
};
/// Floats that packed weights of a product take; the same for `rows` = taps · depth rows.
std::int64_t packedSize(int rows, int outputs);
/// Blocks of outputs that packing can be split into.
int packedBlocks(int outputs);
/// Rows of a weight matrix as they lie in the master weights.
struct PackSegment {
    std::int64_t base = 0;
    std::int64_t row = 0, column = 0; ///< distances between rows and between outputs
    int rows = 0;
};
/// Packs blocks firstBlock … endBlock − 1 of the matrix whose rows are those of all segments in turn.
void pack(const float* master, const PackSegment* segments, int count, int outputs, int firstBlock, int endBlock,
    float* packed);
void multiply(const Product& product, const float* x, const float* packed, float* y, const Finish& finish);

/// gradient(segment · depth + k, m) = Σ over images and pixels of x(pixel)[segmentOffsets[segment] + k] · d(pixel, m).
struct WeightGradient {
    int images = 0, rows = 0, columns = 0;
    std::int64_t xImage = 0, xRow = 0, xColumn = 0;
    std::int64_t dImage = 0, dRow = 0, dColumn = 0;
    int segments = 0;
    const int* segmentOffsets = nullptr;
    int depth = 0;
    int outputs = 0;
    std::int64_t gradientRow = 0;
    bool isAccumulated = false;
};
/// Rows firstRow … endRow − 1 of the gradient. Reads up to 15 floats behind the last pixel of d.
void weightGradient(
    const WeightGradient& work, const float* x, const float* d, float* gradient, int firstRow, int endRow);

// ---- passes over images

/// Some images of one size and where they lie.
struct Extent {
    int images = 0, rows = 0, columns = 0, channels = 0;
};
struct Place {
    std::int64_t image = 0, row = 0, column = 0;
};
/// sum(c) = Σ over pixels of x.
void channelSums(const Extent& extent, const float* x, const Place& at, float* sum);
/// mean(c), and squares(c) = Σ (x − mean)², of some images.
void channelMoments(const Extent& extent, const float* x, const Place& at, float* mean, float* squares);
/// y = x · scale(c) + shift(c) + add?, bent by `slope` below 0.
void affine(const Extent& extent, const float* x, const Place& xAt, const float* scale, const float* shift,
    const float* add, const Place& addAt, float slope, float* y, const Place& yAt);
/// d · slope where y is not above 0 (y may be null: d stays), then sum(c) = Σ d and product(c) = Σ d · (x − mean(c)).
void maskAndSum(const Extent& extent, const float* y, const Place& yAt, float slope, const float* x, const Place& xAt,
    const float* mean, float* d, const Place& dAt, float* sum, float* product);
/// y = d · a(c) + x · b(c) + c(c); added to y where isAccumulated.
void normalizationGradient(const Extent& extent, const float* d, const Place& dAt, const float* x, const Place& xAt,
    const float* a, const float* b, const float* c, bool isAccumulated, float* y, const Place& yAt);
/// y = a + b?, bent by `slope` below 0.
void add(const Extent& extent, const float* a, const Place& aAt, const float* b, const Place& bAt, float slope,
    float* y, const Place& yAt);
/// y (+)= a · b, element by element.
void product(const Extent& extent, const float* a, const Place& aAt, const float* b, const Place& bAt,
    bool isAccumulated, float* y, const Place& yAt);
/// to (+)= d, d · slope where y is not above 0 (y may be null: d).
void maskedAdd(const Extent& extent, const float* d, const Place& dAt, const float* y, const Place& yAt, float slope,
    bool isAccumulated, float* to, const Place& toAt);
/// y(c) = Σ over pixels of x · factor; one row of y an image.
void pixelMean(const Extent& extent, const float* x, const Place& at, float factor, float* y);
/// d(pixel, c) (+)= g(c) · factor.
void spread(const Extent& extent, const float* g, float factor, bool isAccumulated, float* d, const Place& at);

/// Max pooling of one image, any window; `index` (one byte an output, or null) tells which tap won: kernelRow ·
/// kernelColumns
/// + kernelColumn. Padding never wins.
struct Pooling {
    int inRows = 0, inColumns = 0, outRows = 0, outColumns = 0, channels = 0;
    int kernelRows = 0, kernelColumns = 0, strideRow = 1, strideColumn = 1, padRow = 0, padColumn = 0;
    int dilationRow = 1, dilationColumn = 1;
};
void maxPool(const Pooling& pooling, const float* x, const Place& xAt, float* y, const Place& yAt, std::uint8_t* index);
void maxPoolGradient(
    const Pooling& pooling, const float* d, const Place& dAt, const std::uint8_t* index, float* to, const Place& toAt);

/// Blocks of rows × columns fine pixels, each of which belongs to one coarse pixel.
struct PixelBlocks {
    Extent coarse;
    int rows = 1, columns = 1;
};
/// coarse (+)= factor · Σ of its block.
void sumBlocks(const PixelBlocks& blocks, const float* fine, const Place& fineAt, float factor, bool isAccumulated,
    float* coarse, const Place& coarseAt);
/// Every pixel of a block (+)= factor · coarse.
void spreadBlocks(const PixelBlocks& blocks, const float* coarse, const Place& coarseAt, float factor,
    bool isAccumulated, float* fine, const Place& fineAt);

/// relu and 2 × 2 max pooling of two rows x[2][2 · columns][channels]: y[columns][channels] and which of the four won.
void reluPool(const float* x, std::int64_t xRow, int columns, int channels, float* y, std::uint8_t* index);

// ---- 3 × 3 convolutions of stride 1 by Winograd's F(4 × 4, 3 × 3) (Lavin & Gray, arXiv 1509.09308): a quarter of the
// multiplications. Patches of the input are transformed, 36 products of tiles × channels by channels × outputs run
// (`multiply` with tiles as columns; `weightGradient`), their results are transformed back. The gradients are exact
// adjoints. Channels and outputs are multiples of 16.

constexpr int winogradPoints = 36;
/// Floats from one point to the next, of which each has so many: an odd number of cache lines, else the points that a
/// transform touches at once would lie in the same few sets of the cache.
constexpr std::int64_t winogradDistance(std::int64_t floats)
{
    return ((floats + 15) / 16 | 1) * 16;
}
/// Images cut into tiles of 4 × 4 outputs, row by row, image by image. The patch of an input tile is 6 × 6 pixels, that
/// of an output tile 4 × 4; pixels outside the image count as 0 and are never written.
struct WinogradTiles {
    Extent extent; ///< of the images; channels: a multiple of 16
    Place at;
    int tileRows = 0, tileColumns = 0; ///< of an image
    int top = 0, left = 0;             ///< how far the first patch begins before the image
    int first = 0, count = 0;          ///< the tiles of one call; their transforms lie as [point][count][channels]
    std::int64_t point() const { return winogradDistance(std::int64_t{count} * extent.channels); }
};
void winogradInput(const WinogradTiles& tiles, const float* x, float* transformed);
void winogradOutput(const WinogradTiles& tiles, const float* transformed, float* y, const Finish& finish);
void winogradOutputAdjoint(const WinogradTiles& tiles, const float* d, float* transformed);
/// Added to d: patches of neighbours overlap.
void winogradInputAdjoint(const WinogradTiles& tiles, const float* transformed, float* d);

/// Where the weights of a tap, a row and a column of the products lie in the master weights.
struct WinogradWeights {
    int rows = 0, columns = 0;
    std::int64_t tap = 0, row = 0, column = 0; ///< distances
};
/// Blocks firstBlock … endBlock − 1 of all 36 matrices, each packed as by `pack`, winogradDistance(packedSize(rows,
/// columns)) apart.
void winogradPack(const WinogradWeights& weights, const float* master, int firstBlock, int endBlock, float* packed);
/// gradient[9][count] of the weights from transformed[36][winogradDistance(count)]; count = channels · outputs.
void winogradWeightAdjoint(std::int64_t count, const float* transformed, float* gradient);

// ---- sparse gradients behind relu and 2 × 2 max pooling (performance: 11–16 % of them are not zero)

/// One pooled image: y after relu, which of the four taps won ([rows][columns][channels]), the gradient of y.
struct Pooled {
    const float* y = nullptr;
    const std::uint8_t* index = nullptr;
    const float* gradient = nullptr;
    int rows = 0, columns = 0, channels = 0;
    std::int64_t yRow = 0, gradientRow = 0; ///< distances between rows; pixels lie side by side
};
struct SparseEntry {
    int offset; ///< of the pixel's x
    float value;
};
/// The entries of every channel in the order of pixels: entries[channel · rows · columns …], counts[channel].
void listByChannel(const Pooled& pooled, std::int64_t xRow, std::int64_t xColumn, SparseEntry* entries, int* counts);
/// gradient[channel][kernelRows][gradientRow] += Σ entries value · x[offset + kernel row · xRow …][depth], bias += Σ
/// value.
struct SparseWeightGradient {
    int kernelRows = 0, depth = 0;
    std::int64_t xRow = 0;
    std::int64_t gradientRow = 0; ///< depth rounded up to 16; what lies behind depth is scratch
    int channels = 0, listLength = 0;
};
void sparseWeightGradient(const SparseWeightGradient& work, const float* x, const SparseEntry* entries,
    const int* counts, float* gradient, float* bias);
/// The same without lists for images so shallow that two pixels' rows of a kernel fit a vector: all outputs pick their
/// winner's values out of two registers. False where it does not suit (kernel rows, channels, instruction set): nothing
/// is done. Reads up to 15 floats behind the image.
bool shallowWeightGradient(const SparseWeightGradient& work, const Pooled& pooled, std::int64_t xColumn, const float* x,
    float* gradient, float* bias);
/// The entries of every pixel before pooling (2 rows × 2 columns): filter · filterSize and value, at most `channels`
/// and 16 spare.
void listByPixel(const Pooled& pooled, int filterSize, int* filters, float* values, int* counts);
/// d[row][column][…] += Σ entries value · filter[kernel row · depth …], d a zeroed image of width dRow.
struct SparseInputGradient {
    int rows = 0, columns = 0; ///< of the pixel lists
    int kernelRows = 0, depth = 0;
    std::int64_t dRow = 0, dColumn = 0;
    int channels = 0; ///< longest list
};
void sparseInputGradient(const SparseInputGradient& work, const float* filters, const int* listFilters,
    const float* listValues, const int* counts, float* d);

// ---- recurrent cells between their products; distances between rows in floats

/// Rows (samples at one time) of so many units.
struct CellRows {
    int count = 0, units = 0;
};
/// One time of a cell, gates in ONNX's order (GRU: update, reset, hidden; LSTM: input, output, forget, cell).
struct CellStep {
    float* gates = nullptr; ///< x · W + biases; becomes the gates' values
    std::int64_t gateRow = 0;
    const float* recurrent = nullptr; ///< h · R (+ the bias that GRU's reset gate multiplies)
    std::int64_t recurrentRow = 0;
    const float* before = nullptr; ///< h of the time before
    std::int64_t beforeRow = 0;
    float* after = nullptr; ///< h
    std::int64_t afterRow = 0;
    float* cell = nullptr; ///< LSTM: c of the time before, becomes c
    std::int64_t cellRow = 0;
    float* kept = nullptr; ///< for the gradient: GRU the hidden part of h · R, LSTM c
    std::int64_t keptRow = 0;
};
/// Its gradient.
struct CellGradient {
    float* gates = nullptr; ///< the gates' values; become the gradient of x · W
    std::int64_t gateRow = 0;
    float* recurrent = nullptr; ///< GRU: gets the gradient of h · R, which differs
    std::int64_t recurrentRow = 0;
    const float* before = nullptr; ///< GRU: h of the time before
    std::int64_t beforeRow = 0;
    const float* after = nullptr; ///< gradient of h from outside
    std::int64_t afterRow = 0;
    float* state = nullptr; ///< gradient of h from the time behind; becomes what goes straight to the time before
    std::int64_t stateRow = 0;
    float* cell = nullptr; ///< LSTM: the same of c
    std::int64_t cellRow = 0;
    const float* cellBefore = nullptr; ///< LSTM: c of the time before
    std::int64_t cellBeforeRow = 0;
    const float* kept = nullptr; ///< as CellStep; RNN: h
    std::int64_t keptRow = 0;
};
/// GRU with linear_before_reset: h = (1 − z) ⊙ tanh(x W + r ⊙ (h R)) + z ⊙ h.
void gruForward(const CellRows& rows, const CellStep& step);
void gruBackward(const CellRows& rows, const CellGradient& step);
void lstmForward(const CellRows& rows, const CellStep& step);
void lstmBackward(const CellRows& rows, const CellGradient& step);
/// h = tanh(x W + h R).
void rnnForward(const CellRows& rows, const CellStep& step);
void rnnBackward(const CellRows& rows, const CellGradient& step);

void hyperbolicTangents(std::int64_t count, const float* x, float* y); ///< y = tanh x
void logistics(std::int64_t count, const float* x, float* y);          ///< y = 1 / (1 + e⁻ˣ)

// ---- rows of numbers, side by side

struct Rows {
    std::int64_t count = 0;
    int length = 0; ///< at least 1
};
/// y = softmax(x · scale + add) of each row; `add` (or null) is one row for all. y may be x.
void softmaxRows(const Rows& rows, float scale, const float* add, const float* x, float* y);
/// to (+)= scale · y ⊙ (d − Σ y ⊙ d). `to` may be d.
void softmaxRowsGradient(const Rows& rows, float scale, const float* y, const float* d, bool isAccumulated, float* to);
/// The same down the columns of one matrix [length][width].
struct Columns {
    int length = 0, width = 0;
};
void softmaxColumns(const Columns& columns, const float* x, float* y);
void softmaxColumnsGradient(const Columns& columns, const float* y, const float* d, bool isAccumulated, float* to);

/// Layer normalisation (Ba et al. 2016): y = (x − mean) / √(variance + epsilon) · scale + shift of each row.
struct RowNormalization {
    const float* scale = nullptr;
    const float* shift = nullptr; ///< or null
    float epsilon = 0;
};
/// @param statistics  two floats a row for the gradient: mean, 1 / √(variance + epsilon)
void normalizeRows(const Rows& rows, const RowNormalization& by, const float* x, float* y, float* statistics);
/// to (+)= the gradient of x (`to` may be null); those of scale and shift are added to toScale and toShift.
void normalizeRowsGradient(const Rows& rows, const float* scale, const float* x, const float* statistics,
    const float* d, bool isAccumulated, float* to, float* toScale, float* toShift);

/// y = x · Φ(x) with the normal distribution Φ (Hendrycks and Gimpel 2016).
void gelu(std::int64_t count, const float* x, float* y);
void geluGradient(std::int64_t count, const float* x, const float* d, bool isAccumulated, float* to);

/// Where the random numbers of one sample begin (Random of core/base).
struct RandomPlace {
    std::uint32_t key[2] = {};
    std::uint32_t counter[4] = {};
};
/// factor = 0 where the sample's next uniform number lies below `ratio`, else `kept`. Bit for bit what `Random` draws.
void dropoutFactors(const RandomPlace& place, double ratio, float kept, std::int64_t count, float* factors);

// ---- optimizers and sums

/// sum = Σ over copies of part[copy · distance …]; returns Σ sum² in double.
double sumCopies(
    const float* parts, int copies, std::int64_t distance, std::int64_t count, bool isAccumulated, float* sum);
struct SgdStep {
    float rate = 0, momentum = 0, decay = 0;
    bool isNesterov = true;
};
void sgd(SgdStep step, std::int64_t count, const float* gradient, float* velocity, float* weight);
struct AdamStep {
    float rate = 0, beta1 = 0, beta2 = 0, epsilon = 0, gradientDecay = 0, weightFactor = 1, rootFactor = 1;
};
void adam(AdamStep step, std::int64_t count, const float* gradient, float* first, float* second, float* weight);

} // namespace hounsfield::kernels

#pragma GCC visibility pop
