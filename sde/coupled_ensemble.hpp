// The bias of a step by coupled paths: E f(X^dt) - E f(X^{dt/2}) from pairs driven by one Brownian path,
//
//     coarse   |-------- dW --------|        dW = dW_1 + dW_2
//     fine     |-- dW_1 --|-- dW_2 --|
//
// whose difference has a variance of order dt^{2 * strong order}, far below that of f itself. (Giles 2008)
// Reproducible like sde/ensemble.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "law/law.hpp"
#include "law/sample.hpp"
#include "model/domain.hpp"
#include "model/process.hpp"
#include "sde/ensemble.hpp"

namespace fpk::sde {

/// Bias of one rung of a ladder of steps: coarse paths with step dt and fine ones with dt/2 on the same
/// Brownian path.
struct CoupledDifference {
  double step = 0;           ///< dt of the coarse path: the longest taken since time 0
  law::Estimate coarse;      ///< E f, coarse paths
  law::Estimate fine;        ///< E f, fine paths
  law::Estimate difference;  ///< E f(coarse) - E f(fine), from the coupled pairs
};

class CoupledEnsemble {
 public:
  /// settings.count coupled pairs, placed alike by the initial law; coarse step settings.step. Rung r uses
  /// its own stream, so rungs are independent of each other and of an Ensemble. Throws std::invalid_argument
  /// for an unknown scheme or a rung that is none of sde/noise/rungs.hpp.
  CoupledEnsemble(const model::Process& process, const model::Domain& domain, const law::InitialLaw& initial,
                  const EnsembleSettings& settings, std::uint64_t rung, parallel::Communicator processes);
  ~CoupledEnsemble();

  [[nodiscard]] double time() const;
  /// To time `t` (not before time()), in ceil((t - time()) / step) equal coarse steps, each two fine ones.
  /// `tick` and `pause` as of Ensemble::advance.
  void advance(double t, const std::function<void(double)>& tick = {},
               const std::function<void()>& pause = {});

  // Particle n of the one is paired with particle n of the other.
  [[nodiscard]] const law::Sample& coarse() const;
  [[nodiscard]] const law::Sample& fine() const;

  /// One for each observable, at time(). Throws std::runtime_error, with what to try, where paths have
  /// exploded or an observable has no finite value: a bias is never that of the paths that were left over.
  [[nodiscard]] std::vector<CoupledDifference> differences(
      const std::vector<law::Observable>& observables) const;

  /// How often steps of all paths, coarse and fine, were mirrored at a reflecting face (order_at_walls).
  [[nodiscard]] std::int64_t mirrored() const;

  /// As Ensemble::archive. Collective.
  void archive(parallel::Archive& archive);
  /// P(coarse left) - P(fine left) through each of the domain's model::absorbing_faces, up to time(). Collective.
  [[nodiscard]] std::vector<law::Estimate> exit_differences() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// One observable of one rung at time `end`.
CoupledDifference coupled_difference(const model::Process& process, const model::Domain& domain,
                                     const law::InitialLaw& initial, const EnsembleSettings& settings,
                                     double end, const law::Observable& observable, std::uint64_t rung,
                                     parallel::Communicator processes,
                                     const std::function<void(double)>& tick = {});

}  // namespace fpk::sde
