// A Markov chain that jumps between the neighbours of a box of cells, with the weights it is thought to settle at.
//
//     up[a][c]: rate from c to the next cell along axis a;  down[a][c]: rate back        no face: both 0
//     x[c]: weights, all positive, that should become its stationary law
//
// The levels of the multigrid in solvers/multigrid/stationary_multigrid.hpp are such chains.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "solvers/generator.hpp"

namespace fpk::solvers::multigrid {

using Counts = std::array<std::size_t, law::max_dimension>;

struct Chain {
  Counts cells{1, 1, 1};
  std::array<bool, law::max_dimension> ring{};  ///< the axis closes on itself
  std::array<std::vector<double>, law::max_dimension> up, down;
  /// gap[a][i]: from the centre of cell i along axis a to the next one's, or around the ring
  std::array<std::vector<double>, law::max_dimension> gap;
  std::vector<double> x, stay;  ///< stay[c] = 1 / (sum of rates out of c)

  [[nodiscard]] std::size_t size() const { return cells[0] * cells[1] * cells[2]; }
  [[nodiscard]] std::size_t stride(std::size_t axis) const {
    return axis == 0 ? 1 : axis == 1 ? cells[0] : cells[0] * cells[1];
  }
  /// Sets `stay` from the rates.
  void finish();
  /// Gauss-Seidel on A x = 0, cells in rising or falling order: x_c = (inflow to c) stay_c, a sum of positive terms.
  void sweep(bool rising);
  /// sum |A x| / (2 sum outflow x): solvers::relative_residual.
  [[nodiscard]] double residual() const;
  void normalise();  ///< sum of x = 1
};

/// The chain of a generator with all weights equal; nothing where it jumps beyond neighbours, or on several processes.
std::optional<Chain> neighbour_chain(const Generator& generator);

/// The stationary law of a chain of few cells by elimination without subtractions, so that small weights keep their
/// digits (Grassmann, Taksar, Heyman 1985).
void eliminate(Chain& chain);

}  // namespace fpk::solvers::multigrid
