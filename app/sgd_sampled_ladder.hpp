// The chains of a ladder of learning rates, sampled until the errors of the diffusions against them are known well enough.
#pragma once

#include "app/sgd_sampling.hpp"
#include "io/progress.hpp"
#include "verification/operator/operator_iteration.hpp"
#include "verification/shared_ladder.hpp"

namespace fpk::app {

/// What stands for the chains: its figures at each learning rate.
struct Diffusion {
  double promised = 1;                                    ///< order
  std::vector<std::vector<verification::Value>> figures;  ///< [learning rate][figure]
};

struct SampledLadder {
  std::vector<std::vector<SampledFigure>> figures;  ///< [learning rate][figure]
  std::vector<std::int64_t> chains;                 ///< at each learning rate
  bool budget_ended = false;
  bool rounds_ended = false;  ///< before what was wanted was had
  int rounds = 0;
};

/// Samples until every error that can be is known to the share that the half-width of an order wants
/// (verification/shared_ladder.hpp), or converge.budget steps of chains are made. An error that is not above what the diffusion
/// is known to is not waited for. Collective.
SampledLadder sampled_ladder(const io::Case& problem, const std::vector<double>& rates,
                             const SgdFigures& figures, const std::vector<Diffusion>& diffusions,
                             const parallel::Communicator& processes, io::Progress::Style style);

}  // namespace fpk::app
