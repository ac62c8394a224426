#include "verification/distance/distance.hpp"

#include "verification/distance/functions.hpp"

namespace fpk::verification {

std::span<const Distance> distances() {
  static constexpr Distance table[] = {
      {"total_variation", "total variation",
       "half the sum over cells of |p - q|; masses compared as they are", 1, total_variation},
      {"hellinger", "Hellinger distance",
       "square root of half the sum over cells of (sqrt p - sqrt q)^2; masses compared as they are, negative "
       "ones "
       "counted as 0",
       1, hellinger},
      {"relative_entropy", "relative entropy",
       "sum over cells of p ln(p/q) - p + q; masses compared as they are, negative ones counted as 0; "
       "infinite where p "
       "has mass and q has none",
       2, relative_entropy},
      {"chi_squared", "chi-squared divergence",
       "sum over cells of (p - q)^2 / q; masses compared as they are, negative ones counted as 0; infinite "
       "where p has "
       "mass and q has none",
       2, chi_squared},
      {"kolmogorov_smirnov", "Kolmogorov-Smirnov distance",
       "largest difference of the distribution functions of a marginal, each law scaled to mass one; the "
       "worst axis",
       1, kolmogorov_smirnov},
      {"wasserstein_1", "Wasserstein distance, order 1",
       "integral of |F - G| for a marginal, each law scaled to mass one; the worst axis", 1, wasserstein_1},
      {"wasserstein_2", "Wasserstein distance, order 2",
       "root of the integral of (F^-1 - G^-1)^2 for a marginal, each law scaled to mass one; the worst axis",
       0, wasserstein_2},
      {"sliced_wasserstein_1", "sliced Wasserstein distance, order 1",
       "mean of the Wasserstein distances of order 1 along fixed directions (16 in the plane, 24 in space), "
       "each law "
       "scaled to mass one",
       1, sliced_wasserstein_1},
      {"sliced_wasserstein_2", "sliced Wasserstein distance, order 2",
       "root of the mean square of the Wasserstein distances of order 2 along fixed directions (16 in the "
       "plane, 24 in "
       "space), each law scaled to mass one",
       0, sliced_wasserstein_2},
  };
  return table;
}

}  // namespace fpk::verification
