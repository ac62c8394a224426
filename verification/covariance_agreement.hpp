// Do batches of gradients have the mean and the covariance that they should, mean m and f Sigma?
//
// In the eigenbasis of Sigma, whitened by it and f, a draw has components w_i with E w_i = 0 and E w_i w_j = delta_ij. Each mean over n
// draws is set beside that in units of its standard error, estimated from the draws: for large n a standard normal number. Along
// directions in which Sigma has no part, and all over where f = 0, a draw must equal m but for rounding.
#pragma once

#include <Eigen/Dense>
#include <vector>

namespace fpk::verification {

struct CovarianceAgreement {
  double trace = 0, trace_error = 0;  ///< of the draws' covariance about m, with its standard error
  double expected_trace = 0;          ///< f tr Sigma
  std::vector<double> mean_z,
      covariance_z;  ///< sizes; one infinite where a draw strays from where it must be
};

/// One draw a row, at least two.
CovarianceAgreement covariance_agreement(const Eigen::MatrixXd& draws, const Eigen::VectorXd& m,
                                         const Eigen::MatrixXd& Sigma, double f);

}  // namespace fpk::verification
