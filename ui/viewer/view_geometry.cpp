#include "ui/viewer/view_geometry.h"

#include "core/image/orientation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace hounsfield::viewer {

namespace {

struct Standard { // as radiologists look at patients: their right is on the left of the screen
    PlaneKind kind;
    Vector right, down, forward;
};
constexpr Standard standards[] = {
    {PlaneKind::Axial, {1, 0, 0}, {0, 1, 0}, {0, 0, -1}},
    {PlaneKind::Coronal, {1, 0, 0}, {0, 0, -1}, {0, 1, 0}},
    {PlaneKind::Sagittal, {0, 1, 0}, {0, 0, -1}, {1, 0, 0}},
};

constexpr double parallel = 1 - 1e-6; // cosine above which two unit vectors count as one direction

Vector negative(const Vector& v)
{
    return {-v[0], -v[1], -v[2]};
}

image::Point corner(const image::Geometry& geometry, int number, double margin)
{
    const auto at = [&](int axis) {
        const double last = static_cast<double>(geometry.size[static_cast<std::size_t>(axis)] - 1);
        return number >> axis & 1 ? last + margin : -margin;
    };
    return geometry.toPoint({at(0), at(1), at(2)});
}

std::pair<double, double> range(const image::Geometry& geometry, const Vector& direction, double margin)
{
    double low = std::numeric_limits<double>::max();
    double high = std::numeric_limits<double>::lowest();
    for (int number = 0; number < 8; ++number) {
        const double s = dot(vectorOf(corner(geometry, number, margin)), direction);
        low = std::min(low, s);
        high = std::max(high, s);
    }
    return {low, high};
}

/// The standard's directions replaced by the grid's axes: of all assignments of axes to directions the one that agrees
/// best, each axis used once.
void followGrid(Plane& plane, const image::Geometry& geometry)
{
    const std::array<Vector, 3> axes = {geometry.axis(0), geometry.axis(1), geometry.axis(2)};
    const std::array<Vector*, 3> targets = {&plane.right, &plane.down, &plane.forward};
    std::array<int, 3> order = {0, 1, 2};
    std::array<int, 3> best = order;
    double bestScore = -1;
    do {
        double score = 0;
        for (std::size_t t = 0; t < 3; ++t)
            score += std::abs(dot(*targets[t], axes[static_cast<std::size_t>(order[t])]));
        if (score > bestScore + 1e-9) {
            bestScore = score;
            best = order;
        }
    } while (std::next_permutation(order.begin(), order.end()));
    for (std::size_t t = 0; t < 3; ++t) {
        const Vector& axis = axes[static_cast<std::size_t>(best[t])];
        *targets[t] = dot(*targets[t], axis) < 0 ? negative(axis) : axis;
    }
}

/// First slice, step and count from what the grid covers along `forward`.
void layOut(Plane& plane, const image::Geometry& geometry)
{
    int nearest = 0;
    double agreement = -1;
    for (int axis = 0; axis < 3; ++axis) {
        const double cosine = std::abs(dot(plane.forward, geometry.axis(axis)));
        if (cosine > agreement) {
            agreement = cosine;
            nearest = axis;
        }
    }
    const auto along = static_cast<std::size_t>(nearest);
    plane.step = geometry.spacing[along];
    if (agreement > parallel) {
        plane.axis = nearest;
        plane.isReversed = dot(plane.forward, geometry.axis(nearest)) < 0;
        plane.count = geometry.size[along];
        plane.first = dot(vectorOf(corner(geometry, plane.isReversed ? 1 << nearest : 0, 0)), plane.forward);
    } else {
        const auto [low, high] = range(geometry, plane.forward, 0);
        plane.first = low;
        plane.count = static_cast<std::int64_t>(std::floor((high - low) / plane.step + 0.5)) + 1;
    }
    plane.isReformatted = plane.axis != 2;
}

} // namespace

double dot(const Vector& a, const Vector& b)
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

Vector cross(const Vector& a, const Vector& b)
{
    return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

Vector vectorOf(const image::Point& point)
{
    return {point.x, point.y, point.z};
}

image::Point moved(const image::Point& from, const Vector& direction, double mm)
{
    return {from.x + direction[0] * mm, from.y + direction[1] * mm, from.z + direction[2] * mm};
}

std::int64_t Plane::sliceOf(const image::Point& point) const
{
    const double slice = std::round((dot(vectorOf(point), forward) - first) / step);
    return static_cast<std::int64_t>(std::clamp(slice, 0.0, static_cast<double>(count - 1)));
}

image::Point Plane::onSlice(const image::Point& point, std::int64_t slice) const
{
    return moved(point, forward, positionOf(slice) - dot(vectorOf(point), forward));
}

Plane planeOf(const image::Geometry& geometry, PlaneKind kind, Alignment alignment)
{
    Plane plane;
    if (kind == PlaneKind::Acquired || !geometry.isOriented) {
        plane.right = geometry.axis(0);
        plane.down = geometry.axis(1);
        plane.forward = geometry.axis(2);
        if (geometry.isOriented) { // scroll the way every axial, coronal or sagittal view does
            for (const Standard& standard : standards)
                if (standard.kind == acquiredKind(geometry) && dot(standard.forward, plane.forward) < 0)
                    plane.forward = negative(plane.forward);
        }
    } else {
        for (const Standard& standard : standards) {
            if (standard.kind != kind)
                continue;
            plane.right = standard.right;
            plane.down = standard.down;
            plane.forward = standard.forward;
        }
        if (alignment == Alignment::Grid)
            followGrid(plane, geometry);
    }
    layOut(plane, geometry);
    return plane;
}

PlaneKind acquiredKind(const image::Geometry& geometry)
{
    PlaneKind kind = PlaneKind::Axial;
    double agreement = -1;
    for (const Standard& standard : standards) {
        const double cosine = std::abs(dot(standard.forward, geometry.axis(2)));
        if (cosine > agreement + 1e-9) {
            agreement = cosine;
            kind = standard.kind;
        }
    }
    return kind;
}

image::Point ViewTransform::toPatient(const QPointF& screen) const
{
    const double x = (screen.x() - size.width() / 2) * mmPerPixel;
    const double y = (screen.y() - size.height() / 2) * mmPerPixel;
    return moved(moved(centre, right, x), down, y);
}

QPointF ViewTransform::toScreen(const image::Point& point) const
{
    const Vector offset = {point.x - centre.x, point.y - centre.y, point.z - centre.z};
    return {size.width() / 2 + dot(offset, right) / mmPerPixel, size.height() / 2 + dot(offset, down) / mmPerPixel};
}

std::pair<Vector, Vector> turned(const Plane& plane, const Turn& turn)
{
    Vector right = plane.right;
    Vector down = plane.down;
    for (int quarter = 0; quarter < turn.quarters; ++quarter) {
        const Vector before = right; // what pointed up points right after a quarter clockwise
        right = negative(down);
        down = before;
    }
    if (turn.isFlipped)
        right = negative(right);
    return {right, down};
}

QSizeF extentOf(const image::Geometry& geometry, const Vector& right, const Vector& down)
{
    const auto [left, rightmost] = range(geometry, right, 0.5);
    const auto [top, bottom] = range(geometry, down, 0.5);
    return {rightmost - left, bottom - top};
}

image::Point middleOf(const image::Geometry& geometry)
{
    const auto middle = [&](std::size_t axis) { return static_cast<double>(geometry.size[axis] - 1) / 2; };
    return geometry.toPoint({middle(0), middle(1), middle(2)});
}

SideLetters lettersOf(const image::Geometry& geometry, const Vector& right, const Vector& down)
{
    if (!geometry.isOriented)
        return {};
    return {image::orientationLetters(negative(right)), image::orientationLetters(right),
        image::orientationLetters(negative(down)), image::orientationLetters(down)};
}

} // namespace hounsfield::viewer
