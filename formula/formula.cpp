#include "formula/formula.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "formula/node.hpp"
#include "formula/program.hpp"

namespace fpk::formula {
namespace {

std::vector<std::string> free_names(const NodePointer& root) {
  std::set<std::string> names, columns;
  for (const NodePointer& n : post_order(root)) {
    if (n->operation == Operation::variable) names.insert(n->name);
    if (n->table != nullptr) columns.insert(n->table->names.begin(), n->table->names.end());
  }
  // Only a name that is also a column somewhere may turn out not to be free.
  const Formula whole(root);
  std::erase_if(names,
                [&](const std::string& name) { return columns.contains(name) && !whole.depends_on(name); });
  return {names.begin(), names.end()};
}

}  // namespace

Formula::Formula(double constant) : node_(make_constant(constant)) {}
Formula Formula::variable(std::string name) { return Formula(make_variable(std::move(name))); }

bool Formula::depends_on(std::string_view variable) const {
  std::unordered_map<const Node*, bool> depends;
  for (const NodePointer& n : post_order(node_)) {
    bool found = n->operation == Operation::variable && n->name == variable;
    for (const NodePointer& a : n->arguments) found = found || depends.at(a.get());
    depends[n.get()] = found && !binds(*n, variable);
  }
  return depends.at(node_.get());
}

bool Formula::may_jump() const {
  const auto nodes = post_order(node_);
  return std::any_of(nodes.begin(), nodes.end(), [](const NodePointer& n) {
    return n->operation == Operation::sign || n->operation == Operation::select ||
           (n->operation >= Operation::less && n->operation <= Operation::logical_not);
  });
}

std::vector<std::string> Formula::variables() const { return free_names(node_); }

std::optional<double> Formula::constant() const {
  if (is_constant(node_)) return node_->value;
  if (!free_names(node_).empty()) return std::nullopt;
  return Program(*this, {})({}).front();
}

}  // namespace fpk::formula
