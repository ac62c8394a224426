#include "app/step_extrapolation.hpp"

#include <algorithm>
#include <cmath>

#include "app/particle_road.hpp"
#include "law/central_moments.hpp"
#include "verification/talay_tubaro.hpp"

namespace fpk::app {
namespace {

// Rung 0 is that of the pilot (app/particle_road.hpp).
constexpr std::uint64_t rung_of_pairs = 1, rung_of_halved = 2;
constexpr double standard_errors = 3;

sde::EnsembleSettings halved_settings(const io::ParticleSettings& p) {
  auto s = pilot_settings(p);
  s.step /= 2;
  return s;
}

}  // namespace

StepExtrapolation::StepExtrapolation(const io::Case& problem, const model::Process& process,
                                     const parallel::Communicator& processes)
    : p_(sde::weak_order(*sde::find_scheme(problem.particles->scheme), problem.process,
                         problem.particles->noise, problem.domain, problem.particles->absorption)),
      q_(p_ + sde::gap_of_orders(problem.domain)),
      pairs_(process, problem.domain, *problem.initial, ensemble_settings(*problem.particles), rung_of_pairs,
             processes),
      halved_(process, problem.domain, *problem.initial, halved_settings(*problem.particles), rung_of_halved,
              processes) {}

void StepExtrapolation::advance(double t) {
  pairs_.advance(t);
  halved_.advance(t);
}

std::vector<ExtrapolatedMean> StepExtrapolation::means(
    const std::vector<law::Observable>& observables) const {
  const auto d_h = pairs_.differences(observables), d_half = halved_.differences(observables);
  const auto w = verification::extrapolation_weights(p_);
  std::vector<ExtrapolatedMean> all;
  for (std::size_t k = 0; k < observables.size(); ++k) {
    const auto m = law::paired_moments(pairs_.coarse(), w.coarse, pairs_.fine(), w.fine, observables[k]);
    const auto &a = d_h[k].difference, &b = d_half[k].difference;
    const double left = verification::extrapolation_remainder(a.value, b.value, p_, q_),
                 noise = std::hypot(verification::extrapolation_remainder(a.standard_error, 0, p_, q_),
                                    verification::extrapolation_remainder(0, b.standard_error, p_, q_));
    all.push_back({{m.mean, m.standard_error()}, std::abs(left) + standard_errors * noise});
  }
  return all;
}

void StepExtrapolation::archive(parallel::Archive& archive) {
  pairs_.archive(archive);
  halved_.archive(archive);
}

}  // namespace fpk::app
