// Committors, the reaction rate and the reactive flux between two sets: transition path theory for jump processes.
//
//     -A^T q+ = k_B        q+(x): probability of passing into B before A
//     -A  (pi q-) = g_A    q-(x): probability of having come from A rather than B, in the stationary process
//
// with A the generator killed in both sets, k the rate of passing into a set, and g the stationary flow out of it,
//
//     g(c) = k(c) pi_c - [k(c -> n) pi_c - k(n -> c) pi_n]    over the faces towards the set: what leaves through the wall at
//                                                            theta, less the net flux across the face
//
// so that g_A + g_B = -A pi, and q- = 1 - q+ where there is detailed balance. Then
//
//     reactive current   f(i -> j) = pi_i q-_i k(i -> j) q+_j,       its net flux f(i -> j) - f(j -> i)
//     reactive rate      R = (g_A, q+) = (pi q-, k_B): transitions from A to B per time
//     rates              k_AB = R / (pi, q-),   k_BA = R / (pi, 1 - q-)
//
// (E, Vanden-Eijnden 2006, J. Stat. Phys. 123; Metzner, Schütte, Vanden-Eijnden 2009, Multiscale Model. Simul. 7, sec. 2)
#pragma once

#include <vector>

#include "solvers/passage/stopped.hpp"
#include "solvers/passage/stopped_system.hpp"

namespace fpk::solvers {

/// q+ over the cells: 1 in `target`, 0 in the other set (indices of the stopped sets). Collective.
std::vector<double> committor(StoppedSystem& backward, const Stopped& stopped, std::size_t target);

struct TransitionPaths {
  std::vector<double> forward, backward;  ///< q+, q-; own cells
  double rate = 0;                        ///< R, transitions per time
  double rate_into_target = 0;            ///< the same counted at the other end: equal to round-off
  double rate_forward = 0;                ///< k_AB
  double rate_backward = 0;               ///< k_BA
  std::vector<double>
      flux;  ///< reactive flux at the cells, component k of cell c at [3 c + k]; 0 in the sets
};

/// `original`: the generator that was stopped, closed, with the stationary masses `pi`; set 0 is the source, set 1 the target.
/// Collective.
TransitionPaths transition_paths(const Generator& original, const Stopped& stopped,
                                 std::span<const double> pi);

}  // namespace fpk::solvers
