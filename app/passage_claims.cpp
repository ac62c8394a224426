#include "app/passage_claims.hpp"

#include <algorithm>
#include <cmath>

namespace fpk::app {
namespace {

using verification::Claim;
using verification::Evidence;

/// What two numbers from refined solves may differ by: each carries what its last correction left, and rounding.
double allowed(const PassageFindings& f) { return 1e-10 + 10 * f.correction; }

constexpr const char* reason =
    "round-off of the sums, 1e-10, and ten times the last relative correction of the linear solves";

double relative(double a, double b) { return std::abs(a - b) / std::max(std::abs(a), std::abs(b)); }

}  // namespace

std::vector<Claim> passage_claims(const PassageFindings& f) {
  std::vector<Claim> claims;
  claims.push_back({"passage-duality",
                    "The mean passage time is the same by the backward equation and by the forward one.",
                    Evidence::exact, relative(f.mean_backward, f.mean_forward), allowed(f), reason});
  if (f.rate_times_mean)
    claims.push_back(
        {"quasi-stationary-exit",
         "From the quasi-stationary law the mean time to the end is one over its decay rate.",
         Evidence::exact, std::abs(*f.rate_times_mean - 1), 10 * allowed(f),
         "ten times as much as the others: the law itself comes from an iteration, to about 1e-12"});
  if (f.rate_out_of_source)
    claims.push_back({"reactive-rate", "As many transitions leave the source as enter the target.",
                      Evidence::exact, relative(*f.rate_out_of_source, *f.rate_into_target), allowed(f),
                      reason});
  return claims;
}

}  // namespace fpk::app
