// Means and covariances on a plane, of points and of Gaussian laws.
#pragma once

#include <Eigen/Dense>

#include "io/network_record.hpp"

namespace fpk::app {

/// For each point (a column) the five numbers of which the moments are means: z_1, z_2 and the products of what they differ from
/// the points' means.
Eigen::MatrixXd moment_terms(const Eigen::MatrixXd& points);

/// Means of such numbers over the columns, and their standard errors.
void set_means(const Eigen::MatrixXd& terms, io::PlaneMoments& mean, io::PlaneMoments& error);

io::PlaneMoments moments(const Eigen::VectorXd& mean, const Eigen::MatrixXd& covariance);

/// Of the points that are not in the rectangle.
double share_outside(const Eigen::MatrixXd& points, const std::array<double, 2>& half_width);

}  // namespace fpk::app
