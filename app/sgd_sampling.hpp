// Figures of stochastic gradient descent at one learning rate from chains with twins, where batches cannot be summed.
//
// With F the function whose expectation is asked for, zeta the path of full gradient descent, delta the twin
// (sde/sgd/twin_chain.hpp) and M = E delta delta^T, at the last step,
//
//     E F(z) = E [ F(z) - grad F(zeta) . delta - (1/2) sum_ij d_i d_j F(zeta) (delta_i delta_j - M_ij) ],
//
// however far the chain is from its linearisation: delta has the mean 0 and the second moment M exactly. z - zeta - delta is of
// second order in delta, which is of the order of sqrt(eta), so that the variance falls from the order of eta to that of eta^2,
// and of a central square from eta^2 to eta^3. The coefficients are fixed by zeta and not fitted, so that nothing is biased. A
// covariance is
//
//     Cov(x, y) = E (x - a)(y - c) - (E x - a)(E y - c)        for any a and c,
//
// which are the means of other chains: then the last term is a product of two small errors, and the standard error is that of the
// first. (Control variates: Glasserman 2003, chapter 4.1.)
#pragma once

#include "app/sgd_figures.hpp"
#include "io/case_file.hpp"
#include "law/central_moments.hpp"
#include "model/sgd/linearised_chain.hpp"
#include "parallel/communicator.hpp"
#include "sde/ensemble.hpp"

namespace fpk::app {

struct SampledFigure {
  double value = 0, standard_error = 0;
  double variance_left = 1;  ///< over that of F(z) itself
};

class SgdSampling {
 public:
  /// `rung`: of random numbers, one for each learning rate of a ladder. Takes a few chains first, to centre and to compare.
  /// Throws CaseError where there is no twin, std::runtime_error where a chain explodes. Collective.
  SgdSampling(const io::Case& problem, const model::StochasticGradient& chain, const SgdFigures& figures,
              std::size_t rung, const parallel::Communicator& processes);

  /// Takes `count` more, a multiple of 4096. The same bits for any number of threads and processes. Collective.
  void add(std::int64_t count);

  [[nodiscard]] std::int64_t chains() const { return chains_; }
  /// Steps that a chain makes.
  [[nodiscard]] std::int64_t steps() const { return static_cast<std::int64_t>(linearised_->steps().size()); }
  /// One for each of SgdFigures::all.
  [[nodiscard]] std::vector<SampledFigure> figures() const;

 private:
  /// Chains `first` to `first + count` of a rung of random numbers, with their twins, at the end.
  [[nodiscard]] sde::Ensemble at_the_end(std::uint16_t rung, std::int64_t first, std::int64_t count) const;
  [[nodiscard]] formula::Formula without_controls(const SgdFigure& figure) const;
  [[nodiscard]] formula::Formula with_controls(const formula::Formula& F) const;

  const io::Case& problem_;
  model::StochasticGradient chain_;
  const SgdFigures& of_;
  std::uint16_t rung_;
  parallel::Communicator processes_;
  std::shared_ptr<const model::LinearisedChain> linearised_;
  std::vector<std::string> variables_;
  std::vector<double> centre_;               ///< of each figure: its mean over the first chains
  std::vector<law::Observable> controlled_;  ///< one for each figure
  std::vector<double> plain_variance_;
  std::vector<law::CentralMoments> found_;
  std::int64_t chains_ = 0;
};

}  // namespace fpk::app
