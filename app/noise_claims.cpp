#include "app/noise_claims.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/run_claims.hpp"
#include "verification/gaussianity/berry_esseen.hpp"
#include "verification/gaussianity/kolmogorov.hpp"
#include "verification/mean_agreement.hpp"

namespace fpk::app {
namespace {

using verification::Claim;
using verification::Evidence;

constexpr double share = false_alarm_budget / 3;  ///< of each of the three statistical claims

Claim formula_is_covariance(double error, std::size_t rows) {
  return {"covariance-formula",
          "The covariance field is that of the rows' gradients.",
          Evidence::exact,
          error,
          1e-12 * std::sqrt(static_cast<double>(std::max<std::size_t>(rows, 100))),
          "two orders of summing the same squares: rounding, which grows like the root of their number"};
}

Claim within_chance(const char* name, const char* sentence, const std::vector<double>& z) {
  std::vector<verification::MeanComparison> comparisons;
  for (const double v : z) comparisons.push_back({.value = v, .standard_error = 1});
  auto claim = verification::means_agree(comparisons, share).claim;
  claim.name = name;
  claim.sentence = sentence;
  claim.reason = fmt::format(
      "two-sided normal quantile at a false-alarm budget of {:.3g} shared by {} comparisons (Bonferroni); "
      "standard errors "
      "are estimated from the batches",
      share, z.size());
  return claim;
}

Claim distances_agree(const NoiseComparisons& comparisons, std::size_t samples) {
  const auto M = static_cast<double>(std::max<std::size_t>(comparisons.distances.size(), 1));
  Claim claim{"kolmogorov-distance",
              "Random batches are as far from a normal law as the exact law of their mean is.",
              Evidence::statistical,
              comparisons.distances.empty() ? std::nan("") : 0,
              verification::kolmogorov_critical(share / M, samples),
              {}};
  for (const auto& [sampled, exact] : comparisons.distances)
    claim.measured = std::max(claim.measured, std::abs(sampled - exact.value) - exact.error);
  claim.reason = fmt::format(
      "what an empirical law of {} batches strays from its own at a false-alarm budget of {:.3g} shared by "
      "{} comparisons "
      "(Kolmogorov; the two distances differ by no more)",
      samples, share, comparisons.distances.size());
  return claim;
}

template <class Visit>
void each_projection(const io::GradientNoiseRecord& record, const Visit& visit) {
  for (const auto& point : record.points)
    for (const auto& batch : point.samplings.front().batches)
      for (std::size_t k = 0; k < batch.along.size(); ++k)
        visit(point.directions[k], batch.batch, batch.along[k]);
}

Claim within_bound(const io::GradientNoiseRecord& record) {
  Claim claim{"berry-esseen-bound",
              "The exact law of a batch's gradient is within Berry and Esseen's bound of a normal law.",
              Evidence::exact,
              0,
              1,
              "the exact distance over 0.4748 E|x|^3/sigma^3/sqrt(b), which no law exceeds (Shevtsova 2011)"};
  each_projection(record, [&](const auto&, std::size_t, const io::ProjectedNoise& p) {
    if (p.exact) claim.measured = std::max(claim.measured, (p.exact->value - p.exact->error) / *p.bound);
  });
  return claim;
}

Claim tends_to_edgeworth(const io::GradientNoiseRecord& record) {
  Claim claim{"edgeworth-term",
              "Kolmogorov's distance tends to the leading Edgeworth term.",
              Evidence::asymptotic,
              std::nan(""),
              1 + verification::settled_ratio,
              {}};
  std::size_t told = 0;
  each_projection(record, [&](const io::NoiseDirection& d, std::size_t b, const io::ProjectedNoise& p) {
    if (!p.exact || !verification::is_settled(d.shape, b)) return;
    ++told;
    const double excess = std::abs(p.exact->value - p.edgeworth) - p.exact->error;
    const double ratio = std::max(excess, 0.0) / verification::next_edgeworth_term(d.shape, b);
    claim.measured = std::isnan(claim.measured) ? ratio : std::max(claim.measured, ratio);
  });
  claim.reason = fmt::format(
      "the difference of the two over the next term of the expansion, in {} laws where that is below {:g} of "
      "the first; "
      "terms after that are smaller in the same ratio",
      told, verification::settled_ratio);
  return claim;
}

/// The orders of pairs of batches drift by the ratio of the next term to the first, at most settled_ratio; what the interval's
/// extrapolation leaves of that is its square.
constexpr double slack_of_rate = verification::settled_ratio * verification::settled_ratio;

Claim rate_is_promised(const io::GradientNoiseRecord& record) {
  Claim claim{
      "berry-esseen-rate",  "Kolmogorov's distance falls with the batch at the rate of Berry and Esseen.",
      Evidence::asymptotic, std::nan(""),
      slack_of_rate,        {}};
  std::size_t told = 0, all = 0;
  for (const auto& point : record.points)
    for (const auto& d : point.directions) {
      ++all;
      if (!d.rate.order) continue;
      ++told;
      const double outside =
          std::max({0.0, d.rate.order->lower - d.promised_rate, d.promised_rate - d.rate.order->upper});
      claim.measured = std::isnan(claim.measured) ? outside : std::max(claim.measured, outside);
    }
  claim.reason = fmt::format(
      "how far the interval of the rate lies from 1/2 (from 1 where the gradients' skewness is 0), in {} of "
      "{} laws whose "
      "batches are large enough to tell; what an interval's extrapolation leaves out is the square of the "
      "drift",
      told, all);
  return claim;
}

}  // namespace

std::vector<Claim> noise_claims(const io::GradientNoiseRecord& record, const NoiseComparisons& comparisons,
                                double formula_error) {
  std::vector<Claim> claims{
      formula_is_covariance(formula_error, record.rows),
      within_chance("batch-mean", "The mean gradient of a random batch is the gradient.", comparisons.mean_z),
      within_chance("batch-covariance", "Its covariance is c Sigma / b, with replacement and without.",
                    comparisons.covariance_z),
      distances_agree(comparisons, record.samples), within_bound(record)};
  // What large batches alone could tell is claimed where there are such.
  if (auto claim = tends_to_edgeworth(record); !std::isnan(claim.measured))
    claims.push_back(std::move(claim));
  if (auto claim = rate_is_promised(record); !std::isnan(claim.measured)) claims.push_back(std::move(claim));
  return claims;
}

}  // namespace fpk::app
