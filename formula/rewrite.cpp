// Derivative and substitution: one pass over the graph each, arguments first, every shared node once.
#include <algorithm>
#include <stdexcept>
#include <unordered_map>

#include "formula/function_table.hpp"
#include "formula/simplify.hpp"

namespace fpk::formula {
namespace {

using Image = std::unordered_map<const Node*, Formula>;

std::vector<Formula> images(const Node& node, const Image& image) {
  std::vector<Formula> found;
  for (const NodePointer& a : node.arguments) found.push_back(image.at(a.get()));
  return found;
}

Formula derivative_of(const NodePointer& node, std::string_view variable, const Image& derivatives) {
  if (node->operation == Operation::variable) return node->name == variable ? 1 : 0;
  const std::vector<Formula> da = images(*node, derivatives);
  const auto is_zero = [](const Formula& d) { return is_constant(d.node(), 0); };
  if (binds(*node, variable) || std::all_of(da.begin(), da.end(), is_zero)) return 0;
  if (node->operation == Operation::mean_over_rows) return mean_over_rows(da[0], node->table);
  const std::vector<Formula> a(node->arguments.begin(), node->arguments.end());
  return function(node->operation).derivative(a, da, Formula(node));
}

void refuse_capture(const Node& mean, const Formula& value) {
  for (const std::string& column : mean.table->names)
    if (value.depends_on(column))
      throw std::invalid_argument("the substituted formula names '" + column +
                                  "', which inside a mean over rows is a column; rename one of them");
}

Formula substituted(const NodePointer& node, std::string_view variable, const Formula& value,
                    const Image& images_) {
  if (node->operation == Operation::variable) return node->name == variable ? value : Formula(node);
  const std::vector<Formula> arguments = images(*node, images_);
  const bool same = std::equal(arguments.begin(), arguments.end(), node->arguments.begin(),
                               [](const Formula& f, const NodePointer& n) { return f.node() == n; });
  if (same || binds(*node, variable)) return Formula(node);
  if (node->operation != Operation::mean_over_rows) return build(node->operation, arguments);
  refuse_capture(*node, value);
  return mean_over_rows(arguments[0], node->table);
}

}  // namespace

Formula Formula::derivative(std::string_view variable) const {
  Image image;
  for (const NodePointer& n : post_order(node_)) image.emplace(n.get(), derivative_of(n, variable, image));
  return image.at(node_.get());
}

Formula Formula::substitute(std::string_view variable, const Formula& value) const {
  Image image;
  for (const NodePointer& n : post_order(node_))
    image.emplace(n.get(), substituted(n, variable, value, image));
  return image.at(node_.get());
}

Formula mean_over_rows(const Formula& f, std::shared_ptr<const Table> table) {
  if (table == nullptr || table->rows() == 0)
    throw std::invalid_argument("a mean needs a table with at least one row");
  if (table->names.size() != table->columns.size())
    throw std::invalid_argument("a table needs one name for each column");
  for (const auto& column : table->columns)
    if (column.size() != table->rows())
      throw std::invalid_argument("the columns of a table must be equally long");
  const bool varies = std::any_of(table->names.begin(), table->names.end(),
                                  [&](const std::string& name) { return f.depends_on(name); });
  if (!varies) return f;
  const Node& n = *f.node();
  if (n.operation == Operation::negate) return -mean_over_rows(Formula(n.arguments[0]), std::move(table));
  if (n.operation == Operation::multiply && is_constant(n.arguments[0]))
    return Formula(n.arguments[0]) * mean_over_rows(Formula(n.arguments[1]), std::move(table));
  return Formula(make_node(Operation::mean_over_rows, {f.node()}, std::move(table)));
}

}  // namespace fpk::formula
