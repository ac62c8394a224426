// Sequences of vectors that a generator makes, and weighted sums of them, without a pass over memory for each:
//
//     chebyshev   x_1 = s M x_0 / 2,   x_k = s M x_(k-1) - x_(k-2)      (s M = 2 X:  x_k = T_k(X) x_0)
//     chain       x_k = s M x_(k-1)                                     (s M = P >= 0:  x_k = P^k x_0)
//
//     sum_j += sum_k weights_j[k] x_k                               for one or more sums
//
// M is a diagonal and the families and links of a generator. A level is one loop that makes x_k and adds to the sum,
// x_(k-2) is overwritten, and levels advance together (solvers/sweep/wavefront.hpp): all of them where the grid is on one
// process and its last axis is no ring; elsewhere as many as the matrix is made for between two exchanges of halos
// (solvers/sweep/ghost_zone.hpp).
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "solvers/generator.hpp"

namespace fpk::solvers {

/// y[to] += weight x[from]: a face outside the families, one way.
struct OneWay {
  std::ptrdiff_t to, from;
  double weight;
};

/// M, by pointers to arrays that somebody keeps.
struct SweepMatrix {
  law::GridPart part;
  bool periodic = false;                ///< the last axis is a ring
  const double* diagonal = nullptr;     ///< own cells
  std::vector<const double*> up, down;  ///< weight of x[c + shift] and of x[c - shift] at c
  std::vector<std::ptrdiff_t> shifts;   ///< one for each family
  std::vector<OneWay> links;            ///< by `to`; own cells only

  std::size_t depth = 1;  ///< levels between exchanges: the arrays have halos of depth * halo cells
  std::size_t halo = 0;   ///< cells that a level reads beyond its own
  std::shared_ptr<std::vector<Field>> wide;  ///< keeps the arrays, where the depth is not 1

  /// Both ways of each link, sorted, those into the halo left out.
  void set_links(const std::vector<Link>& both_ways, bool transposed);
};

/// What a level touches of a cell, with so many sums: weights, diagonal, two vectors and the sums.
std::size_t bytes_per_cell(const SweepMatrix& matrix, std::size_t sums);

/// weights[k] of x_k.
struct WeightedSum {
  std::span<const double> weights;
  double* sum;
};

enum class Sequence { chebyshev, chain };

/// Makes x_1 ... x_levels from x_0 in `even`; `even` and `odd` are overwritten, and have halos for as many levels between
/// exchanges as the matrix has, or for fewer. Masses of a chain below 1e-290 are set to
/// zero, before processors become slow at them. Collective.
void sweep(const SweepMatrix& matrix, Sequence sequence, double scale, std::size_t levels, Field& even,
           Field& odd, std::span<const WeightedSum> sums);

}  // namespace fpk::solvers
