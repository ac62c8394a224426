#include "solvers/backward_collocation.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>
#include <unsupported/Eigen/MatrixFunctions>

#include "formula/program.hpp"

namespace fpk::solvers {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Difference of two degrees, in units of f, that is taken for settled.
constexpr double settled = 1e-10;
/// Beyond the best pair by this factor rounding has taken over.
constexpr double given_up = 1e3;
/// Two answers may agree by accident: no function is known better than this share of what the worst one is known to.
constexpr double share_of_worst = 0.1;
constexpr std::size_t most_variables = 4;

/// Degrees along an axis: matrices of 500 points, or 800 in three or four variables, are quick to exponentiate.
std::vector<std::size_t> degrees(std::size_t dimension) {
  switch (dimension) {
    case 1:
      return {12, 18, 26, 36, 48, 64, 90, 120};
    case 2:
      return {8, 11, 14, 17, 20};
    case 3:
      return {4, 5, 6, 7, 8};
    default:
      return {2, 3, 4};
  }
}

/// One side of the box.
struct Axis {
  VectorXd x, barycentric;
  MatrixXd D, D2;  ///< first and second derivative

  Axis(std::size_t degree, double lower, double upper) : x(degree + 1), barycentric(degree + 1) {
    const auto n = static_cast<Index>(degree);
    for (Index j = 0; j <= n; ++j) {
      x[j] = -std::cos(std::numbers::pi * static_cast<double>(j) / static_cast<double>(n));
      barycentric[j] = (j % 2 == 0 ? 1.0 : -1.0) * (j == 0 || j == n ? 0.5 : 1.0);
    }
    D = MatrixXd::Zero(n + 1, n + 1);
    for (Index i = 0; i <= n; ++i) {
      for (Index j = 0; j <= n; ++j)
        if (i != j) D(i, j) = barycentric[j] / barycentric[i] / (x[i] - x[j]);
      D(i, i) = -D.row(i).sum();
    }
    D *= 2 / (upper - lower);
    D2 = D * D;
    x = (lower + 0.5 * (upper - lower) * (x.array() + 1)).matrix();
  }

  /// What the points weigh in the value of the polynomial at `at`.
  [[nodiscard]] VectorXd weights(double at) const {
    VectorXd w = VectorXd::Zero(x.size());
    for (Index j = 0; j < x.size(); ++j)
      if (at == x[j]) return VectorXd::Unit(x.size(), j);
    for (Index j = 0; j < x.size(); ++j) w[j] = barycentric[j] / (at - x[j]);
    return w / w.sum();
  }
};

/// The points of all axes; axis 0 varies fastest.
class Points {
 public:
  Points(std::size_t degree, const std::vector<double>& lower, const std::vector<double>& upper) {
    for (std::size_t a = 0; a < lower.size(); ++a) {
      axes_.emplace_back(degree, lower[a], upper[a]);
      strides_.push_back(size_);
      size_ *= axes_.back().x.size();
    }
  }

  [[nodiscard]] Index size() const { return size_; }
  [[nodiscard]] std::size_t dimension() const { return axes_.size(); }
  [[nodiscard]] const Axis& axis(std::size_t a) const { return axes_[a]; }
  [[nodiscard]] Index place(Index point, std::size_t a) const {
    return point / strides_[a] % axes_[a].x.size();
  }
  /// The point that is at place k of axis a, and else where `point` is.
  [[nodiscard]] Index moved(Index point, std::size_t a, Index k) const {
    return point + (k - place(point, a)) * strides_[a];
  }

  /// Values of formulas of the variables, a column for each.
  [[nodiscard]] MatrixXd values(std::span<const formula::Formula> formulas,
                                const std::vector<std::string>& variables) const {
    MatrixXd x(size_, static_cast<Index>(axes_.size())), found(size_, static_cast<Index>(formulas.size()));
    std::vector<const double*> in;
    std::vector<double*> out;
    for (std::size_t a = 0; a < axes_.size(); ++a) {
      for (Index i = 0; i < size_; ++i) x(i, static_cast<Index>(a)) = axes_[a].x[place(i, a)];
      in.push_back(x.col(static_cast<Index>(a)).data());
    }
    for (Index k = 0; k < found.cols(); ++k) out.push_back(found.col(k).data());
    formula::Program(formulas, variables).evaluate(in, static_cast<std::size_t>(size_), out);
    return found;
  }

  /// sum_i w_i u(x_i) = weights . u
  [[nodiscard]] VectorXd weights(const std::vector<law::WeightedPoint>& initial) const {
    VectorXd all = VectorXd::Zero(size_);
    for (const auto& node : initial) {
      VectorXd of_node = VectorXd::Constant(size_, node.weight);
      for (std::size_t a = 0; a < axes_.size(); ++a) {
        const VectorXd w = axes_[a].weights(a < node.x.size() ? node.x[a] : 0.0);
        for (Index i = 0; i < size_; ++i) of_node[i] *= w[place(i, a)];
      }
      all += of_node;
    }
    return all;
  }

 private:
  std::vector<Axis> axes_;
  std::vector<Index> strides_;
  Index size_ = 1;
};

/// L at the points: b of all axes, then a row by row.
MatrixXd generator(const Points& points, const MatrixXd& coefficients) {
  const std::size_t d = points.dimension();
  MatrixXd L = MatrixXd::Zero(points.size(), points.size());
  for (Index r = 0; r < points.size(); ++r)
    for (std::size_t i = 0; i < d; ++i) {
      const Axis& X = points.axis(i);
      const Index at = points.place(r, i);
      const auto a = [&](std::size_t j) { return coefficients(r, static_cast<Index>(d + i * d + j)); };
      for (Index k = 0; k < X.x.size(); ++k) {
        const Index along = points.moved(r, i, k);
        L(r, along) += coefficients(r, static_cast<Index>(i)) * X.D(at, k) + a(i) * X.D2(at, k);
        for (std::size_t j = 0; j < d; ++j)
          for (Index l = 0; j != i && l < points.axis(j).x.size(); ++l)
            L(r, points.moved(along, j, l)) += a(j) * X.D(at, k) * points.axis(j).D(points.place(r, j), l);
      }
    }
  return L;
}

std::vector<formula::Formula> coefficients_of(const model::Process& process) {
  std::vector<formula::Formula> all = process.drift;
  for (const auto& row : process.diffusion()) all.insert(all.end(), row.begin(), row.end());
  return all;
}

}  // namespace

std::string BackwardCollocation::refusal(const model::Process& process) {
  if (process.dimension() > most_variables) return "collocation takes four variables at most";
  if (process.depends_on_time()) return "collocation wants coefficients that do not depend on time";
  for (const auto& f : coefficients_of(process))
    if (f.may_jump()) return "collocation wants coefficients that do not jump";
  return "";
}

BackwardCollocation::BackwardCollocation(const model::Process& process, std::vector<double> lower,
                                         std::vector<double> upper)
    : process_(process), lower_(std::move(lower)), upper_(std::move(upper)) {}

std::vector<double> BackwardCollocation::of_degree(std::size_t degree,
                                                   const std::vector<law::Observable>& functions,
                                                   const std::vector<law::WeightedPoint>& initial, double t,
                                                   std::vector<double>& largest) const {
  const Points points(degree, lower_, upper_);
  const MatrixXd L = generator(points, points.values(coefficients_of(process_), process_.variables));
  std::vector<formula::Formula> formulas;
  for (const auto& f : functions) formulas.push_back(f.formula);
  const MatrixXd f = points.values(formulas, process_.variables);
  const VectorXd found = (points.weights(initial).transpose() * (t * L).exp() * f).transpose();
  for (Index k = 0; k < f.cols(); ++k) largest.push_back(f.col(k).cwiseAbs().maxCoeff());
  return {found.begin(), found.end()};
}

std::vector<CollocatedValue> BackwardCollocation::expectations(const std::vector<law::Observable>& functions,
                                                               const std::vector<law::WeightedPoint>& initial,
                                                               double t) const {
  std::vector<CollocatedValue> best(functions.size(), {0, std::numeric_limits<double>::infinity()});
  double closest = std::numeric_limits<double>::infinity();
  std::vector<double> before;
  for (const std::size_t degree : degrees(process_.dimension())) {
    std::vector<double> largest;
    const auto now = of_degree(degree, functions, initial, t, largest);
    double apart = before.empty() ? std::numeric_limits<double>::infinity() : 0;
    for (std::size_t k = 0; k < before.size(); ++k) {
      const double relative = std::abs(now[k] - before[k]) / std::max(largest[k], 1e-300);
      apart = std::isfinite(relative) ? std::max(apart, relative) : std::numeric_limits<double>::infinity();
    }
    if (apart > given_up * closest) break;
    if (apart < closest) {
      closest = apart;
      for (std::size_t k = 0; k < now.size(); ++k)
        best[k] = {now[k], std::max(std::abs(now[k] - before[k]), share_of_worst * apart * largest[k])};
      if (closest <= settled) break;
    }
    before = now;
  }
  return best;
}

}  // namespace fpk::solvers
