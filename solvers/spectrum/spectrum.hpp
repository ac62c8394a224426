// The leading modes of a generator: what a density forgets last, and how slowly.
//
//     A r = -lambda r,    A^T l = -lambda l,    p(t) = sum over modes of (l . p(0)) exp(-lambda t) r,   l . r = 1
//
// r is density-like (cell masses, with sign), l observable-like (point values in the cells). A closed box has lambda =
// 0 with r the stationary law and l = 1; the least real part of the others is the spectral gap, and 1 / gap the slowest
// time. A box that absorbs has none: its first eigenvalue is the rate of decay. Eigenvalues are those of -A, [1/time].
// (Risken 1989, ch. 5.4; Pavliotis 2014, ch. 4.7; Bovier, den Hollander 2015, ch. 8)
//
// How exact: in detailed balance eigenvalues are Ritz values of the Dirichlet form, a sum of squares, good to about
// 1e-32 of the largest rate beside relative rounding (dirichlet_form.hpp); otherwise two-sided quotients, summed in
// double-double arithmetic where they are small (small_eigenvalues.hpp). Of limited fluxes the modes are those of the linear form.
#pragma once

#include <complex>
#include <optional>
#include <string>
#include <vector>

#include "solvers/generator.hpp"

namespace fpk::solvers {

using ComplexVector = std::vector<std::complex<double>>;

struct Mode {
  std::complex<double> eigenvalue;  ///< of -A [1/time]
  ComplexVector right;              ///< masses of the own cells; sum of left * right over all cells is 1
  ComplexVector left;               ///< values in the own cells; mean square under the stationary law is 1
  double residual = 0;  ///< |A r + lambda r| over |r| and the largest rate, in the norm sum |r|^2 / pi
};

struct Spectrum {
  std::vector<Mode> modes;  ///< by real part, both of a complex pair, the one that turns forward first
  std::optional<double>
      gap;             ///< least real part but for the zero one; of a box that absorbs, the first itself
  std::string form;    ///< what the eigenvalues were found from: "symmetric" or "general"
  std::string remark;  ///< how well they are known, a sentence
  /// Every eigenvalue of smaller modulus is known to have been looked at; a fast rotation beyond it may decay as slowly.
  double complete_below = 0;
  std::optional<double> stationary_residual;  ///< of the stationary law, as in stationary.hpp; closed boxes
};

/// `quick` is for the gap alone: one factorisation, where `full` also counts by another whether a mode was passed over,
/// and continues left eigenfunctions to where they are rounding by a third.
enum class Thoroughness { full, quick };

/// The `count` leading modes (all, if there are fewer). Signs and phases do not depend on the number of processes:
/// docs/spectrum.md. Collective. Throws SolverError where the eigensolver or the factorisation fails.
Spectrum leading_modes(const Generator& generator, std::size_t count,
                       Thoroughness thoroughness = Thoroughness::full);

}  // namespace fpk::solvers
