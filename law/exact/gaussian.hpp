// Gaussian law N(mean, covariance), exact.
//
// As an initial law with independent axes it may be conditioned on a box; its uniform numbers then run
// between the distribution function's values at the walls, so both roads start from the same truncated law.
#pragma once

#include <Eigen/Dense>
#include <optional>

#include "law/law.hpp"

namespace fpk::law {

class Gaussian : public InitialLaw {
 public:
  /// Throws std::invalid_argument where the covariance is not symmetric positive definite.
  Gaussian(std::vector<std::string> variables, Eigen::VectorXd mean, Eigen::MatrixXd covariance);

  /// Independent axes, conditioned on lower[a] <= x_a <= upper[a].
  static Gaussian truncated(std::vector<std::string> variables, const Eigen::VectorXd& mean,
                            const Eigen::VectorXd& sd, const Eigen::VectorXd& lower,
                            const Eigen::VectorXd& upper);

  [[nodiscard]] std::size_t dimension() const override { return variables_.size(); }
  [[nodiscard]] const Eigen::VectorXd& mean() const { return mean_; }              ///< before conditioning
  [[nodiscard]] const Eigen::MatrixXd& covariance() const { return covariance_; }  ///< before conditioning

  /// Walls of the conditioning, in standard deviations from the mean along each axis; nothing where there are none.
  [[nodiscard]] const std::optional<std::pair<Eigen::VectorXd, Eigen::VectorXd>>& box() const { return box_; }

  /// ln of the density up to a constant, -(x - m)^T C^{-1} (x - m) / 2, as a formula.
  [[nodiscard]] formula::Formula log_density() const;

  [[nodiscard]] std::vector<double> cell_masses(const GridPart& part) const override;
  [[nodiscard]] std::vector<Estimate> expectations(const std::vector<Observable>& observables) const override;
  [[nodiscard]] double total_mass() const override { return 1; }
  void place(std::span<const double* const> uniforms, std::size_t n,
             std::span<double* const> positions) const override;

 private:
  std::vector<std::string> variables_;
  Eigen::VectorXd mean_;
  Eigen::MatrixXd covariance_, root_;  ///< root_: lower Cholesky factor
  bool independent_;
  std::optional<std::pair<Eigen::VectorXd, Eigen::VectorXd>> box_;
};

}  // namespace fpk::law
