// Which propagator a run takes, and why.
#pragma once

#include "solvers/propagator.hpp"

namespace fpk::solvers {

/// What the propagators may ask of the task's generator. Collective.
GeneratorTraits traits(const PropagatorTask& task);

struct Choice {
  const PropagatorFacts* propagator;
  std::string reason;  ///< a sentence for the log
};

/// The one named, or for "auto" the best for this generator, size and tolerance. Throws SolverError where the
/// one named cannot do it.
Choice choose_propagator(std::string_view name, const PropagatorTask& task);

}  // namespace fpk::solvers
