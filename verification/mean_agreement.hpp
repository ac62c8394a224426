// Do the particles' means agree with the density's?
//
// M comparisons (observables x times) share one budget for false alarms (Bonferroni): with sampling alone and
// no bias, the claim fails in at most a fraction `false_alarm` of all runs, however the comparisons depend on
// each other.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "law/grid.hpp"
#include "verification/claim.hpp"
#include "verification/distance/distance.hpp"

namespace fpk::verification {

struct MeanComparison {
  double value = 0, standard_error = 0;  ///< of the sample
  double reference = 0;                  ///< of the density, or exact
  double bias_allowance = 0;  ///< >= 0: what step and cell sizes may explain, in units of the observable
  double bias_standard_error =
      0;  ///< of the allowance where a sample of its own has estimated the bias, independent of `value`
  double size = 0;  ///< sqrt(E f^2) by the reference, where it is known
};

/// z = max(0, |value - reference| - bias allowance - round-off) / sqrt(standard error^2 + bias standard error^2),
/// round-off being 1e-12 of the larger of 1 and the numbers; infinite where a difference remains without a standard error, or where a
/// number is not one.
double standardised_difference(const MeanComparison& comparison);

struct MeanAgreement {
  Claim claim;  ///< measured: the largest z; allowed: the two-sided normal quantile at the budget / M
  std::optional<std::size_t>
      worst;  ///< index of the largest z; nothing for no comparisons, and then the claim fails
};

/// `name` and `sentence`: of the claim.
MeanAgreement means_agree(std::span<const MeanComparison> comparisons, double false_alarm,
                          std::string name = "particle-means-agree",
                          std::string sentence = "The particles' means agree with the density's.");

struct GoodnessOfFit {
  double statistic = 0;
  std::int64_t degrees_of_freedom = 0;
  double p_value = 1;  ///< probability of a statistic at least as large where the law is right
};

/// Pearson's test of the masses `p` of an n-point histogram (counts / n) against the cell masses `q` of a
/// law.
///
/// Neighbouring cells are pooled in the order of their index until each pool expects 5 points; what is
/// missing to mass one (absorbed, or outside the grid) is a cell of its own at the end. Each process pools
/// its own cells, so where pools end depends on the number of processes. Collective.
GoodnessOfFit chi_squared_homogeneity(const law::GridPart& part, Masses p, std::int64_t n, Masses q);

}  // namespace fpk::verification
