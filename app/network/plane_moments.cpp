#include "app/network/plane_moments.hpp"

#include <cmath>

namespace fpk::app {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd moment_terms(const MatrixXd& points) {
  const VectorXd mean = points.rowwise().mean();
  const MatrixXd d = points.colwise() - mean;
  MatrixXd t(5, points.cols());
  t.topRows(2) = points;
  t.row(2) = d.row(0).cwiseProduct(d.row(0));
  t.row(3) = d.row(0).cwiseProduct(d.row(1));
  t.row(4) = d.row(1).cwiseProduct(d.row(1));
  return t;
}

void set_means(const MatrixXd& of, io::PlaneMoments& mean, io::PlaneMoments& error) {
  const auto n = static_cast<double>(of.cols());
  for (Index k = 0; k < 5; ++k) {
    const double m = of.row(k).mean(), variance = (of.row(k).array() - m).square().sum() / (n - 1);
    mean[static_cast<std::size_t>(k)] = m;
    error[static_cast<std::size_t>(k)] = std::sqrt(variance / n);
  }
}

io::PlaneMoments moments(const VectorXd& mean, const MatrixXd& covariance) {
  return {mean[0], mean[1], covariance(0, 0), covariance(0, 1), covariance(1, 1)};
}

double share_outside(const MatrixXd& points, const std::array<double, 2>& half_width) {
  double outside = 0;
  for (Index n = 0; n < points.cols(); ++n)
    outside += std::abs(points(0, n)) > half_width[0] || std::abs(points(1, n)) > half_width[1];
  return outside / static_cast<double>(points.cols());
}

}  // namespace fpk::app
