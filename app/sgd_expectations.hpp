// Expectations of the chain of a case and of the diffusions that stand for it, without sampling.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "io/case_file.hpp"
#include "model/quadratic.hpp"
#include "model/sgd/gradient_model.hpp"
#include "parallel/communicator.hpp"
#include "verification/operator/operator_iteration.hpp"

namespace fpk::app {

struct ExactExpectations {
  std::vector<verification::Value> values;  ///< of each function
  std::string method;  ///< "moments", "operator", "collocation", "density", or two of these
};

/// Why the chain's expectations cannot be computed without sampling; empty where they can.
std::string refusal_of_exact(const model::StochasticGradient& chain,
                             const std::vector<law::Observable>& functions, std::size_t coordinates);

/// E f(theta) of the chain at time.end: by the recursion of its moments where it closes, else by its step operator over all
/// batches. The chain's learning rate divides time.end.
ExactExpectations chain_expectations(const io::Case& problem, const model::StochasticGradient& chain,
                                     const std::vector<law::Observable>& functions);

/// E f(X) at time.end of the diffusion that stands for that chain, on the whole space: by its moment equations where they close;
/// in one variable by the step operator of a scheme of weak order 2, extrapolated to steps of 0; in more by collocation of the
/// backward equation (solvers/backward_collocation.hpp), or by that operator where coefficients depend on time; where a function
/// jumps, by the density road on the domain of the case, extrapolated in the cell size. Throws CaseError where none of these is
/// possible. Collective.
ExactExpectations diffusion_expectations(
    const io::Case& problem, const model::GradientModel& model, const model::StochasticGradient& chain,
    const std::vector<law::Observable>& functions,
    const parallel::Communicator& processes = parallel::Communicator::self());

/// Mean and second moment of the start of a state of that many coordinates: those beyond the initial law's at rest.
model::SecondMoments start_moments(const io::Case& problem, std::size_t coordinates);

/// Whether f and its derivatives are free of jumps, so that polynomials come near it.
bool is_smooth(const law::Observable& f, const std::vector<std::string>& variables);

}  // namespace fpk::app
