// Stochastic gradient descent and Langevin dynamics in many parameters, one chain at a time, and the same chain held on a plane.
//
//     theta_{n+1} = theta_n - eta g_B(theta_n) + sqrt(2 D eta) xi,      B: b independent rows, xi standard normal
//
// with mean theta_n - eta grad L and covariance eta^2 Sigma/b + 2 D eta I of a step (Welling, Teh 2011 for D > 0: with L the mean over
// N rows, D = 1/N samples the posterior as eta tends to 0). On the plane theta* + V z, with the rest of the parameters frozen,
//
//     z_{n+1} = z_n - eta V^T g_B(theta* + V z_n) + sqrt(2 D eta) V^T xi.
#pragma once

#include <memory>

#include "model/network/sampled_loss.hpp"
#include "sde/noise/counter.hpp"

namespace fpk::sde {

struct DescentSettings {
  double learning_rate = 0.1;  ///< eta
  std::size_t batch = 1;       ///< b
  double temperature = 0;      ///< D
  std::uint64_t seed = 1;
};

/// The chain `number` of a family that differ in their random numbers.
class Descent {
 public:
  Descent(const model::SampledLoss& loss, const DescentSettings& settings, std::uint64_t number,
          Eigen::VectorXd start);

  /// To step n; steps are counted from 0.
  void advance(std::uint64_t n);
  [[nodiscard]] const Eigen::VectorXd& theta() const { return theta_; }
  [[nodiscard]] std::uint64_t steps() const { return step_; }

 private:
  const model::SampledLoss& loss_;
  DescentSettings settings_;
  std::uint64_t number_, step_ = 0;
  Eigen::VectorXd theta_, g_, xi_;
  std::vector<std::uint32_t> rows_;
};

/// A plane through the parameters, of orthonormal directions.
struct Plane {
  Eigen::VectorXd origin;  ///< theta*
  Eigen::MatrixXd V;       ///< P by k
  [[nodiscard]] Eigen::VectorXd coordinates(const Eigen::VectorXd& theta) const {
    return V.transpose() * (theta - origin);
  }
};

/// The same on a plane, from z = 0: with the same seed and number it sees the batches and the injections of the free chain.
class FrozenDescent {
 public:
  FrozenDescent(const model::SampledLoss& loss, const DescentSettings& settings, std::uint64_t number,
                const Plane& plane);

  void advance(std::uint64_t n);
  [[nodiscard]] const Eigen::VectorXd& z() const { return z_; }

 private:
  const model::SampledLoss& loss_;
  DescentSettings settings_;
  std::uint64_t number_, step_ = 0;
  const Plane& plane_;
  Eigen::VectorXd z_, xi_;
  Eigen::MatrixXd slopes_;
  std::vector<std::uint32_t> rows_;
};

}  // namespace fpk::sde
