// The table of operations: what each is called, how many arguments it takes, its value and its derivative.
// Parser, printer, differentiator, compiler and hints all read this one.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formula/formula.hpp"
#include "formula/operation.hpp"

namespace fpk::formula {

/// d f(a) for the arguments a, their derivatives da, and f(a) itself.
using DerivativeRule = Formula (*)(const std::vector<Formula>& a, const std::vector<Formula>& da,
                                   const Formula& f);

struct Function {
  Operation operation;
  std::string_view name;  ///< as it stands in a text: exp, atan2, +, <
  std::size_t arity;
  double (*value)(const double* a);  ///< the same bits as the compiled program gives
  DerivativeRule derivative;
  std::string_view meaning;  ///< of a function that is called by name; empty for an operator
};

std::span<const Function> function_table();

/// The row of an operation that takes arguments (a mean over rows has none).
const Function& function(Operation operation);

/// The function called `name` in texts, operators apart.
const Function* find_function(std::string_view name);
std::vector<std::string> function_names();

/// pi, the only one.
std::optional<double> named_constant(std::string_view name);

}  // namespace fpk::formula
