#pragma once

#include <QPointF>
#include <QSizeF>

#include "core/image/geometry.h"

#include <array>
#include <cstdint>
#include <string>

namespace hounsfield::viewer {

using Vector = std::array<double, 3>; ///< patient directions, LPS

double dot(const Vector& a, const Vector& b);
Vector cross(const Vector& a, const Vector& b);
Vector vectorOf(const image::Point& point);
image::Point moved(const image::Point& from, const Vector& direction, double mm);

/// Which way a tile cuts the volume. Acquired: the slices as they are stored, columns to the right, rows downwards.
enum class PlaneKind { Acquired, Axial, Coronal, Sagittal };

/// Along which axes the three planes lie. Grid: the volume's own, nearest to the patient's, so that no voxel is turned;
/// Patient: exactly the patient's, interpolated where the volume lies obliquely.
enum class Alignment { Grid, Patient };

/// A family of parallel cuts: what is right and down on the screen and where scrolling forwards (wheel down) leads:
/// towards the feet, the back, the patient's left. Unit vectors, right × down = ± forward.
struct Plane {
    Vector right{1, 0, 0}, down{0, 1, 0}, forward{0, 0, -1};
    double first = 0;           ///< mm along `forward` of the first slice
    double step = 1;            ///< mm between slices
    std::int64_t count = 1;     ///< slices
    int axis = -1;              ///< the grid's axis that `forward` follows: 0, 1, 2; −1 when it follows none
    bool isReversed = false;    ///< `forward` runs against that axis
    bool isReformatted = false; ///< the cut is not one of the stored slices

    std::int64_t sliceOf(const image::Point& point) const; ///< the nearest slice, 0 … count − 1
    double positionOf(std::int64_t slice) const { return first + step * static_cast<double>(slice); }
    /// The point moved along `forward` onto a slice.
    image::Point onSlice(const image::Point& point, std::int64_t slice) const;
    /// Slice of this family ↔ index along `axis`; only when axis ≥ 0.
    std::int64_t gridIndexOf(std::int64_t slice) const { return isReversed ? count - 1 - slice : slice; }
    bool operator==(const Plane&) const = default;
};

/// The family of cuts of a kind through a grid. Without orientation every kind is Acquired.
Plane planeOf(const image::Geometry& geometry, PlaneKind kind, Alignment alignment = Alignment::Grid);

/// The kind of the stored slices, by their normal.
PlaneKind acquiredKind(const image::Geometry& geometry);

/// Turns and flips of one tile, on top of its plane.
struct Turn {
    int quarters = 0;       ///< clockwise, 0 … 3
    bool isFlipped = false; ///< left and right exchanged, after the turn
    bool operator==(const Turn&) const = default;
};

/// Where patient millimetres lie on a tile's pixels.
struct ViewTransform {
    image::Point centre;   ///< patient point at the tile's middle
    Vector right{1, 0, 0}; ///< patient direction of the screen's x and y, unit
    Vector down{0, 1, 0};
    double mmPerPixel = 1;
    QSizeF size; ///< of the tile, pixels

    image::Point toPatient(const QPointF& screen) const;
    QPointF toScreen(const image::Point& point) const; ///< of its projection onto the plane
};

/// The screen's directions of a plane after a turn.
std::pair<Vector, Vector> turned(const Plane& plane, const Turn& turn);

/// Patient mm that a family of cuts covers on the screen, voxel edges included: width and height along right and down.
QSizeF extentOf(const image::Geometry& geometry, const Vector& right, const Vector& down);

/// The middle of the grid.
image::Point middleOf(const image::Geometry& geometry);

/// Letters at the four sides of a tile: left, right, top, bottom; empty ones where the file says nothing.
struct SideLetters {
    std::string left, right, top, bottom;
};
SideLetters lettersOf(const image::Geometry& geometry, const Vector& right, const Vector& down);

} // namespace hounsfield::viewer
