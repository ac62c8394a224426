// Expectations of the chain of a case and of the diffusions that stand for it, without sampling.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "io/case_file.hpp"
#include "model/sgd/gradient_model.hpp"
#include "verification/operator/operator_iteration.hpp"

namespace fpk::app {

struct ExactExpectations {
  std::vector<verification::Value> values;  ///< of each function
  std::string method;                       ///< "moments" or "operator"
};

/// Why the chain's expectations cannot be computed without sampling; empty where they can.
std::string refusal_of_exact(const model::StochasticGradient& chain,
                             const std::vector<law::Observable>& functions, std::size_t coordinates);

/// E f(theta) of the chain at time.end: by the recursion of its moments where it closes, else by its step operator over all
/// batches. The chain's learning rate divides time.end.
ExactExpectations chain_expectations(const io::Case& problem, const model::StochasticGradient& chain,
                                     const std::vector<law::Observable>& functions);

/// E f(X) at time.end of the diffusion that stands for that chain, on the whole space: by its moment equations where they close, else
/// by the step operator of a scheme of weak order 2, extrapolated to steps of 0.
ExactExpectations diffusion_expectations(const io::Case& problem, const model::GradientModel& model,
                                         const model::StochasticGradient& chain,
                                         const std::vector<law::Observable>& functions);

}  // namespace fpk::app
