// Errors planted in the second modified equation of one parameter: what a study of orders must not let pass.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/sgd/gradient_model.hpp"

namespace fpk::orders {

using formula::Formula;
using model::Process;
using model::StochasticGradient;

inline const model::GradientModel& row(std::string_view name) { return *model::find_gradient_model(name); }

inline Process wrong(
    const StochasticGradient& chain,
    const std::function<void(Process&, const Formula& covariance, const std::string& theta)>& change) {
  Process p = row("sme2").make(chain, {});
  const Formula covariance = Formula(2.0) * p.diffusion()[0][0];
  change(p, covariance, p.variables[0]);
  return p;
}

inline void set_covariance(Process& p, const Formula& covariance) {
  p.known_diffusion = {{covariance / Formula(2.0)}};
  p.noise = {{sqrt(covariance)}};
}

inline Process without_root_of_eta(const StochasticGradient& chain, const std::vector<std::vector<double>>&) {
  return wrong(chain, [&](Process& p, const Formula& c, const std::string&) {
    set_covariance(p, c / Formula(chain.learning_rate));
  });
}

inline Process without_population_factor(const StochasticGradient& chain,
                                         const std::vector<std::vector<double>>&) {
  return wrong(chain, [&](Process& p, const Formula& c, const std::string&) {
    set_covariance(p, c / chain.finite_population_factor());
  });
}

inline Process stratonovich(const StochasticGradient& chain, const std::vector<std::vector<double>>&) {
  return wrong(chain, [](Process& p, const Formula& c,
                         const std::string& theta) {  // sigma sigma' / 2 = (sigma^2)' / 4
    p.drift[0] = p.drift[0] + c.derivative(theta) / Formula(4.0);
  });
}

inline Process correction_of_wrong_sign(const StochasticGradient& chain,
                                        const std::vector<std::vector<double>>&) {
  return wrong(chain, [&](Process& p, const Formula&, const std::string&) {
    p.drift[0] = Formula(2.0) * row("flow").make(chain, {}).drift[0] - p.drift[0];
  });
}

}  // namespace fpk::orders
