// The mean gradient of a batch of rows, a block of particles at a time, each with rows of its own:
//
//     g_B(theta) = (1/b) sum over k < b of grad loss(row_k; theta)           without the regulariser's
//
// The sum is taken row by row in order, so that it is the same bits however many rows a program takes at once.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "formula/program.hpp"
#include "model/sgd/row_loss.hpp"
#include "sde/block.hpp"

namespace fpk::sde {

class BatchGradient {
 public:
  /// What one thread works in.
  class Place;

  explicit BatchGradient(const model::RowLoss& loss);
  [[nodiscard]] std::unique_ptr<Place> place() const;

  /// to[i] becomes the sum over the rows of d loss / d theta_i.
  void set_sum_of_rows(std::span<double* const> theta, std::span<const std::uint32_t* const> rows,
                       std::span<double* const> to, Place& place) const;
  /// to[i] becomes d loss / d theta_i of one row a lane.
  void set_row(std::span<double* const> theta, const std::uint32_t* row, std::span<double* const> to,
               Place& place) const;

 private:
  void gather(std::span<const std::uint32_t* const> rows, std::size_t first, Place& place) const;

  std::shared_ptr<const formula::Table> table_;
  std::vector<std::size_t> used_;  ///< columns that the gradient depends on
  std::size_t dimension_;
  formula::Program row_;  ///< of theta and columns: d slopes
  formula::Program one_more_,
      more_;  ///< of theta, sums and columns of one or of several rows: the sums with these rows
};

class BatchGradient::Place {
 public:
  explicit Place(const BatchGradient& of);
  BlockArrays columns, sums;
  std::shared_ptr<formula::Program::Workspace> row, one_more, more;
  std::vector<const double*> inputs;
};

}  // namespace fpk::sde
