// Small problems with known answers, for the tests of the particle road.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "law/law.hpp"
#include "model/domain.hpp"
#include "model/process.hpp"

namespace fpk::sde::problems {

/// dX = b dt + sigma dW from texts in the variables and t.
inline model::Process process(const std::vector<std::string>& variables,
                              const std::vector<std::string>& drift,
                              const std::vector<std::vector<std::string>>& noise) {
  formula::Scope scope;
  scope.variables = variables;
  scope.variables.emplace_back(model::time_name);
  model::Process p;
  p.variables = variables;
  for (const auto& text : drift) p.drift.push_back(formula::parse(text, scope));
  for (const auto& row : noise) {
    p.noise.emplace_back();
    for (const auto& text : row) p.noise.back().push_back(formula::parse(text, scope));
  }
  return p;
}

inline law::Observable observable(const std::string& text, const std::vector<std::string>& variables) {
  return {text, formula::parse(text, {variables, {}, {}})};
}

/// The box [lower, upper]^d with one kind of wall.
inline model::Domain box(const std::vector<std::string>& variables, double lower, double upper,
                         model::Boundary boundary = model::Boundary::reflecting) {
  model::Domain domain;
  for (const auto& v : variables) domain.sides.push_back({v, lower, upper, boundary, boundary});
  return domain;
}

/// Overdamped motion in L = (x^2 - 1)^2 + y^2 at temperature 1/4.
inline model::Process double_well() {
  const formula::Scope scope{{"x", "y"}, {}, {}};
  return model::overdamped_langevin({"x", "y"}, formula::parse("(x^2 - 1)^2 + y^2", scope), 0.25);
}

/// Standard errors that a statistic may lie off. Two-sided false alarm 4e-8 a comparison; with the few
/// hundred of a run of this suite, about 1e-5 had the seeds not been fixed.
inline constexpr double allowed = 5.5;

}  // namespace fpk::sde::problems
