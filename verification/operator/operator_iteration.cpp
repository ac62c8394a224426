#include "verification/operator/operator_iteration.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

namespace fpk::verification {
namespace {

constexpr std::array levels_of_a_line{PanelLevel{4, 10},  PanelLevel{8, 14},  PanelLevel{16, 20},
                                      PanelLevel{32, 26}, PanelLevel{64, 32}, PanelLevel{128, 40}};
constexpr std::array levels_of_a_plane{PanelLevel{2, 8}, PanelLevel{3, 10}, PanelLevel{4, 12},
                                       PanelLevel{5, 14}, PanelLevel{6, 16}};

std::span<const PanelLevel> levels(std::size_t dimension) {
  if (dimension == 1) return levels_of_a_line;
  return levels_of_a_plane;
}

/// On which the box is looked for: a leak need not be known to ten digits.
constexpr PanelLevel rough(std::size_t dimension) {
  return dimension == 1 ? PanelLevel{16, 14} : PanelLevel{3, 8};
}

constexpr double leak_allowed = 1e-13;       ///< through all faces
constexpr double growth = 0.3;               ///< of a face, in lengths of the box
constexpr double smallest_share = 1.0 / 64;  ///< of the outer box, to begin with
constexpr int most_growths = 60;
constexpr double no_weight = 1e-15;  ///< of an initial point that the box need not hold

/// Difference of two levels, in units of f, at which a figure is taken for settled.
double target(std::size_t dimension) { return dimension == 1 ? 1e-12 : 1e-11; }

/// Where the paths begin, at least a little wide, inside `outer`.
Extent around(const std::vector<law::WeightedPoint>& initial, const Extent& outer) {
  Extent box = outer;
  for (std::size_t a = 0; a < outer.dimension; ++a) {
    double lower = std::numeric_limits<double>::infinity(), upper = -lower;
    for (const auto& [x, weight] : initial)
      if (std::abs(weight) > no_weight) {
        lower = std::min(lower, x[a]);
        upper = std::max(upper, x[a]);
      }
    const double slack = smallest_share * (outer.upper[a] - outer.lower[a]);
    box.lower[a] = std::max(lower - slack, outer.lower[a]);
    box.upper[a] = std::min(upper + slack, outer.upper[a]);
  }
  return box;
}

std::vector<law::Point> points_of(const PanelGrid& grid) {
  std::vector<law::Point> points;
  for (std::size_t i = 0; i < grid.size(); ++i) points.push_back(grid.point(i));
  return points;
}

Eigen::VectorXd on_grid(const PanelGrid& grid, const Function& f) {
  const auto values = f(points_of(grid));
  return Eigen::VectorXd::Map(values.data(), static_cast<Eigen::Index>(values.size()));
}

}  // namespace

OperatorIteration::OperatorIteration(SteppedMap map, Function f, std::vector<law::WeightedPoint> initial,
                                     const Extent& outer, double end, std::int64_t fewest_steps,
                                     bool invariant)
    : map_(std::move(map)),
      f_(std::move(f)),
      initial_(std::move(initial)),
      extent_(outer.dimension == 1 ? around(initial_, outer) : outer),
      end_(end) {
  if (outer.dimension < 1 || outer.dimension > 2)
    throw std::invalid_argument("the operator iteration takes one or two variables");
  if (outer.dimension == 1) grow(outer, fewest_steps, invariant);
  std::vector<law::Point> at;
  for (const auto& point : initial_) at.push_back(point.x);
  const auto values = f_(at);
  for (std::size_t i = 0; i < at.size(); ++i) scale_ += initial_[i].weight * std::abs(values[i]);
  scale_ += std::abs(expectation_at(rough(outer.dimension), fewest_steps));
}

void OperatorIteration::grow(const Extent& outer, std::int64_t steps, bool invariant) {
  for (int round = 0; round < most_growths; ++round) {
    const auto leak = leaks(steps, invariant);
    cut_off_ = std::accumulate(leak.begin(), leak.end(), 0.0);
    if (cut_off_ <= leak_allowed) return;
    bool grown = false;
    for (std::size_t a = 0; a < outer.dimension; ++a) {
      const double by = growth * (extent_.upper[a] - extent_.lower[a]);
      const double share = leak_allowed / static_cast<double>(2 * leak.size());
      if (leak[2 * a] > share && extent_.lower[a] > outer.lower[a]) {
        extent_.lower[a] = std::max(extent_.lower[a] - by, outer.lower[a]);
        grown = true;
      }
      if (leak[2 * a + 1] > share && extent_.upper[a] < outer.upper[a]) {
        extent_.upper[a] = std::min(extent_.upper[a] + by, outer.upper[a]);
        grown = true;
      }
    }
    if (!grown) return;
  }
}

std::vector<double> OperatorIteration::leaks(std::int64_t steps, bool invariant) const {
  const auto level = rough(extent_.dimension);
  const PanelGrid grid(extent_, level.panels);
  const double dt = end_ / static_cast<double>(steps);
  const Eigen::VectorXd w = initial_weights(grid);
  std::vector<double> all(2 * extent_.dimension, 0.0);
  Eigen::MatrixXd beyond = Eigen::MatrixXd::Zero(w.size(), static_cast<Eigen::Index>(all.size()));
  const auto& step = map_.of_box ? map_.of_box : map_.step;
  std::unique_ptr<StepOperator> P;
  for (std::int64_t n = steps; n-- > 0;) {
    if (!P || map_.depends_on_time)
      P = std::make_unique<StepOperator>(grid, step(static_cast<double>(n) * dt, dt, level.nodes));
    for (Eigen::Index k = 0; k < beyond.cols(); ++k)
      beyond.col(k) = P->apply(beyond.col(k)) + P->leak().col(k);
  }
  for (std::size_t k = 0; k < all.size(); ++k)
    all[k] = std::abs(w.dot(beyond.col(static_cast<Eigen::Index>(k))));
  const bool tight = std::accumulate(all.begin(), all.end(), 0.0) <= leak_allowed;
  if (!invariant || !tight || !P) return all;  // a box that is too small for the start is so for good
  for (std::size_t k = 0; k < all.size(); ++k) {
    const Eigen::VectorXd of_face = P->leak().col(static_cast<Eigen::Index>(k));
    if (of_face.maxCoeff() > 0) all[k] = std::max(all[k], std::abs(invariant_mean(*P, of_face, w)) / dt);
  }
  return all;
}

Eigen::VectorXd OperatorIteration::initial_weights(const PanelGrid& grid) const {
  Eigen::VectorXd w = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(grid.size()));
  for (const auto& [x, weight] : initial_) grid.add_weights(grid.nearest(x), weight, w.data());
  return w;
}

Eigen::VectorXd OperatorIteration::observed(const PanelGrid& grid, double t, double dt,
                                            std::size_t nodes) const {
  const Eigen::VectorXd f = on_grid(grid, f_);
  return map_.observe ? StepOperator(grid, map_.observe(t, dt, nodes)).apply(f) : f;
}

double OperatorIteration::expectation_at(const PanelLevel& level, std::int64_t steps) const {
  const PanelGrid grid(extent_, level.panels);
  points_ = std::max(points_, grid.size());
  const double dt = end_ / static_cast<double>(steps);
  Eigen::VectorXd u = observed(grid, end_, dt, level.nodes);
  std::unique_ptr<StepOperator> P;
  for (std::int64_t n = steps; n-- > 0;) {
    if (!P || map_.depends_on_time)
      P = std::make_unique<StepOperator>(grid, map_.step(static_cast<double>(n) * dt, dt, level.nodes));
    u = P->apply(u);
  }
  return initial_weights(grid).dot(u);
}

double OperatorIteration::invariant_at(const PanelLevel& level, double dt) const {
  const PanelGrid grid(extent_, level.panels);
  points_ = std::max(points_, grid.size());
  return invariant_mean(StepOperator(grid, map_.step(0, dt, level.nodes)), observed(grid, 0, dt, level.nodes),
                        initial_weights(grid));
}

Value OperatorIteration::refined(const std::function<double(const PanelLevel&)>& figure) const {
  double coarse = std::nan("");
  Value found;
  for (const auto& level : levels(extent_.dimension)) {
    const double fine = figure(level);
    found = {fine, std::abs(fine - coarse) + cut_off_ * scale_};
    if (std::abs(fine - coarse) <= target(extent_.dimension) * scale_) return found;
    coarse = fine;
  }
  return found;
}

Value OperatorIteration::expectation(std::int64_t steps) const {
  return refined([&](const PanelLevel& level) { return expectation_at(level, steps); });
}

Value OperatorIteration::invariant(double dt) const {
  return refined([&](const PanelLevel& level) { return invariant_at(level, dt); });
}

}  // namespace fpk::verification
