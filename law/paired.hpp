// Differences of two laws known through particles in pairs, E f(X) - E f(Y) from the mean of f(X_n) - f(Y_n):
// what the two of a pair have in common cancels, so the standard error is that of the difference, not of
// either mean.
#pragma once

#include <vector>

#include "law/sample.hpp"

namespace fpk::law {

/// E f over `a` less E f over `b` for each observable f, where particle n of `a` is paired with particle n of
/// `b`. A particle that is not alive counts as f = 0, as in Sample::expectations. Throws
/// std::invalid_argument where the samples differ in variables, count or sharing among processes. Collective.
std::vector<Estimate> paired_differences(const Sample& a, const Sample& b,
                                         const std::vector<Observable>& observables);

/// E |X - Y| in the Euclidean norm over the pairs of which both are alive, 0 for the others. periods[a] is the length of a ring
/// that axis a closes to, 0 where it does not: on a ring the shorter way counts. Throws like paired_differences. Collective.
Estimate paired_distance(const Sample& a, const Sample& b, const std::vector<double>& periods);

}  // namespace fpk::law
