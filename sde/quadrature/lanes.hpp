// Outcomes of steps gathered into blocks: as many lanes as a block has are filled, moved together, and read.
#pragma once

#include <algorithm>
#include <array>
#include <memory>

#include "law/grid.hpp"
#include "sde/boundary.hpp"
#include "sde/draws.hpp"
#include "sde/paths.hpp"
#include "sde/scheme.hpp"

namespace fpk::sde {

class Lanes {
 public:
  Lanes(const Scheme& scheme, std::size_t dimension)
      : scheme_(scheme),
        dimension_(dimension),
        paths_(dimension),
        scratch_(scheme.scratch()),
        numbers_(scheme.draws()) {
    for (std::size_t k = 0; k < numbers_.uniforms.count(); ++k)  // nobody reads them
      std::fill_n(numbers_.uniforms[k], formula::block_width, 0.5);
  }

  /// A lane that starts from point number `from`; its numbers are then set by increment() and sign().
  void add(std::size_t from, const law::Point& x, double probability) {
    for (std::size_t a = 0; a < dimension_; ++a) paths_.x[a][used_] = x[a];
    from_[used_] = from;
    probability_[used_] = probability;
    ++used_;
  }
  double& increment(std::size_t k) { return numbers_.dW[k][used_ - 1]; }
  double& sign(std::size_t k) { return numbers_.signs[k][used_ - 1]; }
  [[nodiscard]] bool is_full() const { return used_ == formula::block_width; }

  /// Moves all lanes by a step from time t, but for the walls: to the proposal, where the step ends in a decision.
  void step(double t, double dt) {
    prepare();
    const auto x = paths_.x.all();
    if (scheme_.has_decision())
      scheme_.propose(x, t, dt, numbers_.all(), acceptance_.data(), *scratch_);
    else
      scheme_.step(x, t, dt, numbers_.all(), *scratch_);
  }
  /// Moves all lanes to what is observed of them, but for the walls.
  void observe(double t, double dt) {
    prepare();
    scheme_.observe(paths_.x.all(), t, dt, numbers_.all(), *scratch_);
  }
  void meet(const Walls& walls, double t) { walls.apply(paths_, t); }
  void clear() { used_ = 0; }

  [[nodiscard]] std::size_t count() const { return used_; }
  [[nodiscard]] std::size_t from(std::size_t lane) const { return from_[lane]; }
  [[nodiscard]] double probability(std::size_t lane) const { return probability_[lane]; }
  /// Of going where the lane is, rather than staying.
  [[nodiscard]] double acceptance(std::size_t lane) const { return acceptance_[lane]; }
  [[nodiscard]] double coordinate(std::size_t a, std::size_t lane) const { return paths_.x[a][lane]; }
  [[nodiscard]] bool is_alive(std::size_t lane) const { return paths_.alive[lane] != 0; }
  /// Where the lane's path is, or where it ended.
  [[nodiscard]] law::Point position(std::size_t lane) const {
    law::Point x{};
    for (std::size_t a = 0; a < dimension_; ++a) x[a] = paths_.position(a, lane);
    return x;
  }

 private:
  /// A block is always full: the lanes that nobody asked for repeat the first.
  void prepare() {
    paths_.alive.fill(1);
    acceptance_.fill(1);
    const auto repeat = [this](const BlockArrays& arrays) {
      for (std::size_t k = 0; k < arrays.count(); ++k)
        std::fill(arrays[k] + used_, arrays[k] + formula::block_width, arrays[k][0]);
    };
    repeat(paths_.x);
    repeat(numbers_.dW);
    repeat(numbers_.signs);
  }

  const Scheme& scheme_;
  std::size_t dimension_, used_ = 0;
  Paths paths_;
  std::unique_ptr<Scratch> scratch_;
  DrawBlocks numbers_;
  std::array<std::size_t, formula::block_width> from_{};
  std::array<double, formula::block_width> probability_{}, acceptance_{};
};

}  // namespace fpk::sde
