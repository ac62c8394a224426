#include "verification/shared_ladder.hpp"

#include <algorithm>
#include <cmath>

#include "verification/normal_quantile.hpp"

namespace fpk::verification {
namespace {

constexpr double resolved = BiasFit{}.resolution;  ///< standard errors that an error is known by, at least

bool changes_sign(const std::vector<Rung>& rungs) {
  bool above = false, below = false;
  for (const auto& r : rungs) {
    above = above || r.error > resolved * r.standard_error;
    below = below || r.error < -resolved * r.standard_error;
  }
  return above && below;
}

/// |e_l|: as found where it is resolved, else as it should have fallen from the rung before.
std::vector<double> expected_errors(const SharedStudy& study) {
  std::vector<double> e;
  for (std::size_t l = 0; l < study.errors.size(); ++l) {
    const auto& r = study.errors[l];
    const double size = std::abs(r.error);
    if (size >= resolved * r.standard_error || l == 0)
      e.push_back(std::max(size, r.standard_error));
    else
      e.push_back(e.back() * std::pow(r.size / study.errors[l - 1].size, study.promised));
  }
  return e;
}

}  // namespace

double share_of_error(const std::vector<Rung>& ladder, double half_width) {
  double mean = 0, squares = 0;
  for (const auto& r : ladder) mean += std::log(r.size) / static_cast<double>(ladder.size());
  for (const auto& r : ladder) squares += (std::log(r.size) - mean) * (std::log(r.size) - mean);
  return half_width * std::sqrt(squares) / sigmas_95;
}

std::vector<double> wanted_samples(const std::vector<SharedStudy>& studies,
                                   const std::vector<double>& samples, const SharedLadderSettings& settings) {
  std::vector<double> wanted(samples.size(), 0.0);
  for (const auto& study : studies) {
    if (changes_sign(study.errors)) continue;
    const double rho = share_of_error(study.errors, settings.half_width);
    const auto e = expected_errors(study);
    std::vector<double> own;
    double cost = 0;
    for (std::size_t l = 0; l < e.size(); ++l) {
      const double ratio = study.errors[l].standard_error / (rho * std::max(e[l], 1e-300));
      own.push_back(ratio * ratio * samples[l]);
      cost += own.back() * settings.cost[l];
    }
    if (!(cost <= settings.budget)) continue;
    for (std::size_t l = 0; l < e.size(); ++l) wanted[l] = std::max(wanted[l], own[l]);
  }
  return wanted;
}

}  // namespace fpk::verification
