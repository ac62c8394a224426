// The particles of a case, and beside them a few coupled pairs that tell the bias of the step.
//
//     d = E f(X^dt) - E f(X^{dt/2})          from the pairs, whose coarse increment is the sum of the fine ones;
//     d = mean of the particles - mean of the fine paths       where such a sum has another law than an increment (sde::adds_up), which
//                                                              pairs do not show: independent, and so less sharp
#pragma once

#include <memory>

#include "io/case_file.hpp"
#include "io/record.hpp"
#include "sde/coupled_ensemble.hpp"
#include "sde/ensemble.hpp"

namespace fpk::app {

/// The ensemble that a case asks for.
sde::EnsembleSettings ensemble_settings(const io::ParticleSettings& particles);
/// The coupled pairs beside it that tell the bias of the step.
sde::EnsembleSettings pilot_settings(const io::ParticleSettings& particles);

/// Weak order of the case's particles; `mirrored`: whether a path of theirs was, at a face that reflects, which leaves order 1.
double order_in_box(const io::Case& problem, bool mirrored);

class ParticleRoad {
 public:
  /// `process`: the one of the case, or another in its place (a test of the verdict).
  ParticleRoad(const io::Case& problem, const model::Process& process,
               const parallel::Communicator& processes);

  /// `pause` as of sde::Ensemble::advance.
  void advance(double t, const std::function<void(double)>& tick = {},
               const std::function<void()>& pause = {});
  /// As sde::Ensemble::archive. Collective.
  void archive(parallel::Archive& archive);
  [[nodiscard]] const law::Sample& sample() const { return ensemble_.sample(); }
  [[nodiscard]] const sde::Ensemble& ensemble() const { return ensemble_; }
  /// For each observable, how far the step's bias reaches at the time reached: its size extrapolated from d
  /// (sde::weak_order), with the standard error of that. Throws std::runtime_error where a pair
  /// has exploded or an observable is not finite on it.
  [[nodiscard]] std::vector<law::Estimate> bias_allowances(
      const std::vector<law::Observable>& observables) const;
  /// The same of the probability of having left through each absorbing face; of pairs that never part, one might have.
  [[nodiscard]] std::vector<law::Estimate> exit_allowances() const;
  /// Writes the numerics into `record`: count, scheme, step, seed, seconds so far.
  void describe(io::ParticlesRecord& record) const;

 private:
  [[nodiscard]] std::int64_t mirrored() const { return ensemble_.mirrored() + pilot_.mirrored(); }
  /// Of the scheme in this box; 1 at most once a path was mirrored (sde::order_at_walls).
  [[nodiscard]] double weak_order() const;
  /// Of the probability of having left through each absorbing face.
  [[nodiscard]] std::vector<law::Estimate> exit_differences() const;

  const io::Case& problem_;
  double seconds_ = 0;
  sde::Ensemble ensemble_;
  sde::CoupledEnsemble pilot_;
};

}  // namespace fpk::app
