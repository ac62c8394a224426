// First-passage times of particles: until each has passed into a set, left through an absorbing face, or met the horizon.
//
//     tau = inf { t : X_t in the target or beyond an absorbing face },      observed: min(tau, H)
//
// A particle that has not ended by the horizon H is censored: it counts as surviving at every t <= H and as H in the *restricted*
// mean E min(tau, H), which has no bias of censoring, where a mean over the ended ones would. (Royston, Parmar 2013, BMC Med.
// Res. Methodol. 13)
//
// Between two steps a path is looked at by Brownian bridges (sde/absorbing_faces.hpp, sde/target.hpp), which also tell when within
// the step it ended; of several ends the earliest counts. A Brownian motion's times are then exact at any step. Reproducible
// like sde/ensemble.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "law/law.hpp"
#include "law/sample.hpp"
#include "model/domain.hpp"
#include "model/process.hpp"
#include "sde/ensemble.hpp"

namespace fpk::sde {

enum class PassageEnd : std::uint8_t { none, target, face, exploded };

struct PassageProblem {
  const model::Process& process;
  const model::Domain& domain;
  const law::InitialLaw& initial;
  std::optional<formula::Formula> target;  ///< 1 inside, 0 outside; empty: only the faces
};

/// How each particle held here ended.
struct PassageTimes {
  law::Sample sample;  ///< its places mean nothing; it shares the particles among the processes
  double horizon, step;
  std::vector<double> time;  ///< when it ended; the horizon where it did not
  std::vector<PassageEnd> end;
};

/// Settings as of an ensemble. Throws std::invalid_argument like Ensemble, and for a horizon that is not above 0. Collective.
PassageTimes first_passages(const PassageProblem& problem, const EnsembleSettings& settings, double horizon,
                            parallel::Communicator processes, const std::function<void(double)>& tick = {});

/// Pairs of coarse paths, step settings.step, and fine ones of half that on the same Brownian path. Collective.
struct CoupledPassages {
  PassageTimes coarse, fine;
};
CoupledPassages coupled_passages(const PassageProblem& problem, const EnsembleSettings& settings,
                                 double horizon, parallel::Communicator processes);

/// Means over particles, with standard errors.
struct PassageFigures {
  std::vector<law::Estimate> survival;         ///< P(tau > t) at each of the times
  law::Estimate restricted_mean;               ///< E min(tau, H)
  law::Estimate restricted_variance;           ///< of min(tau, H)
  law::Estimate in_target, at_faces, running;  ///< shares that ended so by H, and that did not
  std::int64_t exploded = 0;
};
/// `times` none above the horizon. Collective.
PassageFigures passage_figures(const PassageTimes& passages, const std::vector<double>& times);

/// Coarse less fine: survival at each time, restricted mean, share in the target; in this order. Collective.
std::vector<law::Estimate> passage_differences(const CoupledPassages& pairs,
                                               const std::vector<double>& times);

/// Whether crossings of the target's border between two steps are seen: the weak order is 1, not 1/2.
bool passage_has_bridge(const PassageProblem& problem, const EnsembleSettings& settings);

}  // namespace fpk::sde
