#include "app/sgd_sampling.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "app/sgd_expectations.hpp"
#include "io/refusal.hpp"
#include "sde/noise/rungs.hpp"
#include "sde/sgd/chain_ensemble.hpp"

namespace fpk::app {
namespace {

using formula::Formula;

constexpr std::int64_t pilots = 16384;
/// Chains advanced together: some megabytes of them.
constexpr std::int64_t together = std::int64_t{1} << 16;

std::vector<law::CentralMoments> moments_of(const law::Sample& sample,
                                            const std::vector<law::Observable>& of) {
  std::vector<law::CentralMoments> all;
  for (const auto& f : of) all.push_back(law::central_moments(sample, f));
  return all;
}

}  // namespace

SgdSampling::SgdSampling(const io::Case& problem, const model::StochasticGradient& chain,
                         const SgdFigures& figures, std::size_t rung, const parallel::Communicator& processes)
    : problem_(problem),
      chain_(chain),
      of_(figures),
      rung_(static_cast<std::uint16_t>(sde::rungs::first_learning_rate + rung)),
      processes_(processes),
      variables_(sde::GradientChain(chain).variables()) {
  const auto steps = static_cast<std::int64_t>(std::llround(problem.times.back() / chain.step()));
  if (const auto why = model::LinearisedChain::refusal(chain, steps); !why.empty())
    io::refuse(problem, "sgd", "the chain has no twin to be sampled with: " + why,
               "leave sgd.adaptive out, take fewer rows or larger learning rates");
  linearised_ =
      std::make_shared<const model::LinearisedChain>(chain, steps, start_moments(problem, variables_.size()));
  const auto pilot = static_cast<std::uint16_t>(sde::rungs::first_chain_pilot + rung);
  std::vector<law::Observable> functions;
  for (const auto& f : of_.all())
    functions.push_back({f.name, with_controls(of_.functions()[f.functions.front()].formula)});
  const auto first = at_the_end(pilot, 0, pilots);
  for (const auto& m : moments_of(first.sample(), functions)) centre_.push_back(m.mean);
  std::vector<law::Observable> plain;
  for (const auto& f : of_.all()) {
    plain.push_back({f.name, without_controls(f)});
    controlled_.push_back({f.name, with_controls(plain.back().formula)});
  }
  for (const auto& m : moments_of(first.sample(), plain)) plain_variance_.push_back(m.variance());
  found_.resize(controlled_.size());
}

/// Of a covariance (x - a)(y - c), with the means of the first chains; else the function itself.
Formula SgdSampling::without_controls(const SgdFigure& figure) const {
  const auto& f = of_.functions();
  if (!figure.is_covariance) return f[figure.functions[0]].formula;
  const std::size_t x = figure.functions[1], y = figure.functions[2];
  return (f[x].formula - Formula(centre_[x])) * (f[y].formula - Formula(centre_[y]));
}

Formula SgdSampling::with_controls(const Formula& F) const {
  if (F.may_jump()) return F;
  const Eigen::VectorXd& zeta = linearised_->path().back();
  const Eigen::MatrixXd& M = linearised_->covariance().back();
  const auto at_path = [&](Formula f) {
    for (std::size_t a = 0; a < variables_.size(); ++a)
      f = f.substitute(variables_[a], Formula(zeta[static_cast<Eigen::Index>(a)]));
    return f.constant().value_or(0);
  };
  const auto delta = [&](std::size_t a) { return Formula::variable(sde::twin_name(variables_[a])); };
  Formula controlled = F;
  for (std::size_t a = 0; a < variables_.size(); ++a) {
    const Formula slope = F.derivative(variables_[a]);
    controlled = controlled - Formula(at_path(slope)) * delta(a);
    for (std::size_t c = 0; c < variables_.size(); ++c)
      controlled = controlled - Formula(0.5 * at_path(slope.derivative(variables_[c]))) *
                                    (delta(a) * delta(c) -
                                     Formula(M(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(c))));
  }
  return controlled;
}

sde::Ensemble SgdSampling::at_the_end(std::uint16_t rung, std::int64_t first, std::int64_t count) const {
  auto chains = sde::twin_ensemble(
      chain_, *problem_.initial, linearised_,
      {.count = count, .seed = problem_.sgd->seed, .first_particle = first, .rung = rung}, processes_);
  chains.advance(static_cast<double>(steps()));
  if (chains.exploded() > 0)
    throw std::runtime_error(
        fmt::format("{} of {} chains exploded at the learning rate {:g}: try smaller ones", chains.exploded(),
                    count, chain_.learning_rate));
  return chains;
}

void SgdSampling::add(std::int64_t count) {
  for (std::int64_t begin = chains_; begin < chains_ + count; begin += together) {
    const auto chains = at_the_end(rung_, begin, std::min(together, chains_ + count - begin));
    const auto more = moments_of(chains.sample(), controlled_);
    for (std::size_t k = 0; k < more.size(); ++k) found_[k] += more[k];
  }
  chains_ += count;
}

std::vector<SampledFigure> SgdSampling::figures() const {
  std::vector<SampledFigure> all;
  for (std::size_t k = 0; k < found_.size(); ++k) {
    const auto& figure = of_.all()[k];
    SampledFigure s{found_[k].mean, found_[k].standard_error(), 1};
    if (figure.is_covariance) {
      const std::size_t x = figure.functions[1], y = figure.functions[2];
      s.value -= (found_[x].mean - centre_[x]) * (found_[y].mean - centre_[y]);
    }
    if (plain_variance_[k] > 0) s.variance_left = found_[k].variance() / plain_variance_[k];
    all.push_back(s);
  }
  return all;
}

}  // namespace fpk::app
