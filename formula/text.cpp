// A formula as text, with only the parentheses that parse() needs to build the same graph again.
#include <fmt/format.h>

#include <cmath>
#include <variant>

#include "formula/function_table.hpp"
#include "formula/node.hpp"

namespace fpk::formula {
namespace {

using enum Operation;

// How tightly a piece of text holds together; the grammar of formula/parse.cpp.
enum Binding { any, either, both, inverse, compared, sums, products, prefixed, powers, atom };

std::string number(double value) {
  if (std::isnan(value)) return "(0/0)";
  if (std::isinf(value)) return value > 0 ? "(1/0)" : "(-1/0)";
  return fmt::format("{}", value);
}

Binding binding(const Node& n) {
  switch (n.operation) {
    case constant:
      return std::signbit(n.value) && std::isfinite(n.value) ? prefixed : atom;
    case logical_or:
      return either;
    case logical_and:
      return both;
    case logical_not:
      return inverse;
    case less:
    case less_equal:
    case equal:
    case not_equal:
      return compared;
    case add:
    case subtract:
      return sums;
    case multiply:
    case divide:
      return products;
    case negate:
      return prefixed;
    case power:
      return powers;
    default:
      return atom;
  }
}

struct Piece {
  NodePointer node;
  Binding least;  ///< what looser text must be put in parentheses
};
using Token = std::variant<std::string, Piece>;

std::vector<Token> infix(const Node& n, const std::string& between, Binding left, Binding right) {
  return {Piece{n.arguments[0], left}, between, Piece{n.arguments[1], right}};
}

std::vector<Token> call(const Node& n, std::string_view name) {
  std::vector<Token> tokens = {std::string(name) + "("};
  for (std::size_t i = 0; i < n.arguments.size(); ++i) {
    if (i > 0) tokens.emplace_back(", ");
    tokens.emplace_back(Piece{n.arguments[i], any});
  }
  tokens.emplace_back(")");
  return tokens;
}

/// Operators associate to the left, the power to the right, comparisons not at all.
std::vector<Token> tokens(const Node& n) {
  switch (n.operation) {
    case constant:
      return {number(n.value)};
    case variable:
      return {n.name};
    case logical_or:
      return infix(n, " or ", either, both);
    case logical_and:
      return infix(n, " and ", both, inverse);
    case logical_not:
      return {"not ", Piece{n.arguments[0], inverse}};
    case less:
    case less_equal:
    case equal:
    case not_equal:
      return infix(n, fmt::format(" {} ", function(n.operation).name), sums, sums);
    case add:
    case subtract:
      return infix(n, fmt::format(" {} ", function(n.operation).name), sums, products);
    case multiply:
    case divide:
      return infix(n, std::string(function(n.operation).name), products, prefixed);
    case negate:
      return {"-", Piece{n.arguments[0], prefixed}};
    case power:
      return infix(n, "^", atom, prefixed);
    case mean_over_rows:
      return call(n, "mean_over_rows");
    default:
      return call(n, function(n.operation).name);
  }
}

}  // namespace

std::string Formula::text() const {
  std::string text;
  std::vector<Token> pending = {Piece{node_, any}};
  while (!pending.empty()) {
    const Token next = std::move(pending.back());
    pending.pop_back();
    if (const auto* plain = std::get_if<std::string>(&next)) {
      text += *plain;
      continue;
    }
    const auto& piece = std::get<Piece>(next);
    std::vector<Token> inside = tokens(*piece.node);
    if (binding(*piece.node) < piece.least) {
      inside.insert(inside.begin(), "(");
      inside.emplace_back(")");
    }
    pending.insert(pending.end(), std::make_move_iterator(inside.rbegin()),
                   std::make_move_iterator(inside.rend()));
  }
  return text;
}

}  // namespace fpk::formula
