// The Anderson-Darling test of standard normal numbers, nothing estimated from them ("case 0"): the tails count more than with
// Kolmogorov and Smirnov. With u_i = Phi(z_i), the z in increasing order,
//
//     A^2 = n int (F_n - Phi)^2 / (Phi (1 - Phi)) dPhi = -n - (1/n) sum_i (2 i - 1) [ln u_i + ln(1 - u_{n+1-i})].
//
// Its limit law is that of sum_j Z_j^2 / (j (j + 1)) with independent normal Z_j (Anderson, Darling 1952), whose Fredholm determinant
// is D(u) = prod_j (1 - u / (j (j + 1))) = -cos(pi sqrt(1 + 4 u) / 2) / (pi u). Smirnov's formula for such sums (1937) gives
//
//     P(A^2 > x) = (1/pi) sum_{k>=1} (-1)^(k+1) int over [mu_{2k-1}, mu_{2k}] of exp(-x u / 2) / (u sqrt(-D(u))) du,   mu_j = j (j + 1),
//
// exact, and accurate relatively in the tail. At finite n the probability differs by less than 0.05/n (Marsaglia, Marsaglia 2004,
// figure 2).
#pragma once

#include <span>

#include "verification/gaussianity/tested.hpp"

namespace fpk::verification {

/// P(A^2 > x) for n to infinity.
double anderson_darling_survival(double x);

/// A^2. A number so far out that its tail is 0 in double precision counts as one whose tail is the smallest there is.
double anderson_darling_statistic(std::span<const double> increasing);

Tested anderson_darling_test(std::span<const double> increasing);

}  // namespace fpk::verification
