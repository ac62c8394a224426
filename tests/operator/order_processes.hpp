// Processes on rings for the measurement of orders. No symmetry in drift or noise.
#pragma once

#include <string>
#include <vector>

#include "tests/sde/problems.hpp"

namespace fpk::orders {

using sde::problems::process;

inline model::Process gradient(const std::vector<std::string>& variables, const std::string& potential,
                               double temperature) {
  return model::overdamped_langevin(variables, formula::parse(potential, {variables, {}, {}}), temperature);
}

inline model::Process one_source() {
  return process({"x"}, {"0.3 + 0.5*sin(x) + 0.2*cos(2*x)"}, {{"0.5 + 0.25*sin(x) + 0.1*cos(x)"}});
}
inline model::Process on_a_potential() { return gradient({"x"}, "0.6*cos(x) + 0.2*sin(2*x)", 0.25); }
inline model::Process diagonal_noise() {
  return process({"x", "y"}, {"0.3 + 0.4*sin(y)", "0.5*cos(x + y) - 0.2"},
                 {{"0.5 + 0.2*sin(x)", "0"}, {"0", "0.4 + 0.15*cos(y)"}});
}
inline model::Process sources_that_do_not_commute() {
  return process({"x", "y"}, {"0.3 + 0.4*sin(y)", "0.5*cos(x) - 0.2"},
                 {{"0.5 + 0.2*sin(y)", "0.3*cos(x)"}, {"0.25*sin(x)", "0.4 + 0.15*cos(y)"}});
}

}  // namespace fpk::orders
