#include "app/step_extrapolation.hpp"

#include <algorithm>
#include <cmath>

#include "app/particle_road.hpp"
#include "law/central_moments.hpp"
#include "sde/boundary.hpp"
#include "sde/noise/rungs.hpp"
#include "verification/talay_tubaro.hpp"

namespace fpk::app {
namespace {

constexpr double standard_errors = 3;

sde::EnsembleSettings halved_settings(const io::ParticleSettings& p) {
  auto s = pilot_settings(p);
  s.step /= 2;
  return s;
}

}  // namespace

StepExtrapolation::StepExtrapolation(const io::Case& problem, const model::Process& process,
                                     const parallel::Communicator& processes)
    : problem_(problem),
      pairs_(process, problem.domain, *problem.initial, ensemble_settings(*problem.particles),
             sde::rungs::step_pairs, processes),
      halved_(process, problem.domain, *problem.initial, halved_settings(*problem.particles),
              sde::rungs::step_pairs_halved, processes) {}

bool StepExtrapolation::mirrored() const { return pairs_.mirrored() + halved_.mirrored() > 0; }

double StepExtrapolation::order() const { return order_in_box(problem_, mirrored()); }

double StepExtrapolation::next_order() const {
  const auto& scheme = *sde::find_scheme(problem_.particles->scheme);
  const double gap = sde::gap_of_orders(scheme, problem_.domain);
  return order() + (mirrored() ? std::min(gap, sde::gap_at_walls) : gap);
}

void StepExtrapolation::advance(double t) {
  pairs_.advance(t);
  halved_.advance(t);
}

std::vector<ExtrapolatedMean> StepExtrapolation::means(
    const std::vector<law::Observable>& observables) const {
  const auto d_h = pairs_.differences(observables), d_half = halved_.differences(observables);
  const double p = order(), q = next_order();
  const auto w = verification::extrapolation_weights(p);
  std::vector<ExtrapolatedMean> all;
  for (std::size_t k = 0; k < observables.size(); ++k) {
    const auto m = law::paired_moments(pairs_.coarse(), w.coarse, pairs_.fine(), w.fine, observables[k]);
    const auto &a = d_h[k].difference, &b = d_half[k].difference;
    const double left = verification::extrapolation_remainder(a.value, b.value, p, q),
                 noise = std::hypot(verification::extrapolation_remainder(a.standard_error, 0, p, q),
                                    verification::extrapolation_remainder(0, b.standard_error, p, q));
    all.push_back({{m.mean, m.standard_error()}, std::abs(left) + standard_errors * noise});
  }
  return all;
}

void StepExtrapolation::archive(parallel::Archive& archive) {
  pairs_.archive(archive);
  halved_.archive(archive);
}

}  // namespace fpk::app
