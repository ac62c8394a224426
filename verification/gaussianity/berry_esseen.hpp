// How fast the law of a mean of b independent numbers tends to the normal one in Kolmogorov's distance,
// D_b = sup_z |P(sqrt(b) (mean - mu)/sigma <= z) - Phi(z)|. With gamma the skewness, kappa the excess kurtosis, rho = E|x - mu|^3/sigma^3,
// and h the span of the lattice that the numbers lie on, over sigma (0 where they lie on none):
//
//     D_b <= 0.4748 rho / sqrt(b)                                  for every b      (Berry 1941, Esseen 1942; constant: Shevtsova 2011)
//     D_b  = (|gamma|/6 + h/2) / sqrt(2 pi b) + o(1/sqrt(b))                        (Esseen 1945; at z = 0)
//     next term: sup_z (phi(z)/b) |kappa/24 (z^3 - 3 z) + gamma^2/72 (z^5 - 10 z^3 + 15 z)|       (Edgeworth 1905; Cramer 1928)
//
// On a lattice its steps go with the slope of the terms before them, (1/b) [h/2 |gamma|/6 |z^3 - 3 z| + h^2/24 |z|] phi(z); and no point
// need lie at z = 0, but one lies within h/(2 sqrt b) of it, where the leading term is smaller by no more than its 3/8 h^2/b.
// (Bhattacharya, Rao 1976, section 23)
//
// Without replacement from N numbers the skewness of a mean is gamma (N - 2 b)/(N - 2) sqrt((N - 1)/(b (N - b))), in place of
// gamma/sqrt(b) (third moment of a simple random sample; the expansion: Robinson 1978).
#pragma once

#include <cstddef>
#include <span>

namespace fpk::verification {

/// What the rates depend on, of equally likely numbers.
struct PopulationShape {
  std::size_t size = 0;  ///< N
  double mean = 0, deviation = 0;
  double skewness = 0;         ///< gamma
  double excess_kurtosis = 0;  ///< kappa
  double third_absolute = 0;   ///< rho
  double span = 0;             ///< h; 0 where the numbers lie on no lattice that 1e4 points would fill
};

/// At least one number; with no deviation all else is 0.
PopulationShape population_shape(std::span<const double> numbers);

/// gamma of the mean of b.
double skewness_of_mean(const PopulationShape& shape, std::size_t b, bool with_replacement);
/// The leading term; without replacement that of the skewness alone.
double edgeworth_distance(const PopulationShape& shape, std::size_t b, bool with_replacement);
/// The size of the next term, and of what a lattice adds to it or takes off the first, with replacement.
double next_edgeworth_term(const PopulationShape& shape, std::size_t b);
/// Of Kolmogorov's distance in 1/b: 1/2, or 1 where neither skewness nor a lattice is there to be seen.
double rate_of_distance(const PopulationShape& shape);
/// Whether the expansion has settled at b, with replacement: the next term is below `settled_ratio` of the first; where there is no first,
/// from 16 numbers on.
inline constexpr double settled_ratio = 0.15;
bool is_settled(const PopulationShape& shape, std::size_t b);
/// 0.4748 rho / sqrt(b), with replacement.
double berry_esseen_bound(const PopulationShape& shape, std::size_t b);

}  // namespace fpk::verification
