#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/network/parts.hpp"

namespace fpk::app {
namespace {

using verification::Claim;
using verification::Evidence;

/// A normal number exceeds this once in 150 000; a case makes a few dozen comparisons.
constexpr double most_deviations = 4.5;

Claim eigenpairs(const io::NetworkRecord& n) {
  double worst = 0;
  for (const auto& m : n.hessian.modes) worst = std::max(worst, m.residual / std::abs(m.value));
  return {"eigenpairs-solve-their-equation",
          "Every leading direction is an eigenvector of the Hessian.",
          Evidence::exact,
          worst,
          1e-6,
          "the residual over the eigenvalue; the solver's tolerance is 1e-7 by its own estimate of it"};
}

Claim noise(const io::NetworkRecord& n, bool variance) {
  double worst = 0;
  for (const auto& d : n.noise.directions)
    for (const auto& b : d.batches)
      worst = std::max(worst, std::abs(variance ? b.variance_deviation : b.skewness_deviation));
  return {variance ? "variance-falls-like-one-over-b" : "skewness-falls-like-one-over-root-b",
          variance ? "The variance of a batch gradient is that of the rows over b."
                   : "The skewness of a batch gradient is that of the rows over the root of b.",
          Evidence::statistical,
          worst,
          most_deviations,
          "standard errors, which the rows' own moments give; the worst of all directions and batches"};
}

Claim mass(const io::NetworkRecord& n) {
  double worst = 0;
  for (const auto& t : n.reduction.times) worst = std::max(worst, std::abs(t.mass - 1));
  return {"mass-conserved",
          "Mass on the plane is conserved to round-off.",
          Evidence::exact,
          worst,
          1e-12,
          "the walls of the rectangle reflect"};
}

Claim polynomials(const io::NetworkRecord& n) {
  const auto& r = n.reduction;
  return {
      "polynomials-stand-for-the-loss",
      "Polynomials stand for the loss and its noise on the plane.",
      Evidence::asymptotic,
      std::max(r.gradient_error, r.covariance_error),
      0.01,
      fmt::format("largest error of gradient and covariance at {} places that are no nodes, over the largest "
                  "gradient and covariance; more degrees make it smaller",
                  r.checks)};
}

/// Of the moment k of a sample as large: the larger of what the sample says of itself and what a normal law says. Few points of a law
/// with long tails have mostly not met them, and think too well of themselves.
double standard_error(const io::ReductionRecord& r, const io::ReductionTimeRecord& t, std::size_t k) {
  const double c11 = t.density[2], c12 = t.density[3], c22 = t.density[4];
  const double variance[5] = {c11, c22, 2 * c11 * c11, c11 * c22 + c12 * c12, 2 * c22 * c22};
  return std::max(t.frozen_error[k], std::sqrt(variance[k] / static_cast<double>(r.replicas)));
}

Claim frozen_chain(const io::NetworkRecord& n) {
  double worst = 0;
  for (const auto& t : n.reduction.times)
    for (std::size_t k = 0; k < 5; ++k) {
      const double known = std::abs(t.linear_chain[k] - t.linear[k]) + t.grid_change[k];
      worst =
          std::max(worst, (std::abs(t.frozen[k] - t.density[k]) - known) / standard_error(n.reduction, t, k));
    }
  return {"frozen-chain-obeys-its-equation",
          "The chain that is held on the plane has the means and covariances of its Fokker-Planck equation.",
          Evidence::statistical,
          worst,
          most_deviations,
          "standard errors beyond what the step of the chain does where everything is linear, and what half "
          "as many cells "
          "change"};
}

}  // namespace

std::vector<Claim> network_claims(const io::NetworkRecord& n) {
  return {eigenpairs(n), noise(n, true), noise(n, false), mass(n), polynomials(n), frozen_chain(n)};
}

std::vector<std::string> network_notes(const io::NetworkRecord& n) {
  const auto& r = n.reduction;
  const auto& last = r.times.back();
  std::vector<std::string> notes;
  notes.push_back(
      fmt::format("The reduction is measured, not claimed: at the end the chain is {:.3g} from the plane "
                  "(root mean square), "
                  "{:.3g} times as far as it moves along it.",
                  last.rest, last.rest / std::sqrt(last.chain[2] + last.chain[4])));
  for (std::size_t k = 0; k < 2; ++k)
    notes.push_back(
        fmt::format("Along z{}: the rest changes the gradient by {:.3g} ± {:.2g} in the mean (predicted by a "
                    "linear rest: {:.3g}) and "
                    "by {:.3g} from chain to chain; the gradient on the plane itself varies by {:.3g}.",
                    k + 1, r.force.mean[k], r.force.mean_error[k], r.force.predicted[k], r.force.deviation[k],
                    r.force.frozen_deviation[k]));
  if (last.outside > 0)
    notes.push_back(fmt::format(
        "{:.2g} % of the chains end outside of the rectangle, and count to its edge in the distances.",
        100 * last.outside));
  for (const auto& m : n.hessian.modes)
    if (m.value * r.learning_rate > 2) {
      notes.push_back(
          "The learning rate of the reduction is beyond 2/lambda_1: the linearised chain is unstable.");
      break;
    }
  return notes;
}

}  // namespace fpk::app
