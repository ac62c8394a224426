// Outcomes of steps gathered into blocks: as many lanes as a block has are filled, moved together, and read.
#pragma once

#include <algorithm>
#include <array>

#include "law/grid.hpp"
#include "sde/motion.hpp"

namespace fpk::sde {

class Lanes {
 public:
  Lanes(const Scheme& scheme, std::size_t dimension)
      : scheme_(scheme), dimension_(dimension), flight_(scheme, dimension), numbers_(scheme.draws()) {
    for (std::size_t k = 0; k < numbers_.uniforms.count(); ++k)  // nobody reads them
      std::fill_n(numbers_.uniforms[k], formula::block_width, 0.5);
  }

  /// A lane that starts from point number `from`; its numbers are then set by increment() and sign().
  void add(std::size_t from, const law::Point& x, double probability) {
    for (std::size_t a = 0; a < dimension_; ++a) flight_.paths.x[a][used_] = x[a];
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
    const auto x = flight_.paths.x.all();
    if (scheme_.has_decision())
      scheme_.propose(x, t, dt, numbers_.all(), acceptance_.data(), *flight_.scratch);
    else
      scheme_.step(x, t, dt, numbers_.all(), *flight_.scratch);
  }
  /// Moves all lanes to what is observed of them, but for the walls.
  void observe(double t, double dt) {
    prepare();
    scheme_.observe(flight_.paths.x.all(), t, dt, numbers_.all(), *flight_.scratch);
  }
  void meet(const Walls& walls, double t) { walls.apply(flight_.paths, t); }
  void clear() { used_ = 0; }

  [[nodiscard]] std::size_t count() const { return used_; }
  [[nodiscard]] std::size_t from(std::size_t lane) const { return from_[lane]; }
  [[nodiscard]] double probability(std::size_t lane) const { return probability_[lane]; }
  /// Of going where the lane is, rather than staying.
  [[nodiscard]] double acceptance(std::size_t lane) const { return acceptance_[lane]; }
  [[nodiscard]] double coordinate(std::size_t a, std::size_t lane) const { return flight_.paths.x[a][lane]; }
  [[nodiscard]] bool is_alive(std::size_t lane) const { return flight_.paths.alive[lane] != 0; }
  /// Where the lane's path is, or where it ended.
  [[nodiscard]] law::Point position(std::size_t lane) const {
    law::Point x{};
    for (std::size_t a = 0; a < dimension_; ++a) x[a] = flight_.paths.position(a, lane);
    return x;
  }

 private:
  /// A block is always full: the lanes that nobody asked for repeat the first.
  void prepare() {
    flight_.paths.alive.fill(1);
    acceptance_.fill(1);
    const auto repeat = [this](const BlockArrays& arrays) {
      for (std::size_t k = 0; k < arrays.count(); ++k)
        std::fill(arrays[k] + used_, arrays[k] + formula::block_width, arrays[k][0]);
    };
    repeat(flight_.paths.x);
    repeat(numbers_.dW);
    repeat(numbers_.signs);
  }

  const Scheme& scheme_;
  std::size_t dimension_, used_ = 0;
  Flight flight_;
  DrawBlocks numbers_;
  std::array<std::size_t, formula::block_width> from_{};
  std::array<double, formula::block_width> probability_{}, acceptance_{};
};

}  // namespace fpk::sde
