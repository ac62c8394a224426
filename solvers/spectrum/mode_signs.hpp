// Signs, phases and bases of eigenfunctions, made the same on every run and any number of processes.
//
// An eigenvector is known up to a factor, those of a multiple eigenvalue up to a rotation. Test functions decide, the
// moments x, y, z, x^2, xy, ... up to degree 3 in box coordinates from -1 to 1 and at last exp(x + 0.7 y + 0.4 z): the
// first that an eigenvector does not integrate to zero has a positive integral under it. Of a multiple eigenvalue the
// first vector is the projection of the first test function onto the eigenspace, the next that of the next, made
// orthogonal to it.
#pragma once

#include "solvers/spectrum/spectrum.hpp"

namespace fpk::solvers {

/// Turns the phase of each mode: left times a unit number, right times its conjugate. Collective.
void fix_phases(const law::GridPart& part, std::vector<Mode>& modes);

/// Rotates the vectors of equal eigenvalues (q's, orthonormal, `values` ascending, `weight` the factor that makes a q
/// density-like), and fixes the sign of each. Collective.
void fix_bases(const law::GridPart& part, const std::vector<double>& values, std::span<const double> weight,
               std::vector<std::vector<double>>& q);

}  // namespace fpk::solvers
