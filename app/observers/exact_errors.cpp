#include "app/observers/exact_errors.hpp"

#include <algorithm>

#include "solvers/richardson.hpp"

namespace fpk::app {
namespace {

void keep_largest(std::optional<double>& largest, double error) {
  largest = std::max(largest.value_or(0), error);
}

}  // namespace

void observe_exact_errors(const Roads& roads, const ExactLaw& exact, const std::vector<double>& extrapolated,
                          Findings& findings) {
  const double t = roads.density->time();
  const auto &fine = roads.density->part(), &coarse = roads.coarse->part();
  const auto &at_h = roads.density->law().masses(), &at_2h = roads.coarse->law().masses();
  const auto exact_fine = exact.cell_masses(t, fine), exact_coarse = exact.cell_masses(t, coarse);
  keep_largest(findings.exact_error, law::l1_distance(fine, at_h, exact_fine));
  keep_largest(findings.coarse_exact_error, law::l1_distance(coarse, at_2h, exact_coarse));
  if (extrapolated.empty()) return;
  keep_largest(findings.extrapolated_error, law::l1_distance(fine, extrapolated, exact_fine));
  keep_largest(findings.coarse_extrapolated_error,
               law::l1_distance(coarse, solvers::richardson(coarse, at_2h, fine, at_h), exact_coarse));
}

}  // namespace fpk::app
