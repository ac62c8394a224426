// Newton's method for the implicit equation of a step, for all particles of a block at once:
//
//     F(Y) = Y - h b(Y, t) - c = 0,      (I - h db/dx) delta = -F(Y),      Y <- Y + delta
//
// with the symbolic Jacobian. An iterate whose residual |F|_1 is no smaller than the last is taken back half way. A particle is
// left alone once it has converged, so its root does not depend on its neighbours in the block.
#pragma once

#include <array>
#include <memory>

#include "formula/program.hpp"
#include "model/process.hpp"
#include "sde/block.hpp"

namespace fpk::sde {

/// b_i, then db_i/dx_j by rows, as functions of the variables and t.
formula::Program drift_and_jacobian(const model::Process& process);

/// Of one thread.
class BlockNewton {
 public:
  /// `program`: drift_and_jacobian of d variables; must outlive this.
  BlockNewton(const formula::Program& program, std::size_t d);

  /// Takes Y[a][0..block_width) from a first guess to the root; to NaN where there is none or it is not found.
  void solve(std::span<double* const> Y, const BlockArrays& c, double h, double t);

 private:
  enum class Status : std::uint8_t { first, underway, done };

  bool improve(std::size_t i);
  bool newton_step(std::size_t i);
  bool take_half_back(std::size_t i);
  bool fail(std::size_t i);

  std::size_t d_;
  const formula::Program& program_;
  std::shared_ptr<formula::Program::Workspace> workspace_;
  BlockArrays time_, values_, delta_;  ///< t; b and its Jacobian; the last step
  std::vector<const double*> inputs_;
  std::array<double, formula::block_width> residual_{};  ///< |F|_1 at the iterate before
  std::array<Status, formula::block_width> status_{};
  std::vector<double> matrix_, direction_;
  // The equation at hand.
  std::span<double* const> Y_;
  const BlockArrays* c_ = nullptr;
  double h_ = 0;
};

}  // namespace fpk::sde
