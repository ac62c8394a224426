// The mean gradients of random batches at one place, where the gradients of all rows are known: what a step of stochastic gradient
// descent would see there.
#pragma once

#include <Eigen/Dense>

#include "sde/row_draws.hpp"

namespace fpk::sde {

/// n independent batches of b of the rows, one mean a row of the answer; batch i is that of particle i at `step` of the stream. Not for
/// Sampling::reshuffle, whose batches depend on each other. The same bits for any number of threads.
Eigen::MatrixXd batch_gradients(const Eigen::MatrixXd& rows, std::size_t b, model::Sampling sampling,
                                std::size_t n, const Stream& stream, std::uint64_t step);

/// n points of the normal law with mean 0 and covariance root root^T, one a row; as above.
Eigen::MatrixXd normal_points(const Eigen::MatrixXd& root, std::size_t n, const Stream& stream,
                              std::uint64_t step);

}  // namespace fpk::sde
