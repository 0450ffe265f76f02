// Passes over images that are not products: sums, affine maps, relu and their gradients. One read, one write where
// possible.

#include "core/nn/kernels/kernels.h"
#include "core/nn/kernels/vector.h"

namespace hounsfield::kernels {

namespace {

/// One image of some: where pixel (row, column) lies.
inline std::int64_t offset(const Place& at, int image, int row)
{
    return image * at.image + row * at.row;
}

/// Calls visit(image, row, column) for every pixel of the images.
template <typename Visit> inline void visitRows(const Extent& extent, const Visit& visit)
{
    for (int image = 0; image < extent.images; ++image)
        for (int row = 0; row < extent.rows; ++row)
            visit(image, row);
}

/// Σ over pixels of term(pixel pointer), four columns apart in turn, so that the additions do not wait for each other;
/// the order does not depend on the width of vectors. Images are summed one by one, then added.
template <typename V, typename Term>
inline V pixelSum(const Extent& extent, const float* x, const Place& at, const Term& term)
{
    V all = {};
    for (int image = 0; image < extent.images; ++image) {
        V part[4] = {};
        for (int row = 0; row < extent.rows; ++row) {
            const float* p = x + offset(at, image, row);
            int column = 0;
            for (; column + 4 <= extent.columns; column += 4)
                for (int j = 0; j < 4; ++j)
                    part[j] += term(p + (column + j) * at.column);
            for (; column < extent.columns; ++column)
                part[0] += term(p + column * at.column);
        }
        all += (part[0] + part[1]) + (part[2] + part[3]);
    }
    return all;
}

} // namespace

void channelSums(const Extent& extent, const float* x, const Place& at, float* sum)
{
    withWidth(extent.channels, [&]<typename V, int L>() {
        for (int c = 0; c < extent.channels; c += L)
            store<V>(sum + c, pixelSum<V>(extent, x + c, at, [](const float* p) { return load<V>(p); }));
    });
}

void channelMoments(const Extent& extent, const float* x, const Place& at, float* mean, float* squares)
{
    const float pixels = static_cast<float>(extent.images) * static_cast<float>(extent.rows * extent.columns);
    withWidth(extent.channels, [&]<typename V, int L>() {
        for (int c = 0; c < extent.channels; c += L) {
            const V middle =
                pixelSum<V>(extent, x + c, at, [](const float* p) { return load<V>(p); }) / broadcast<V>(pixels);
            store<V>(mean + c, middle);
            store<V>(squares + c, pixelSum<V>(extent, x + c, at, [middle](const float* p) {
                const V distance = load<V>(p) - middle;
                return distance * distance;
            }));
        }
    });
}

void affine(const Extent& extent, const float* x, const Place& xAt, const float* scale, const float* shift,
    const float* add, const Place& addAt, float slope, float* y, const Place& yAt)
{
    withWidth(extent.channels, [&]<typename V, int L>() {
        visitRows(extent, [&](int image, int row) {
            const float* from = x + offset(xAt, image, row);
            const float* other = add ? add + offset(addAt, image, row) : nullptr;
            float* to = y + offset(yAt, image, row);
            for (int column = 0; column < extent.columns; ++column, from += xAt.column, to += yAt.column) {
                for (int c = 0; c < extent.channels; c += L) {
                    V v = multiplyAdd(load<V>(from + c), load<V>(scale + c), load<V>(shift + c));
                    if (other)
                        v += load<V>(other + c);
                    store<V>(to + c, bent(v, slope));
                }
                other = other ? other + addAt.column : nullptr;
            }
        });
    });
}

void maskAndSum(const Extent& extent, const float* y, const Place& yAt, float slope, const float* x, const Place& xAt,
    const float* mean, float* d, const Place& dAt, float* sum, float* product)
{
    withWidth(extent.channels, [&]<typename V, int L>() {
        for (int c = 0; c < extent.channels; c += L) {
            const V middle = load<V>(mean + c);
            V total = {}, productTotal = {};
            visitRows(extent, [&](int image, int row) {
                const float* from = x + offset(xAt, image, row) + c;
                const float* mask = y ? y + offset(yAt, image, row) + c : nullptr;
                float* at = d + offset(dAt, image, row) + c;
                V part[2] = {}, productPart[2] = {};
                for (int column = 0; column < extent.columns; ++column) {
                    V v = load<V>(at + column * dAt.column);
                    if (mask) {
                        v = bentBack(v, load<V>(mask + column * yAt.column), slope);
                        store<V>(at + column * dAt.column, v);
                    }
                    const V distance = load<V>(from + column * xAt.column) - middle;
                    part[column & 1] += v;
                    productPart[column & 1] = multiplyAdd(v, distance, productPart[column & 1]);
                }
                total += part[0] + part[1];
                productTotal += productPart[0] + productPart[1];
            });
            store<V>(sum + c, total);
            store<V>(product + c, productTotal);
        }
    });
}

void normalizationGradient(const Extent& extent, const float* d, const Place& dAt, const float* x, const Place& xAt,
    const float* a, const float* b, const float* c, bool isAccumulated, float* y, const Place& yAt)
{
    withWidth(extent.channels, [&]<typename V, int L>() {
        visitRows(extent, [&](int image, int row) {
            const float* dp = d + offset(dAt, image, row);
            const float* xp = x + offset(xAt, image, row);
            float* to = y + offset(yAt, image, row);
            for (int column = 0; column < extent.columns;
                 ++column, dp += dAt.column, xp += xAt.column, to += yAt.column)
                for (int k = 0; k < extent.channels; k += L) {
                    V v = multiplyAdd(
                        load<V>(dp + k), load<V>(a + k), multiplyAdd(load<V>(xp + k), load<V>(b + k), load<V>(c + k)));
                    if (isAccumulated)
                        v += load<V>(to + k);
                    store<V>(to + k, v);
                }
        });
    });
}

void add(const Extent& extent, const float* a, const Place& aAt, const float* b, const Place& bAt, float slope,
    float* y, const Place& yAt)
{
    withWidth(extent.channels, [&]<typename V, int L>() {
        visitRows(extent, [&](int image, int row) {
            const float* first = a + offset(aAt, image, row);
            const float* second = b ? b + offset(bAt, image, row) : nullptr;
            float* to = y + offset(yAt, image, row);
            for (int column = 0; column < extent.columns; ++column)
                for (int c = 0; c < extent.channels; c += L) {
                    V v = load<V>(first + column * aAt.column + c);
                    if (second)
                        v += load<V>(second + column * bAt.column + c);
                    store<V>(to + column * yAt.column + c, bent(v, slope));
                }
        });
    });
}

void product(const Extent& extent, const float* a, const Place& aAt, const float* b, const Place& bAt,
    bool isAccumulated, float* y, const Place& yAt)
{
    withWidth(extent.channels, [&]<typename V, int L>() {
        visitRows(extent, [&](int image, int row) {
            const float* first = a + offset(aAt, image, row);
            const float* second = b + offset(bAt, image, row);
            float* to = y + offset(yAt, image, row);
            for (int column = 0; column < extent.columns; ++column)
                for (int c = 0; c < extent.channels; c += L) {
                    const V v = load<V>(first + column * aAt.column + c) * load<V>(second + column * bAt.column + c);
                    float* p = to + column * yAt.column + c;
                    store<V>(p, isAccumulated ? load<V>(p) + v : v);
                }
        });
    });
}

void maskedAdd(const Extent& extent, const float* d, const Place& dAt, const float* y, const Place& yAt, float slope,
    bool isAccumulated, float* to, const Place& toAt)
{
    withWidth(extent.channels, [&]<typename V, int L>() {
        visitRows(extent, [&](int image, int row) {
            const float* from = d + offset(dAt, image, row);
            const float* mask = y ? y + offset(yAt, image, row) : nullptr;
            float* at = to + offset(toAt, image, row);
            for (int column = 0; column < extent.columns; ++column)
                for (int c = 0; c < extent.channels; c += L) {
                    V v = load<V>(from + column * dAt.column + c);
                    if (mask)
                        v = bentBack(v, load<V>(mask + column * yAt.column + c), slope);
                    float* p = at + column * toAt.column + c;
                    store<V>(p, isAccumulated ? load<V>(p) + v : v);
                }
        });
    });
}

void pixelMean(const Extent& extent, const float* x, const Place& at, float factor, float* y)
{
    const Extent one{1, extent.rows, extent.columns, extent.channels};
    for (int image = 0; image < extent.images; ++image)
        withWidth(extent.channels, [&]<typename V, int L>() {
            for (int c = 0; c < extent.channels; c += L)
                store<V>(y + image * extent.channels + c,
                    pixelSum<V>(one, x + image * at.image + c, at, [](const float* p) { return load<V>(p); })
                        * broadcast<V>(factor));
        });
}

void spread(const Extent& extent, const float* g, float factor, bool isAccumulated, float* d, const Place& at)
{
    withWidth(extent.channels, [&]<typename V, int L>() {
        visitRows(extent, [&](int image, int row) {
            float* to = d + offset(at, image, row);
            for (int column = 0; column < extent.columns; ++column, to += at.column)
                for (int c = 0; c < extent.channels; c += L) {
                    const V v = load<V>(g + image * extent.channels + c) * broadcast<V>(factor);
                    store<V>(to + c, isAccumulated ? load<V>(to + c) + v : v);
                }
        });
    });
}

} // namespace hounsfield::kernels
