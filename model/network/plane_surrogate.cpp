#include "model/network/plane_surrogate.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "model/noise_factor.hpp"

namespace fpk::model {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

/// Row m: T_m in powers of x, by T_{m+1} = 2 x T_m - T_{m-1}.
MatrixXd chebyshev_powers(Index size) {
  MatrixXd T = MatrixXd::Zero(size, size);
  T(0, 0) = 1;
  if (size > 1) T(1, 1) = 1;
  for (Index m = 2; m < size; ++m) {
    T.row(m) = -T.row(m - 2);
    T.row(m).tail(size - 1) += 2 * T.row(m - 1).head(size - 1);
  }
  return T;
}

/// values at the nodes -> coefficients of T_m, along the rows' index.
MatrixXd coefficients_from_values(Index size) {
  MatrixXd C(size, size);
  const auto n = static_cast<double>(size);
  for (Index m = 0; m < size; ++m)
    for (Index k = 0; k < size; ++k)
      C(m, k) =
          (m == 0 ? 1 : 2) / n *
          std::cos(std::numbers::pi * static_cast<double>(m) * (2 * static_cast<double>(k) + 1) / (2 * n));
  return C;
}

/// Point `i` of Halton's sequence in that base, in (0, 1): scattered evenly, and on no node.
double halton(std::size_t i, std::size_t base) {
  double x = 0, digit = 1;
  for (++i; i > 0; i /= base) x += static_cast<double>(i % base) * (digit /= static_cast<double>(base));
  return x;
}

constexpr std::size_t check_points = 40;

}  // namespace

PlanePolynomial::PlanePolynomial(const MatrixXd& values, std::array<double, 2> half_width)
    : half_width_(half_width) {
  const MatrixXd C = coefficients_from_values(values.rows()), T = chebyshev_powers(values.rows());
  powers_ = T.transpose() * (C * values * C.transpose()) * T;
}

std::vector<double> PlanePolynomial::nodes(std::size_t degree) {
  std::vector<double> x;
  for (std::size_t k = 0; k <= degree; ++k)
    x.push_back(std::cos(std::numbers::pi * (2 * static_cast<double>(k) + 1) /
                         (2 * static_cast<double>(degree) + 2)));
  return x;
}

Formula PlanePolynomial::formula(const std::array<std::string, 2>& variables) const {
  const Formula x = Formula::variable(variables[0]) / Formula(half_width_[0]),
                y = Formula::variable(variables[1]) / Formula(half_width_[1]);
  Formula outer(0.0);
  for (Index m = powers_.rows(); m-- > 0;) {
    Formula inner(0.0);
    for (Index n = powers_.cols(); n-- > 0;) inner = inner * y + Formula(powers_(m, n));
    outer = outer * x + inner;
  }
  return outer;
}

double PlanePolynomial::value(double z1, double z2) const {
  const double x = z1 / half_width_[0], y = z2 / half_width_[1];
  double outer = 0;
  for (Index m = powers_.rows(); m-- > 0;) {
    double inner = 0;
    for (Index n = powers_.cols(); n-- > 0;) inner = inner * y + powers_(m, n);
    outer = outer * x + inner;
  }
  return outer;
}

std::array<double, 2> PlanePolynomial::gradient(double z1, double z2) const {
  const double x = z1 / half_width_[0], y = z2 / half_width_[1];
  double along_x = 0, along_y = 0;
  for (Index m = 0; m < powers_.rows(); ++m)
    for (Index n = 0; n < powers_.cols(); ++n) {
      const auto i = static_cast<double>(m), j = static_cast<double>(n);
      if (m > 0) along_x += powers_(m, n) * i * std::pow(x, i - 1) * std::pow(y, j);
      if (n > 0) along_y += powers_(m, n) * j * std::pow(x, i) * std::pow(y, j - 1);
    }
  return {along_x / half_width_[0], along_y / half_width_[1]};
}

std::size_t evaluations(std::size_t degree) { return (degree + 1) * (degree + 1) + check_points; }

namespace {

/// Compares the polynomials with the loss at points that are no nodes.
void check(const PlaneLoss& loss, PlaneSurrogate& s, const std::function<void()>& tick) {
  double least = 0, most = 0, of_loss = 0, of_gradient = 0, of_covariance = 0, gradient = 0, covariance = 0;
  for (std::size_t i = 0; i < check_points; ++i) {
    const double z1 = s.half_width[0] * (2 * halton(i, 2) - 1), z2 = s.half_width[1] * (2 * halton(i, 3) - 1);
    const ProjectedLoss exact = loss(z1, z2);
    if (tick) tick();
    least = i == 0 ? exact.value : std::min(least, exact.value);
    most = i == 0 ? exact.value : std::max(most, exact.value);
    of_loss = std::max(of_loss, std::abs(s.loss[0].value(z1, z2) - exact.value));
    const auto g = s.loss[0].gradient(z1, z2);
    for (Index k = 0; k < 2; ++k) {
      of_gradient = std::max(of_gradient, std::abs(g[static_cast<std::size_t>(k)] - exact.gradient[k]));
      gradient = std::max(gradient, std::abs(exact.gradient[k]));
    }
    const std::array<double, 3> entries{exact.covariance(0, 0), exact.covariance(0, 1),
                                        exact.covariance(1, 1)};
    for (std::size_t k = 0; k < 3; ++k) {
      of_covariance = std::max(of_covariance, std::abs(s.covariance[k].value(z1, z2) - entries[k]));
      covariance = std::max(covariance, std::abs(entries[k]));
    }
  }
  s.checks = check_points;
  s.loss_error = of_loss / (most - least);
  s.gradient_error = of_gradient / gradient;
  s.covariance_error = of_covariance / covariance;
}

}  // namespace

PlaneSurrogate plane_surrogate(const PlaneLoss& loss, std::array<double, 2> half_width, std::size_t degree,
                               const std::function<void()>& tick) {
  const auto x = PlanePolynomial::nodes(degree);
  const auto n = static_cast<Index>(x.size());
  MatrixXd L(n, n), S11(n, n), S12(n, n), S22(n, n);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < n; ++j) {
      const auto p = loss(half_width[0] * x[static_cast<std::size_t>(i)],
                          half_width[1] * x[static_cast<std::size_t>(j)]);
      L(i, j) = p.value;
      S11(i, j) = p.covariance(0, 0);
      S12(i, j) = p.covariance(0, 1);
      S22(i, j) = p.covariance(1, 1);
      if (tick) tick();
    }
  PlaneSurrogate s;
  s.half_width = half_width;
  s.degree = degree;
  s.loss.emplace_back(L, half_width);
  for (const MatrixXd* values : {&S11, &S12, &S22}) s.covariance.emplace_back(*values, half_width);
  check(loss, s, tick);
  return s;
}

Process plane_diffusion(const PlaneSurrogate& on, double eta, double b, double D,
                        const std::array<std::string, 2>& variables, const std::array<double, 2>& force) {
  Process process;
  process.variables = {variables[0], variables[1]};
  const Formula L = on.loss[0].formula(variables);
  std::vector<std::vector<Formula>> covariance(2, std::vector<Formula>(2));
  for (std::size_t i = 0; i < 2; ++i) {
    process.drift.push_back(-(L.derivative(variables[i]) + Formula(force[i])));
    for (std::size_t j = 0; j < 2; ++j)
      covariance[i][j] =
          Formula(eta / b) * on.covariance[i + j].formula(variables) + Formula(i == j ? 2 * D : 0.0);
  }
  process.noise = noise_factor(covariance);
  for (auto& row : covariance)
    for (auto& entry : row) entry = entry / Formula(2.0);
  process.known_diffusion = std::move(covariance);
  return process;
}

}  // namespace fpk::model
