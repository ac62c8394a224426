// Where the mass went: what each absorbing face has taken while a propagator moved the rest.
//
//     dQ_f/dt = <k_f, m>         f: an exit,  k_f: its rates [1/time],  Q_f: the probability absorbed through it
//
// Where coefficients do not depend on time, nothing has to be integrated. Let h_f(c) be the probability that the
// chain started in cell c leaves through f in the end. Then
//
//     A^T h_f = -k_f,   d/dt <h_f, m> = <A^T h_f, m> = -<k_f, m>,   Q_f(t) = <h_f, m(0) - m(t)>
//
// (Gardiner 2009, sec. 5.2.8, for the continuous problem): as exact as the masses are, whatever propagator made
// them, and from sum_f h_f = 1 follows that mass and absorbed probability add up to 1. One linear solve an exit,
// none where there is a single one (h = 1). Where coefficients do depend on time, the flux is integrated by Gauss's
// rule with four nodes on panels that are halved until what has been counted is what has gone missing.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "solvers/propagator.hpp"

namespace fpk::solvers {

/// "x_lower", "x_upper": the variable and the end of its axis.
std::string exit_name(const law::Grid& grid, const Exit& exit);

/// <k_f, m> for each exit [1/time]. Collective.
std::vector<double> exit_fluxes(const Generator& generator, std::span<const double> masses);

/// h_f on the part, for each exit. Collective. Throws SolverError where some cell reaches no exit.
std::vector<std::vector<double>> exit_probabilities(const Generator& generator);

/// Advances masses and keeps account of the exits.
class ExitAccount {
 public:
  /// Of masses that stand at `masses` now. Collective.
  ExitAccount(PropagatorTask task, std::span<const double> masses);

  /// As propagator.advance. Collective.
  void advance(Propagator& propagator, std::span<double> masses, double from, double to, const Tick& tick);

  /// Probability absorbed through each exit so far.
  [[nodiscard]] const std::vector<double>& absorbed() const { return absorbed_; }
  /// All that changes as it goes: what was absorbed.
  void archive(parallel::Archive& archive) { archive("absorbed", absorbed_); }

 private:
  void integrate(Propagator& propagator, std::span<double> masses, double from, double to, int halvings);

  PropagatorTask task_;
  law::GridPart part_;
  std::vector<double> start_;                     ///< masses at the outset
  std::vector<std::vector<double>> exit_chance_;  ///< h_f; empty where the flux is integrated
  std::vector<double> absorbed_;
};

}  // namespace fpk::solvers
