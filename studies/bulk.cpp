#include "studies/bulk.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "verification/normal_quantile.hpp"

namespace fpk::studies {
namespace {

const boost::math::normal standard;

double z(const verification::MeanComparison& c) {
  return c.standard_error > 0 ? (c.value - c.reference) / c.standard_error : 0;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double kolmogorov(std::vector<double> centred) {
  for (double& x : centred) x = 2 * boost::math::cdf(boost::math::complement(standard, std::abs(x)));
  std::sort(centred.begin(), centred.end());
  const auto n = static_cast<double>(centred.size());
  double distance = 0;
  for (std::size_t i = 0; i < centred.size(); ++i)
    distance = std::max(
        {distance, centred[i] - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - centred[i]});
  return std::sqrt(n) * distance;
}

ComparisonBulk of_comparison(const std::vector<JudgedRun>& runs, std::size_t k) {
  ComparisonBulk b;
  std::vector<double> centred, allowances, errors;
  const auto n = static_cast<double>(runs.size());
  for (const auto& run : runs) {
    const auto& c = run.comparisons.at(k);
    centred.push_back(z(c));
    allowances.push_back(c.standard_error > 0 ? c.bias_allowance / c.standard_error : 0);
    errors.push_back(c.standard_error > 0 ? c.bias_standard_error / c.standard_error : 0);
    b.mean_z += centred.back() / n;
  }
  for (double& x : centred) {
    x -= b.mean_z;
    b.sd_z += x * x / (n - 1);
  }
  b.sd_z = std::sqrt(b.sd_z);
  b.median_allowance = median(std::move(allowances));
  b.median_bias_error = median(std::move(errors));
  if (b.sd_z > 0) b.kolmogorov = kolmogorov(std::move(centred));
  return b;
}

TailShares at_level(double level, const std::vector<JudgedRun>& runs, const std::vector<ComparisonBulk>& of) {
  TailShares tails;
  tails.level = level;
  const auto M = static_cast<double>(
      std::count_if(of.begin(), of.end(), [](const ComparisonBulk& b) { return b.sd_z > 0; }));
  if (M == 0) return tails;
  const double quantile = verification::two_sided_quantile(level / M);
  for (const auto& run : runs) {
    double sampling = 0, raw = 0, judged = 0;
    for (std::size_t k = 0; k < of.size(); ++k) {
      if (of[k].sd_z == 0) continue;
      sampling = std::max(sampling, std::abs(z(run.comparisons[k]) - of[k].mean_z));
      raw = std::max(raw, std::abs(z(run.comparisons[k])));
      judged = std::max(judged, verification::standardised_difference(run.comparisons[k]));
    }
    tails.sampling.count(sampling > quantile);
    tails.raw.count(raw > quantile);
    tails.with_allowance.count(judged > quantile);
  }
  return tails;
}

}  // namespace

Bulk bulk(const std::vector<JudgedRun>& runs) {
  Bulk b;
  if (runs.size() < 2) return b;
  for (std::size_t k = 0; k < runs.front().comparisons.size(); ++k)
    b.comparisons.push_back(of_comparison(runs, k));
  for (const double level : levels) b.tails.push_back(at_level(level, runs, b.comparisons));
  return b;
}

}  // namespace fpk::studies
