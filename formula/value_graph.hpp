// The values that a set of formulas needs, each once (value numbering: Cocke and Schwartz 1970).
//
// Two equal subexpressions, of whichever output, become one value. Constants are folded and small powers
// become products. Inside a mean over rows a value is one of three:
//
//   the same for all rows       point values     computed once, outside the loop over the rows
//   the same for all points     row values       tabulated when the program is made
//   both vary                   inner values     computed for each row
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "formula/node.hpp"

namespace fpk::formula {

using ValueId = std::uint32_t;

struct Value {
  Operation operation = Operation::constant;
  std::array<ValueId, 3> arguments = {};
  std::uint8_t arity = 0;
  double constant = 0;           ///< of a constant
  std::size_t index = 0;         ///< of a variable: which input or column
  const Table* table = nullptr;  ///< of a mean, of a column
  const Table* rows = nullptr;   ///< varies with the rows of this table, if any
  bool points = false;           ///< varies with the points
  unsigned depth = 0;            ///< how many means, one behind the other, it needs first

  [[nodiscard]] bool is_constant() const { return operation == Operation::constant; }
  [[nodiscard]] bool is_row_value() const { return rows != nullptr && !points; }
  [[nodiscard]] bool is_inner() const { return rows != nullptr && points; }
  [[nodiscard]] std::span<const ValueId> used() const { return {arguments.data(), arity}; }
};

class ValueGraph {
 public:
  explicit ValueGraph(std::vector<std::string> inputs) : inputs_(std::move(inputs)) {}

  /// The value of a formula. Throws std::invalid_argument where it depends on anything that is not an input.
  ValueId add(const Formula& formula);

  /// Arguments have smaller ids than their users.
  [[nodiscard]] const Value& operator[](ValueId id) const { return values_[id]; }
  [[nodiscard]] std::size_t size() const { return values_.size(); }

  /// A row value at every row of its table.
  [[nodiscard]] std::vector<double> tabulate(ValueId id) const;

 private:
  using Tables = std::vector<const Table*>;  // innermost last
  using Key = std::array<std::uint64_t, 6>;

  ValueId number(const NodePointer& root, const Tables& around);
  ValueId number_node(const Node& node, const Tables& around,
                      const std::unordered_map<const Node*, ValueId>& known);
  ValueId name(const std::string& name, const Tables& around);
  ValueId constant(double value);
  ValueId combine(Operation operation, std::vector<ValueId> arguments);
  ValueId operation_on(Operation operation, std::span<const ValueId> arguments);
  ValueId power(ValueId base, ValueId exponent);
  ValueId mean(ValueId argument, const Table* table);
  ValueId shared(const Value& value);

  std::vector<std::string> inputs_;
  std::vector<Value> values_;
  std::map<Key, ValueId> ids_;
};

}  // namespace fpk::formula
