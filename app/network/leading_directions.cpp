#include <chrono>

#include "app/network/parts.hpp"
#include "solvers/petsc/leading_eigenpairs.hpp"

namespace fpk::app {

LeadingDirections leading_directions(const model::SampledLoss& loss, const Eigen::VectorXd& theta,
                                     std::size_t count, io::HessianRecord& record) {
  using Clock = std::chrono::steady_clock;
  using Map = Eigen::Map<const Eigen::VectorXd>;
  constexpr double tolerance = 1e-7;  // of the residual over the eigenvalue
  const auto begin = Clock::now();
  const Eigen::Index P = theta.size();
  const auto pairs = solvers::petsc::leading_eigenpairs(
      static_cast<std::size_t>(P),
      [&](std::span<const double> x, std::span<double> y) {
        ++record.products;
        Eigen::Map<Eigen::VectorXd>(y.data(), P) = model::mean_hessian_product(loss, theta, Map(x.data(), P));
      },
      count, tolerance);
  LeadingDirections leading{Eigen::VectorXd(static_cast<Eigen::Index>(count)),
                            Eigen::MatrixXd(P, static_cast<Eigen::Index>(count))};
  for (Eigen::Index k = 0; k < leading.values.size(); ++k) {
    const auto& pair = pairs[static_cast<std::size_t>(k)];
    leading.values[k] = pair.value;
    leading.vectors.col(k) = Map(pair.vector.data(), P);
  }
  const auto at = model::project(loss, theta, leading.vectors);
  for (Eigen::Index k = 0; k < leading.values.size(); ++k)
    record.modes.push_back({leading.values[k], pairs[static_cast<std::size_t>(k)].residual,
                            at.covariance(k, k), at.gradient[k]});
  record.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return leading;
}

}  // namespace fpk::app
