#include "app/limit_agreement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/converge.hpp"
#include "law/quadrature.hpp"
#include "solvers/richardson.hpp"

namespace fpk::app {
namespace {

/// An estimate of an error is good to a small factor.
constexpr double error_allowed = 10;

/// Largest |f| at a cell centre: what an L1 error of the density does to an expectation at most.
double largest(const io::Case& problem, const law::Observable& observable) {
  double most = 0;
  for (const double f : law::center_values(law::GridPart(law::Grid(problem.axes)), observable.formula))
    if (std::isfinite(f)) most = std::max(most, std::abs(f));
  return most;
}

}  // namespace

std::optional<verification::Claim> limit_agreement(const io::Case& problem, const io::ConvergenceStudy& weak,
                                                   const std::vector<io::ConvergenceStudy>& studies) {
  if (!weak.name.starts_with("weak") || !weak.reference || !weak.reference->is_own_limit) return std::nullopt;
  const auto space =
      std::find_if(studies.begin(), studies.end(), [](const auto& s) { return s.name == "space"; });
  if (space == studies.end() || space->rows.size() < 3 || !space->rows.front().expectation)
    return std::nullopt;
  const auto at = [&](std::size_t from_last) {
    return *space->rows[space->rows.size() - 1 - from_last].expectation;
  };
  const auto density = solvers::extrapolated(at(2), at(1), at(0));
  const double in_time = problem.density.tolerance * largest(problem, chosen_observable(problem));
  verification::Claim claim;
  claim.name = weak.name + "-limit";
  claim.sentence = fmt::format("The {} scheme and the density tend to the same expectation.", weak.scheme);
  claim.evidence = verification::Evidence::asymptotic;
  claim.measured = std::abs(weak.reference->value - density.value);
  claim.allowed = error_allowed * (density.error + weak.reference->error + in_time);
  claim.reason = fmt::format(
      "{:.12g} and {:.12g}; {} times the errors they claim: {:.2g} of the scheme's limit, {:.2g} of the "
      "density in the "
      "cell size, {:.2g} in time at most",
      weak.reference->value, density.value, error_allowed, weak.reference->error, density.error, in_time);
  return claim;
}

}  // namespace fpk::app
