#include "solvers/petsc/leading_eigenpairs.hpp"

#include <gtest/gtest.h>

#include <Eigen/Dense>

#include "model/network/sampled_loss.hpp"
#include "solvers/solver_error.hpp"
#include "tests/model/network/small_network.hpp"

namespace fpk::solvers::petsc {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

// Against all eigenvalues of the dense Hessian, of which some are negative.
TEST(LeadingEigenpairs, OfASmallNetworkAreThoseOfItsDenseHessian) {
  const auto net = model::testing::small_network(40);
  const VectorXd theta = model::testing::scattered(net.parameters(), 0.6);
  const auto P = static_cast<std::size_t>(net.parameters());
  MatrixXd H(net.parameters(), net.parameters());
  for (Eigen::Index i = 0; i < net.parameters(); ++i)
    H.col(i) = model::mean_hessian_product(net, theta, VectorXd::Unit(net.parameters(), i));
  const Eigen::SelfAdjointEigenSolver<MatrixXd> dense((H + H.transpose()) / 2);
  ASSERT_LT(dense.eigenvalues()[0],
            0.04);  // less than the decay: the loss of the rows is bent downwards somewhere

  int products = 0;
  const auto pairs = leading_eigenpairs(
      P,
      [&](std::span<const double> x, std::span<double> y) {
        ++products;
        Eigen::Map<VectorXd>(y.data(), net.parameters()) =
            model::mean_hessian_product(net, theta, Eigen::Map<const VectorXd>(x.data(), net.parameters()));
      },
      5, 1e-10);
  ASSERT_EQ(pairs.size(), 5U);
  EXPECT_GT(products, 5);
  for (std::size_t k = 0; k < 5; ++k) {
    const auto at = net.parameters() - 1 - static_cast<Eigen::Index>(k);
    // The error of an eigenvalue is below its residual (Weyl); a vector's below the residual over the gap, here above 1e-3.
    EXPECT_NEAR(pairs[k].value, dense.eigenvalues()[at], 1e-10);
    const Eigen::Map<const VectorXd> v(pairs[k].vector.data(), net.parameters());
    EXPECT_NEAR(std::abs(v.dot(dense.eigenvectors().col(at))), 1, 1e-7);
    EXPECT_LT(pairs[k].residual, 1e-9);
  }
}

TEST(LeadingEigenpairs, PassOnWhatTheOperatorThrows) {
  EXPECT_THROW((void)leading_eigenpairs(
                   10, [](auto, auto) { throw SolverError("no more"); }, 2, 1e-8),
               SolverError);
}

}  // namespace
}  // namespace fpk::solvers::petsc
