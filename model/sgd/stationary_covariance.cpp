#include "model/sgd/stationary_covariance.hpp"

#include "model/lowest_minimum.hpp"
#include "model/sgd/gradient_noise.hpp"

namespace fpk::model {
namespace {

/// H C + C H = Q in the eigenvectors of H, where it is  (l_i + l_j) C_ij = Q_ij.
Eigen::MatrixXd lyapunov(const Eigen::MatrixXd& H, const Eigen::MatrixXd& Q) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(H);
  const Eigen::MatrixXd& V = eigen.eigenvectors();
  Eigen::MatrixXd C = V.transpose() * Q * V;
  for (Eigen::Index i = 0; i < C.rows(); ++i)
    for (Eigen::Index j = 0; j < C.cols(); ++j) C(i, j) /= eigen.eigenvalues()[i] + eigen.eigenvalues()[j];
  return V * C * V.transpose();
}

SecondMoments of_parameters(const SecondMoments& z, Eigen::Index d) {
  return {z.mean.head(d), z.second.topLeftCorner(d, d)};
}

}  // namespace

std::optional<StationaryCovariance> stationary_covariance(const StochasticGradient& chain,
                                                          const std::vector<std::vector<double>>& starts) {
  const auto lowest = lowest_minimum(chain.loss.mean(), chain.loss.parameters, starts);
  if (!lowest) return std::nullopt;
  const auto here = GradientNoiseProgram(chain.loss)(
      std::span<const double>(lowest->at.data(), static_cast<std::size_t>(lowest->at.size())));
  StationaryCovariance s;
  s.minimum = lowest->at;
  s.loss = lowest->value;
  s.hessian = lowest->hessian;
  s.noise = here.covariance;
  const auto exact = ChainMoments::of(chain);
  const auto moments =
      exact ? exact : ChainMoments::linearised(chain, lowest->at, lowest->hessian, here.covariance);
  if (!moments) return std::nullopt;  // not steady
  const Eigen::Index d = lowest->at.size();
  const double D = chain.temperature.constant().value_or(0), u = chain.schedule.constant().value_or(1);
  const Formula share = chain.finite_population_factor() / chain.batch;
  const double scale = chain.learning_rate * u * share.constant().value_or(0) / (1 - chain.momentum);
  s.matched_temperature = scale * here.covariance.trace() / (2 * static_cast<double>(d)) + D;
  s.lyapunov = lyapunov(s.hessian, scale * here.covariance + 2 * D * Eigen::MatrixXd::Identity(d, d));
  s.memory = moments->memory();
  s.finite_step_is_exact = exact.has_value();
  if (const auto settled = moments->stationary()) s.finite_step = of_parameters(*settled, d);
  return s;
}

}  // namespace fpk::model
