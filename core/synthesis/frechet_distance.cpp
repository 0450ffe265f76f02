#include "core/synthesis/frechet_distance.h"

#include <Eigen/Eigenvalues>

#include <algorithm>

namespace hounsfield::synthesis {

namespace {

using Matrix = Eigen::MatrixXd;

struct Normal {
    Eigen::VectorXd mean;
    Matrix covariance;
};

Normal normalOf(const FeatureSet& features)
{
    const Eigen::Map<const Eigen::MatrixXf> columns(features.values.data(), features.width, features.count);
    Matrix centred = columns.cast<double>();
    Normal normal{centred.rowwise().mean(), Matrix::Zero(features.width, features.width)};
    centred.colwise() -= normal.mean;
    normal.covariance.selfadjointView<Eigen::Lower>().rankUpdate(centred, 1 / static_cast<double>(features.count - 1));
    normal.covariance.triangularView<Eigen::StrictlyUpper>() = normal.covariance.transpose();
    return normal;
}

Eigen::VectorXd roots(const Eigen::VectorXd& eigenvalues)
{
    return eigenvalues.cwiseMax(0).cwiseSqrt();
}

} // namespace

Result<double> frechetDistance(const Sides& sides)
{
    TRY(checkSides(sides, 2));
    const Normal real = normalOf(sides.real), synthetic = normalOf(sides.synthetic);
    // Cr Cs is similar to Cr^½ Cs Cr^½, whose symmetry keeps the eigenvalues real also when a covariance is singular.
    const Eigen::SelfAdjointEigenSolver<Matrix> solver(real.covariance);
    const Matrix root =
        solver.eigenvectors() * roots(solver.eigenvalues()).asDiagonal() * solver.eigenvectors().transpose();
    const Matrix product = root * synthetic.covariance * root;
    const Eigen::SelfAdjointEigenSolver<Matrix> both(product, Eigen::EigenvaluesOnly);
    const double distance = (real.mean - synthetic.mean).squaredNorm() + real.covariance.trace()
                            + synthetic.covariance.trace() - 2 * roots(both.eigenvalues()).sum();
    return std::max(0.0, distance);
}

} // namespace hounsfield::synthesis
