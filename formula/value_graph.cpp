#include "formula/value_graph.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <ranges>
#include <stdexcept>

#include "formula/elementary.hpp"
#include "formula/function_table.hpp"

namespace fpk::formula {
namespace {

/// Whichever of the two rows the values vary with; both may be none.
const Table* common_rows(const Table* a, const Table* b) {
  if (a != nullptr && b != nullptr && a != b)
    throw std::invalid_argument("a mean over rows inside another one must not use the outer table's columns");
  return a != nullptr ? a : b;
}

bool is_commutative(Operation operation) {
  using enum Operation;
  return operation == add || operation == multiply || operation == equal || operation == not_equal ||
         operation == logical_and || operation == logical_or;
}

/// Its reciprocal is exact, so that a division is a product.
bool is_power_of_two(double x) {
  int exponent = 0;
  return std::isnormal(x) && std::isnormal(1 / x) && std::abs(std::frexp(x, &exponent)) == 0.5;
}

std::size_t position(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

}  // namespace

ValueId ValueGraph::add(const Formula& formula) { return number(formula.node(), {}); }

ValueId ValueGraph::number(const NodePointer& root, const Tables& around) {
  std::unordered_map<const Node*, ValueId> known;
  for (const NodePointer& node : post_order_outside_means(root))
    known[node.get()] = number_node(*node, around, known);
  return known.at(root.get());
}

ValueId ValueGraph::number_node(const Node& node, const Tables& around,
                                const std::unordered_map<const Node*, ValueId>& known) {
  if (node.operation == Operation::constant) return constant(node.value);
  if (node.operation == Operation::variable) return name(node.name, around);
  if (node.operation == Operation::mean_over_rows) {
    Tables within = around;
    within.push_back(node.table.get());
    return mean(number(node.arguments[0], within), node.table.get());
  }
  std::vector<ValueId> arguments;
  for (const NodePointer& a : node.arguments) arguments.push_back(known.at(a.get()));
  return combine(node.operation, std::move(arguments));
}

ValueId ValueGraph::name(const std::string& name, const Tables& around) {
  Value v{.operation = Operation::variable};
  for (const auto* table : around | std::views::reverse) {
    v.index = position(table->names, name);
    if (v.index == table->names.size()) continue;
    v.table = v.rows = table;
    return shared(v);
  }
  v.index = position(inputs_, name);
  v.points = true;
  if (v.index == inputs_.size())
    throw std::invalid_argument("a formula depends on '" + name + "', which is not an input");
  return shared(v);
}

ValueId ValueGraph::constant(double value) {
  return shared({.operation = Operation::constant, .constant = value});
}

ValueId ValueGraph::combine(Operation operation, std::vector<ValueId> arguments) {
  if (operation == Operation::power && values_[arguments[1]].is_constant())
    return power(arguments[0], arguments[1]);
  if (std::all_of(arguments.begin(), arguments.end(), [&](ValueId a) { return values_[a].is_constant(); })) {
    std::array<double, 3> a = {};
    std::transform(arguments.begin(), arguments.end(), a.begin(),
                   [&](ValueId id) { return values_[id].constant; });
    return constant(function(operation).value(a.data()));
  }
  if (operation == Operation::divide && is_power_of_two(values_[arguments[1]].constant))
    return combine(Operation::multiply, {arguments[0], constant(1 / values_[arguments[1]].constant)});
  if (operation == Operation::negate) {
    // The sign of a product goes to the factor that does not vary, where it costs nothing.
    const Value product = values_[arguments[0]];
    if (product.operation == Operation::multiply && !values_[product.arguments[1]].points)
      return combine(Operation::multiply, {product.arguments[0], combine(operation, {product.arguments[1]})});
  }
  if (is_commutative(operation)) {
    // What is the same for the whole block stands second; otherwise the order is that of the ids.
    const auto varies = [&](ValueId a) { return values_[a].points; };
    const bool swap =
        varies(arguments[0]) == varies(arguments[1]) ? arguments[1] < arguments[0] : varies(arguments[1]);
    if (swap) std::swap(arguments[0], arguments[1]);
  }
  return operation_on(operation, arguments);
}

ValueId ValueGraph::operation_on(Operation operation, std::span<const ValueId> arguments) {
  Value v{.operation = operation, .arity = static_cast<std::uint8_t>(arguments.size())};
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Value& a = values_[arguments[i]];
    v.arguments[i] = arguments[i];
    v.rows = common_rows(v.rows, a.rows);
    v.points = v.points || a.points;
    v.depth = std::max(v.depth, a.depth);
  }
  return shared(v);
}

/// The same cases, in the same order of multiplications, as elementary::power.
ValueId ValueGraph::power(ValueId base, ValueId exponent) {
  const double n = values_[exponent].constant;
  if (values_[base].is_constant()) return constant(elementary::power(values_[base].constant, n));
  if (n == 0) return constant(1);
  if (n == 0.5) return combine(Operation::sqrt, {base});
  if (elementary::is_small_integer(n)) {
    const ValueId product =
        elementary::integer_power(base, static_cast<unsigned>(std::abs(n)), [this](ValueId a, ValueId b) {
          return combine(Operation::multiply, {a, b});
        });
    return n > 0 ? product : combine(Operation::divide, {constant(1), product});
  }
  return operation_on(Operation::power, std::array{base, exponent});
}

ValueId ValueGraph::mean(ValueId argument, const Table* table) {
  const Value a = values_[argument];
  if (a.rows != table) {
    common_rows(a.rows, nullptr);
    return argument;
  }
  if (!a.points) {
    double sum = 0;
    for (const double value : tabulate(argument)) sum += value;
    return constant(sum / static_cast<double>(table->rows()));
  }
  return shared({.operation = Operation::mean_over_rows,
                 .arguments = {argument, 0, 0},
                 .arity = 1,
                 .table = table,
                 .points = true,
                 .depth = a.depth + 1});
}

ValueId ValueGraph::shared(const Value& v) {
  const Key key = {static_cast<std::uint64_t>(v.operation),
                   std::uint64_t{v.arguments[0]} << 32U | v.arguments[1],
                   std::uint64_t{v.arguments[2]} << 32U | v.arity,
                   std::bit_cast<std::uint64_t>(v.constant),
                   v.index,
                   reinterpret_cast<std::uintptr_t>(v.table)};
  const auto [place, is_new] = ids_.try_emplace(key, static_cast<ValueId>(values_.size()));
  if (is_new) values_.push_back(v);
  return place->second;
}

std::vector<double> ValueGraph::tabulate(ValueId id) const {
  const Table& table = *values_[id].rows;
  std::unordered_map<ValueId, std::vector<double>> columns;
  const auto column_of = [&](ValueId v) -> std::vector<double> {
    if (values_[v].is_constant()) return std::vector(table.rows(), values_[v].constant);
    if (values_[v].operation == Operation::variable) return table.columns[values_[v].index];
    std::vector<double> result(table.rows());
    for (std::size_t row = 0; row < table.rows(); ++row) {
      std::array<double, 3> a = {};
      for (std::size_t i = 0; i < values_[v].arity; ++i) a[i] = columns.at(values_[v].arguments[i])[row];
      result[row] = function(values_[v].operation).value(a.data());
    }
    return result;
  };
  std::vector<ValueId> needed = {id};
  // The list grows as it is read.
  for (std::size_t i = 0; i < needed.size(); ++i)  // NOLINT(modernize-loop-convert)
    for (const ValueId a : values_[needed[i]].used())
      if (std::find(needed.begin(), needed.end(), a) == needed.end()) needed.push_back(a);
  std::sort(needed.begin(), needed.end());
  for (const ValueId v : needed) columns[v] = column_of(v);
  return columns.at(id);
}

}  // namespace fpk::formula
