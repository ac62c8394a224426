// One node of an expression graph. Nodes are immutable and shared: a graph, not a tree.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "formula/operation.hpp"

namespace fpk::formula {

using NodePointer = std::shared_ptr<const Node>;

struct Node {
  Operation operation = Operation::constant;
  double value = 0;  ///< of a constant
  std::string name;  ///< of a variable
  std::vector<NodePointer> arguments;
  std::shared_ptr<const Table> table;  ///< of a mean over rows

  Node() = default;
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;
  ~Node();  ///< without recursion, so that a sum of a million terms can be let go
};

NodePointer make_constant(double value);
NodePointer make_variable(std::string name);
NodePointer make_node(Operation operation, std::vector<NodePointer> arguments,
                      std::shared_ptr<const Table> table = nullptr);

bool is_constant(const NodePointer& node);
bool is_constant(const NodePointer& node, double value);

/// Every node below `root` once, arguments before their users; no recursion.
std::vector<NodePointer> post_order(const NodePointer& root);

/// The same, but not below a mean over rows.
std::vector<NodePointer> post_order_outside_means(const NodePointer& root);

/// The same node, equal leaves, or one operation on the same or equal leaves: cheap, and never wrongly true.
bool plainly_equal(const NodePointer& a, const NodePointer& b);

/// Is `name` a column of the table that `node` averages over, and hence not free in its argument?
bool binds(const Node& node, std::string_view name);

}  // namespace fpk::formula
