// A set that paths pass into, and whether a step led a path there.
//
// Where the set is made of comparisons it is {g > 0} (formula/level.hpp). With h = -g, distance in the sense of g, a path that is
// outside before and after a step was inside meanwhile with the probability of a Brownian bridge
//
//     exp(-2 h(x) h(y) / v),      v = |sigma^T grad g|^2 dt at x,
//
// which is that of the half-space that touches the set: it takes a border with a curvature to be moved by O(dt), so that the
// weak order is 1 (Gobet 2000, theorem 2.4). Other formulas are looked at where a step ends: order 1/2.
#pragma once

#include <memory>
#include <optional>

#include "formula/program.hpp"
#include "model/process.hpp"
#include "sde/absorption.hpp"
#include "sde/block.hpp"
#include "sde/noise/counter.hpp"

namespace fpk::sde {

class Target {
 public:
  Target(const model::Process& process, const formula::Formula& set, Absorption absorption);

  /// Whether it is known where between two steps a path was.
  [[nodiscard]] bool has_bridge() const { return variance_.has_value(); }

  /// Room for values at the points of a block. Of one thread.
  struct Values {
    explicit Values(const Target& target);
    BlockArrays distance;  ///< h at the points; not above 0 inside
    BlockArrays square;    ///< |sigma^T grad g|^2
    std::shared_ptr<formula::Program::Workspace> of_distance, of_variance;
    BlockArrays time;
  };

  /// h at x to h[0..block_width).
  void set_distance(std::span<double* const> x, Values& at, double* h) const;
  /// |sigma^T grad g|^2 at x and time t to at.square.
  void set_square(std::span<double* const> x, double t, Values& at) const;

 private:
  std::size_t dimension_;
  formula::Program distance_;
  std::optional<formula::Program> variance_;
};

}  // namespace fpk::sde
