// What the rates of mixed noise are made of: drift and diffusion in units of cells, averaged over each cell.
//
// Cells are equal in the index xi, x_i = x_i(xi_i) with x' = h the width of a cell. By Ito's formula xi(X) is a diffusion,
//
//     tensor  a_ij / (h_i h_j),        drift  b_i / h_i - a_ii x_i'' / h_i^3            [1/time]
//
//     |--|---|----|-----|   x      and its cell masses are those of X: graded cells that follow a smooth map are equal cells
//     |---|---|---|---|     xi     of another process. x'' = (h_(i+1) - h_(i-1)) / 2 where the cell is i.
#pragma once

#include <vector>

#include "model/domain.hpp"
#include "model/process.hpp"
#include "solvers/flux/departures.hpp"

namespace fpk::solvers {

/// Of the widths of neighbouring cells; cells of a larger one follow no smooth map that they would show.
inline constexpr double largest_width_ratio = 1.5;
/// The largest ratio on an axis, around its ends too where it is a ring.
double width_ratio(const law::Axis& axis, bool ring);

class TensorCoefficients {
 public:
  /// At time t. Throws SolverError where a width_ratio is larger than the largest.
  TensorCoefficients(const model::Process& process, const model::Domain& domain, const law::Grid& grid,
                     double t);

  /// Takes the averages over the planes first, ..., first + planes - 1 of the last axis, modulo the number of planes; those of the
  /// call before are kept where they are among them.
  void average(std::ptrdiff_t first, std::size_t planes);
  [[nodiscard]] std::size_t size() const { return values_.front().size(); }  ///< cells averaged over

  /// Width of the k-th of them along an axis.
  [[nodiscard]] double width(std::ptrdiff_t k, std::size_t axis) const {
    return grid_.axis(axis).width(grid_.index(cell(static_cast<std::size_t>(k)))[axis]);
  }
  /// How it is left.
  [[nodiscard]] Departures at(std::size_t k, int reach, Carrier carrier) const;

 private:
  void average_cells(std::size_t first_cell, std::size_t end);
  [[nodiscard]] std::size_t cell(std::size_t k) const;

  law::Grid grid_;
  std::vector<formula::Formula> formulas_;   ///< b_i, then the lower triangle of a
  std::vector<std::vector<double>> values_;  ///< their averages
  std::vector<std::vector<double>> bend_;    ///< x'' / h^2 of each cell of each axis
  std::ptrdiff_t first_ = 0;                 ///< plane
};

}  // namespace fpk::solvers
