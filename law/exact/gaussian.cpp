#include "law/exact/gaussian.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "law/density.hpp"
#include "law/exact/normal.hpp"
#include "law/quadrature.hpp"

namespace fpk::law {
namespace {

using formula::Formula;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Pieces per cell so that a piece is at most half the narrowest standard deviation wide.
std::size_t subdivision(const Grid& grid, const Eigen::MatrixXd& covariance) {
  const double narrowest =
      std::sqrt(Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(covariance).eigenvalues()[0]);
  double widest = 0;
  for (const auto& axis : grid.axes())
    for (std::size_t i = 0; i < axis.cells(); ++i) widest = std::max(widest, axis.width(i));
  return static_cast<std::size_t>(std::clamp(std::ceil(widest / (0.5 * narrowest)), 1.0, 64.0));
}

}  // namespace

Gaussian::Gaussian(std::vector<std::string> variables, Eigen::VectorXd mean, Eigen::MatrixXd covariance)
    : variables_(std::move(variables)), mean_(std::move(mean)), covariance_(std::move(covariance)) {
  const Eigen::LLT<Eigen::MatrixXd> cholesky(covariance_);
  if (cholesky.info() != Eigen::Success || !covariance_.isApprox(covariance_.transpose(), 1e-12))
    throw std::invalid_argument("the covariance is not symmetric positive definite");
  root_ = cholesky.matrixL();
  independent_ = covariance_.isDiagonal(1e-15);
}

Gaussian Gaussian::truncated(std::vector<std::string> variables, const Eigen::VectorXd& mean,
                             const Eigen::VectorXd& sd, const Eigen::VectorXd& lower,
                             const Eigen::VectorXd& upper) {
  Gaussian law(std::move(variables), mean, sd.cwiseAbs2().asDiagonal());
  law.box_ = {(lower - mean).cwiseQuotient(sd), (upper - mean).cwiseQuotient(sd)};
  return law;
}

Formula Gaussian::log_density() const {
  const Eigen::MatrixXd precision = covariance_.inverse();
  const auto shifted = [&](Eigen::Index k) {
    return Formula::variable(variables_[static_cast<std::size_t>(k)]) - Formula(mean_[k]);
  };
  Formula sum(0.0);
  for (Eigen::Index i = 0; i < mean_.size(); ++i)
    for (Eigen::Index j = 0; j < mean_.size(); ++j)
      sum = sum + Formula(-0.5 * precision(i, j)) * shifted(i) * shifted(j);
  return sum;
}

std::vector<double> Gaussian::cell_masses(const GridPart& part) const {
  const Grid& grid = part.grid();
  std::vector<double> masses(part.size());
  if (independent_) {
    std::vector<std::vector<double>> of_axis(dimension());
    for (std::size_t a = 0; a < dimension(); ++a) {
      const auto k = static_cast<Eigen::Index>(a);
      const double m = mean_[k], sd = root_(k, k);
      const double lower = box_ ? box_->first[k] : -infinity, upper = box_ ? box_->second[k] : infinity;
      const double inside = normal_mass(lower, upper);
      for (std::size_t i = 0; i < grid.cells(a); ++i) {
        const double from = std::clamp((grid.axis(a).edge(i) - m) / sd, lower, upper);
        const double to = std::clamp((grid.axis(a).edge(i + 1) - m) / sd, lower, upper);
        of_axis[a].push_back(normal_mass(from, to) / inside);
      }
    }
    for (std::size_t c = 0; c < masses.size(); ++c) {
      const Index i = part.index(c);
      masses[c] = 1;
      for (std::size_t a = 0; a < dimension(); ++a) masses[c] *= of_axis[a][i[a]];
    }
    return masses;
  }
  // ln p at the nodes of a finer grid, whose cells are then added up. Planes of the last axis stay together.
  const std::size_t s = subdivision(grid, covariance_);
  const GridPart fine = part.refined(s);
  const auto logs = log_cell_averages(fine, log_density());
  const double d = static_cast<double>(dimension());
  const double log_norm = -0.5 * d * std::log(2 * M_PI) - std::log(root_.diagonal().prod());
  for (std::size_t f = 0; f < logs.size(); ++f) {
    Index i = fine.index(f);
    for (auto& k : i) k /= s;
    masses[grid.flat(i) - part.first()] += std::exp(logs[f] + log_norm) * fine.volume(f);
  }
  return masses;
}

std::vector<Estimate> Gaussian::expectations(const std::vector<Observable>& observables) const {
  static constexpr std::array<std::size_t, max_dimension> cells = {2048, 192, 48};
  std::vector<Axis> axes;
  for (std::size_t a = 0; a < dimension(); ++a) {
    const auto k = static_cast<Eigen::Index>(a);
    const double sd = std::sqrt(covariance_(k, k));
    const double lower = box_ ? std::max(box_->first[k], -9.0) : -9.0,
                 upper = box_ ? std::min(box_->second[k], 9.0) : 9.0;
    axes.emplace_back(variables_[a], mean_[k] + lower * sd, mean_[k] + upper * sd, cells[dimension() - 1]);
  }
  const auto shape = std::make_shared<CellShape>(GridPart(Grid(std::move(axes))), log_density());
  return Density::equilibrium(shape).expectations(observables);
}

void Gaussian::place(std::span<const double* const> uniforms, std::size_t n,
                     std::span<double* const> positions) const {
  const auto d = static_cast<Eigen::Index>(dimension());
  Eigen::VectorXd z(d);
  for (std::size_t p = 0; p < n; ++p) {
    for (Eigen::Index k = 0; k < d; ++k)
      z[k] = truncated_normal_quantile(uniforms[static_cast<std::size_t>(k)][p],
                                       box_ ? box_->first[k] : -infinity, box_ ? box_->second[k] : infinity);
    const Eigen::VectorXd x = mean_ + root_ * z;
    for (Eigen::Index k = 0; k < d; ++k) positions[static_cast<std::size_t>(k)][p] = x[k];
  }
}

}  // namespace fpk::law
