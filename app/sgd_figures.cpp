#include "app/sgd_figures.hpp"

#include <fmt/format.h>

#include <cmath>

namespace fpk::app {

SgdFigures::SgdFigures(const std::vector<std::string>& parameters,
                       const std::vector<law::Observable>& observables) {
  const auto variable = [](const std::string& name) { return formula::Formula::variable(name); };
  for (const auto& o : observables) {
    figures_.push_back({o.name, false, false, {functions_.size()}});
    functions_.push_back(o);
  }
  const std::size_t first = functions_.size();
  for (const auto& p : parameters) {
    figures_.push_back({fmt::format("mean_{}", p), false, false, {functions_.size()}});
    functions_.push_back({p, variable(p)});
  }
  for (std::size_t i = 0; i < parameters.size(); ++i)
    for (std::size_t j = i; j < parameters.size(); ++j) {
      const std::string name = i == j ? fmt::format("variance_{}", parameters[i])
                                      : fmt::format("covariance_{}_{}", parameters[i], parameters[j]);
      figures_.push_back({name, true, i == j, {functions_.size(), first + i, first + j}});
      functions_.push_back({name, variable(parameters[i]) * variable(parameters[j])});
    }
}

std::vector<verification::Value> SgdFigures::from(const std::vector<verification::Value>& E) const {
  std::vector<verification::Value> found;
  for (const auto& figure : figures_) {
    const auto& first = E[figure.functions.front()];
    if (!figure.is_covariance) {
      found.push_back(first);
      continue;
    }
    const auto &x = E[figure.functions[1]], &y = E[figure.functions[2]];
    found.push_back({first.value - x.value * y.value,
                     first.error + std::abs(x.value) * y.error + std::abs(y.value) * x.error});
  }
  return found;
}

}  // namespace fpk::app
