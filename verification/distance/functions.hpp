// The distances by name, for those who want one of them; distance.hpp has the table of all.
//
// p, q: cell masses on the part (dimensionless). Collective; std::invalid_argument where a size is wrong.
// A negative mass, which a propagator may leave at the level of round-off, counts as 0 wherever the formula
// asks for a law: everywhere but in total variation.
#pragma once

#include "verification/distance/distance.hpp"

namespace fpk::verification {

// Cell by cell. Masses are compared as they are, so two survivals may differ. Dimensionless.
double total_variation(const law::GridPart& part, Masses p, Masses q);
double hellinger(const law::GridPart& part, Masses p, Masses q);
/// Infinite where p has mass and q has none.
double relative_entropy(const law::GridPart& part, Masses p, Masses q);
/// Infinite where p has mass and q has none.
double chi_squared(const law::GridPart& part, Masses p, Masses q);

// Along lines. Both laws are first scaled to mass one; infinite where only one of them has any mass.
double kolmogorov_smirnov(const law::GridPart& part, Masses p, Masses q);  ///< dimensionless
double wasserstein_1(const law::GridPart& part, Masses p, Masses q);       ///< a length
double wasserstein_2(const law::GridPart& part, Masses p, Masses q);       ///< a length
double sliced_wasserstein_1(const law::GridPart& part, Masses p, Masses q);
double sliced_wasserstein_2(const law::GridPart& part, Masses p, Masses q);

}  // namespace fpk::verification
