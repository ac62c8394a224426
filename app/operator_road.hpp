// The operator of a case: the scheme of its particles, driven by quadrature nodes, handed to the judge as callables.
#pragma once

#include <memory>

#include "io/case_file.hpp"
#include "sde/scheme.hpp"
#include "verification/operator/operator_iteration.hpp"

namespace fpk::app {

/// The scheme must outlive the map, and so must process and domain, which say what the walls do.
verification::SteppedMap stepped_map(const sde::Scheme& scheme, const model::Process& process,
                                     const model::Domain& domain, sde::NoiseKind noise);

/// Values of an observable of the variables.
verification::Function function_of(const law::Observable& observable,
                                   const std::vector<std::string>& variables);

/// A scheme on the case's process, with its walls, start and noise. Steps are those of the ladder of `fpk converge`.
class OperatorRoad {
 public:
  /// `invariant`: whether the invariant law is asked for, too.
  OperatorRoad(const io::Case& problem, const sde::SchemeFacts& scheme, const law::Observable& observable,
               bool invariant);
  [[nodiscard]] const verification::OperatorIteration& iteration() const { return *iteration_; }

 private:
  std::unique_ptr<sde::Scheme> scheme_;
  std::unique_ptr<verification::OperatorIteration> iteration_;
};

}  // namespace fpk::app
