// Random expressions, and a second way to evaluate them: node by node, in plain recursion.
#pragma once

#include <random>
#include <span>
#include <vector>

#include "formula/formula.hpp"
#include "formula/function_table.hpp"
#include "formula/node.hpp"
#include "formula/simplify.hpp"

namespace fpk::formula::testing {

using Random = std::mt19937_64;

inline double uniform(Random& random, double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(random);
}

/// Over x and y, with every operation of the table, `depth` levels deep.
inline Formula random_formula(Random& random, int depth) {
  const auto die = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
  };
  if (depth == 0 || die(8) == 0) {
    switch (die(4)) {
      case 0:
        return Formula::variable("x");
      case 1:
        return Formula::variable("y");
      case 2:
        return static_cast<double>(die(7)) - 3;
      default:
        return uniform(random, -2, 2);
    }
  }
  const Function& f = function_table()[die(function_table().size())];
  std::vector<Formula> arguments;
  for (std::size_t i = 0; i < f.arity; ++i) arguments.push_back(random_formula(random, depth - 1));
  return build(f.operation, arguments);
}

/// The value at (x, y) without compiling.
inline double tree_value(const NodePointer& node, double x, double y) {
  if (node->operation == Operation::constant) return node->value;
  if (node->operation == Operation::variable) return node->name == "x" ? x : y;
  std::vector<double> a;
  for (const NodePointer& argument : node->arguments) a.push_back(tree_value(argument, x, y));
  return function(node->operation).value(a.data());
}

}  // namespace fpk::formula::testing
