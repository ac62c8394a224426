// Mean and variance of first-passage times, from the backward equation of the stopped process.
//
//     -A^T p = k_target     p(x): probability of ever reaching the target
//     -A^T v = p            v(x) = E[tau; target reached]
//     -A^T w = 2 v          w(x) = E[tau^2; target reached]
//
// with A the generator killed in the target and at absorbing faces, and k the rate of passing into the target; so that, from a
// start, E[tau | reached] = v/p and var = w/p - (v/p)^2. Where nothing else absorbs, p = 1 and these are -A^T tau = 1,
// -A^T tau_2 = 2 tau. (Gardiner 2009, sec. 5.5; Norris 1997, thm 3.3.3)
#pragma once

#include <vector>

#include "solvers/passage/start_law.hpp"
#include "solvers/passage/stopped_system.hpp"

namespace fpk::solvers {

/// Fields over the cells, 0 on those taken out.
struct PassageFields {
  std::vector<double> probability;  ///< p
  std::vector<double> mean;         ///< v: E[tau; reached]
  std::vector<double> second;       ///< w: E[tau^2; reached]
};

struct PassageMoments {
  double probability = 1;  ///< of ever passing into the target
  double mean = 0;         ///< of the time of those that do
  double variance = 0;
};

/// Passage at the rates `into`, one for each cell, where that is one of several ends or the only one. `backward` solves with
/// the stopped generator. Collective.
PassageFields passage_fields(StoppedSystem& backward, const Stopped& stopped, std::span<const double> into);

/// From a start; `ended` of it has passed already, at time 0. Collective. Throws SolverError where the target is never
/// reached.
PassageMoments passage_moments(const law::GridPart& part, const PassageFields& fields,
                               std::span<const double> masses, double ended);

}  // namespace fpk::solvers
