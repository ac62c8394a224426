// Expectations of a scheme at a given step without sampling:
//
//     u_N(x) = f(x),     u_n(x) = E u_{n+1}(Psi(x, xi)),     E f(X_N) = E u_0(X_0)
//
// backwards on the points of a box of panels (Kolmogorov's backward equation of the scheme itself), and the mean of f in the
// scheme's invariant law, the constant that u_n tends to. A scheme that is observed through a postprocessor starts from
// u_N(x) = E f(observe(x, xi)).
//
// Each figure is computed on panels and nodes of two levels; the difference is its stated error, to which the leak is added:
// what may have gone beyond the box, times the size of f. Levels grow until the target is met or the largest is reached.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "law/initial_nodes.hpp"
#include "verification/operator/step_operator.hpp"

namespace fpk::verification {

/// A random map, handed in as callables: a step of length dt from time t, as a sum with `nodes` points for each of its numbers.
struct SteppedMap {
  std::function<OneStep(double t, double dt, std::size_t nodes)> step;
  std::function<OneStep(double t, double dt, std::size_t nodes)> observe;  ///< empty: the state itself
  bool depends_on_time = false;
  /// By which a box is found that holds the paths whatever their number of steps; empty: `step`. Paths of few steps of two or three
  /// points reach less far than those of many, and none of them farther than normal ones (Hoeffding 1963).
  std::function<OneStep(double t, double dt, std::size_t nodes)> of_box = {};
};

/// Values at points.
using Function = std::function<std::vector<double>(std::span<const law::Point>)>;

struct Value {
  double value = 0;
  double error = 0;  ///< stated: of discretisation and cut-off
};

/// A discretisation: panels an axis, quadrature points a number of the step.
struct PanelLevel {
  std::size_t panels, nodes;
};

class OperatorIteration {
 public:
  /// On a line: on a box inside `outer`, beyond which the map never leads. It begins where the paths begin, and its ends move
  /// outwards until no more than 1e-13 leaks through them, in `fewest_steps` steps to time `end` (and, with `invariant`, in a
  /// unit of time of the invariant law). In the plane: on the box `outer` itself, which is given no larger than the paths need.
  OperatorIteration(SteppedMap map, Function f, std::vector<law::WeightedPoint> initial, const Extent& outer,
                    double end, std::int64_t fewest_steps, bool invariant);

  /// E f at time `end` after that many equal steps.
  [[nodiscard]] Value expectation(std::int64_t steps) const;
  /// The mean of f in the invariant law of steps of length dt. Only where nothing is absorbed or depends on time.
  [[nodiscard]] Value invariant(double dt) const;

  /// The same on one level, with no error stated.
  [[nodiscard]] double expectation_at(const PanelLevel& level, std::int64_t steps) const;
  [[nodiscard]] double invariant_at(const PanelLevel& level, double dt) const;

  [[nodiscard]] const Extent& extent() const { return extent_; }
  /// On a line: probability that a path leaves the box, at the longest steps; of the invariant law in a unit of time, where that
  /// is more. In the plane 0.
  [[nodiscard]] double cut_off() const { return cut_off_; }
  /// Points of the finest grid used so far.
  [[nodiscard]] std::size_t points() const { return points_; }

 private:
  [[nodiscard]] Eigen::VectorXd initial_weights(const PanelGrid& grid) const;
  [[nodiscard]] Eigen::VectorXd observed(const PanelGrid& grid, double t, double dt, std::size_t nodes) const;
  [[nodiscard]] Value refined(const std::function<double(const PanelLevel&)>& figure) const;
  [[nodiscard]] std::vector<double> leaks(std::int64_t steps, bool invariant) const;
  void grow(const Extent& outer, std::int64_t steps, bool invariant);

  SteppedMap map_;
  Function f_;
  std::vector<law::WeightedPoint> initial_;
  Extent extent_;
  double end_, scale_ = 0, cut_off_ = 0;
  mutable std::size_t points_ = 0;
};

}  // namespace fpk::verification
