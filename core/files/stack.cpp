#include "core/files/stack.h"

#include "core/files/series.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string_view>
#include <tuple>

namespace hounsfield::files {

namespace {

using Vector = std::array<double, 3>;

constexpr double unevenShare = 0.01; // of the spacing
constexpr double unevenMillimetres = 0.01;
constexpr double leastTilt = 0.5;        // degrees, or
constexpr double leastShiftPixels = 0.5; // over the whole stack
constexpr double mostGaps = 4;           // an even grid of more slices than so many times the stored ones is made up
constexpr std::size_t mostPlaces = 3;    // named in one problem

double dot(const Vector& a, const Vector& b)
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

double rounded(double value)
{
    return std::round(value * 1000) / 1000;
}

/// Kinds of pictures whose frames are moments, not places.
bool isFilm(const std::string& modality)
{
    constexpr std::string_view films[] = {"US", "XA", "RF", "ES", "XC", "IVUS", "GM", "SM", "OP", "OPT", "IVOCT"};
    return std::ranges::find(films, modality) != std::end(films);
}

void orderByNumber(std::vector<SliceSource>& slices)
{
    std::ranges::stable_sort(slices, [](const SliceSource& a, const SliceSource& b) {
        return std::tie(a.header->instanceNumber, a.header->file, a.frame)
               < std::tie(b.header->instanceNumber, b.header->file, b.frame);
    });
}

/// Spacing within the slice; says so where there is none.
void placePixels(Series& series, const FrameHeader& frame)
{
    image::Geometry& g = series.geometry;
    series.facts.pixelSpacingSource = frame.spacingSource;
    g.isSpaced = frame.pixelSpacing && (*frame.pixelSpacing)[0] > 0 && (*frame.pixelSpacing)[1] > 0;
    if (g.isSpaced) {
        g.spacing = {(*frame.pixelSpacing)[1], (*frame.pixelSpacing)[0], 1};
        if (frame.spacingSource == "ImagerPixelSpacing")
            series.problems.push_back(text("files", "Millimetres are those at the detector, not in the patient."));
    } else {
        series.problems.push_back(text("files", "The size of a pixel is not known: lengths are in pixels."));
    }
}

struct Heights {
    std::vector<double> at, steps;
    double step = 1;
    bool isEven = true;
};

Heights heightsOf(const std::vector<SliceSource>& slices)
{
    Heights heights;
    for (const SliceSource& slice : slices)
        heights.at.push_back(*heightOf(slice));
    for (std::size_t k = 1; k < heights.at.size(); ++k)
        heights.steps.push_back(heights.at[k] - heights.at[k - 1]);
    if (heights.steps.empty())
        return heights;
    auto sorted = heights.steps;
    std::ranges::sort(sorted);
    heights.step =
        sorted.size() % 2 ? sorted[sorted.size() / 2] : (sorted[sorted.size() / 2 - 1] + sorted[sorted.size() / 2]) / 2;
    heights.isEven = std::ranges::all_of(heights.steps, [&](double step) {
        return std::abs(step - heights.step) <= std::max(unevenShare * heights.step, unevenMillimetres);
    });
    return heights;
}

/// Names the gaps that are whole slices, else the range of the distances.
void sayUneven(Series& series, const Heights& heights)
{
    std::size_t gaps = 0;
    bool isOtherwiseEven = true;
    for (std::size_t k = 0; k < heights.steps.size(); ++k) {
        const double share = heights.steps[k] / heights.step;
        const double whole = std::round(share);
        isOtherwiseEven &= std::abs(share - whole) < 0.05 && whole >= 1;
        if (whole < 2 || std::abs(share - whole) >= 0.05)
            continue;
        if (++gaps <= mostPlaces)
            series.problems.push_back(
                whole == 2 ? text("files", "A slice is missing between slices %1 and %2.").with(k + 1, k + 2)
                           : text("files", "%3 slices are missing between slices %1 and %2.")
                                 .with(k + 1, k + 2, static_cast<int>(whole) - 1));
    }
    if (gaps > mostPlaces)
        series.problems.push_back(text("files", "Slices are missing at %1 more places.").with(gaps - mostPlaces));
    if (gaps > 0 && isOtherwiseEven)
        return;
    const auto [least, greatest] = std::ranges::minmax_element(heights.steps);
    series.problems.push_back(
        text("files", "The slices lie unevenly: %1 to %2 mm apart, the widest between slices %3 and %4.")
            .with(rounded(*least), rounded(*greatest), greatest - heights.steps.begin() + 1,
                greatest - heights.steps.begin() + 2));
}

/// Whether the slices are shifted against each other in their own plane; says the tilt.
bool isSheared(Series& series, const Axes& axes, const Heights& heights)
{
    const Vector first = *frameOf(series.slices.front()).position;
    double greatest = 0, along = 0;
    for (std::size_t k = 1; k < series.slices.size(); ++k) {
        const Vector p = *frameOf(series.slices[k]).position;
        const Vector from{p[0] - first[0], p[1] - first[1], p[2] - first[2]};
        const double shift = std::hypot(dot(from, axes.row), dot(from, axes.column));
        if (shift > greatest) {
            greatest = shift;
            along = heights.at[k] - heights.at.front();
        }
    }
    const double degrees = std::atan2(greatest, along) * 180 / std::numbers::pi;
    const double pixel = std::min(series.geometry.spacing[0], series.geometry.spacing[1]);
    if (greatest <= samePlaceMillimetres || (degrees < leastTilt && greatest < leastShiftPixels * pixel))
        return false;
    series.problems.push_back(
        text("files", "The slices are sheared by %1°, as with a tilted gantry.").with(std::round(degrees * 10) / 10));
    return true;
}

void placeStack(Series& series, const Axes& axes)
{
    std::ranges::stable_sort(
        series.slices, [](const SliceSource& a, const SliceSource& b) { return *heightOf(a) < *heightOf(b); });
    image::Geometry& g = series.geometry;
    g.origin = *frameOf(series.slices.front()).position;
    const Heights heights = heightsOf(series.slices);
    if (series.slices.size() < 2)
        return;
    g.spacing[2] = heights.step;
    const bool isTilted = isSheared(series, axes, heights);
    if (!heights.isEven)
        sayUneven(series, heights);
    if (isTilted || !heights.isEven)
        for (const SliceSource& slice : series.slices) {
            const Vector p = *frameOf(slice).position;
            series.sliceOrigins.push_back({p[0], p[1], p[2]});
        }
    const double needed = (heights.at.back() - heights.at.front()) / heights.step + 1;
    const bool isWhole = needed <= mostGaps * static_cast<double>(series.slices.size());
    series.isVolume = g.isSpaced && isWhole;
    if (!isWhole)
        series.problems.push_back(
            text("files", "The slices lie too far apart for other planes: look at them one by one."));
    else if (!series.sliceOrigins.empty() && series.isVolume)
        series.problems.push_back(text("files", "Other planes are interpolated in true millimetres."));
}

void placeDicom(Series& series)
{
    const auto& slices = series.slices;
    const FrameHeader& frame = frameOf(slices.front());
    placePixels(series, frame);
    const auto axes = axesOf(frame);
    if (axes) {
        image::Geometry& g = series.geometry;
        g.isOriented = true;
        for (std::size_t row = 0; row < 3; ++row) {
            g.direction[3 * row] = axes->row[row];
            g.direction[3 * row + 1] = axes->column[row];
            g.direction[3 * row + 2] = axes->normal[row];
        }
    } else if (frame.orientation) {
        series.problems.push_back(
            text("files", "ImageOrientationPatient is no orientation: left and right are not known."));
    }
    const bool isPlaced =
        axes && std::ranges::all_of(slices, [](const SliceSource& slice) { return heightOf(slice).has_value(); });
    if (isPlaced) {
        placeStack(series, *axes);
        return;
    }
    orderByNumber(series.slices);
    if (slices.size() > 1 && !isFilm(series.facts.modality))
        series.problems.push_back(text("files", "The images do not say where they lie: look at them one by one."));
}

} // namespace

std::optional<Axes> axesOf(const FrameHeader& frame)
{
    if (!frame.orientation)
        return {};
    const auto& o = *frame.orientation;
    Axes axes{{o[0], o[1], o[2]}, {o[3], o[4], o[5]}, {}};
    constexpr double tolerance = 0.02;
    const double row = std::sqrt(dot(axes.row, axes.row)), column = std::sqrt(dot(axes.column, axes.column));
    if (!(std::abs(row - 1) < tolerance && std::abs(column - 1) < tolerance
            && std::abs(dot(axes.row, axes.column)) < tolerance))
        return {};
    for (std::size_t i = 0; i < 3; ++i) {
        axes.row[i] /= row;
        axes.column[i] /= column;
    }
    const Vector &a = axes.row, &b = axes.column;
    axes.normal = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    const double length = std::sqrt(dot(axes.normal, axes.normal));
    for (double& part : axes.normal)
        part /= length;
    return axes;
}

std::optional<double> heightOf(const SliceSource& slice)
{
    const FrameHeader& frame = frameOf(slice);
    const auto axes = axesOf(frame);
    if (!axes || !frame.position)
        return {};
    const double height = dot(*frame.position, axes->normal);
    return std::isfinite(height) ? std::optional(height) : std::nullopt;
}

void placeSlices(Series& series)
{
    const FileHeader& header = *series.slices.front().header;
    if (header.format == Format::Dicom) {
        series.geometry.size = {header.columns, header.rows, static_cast<std::int64_t>(series.slices.size())};
        placeDicom(series);
        return;
    }
    series.geometry = header.geometry;
    series.geometry.size = {header.columns, header.rows, static_cast<std::int64_t>(series.slices.size())};
    series.isVolume = series.slices.size() > 1 && header.geometry.isSpaced;
    if (!header.geometry.isSpaced)
        series.problems.push_back(text("files", "The size of a pixel is not known: lengths are in pixels."));
    else if (!header.geometry.isOriented)
        series.problems.push_back(text("files", "The orientation is not known: left and right are not shown."));
}

} // namespace hounsfield::files
