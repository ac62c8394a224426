#include "formula/level.hpp"

#include "formula/node.hpp"

namespace fpk::formula {
namespace {

std::optional<Formula> level(const NodePointer& node) {
  const auto argument = [&](std::size_t k) { return node->arguments[k]; };
  switch (node->operation) {
    case Operation::less:
    case Operation::less_equal:
      return Formula(argument(1)) - Formula(argument(0));
    case Operation::logical_not:
      if (const auto g = level(argument(0))) return -*g;
      return std::nullopt;
    case Operation::logical_and:
    case Operation::logical_or: {
      const auto a = level(argument(0)), b = level(argument(1));
      if (!a || !b) return std::nullopt;
      return Formula(make_node(node->operation == Operation::logical_and ? Operation::min : Operation::max,
                               {a->node(), b->node()}));
    }
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<Formula> level_of(const Formula& set) { return level(set.node()); }

}  // namespace fpk::formula
