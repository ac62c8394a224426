// The Kolmogorov-Smirnov test of standard normal numbers, nothing estimated from them:
//
//     D_n = sup_z |F_n(z) - Phi(z)|,      P(sqrt(n) D_n > x) -> Q(x) = 2 sum_{k>=1} (-1)^(k-1) exp(-2 k^2 x^2).
//
// (Kolmogorov 1933.) At finite n the limit is taken at x + 1/(6 sqrt n) + (x - 1)/(4 n), which is right to 3e-3 at n = 10 and to
// 3e-4 at n = 100, and in the upper tail relatively so (Vrbik 2018).
#pragma once

#include <cstddef>
#include <span>

#include "verification/gaussianity/tested.hpp"

namespace fpk::verification {

/// Phi; both tails to relative accuracy.
double normal_cdf(double z);

/// D_n of numbers in increasing order, at least one.
double kolmogorov_distance(std::span<const double> increasing);

/// P(D_n > d).
double kolmogorov_survival(double d, std::size_t n);

/// The d that D_n exceeds with probability `alpha`, 0 < alpha <= 0.2: what a sample of n resolves.
double kolmogorov_critical(double alpha, std::size_t n);

Tested kolmogorov_test(std::span<const double> increasing);

}  // namespace fpk::verification
