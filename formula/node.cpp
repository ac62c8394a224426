#include "formula/node.hpp"

#include <algorithm>
#include <unordered_set>

namespace fpk::formula {

Node::~Node() {
  std::vector<NodePointer> pending = std::move(arguments);
  while (!pending.empty()) {
    const NodePointer last = std::move(pending.back());
    pending.pop_back();
    if (last == nullptr || last.use_count() != 1) continue;
    auto& orphans = const_cast<Node&>(*last).arguments;  // nobody else can see the node any more
    std::move(orphans.begin(), orphans.end(), std::back_inserter(pending));
    orphans.clear();
  }
}

NodePointer make_constant(double value) {
  auto node = std::make_shared<Node>();
  node->value = value;
  return node;
}

NodePointer make_variable(std::string name) {
  auto node = std::make_shared<Node>();
  node->operation = Operation::variable;
  node->name = std::move(name);
  return node;
}

NodePointer make_node(Operation operation, std::vector<NodePointer> arguments,
                      std::shared_ptr<const Table> table) {
  auto node = std::make_shared<Node>();
  node->operation = operation;
  node->arguments = std::move(arguments);
  node->table = std::move(table);
  return node;
}

bool is_constant(const NodePointer& node) { return node->operation == Operation::constant; }
bool is_constant(const NodePointer& node, double value) { return is_constant(node) && node->value == value; }

namespace {

std::vector<NodePointer> post_order(const NodePointer& root, bool into_means) {
  struct Visit {
    NodePointer node;
    std::size_t next;
  };
  std::vector<NodePointer> order;
  std::unordered_set<const Node*> seen = {root.get()};
  std::vector<Visit> path = {{root, 0}};
  while (!path.empty()) {
    Visit& top = path.back();
    const bool closed = top.node->operation == Operation::mean_over_rows && !into_means;
    if (closed || top.next == top.node->arguments.size()) {
      order.push_back(std::move(top.node));
      path.pop_back();
      continue;
    }
    NodePointer argument = top.node->arguments[top.next++];
    if (seen.insert(argument.get()).second) path.push_back({std::move(argument), 0});
  }
  return order;
}

}  // namespace

std::vector<NodePointer> post_order(const NodePointer& root) { return post_order(root, true); }
std::vector<NodePointer> post_order_outside_means(const NodePointer& root) { return post_order(root, false); }

namespace {

bool equal_leaves(const NodePointer& a, const NodePointer& b) {
  if (a == b) return true;
  if (a->operation != b->operation) return false;
  if (is_constant(a)) return a->value == b->value;
  return a->operation == Operation::variable && a->name == b->name;
}

}  // namespace

bool plainly_equal(const NodePointer& a, const NodePointer& b) {
  if (equal_leaves(a, b)) return true;
  if (a->operation != b->operation || a->table != b->table || a->arguments.empty()) return false;
  return std::equal(a->arguments.begin(), a->arguments.end(), b->arguments.begin(), b->arguments.end(),
                    equal_leaves);
}

bool binds(const Node& node, std::string_view name) {
  return node.table != nullptr &&
         std::find(node.table->names.begin(), node.table->names.end(), name) != node.table->names.end();
}

}  // namespace fpk::formula
