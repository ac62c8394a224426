// Rows of sigma at the points of a block: how much noise crosses a wall, sigma_n^2 = sum_k sigma_ak^2 for a wall across axis a.
#pragma once

#include <optional>
#include <vector>

#include "formula/program.hpp"
#include "model/process.hpp"
#include "sde/block.hpp"

namespace fpk::sde {

class NoiseRows {
 public:
  /// Rows of these axes.
  NoiseRows(const model::Process& process, const std::vector<std::size_t>& axes);

  /// Values at one block of points. Of one thread.
  class Values {
   public:
    explicit Values(const NoiseRows& rows);
    /// sum_k sigma_ak^2 of row r, one for each lane.
    [[nodiscard]] const double* square(std::size_t r) const { return squares_[r]; }

   private:
    friend class NoiseRows;
    std::shared_ptr<formula::Program::Workspace> workspace_;
    BlockArrays outputs_, squares_, time_;
    std::vector<const double*> inputs_;
  };

  /// Sets `at` to the values at x[a][0..block_width) and time t. Costs nothing where all entries are constant.
  void evaluate(std::span<double* const> x, double t, Values& at) const;
  /// Midpoints of Brownian bridges from x to y, one for each lane: (x + y)/2 + sigma (dW_1 - dW_2)/2, sigma at the points
  /// evaluated last, on the increments of the two halves of the step. Variables without a row get no noise.
  void set_middle(const BlockArrays& x, std::span<double* const> y, const Values& at,
                  std::span<const double* const> dW_1, std::span<const double* const> dW_2,
                  BlockArrays& middle) const;

 private:
  /// sum_k sigma_ak dW_k of row r and lane i, at the points evaluated last. Of fewer increments than noise sources, each row
  /// takes one, with the same variance.
  [[nodiscard]] double noise(const Values& at, std::size_t r, std::size_t i,
                             std::span<const double* const> dW) const;

  struct Entry {
    std::size_t k;
    double constant;
    std::size_t output;  ///< of the program, where it is not constant
    bool varies;
  };
  std::size_t dimension_, sources_;
  std::vector<std::size_t> axes_;
  std::vector<std::vector<Entry>> rows_;
  bool varies_ = false;
  formula::Program program_;

  static formula::Program compile(const model::Process& process, const std::vector<std::size_t>& axes,
                                  std::vector<std::vector<Entry>>& rows);
  void square(Values& at) const;
};

}  // namespace fpk::sde
