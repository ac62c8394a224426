#include "model/sgd/gradient_noise.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fpk::model {
namespace {

std::vector<std::string> with_columns(const RowLoss& loss) {
  auto names = loss.parameters;
  names.insert(names.end(), loss.rows->names.begin(), loss.rows->names.end());
  return names;
}

std::vector<Formula> shared_outputs(const RowLoss& loss) {
  const Formula L = loss.mean();
  std::vector<Formula> all{L};
  for (const auto& p : loss.parameters) all.push_back(loss.regulariser.derivative(p));
  for (const auto& p : loss.parameters)
    for (const auto& q : loss.parameters) all.push_back(L.derivative(p).derivative(q));
  return all;
}

/// Of the eigenvalue that is largest in size.
Eigen::VectorXd leading(const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>& modes) {
  Eigen::Index k = 0;
  modes.eigenvalues().cwiseAbs().maxCoeff(&k);
  return modes.eigenvectors().col(k);
}

}  // namespace

GradientNoiseProgram::GradientNoiseProgram(RowLoss loss)
    : loss_(std::move(loss)),
      row_gradient_(loss_.row_gradient(), with_columns(loss_)),
      shared_(shared_outputs(loss_), loss_.parameters) {}

GradientNoise GradientNoiseProgram::operator()(std::span<const double> theta) const {
  const auto d = static_cast<Eigen::Index>(loss_.dimension());
  const std::size_t N = loss_.rows->rows();
  GradientNoise at;
  at.rows.resize(static_cast<Eigen::Index>(N), d);
  std::vector<std::vector<double>> place;
  std::vector<const double*> inputs;
  for (const double x : theta) place.emplace_back(N, x);
  for (const auto& p : place) inputs.push_back(p.data());
  for (const auto& column : loss_.rows->columns) inputs.push_back(column.data());
  std::vector<double*> outputs;
  for (Eigen::Index i = 0; i < d; ++i) outputs.push_back(at.rows.col(i).data());
  row_gradient_.evaluate(inputs, N, outputs);

  const auto shared = shared_(theta);
  at.loss = shared[0];
  at.rows.rowwise() += Eigen::Map<const Eigen::RowVectorXd>(shared.data() + 1, d);
  at.hessian = Eigen::Map<const Eigen::MatrixXd>(shared.data() + 1 + d, d, d);
  at.gradient = at.rows.colwise().mean();
  const Eigen::MatrixXd deviation = at.rows.rowwise() - at.gradient.transpose();
  at.covariance = deviation.transpose() * deviation / static_cast<double>(N);
  return at;
}

NoiseShape noise_shape(const Eigen::MatrixXd& Sigma, const Eigen::MatrixXd& H) {
  NoiseShape s;
  s.trace = Sigma.trace();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> noise(Sigma), curvature(H);
  const auto& lambda = noise.eigenvalues();  // increasing
  const double largest = lambda[lambda.size() - 1];
  if (!(largest > 0)) {
    s.condition = std::numeric_limits<double>::quiet_NaN();
    return s;
  }
  s.rank = static_cast<std::size_t>((lambda.array() > rank_threshold * largest).count());
  s.condition = s.rank == static_cast<std::size_t>(lambda.size()) ? largest / lambda[0]
                                                                  : std::numeric_limits<double>::infinity();
  const double product = (Sigma * H).trace(), size = H.norm();
  if (!(size > 0)) return s;
  s.alignment = product / (Sigma.norm() * size);
  s.proportionality = product / (size * size);
  s.leading_angle = std::acos(std::min(1.0, std::abs(leading(noise).dot(leading(curvature)))));
  return s;
}

}  // namespace fpk::model
