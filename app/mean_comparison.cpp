#include "app/mean_comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "verification/allowance.hpp"

namespace fpk::app {
namespace {

/// Cells with less than this share of a particle's weight are out of every particle's reach.
constexpr double out_of_reach = 1e-3;

std::vector<law::Observable> squares_of(const std::vector<law::Observable>& observables) {
  std::vector<law::Observable> squares;
  for (const auto& o : observables) squares.push_back({o.name, o.formula * o.formula});
  return squares;
}

}  // namespace

void compare_means(const io::Case& problem, const DensityRoad& density, const DensityRoad& coarse,
                   const ParticleRoad& particles, const std::vector<law::Estimate>& sampled,
                   const std::vector<ExtrapolatedMean>& extrapolated, Findings& findings) {
  const auto& observables = problem.observables;
  const auto N = static_cast<double>(problem.particles->count);
  const auto M = static_cast<double>(observables.size() * problem.times.size());
  std::vector<law::Estimate> step_bias;
  try {
    step_bias = particles.bias_allowances(observables);
  } catch (const std::runtime_error& e) {  // the ensemble may have been spared what its pilot met
    findings.pilot_failure = e.what();
    return;
  }
  const auto fine = density.law().expectations(observables),
             square = density.law().expectations(squares_of(observables));
  const auto half = coarse.law().expectations(observables);
  for (std::size_t k = 0; k < sampled.size(); ++k) {
    const double variance = std::max(0.0, square[k].value - fine[k].value * fine[k].value);
    const auto& mean = extrapolated.empty() ? sampled[k] : extrapolated[k].mean;
    const double s = std::max(mean.standard_error, std::sqrt(variance / N));
    const auto bias = extrapolated.empty() ? step_bias[k] : law::Estimate{extrapolated[k].remainder, 0};
    const double beta_cells = std::abs(fine[k].value - half[k].value);
    const double range = density.law().range(observables[k], out_of_reach / N);
    findings.means.push_back({mean.value, s, fine[k].value,
                              bias.value + beta_cells + verification::grain(M, false_alarm_budget, range, N),
                              bias.standard_error, std::sqrt(std::max(0.0, square[k].value))});
    findings.means_of.push_back(fmt::format("{} at t = {:.4g}", observables[k].name, density.time()));
  }
}

}  // namespace fpk::app
