// Expectations of the particles without the leading bias of their step: coupled pairs with the case's step and half of it,
// extrapolated (verification/talay_tubaro.hpp), and beside them a few pairs with half the steps that tell what is left.
#pragma once

#include <vector>

#include "io/case_file.hpp"
#include "sde/coupled_ensemble.hpp"

namespace fpk::app {

/// An expectation extrapolated in the step.
struct ExtrapolatedMean {
  law::Estimate mean;
  double remainder =
      0;  ///< how far the bias that is left may reach: its estimate plus three of its standard errors
};

class StepExtrapolation {
 public:
  /// As many pairs as the case has particles. Collective.
  StepExtrapolation(const io::Case& problem, const model::Process& process,
                    const parallel::Communicator& processes);

  void advance(double t);
  /// One for each observable. Throws std::runtime_error where a path has exploded. Collective.
  [[nodiscard]] std::vector<ExtrapolatedMean> means(const std::vector<law::Observable>& observables) const;
  /// As sde::Ensemble::archive. Collective.
  void archive(parallel::Archive& archive);
  [[nodiscard]] double order() const;       ///< of the scheme, on the paths so far (order_in_box)
  [[nodiscard]] double next_order() const;  ///< of what is left

 private:
  [[nodiscard]] bool mirrored() const;

  const io::Case& problem_;
  sde::CoupledEnsemble pairs_, halved_;
};

}  // namespace fpk::app
