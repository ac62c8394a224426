// The Kolmogorov distance of the mean of b random ones of N given numbers from the normal law of the same mean and variance, without a
// random number.
//
//   all N^b, or N (N-1) ... (N-b+1), equally likely choices in turn, where there are few;
//   with replacement from many: the b-th power of the characteristic function of one draw, by the fast Fourier transform on a lattice,
//
//           x_i
//     ---|---o-----|---      1 - f to the point below, f to the one above (f = distance from below, in cells):
//         <-f->              the mean of one draw is kept, its variance grows by less than h^2/4 and is reckoned with
//
// periodic beyond a window that the sum leaves with probability below 1e-9 by Bernstein's inequality. Numbers that lie on a lattice
// of their own are put on that. Otherwise F is taken at the middle of each of its steps; the error that is stated is what the steps
// themselves can hide, and never less than 1e-9.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace fpk::verification {

struct KnownDistance {
  double value = 0;
  double error = 0;  ///< bound
};

/// Nothing where it is not to be had cheaply: many choices without replacement; a mean without variance (b = N without
/// replacement, or numbers that are all the same).
std::optional<KnownDistance> distance_of_mean(std::span<const double> numbers, std::size_t b,
                                              bool with_replacement);

}  // namespace fpk::verification
