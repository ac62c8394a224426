// A law with constant density in each cell of a grid: an initial density given by a formula.
#pragma once

#include <mutex>

#include "law/law.hpp"

namespace fpk::law {

class Tabulated : public InitialLaw {
 public:
  /// Cell masses proportional to the integrals of `density` (Gauss quadrature), made to sum to 1. The table of the whole
  /// grid is made, on each process, when points are first placed: so the grid should be no finer than the law needs, and
  /// whoever wants cell masses only has no such table. Throws std::invalid_argument where the density is negative or not
  /// finite somewhere, or zero everywhere.
  Tabulated(std::vector<std::string> variables, const formula::Formula& density, const Grid& grid);

  [[nodiscard]] std::size_t dimension() const override { return variables_.size(); }
  [[nodiscard]] const Grid& grid() const { return grid_; }  ///< of the table that particles are placed by
  /// On any grid: the integrals of `density` over its cells, made to sum to 1.
  [[nodiscard]] std::vector<double> cell_masses(const GridPart& part) const override;
  [[nodiscard]] std::vector<Estimate> expectations(const std::vector<Observable>& observables) const override;
  [[nodiscard]] double total_mass() const override { return 1; }
  void place(std::span<const double* const> uniforms, std::size_t n,
             std::span<double* const> positions) const override;

 private:
  std::vector<std::string> variables_;
  formula::Formula density_;
  Grid grid_;
  double sum_ = 0;  ///< of the integrals over all cells
  mutable std::once_flag tabulated_;
  mutable std::vector<double>
      cumulative_;  ///< of the cells in the order of the grid; empty until it is needed

  /// Hands the integral over each cell, in the order of the grid, to `take`.
  template <class Take>
  void for_each_integral(Take take) const;
  [[nodiscard]] const std::vector<double>& cumulative() const;
};

}  // namespace fpk::law
