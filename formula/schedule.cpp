// Values in the order of their ids, with two exceptions. Means over the same table share one loop over its
// rows, which stands behind all that any of them needs. A product that is used once, by a sum, is done
// together with it, and e/(1 + e) with e = exp(a) in one pass where nothing else uses e: the slope of log(1 + exp(a)), whose division
// then runs beside the polynomial of the exponential.
#include "formula/schedule.hpp"

#include <algorithm>
#include <bit>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace fpk::formula {
namespace {

using enum Operation;

class Scheduler {
 public:
  Scheduler(const ValueGraph& graph, std::span<const ValueId> outputs, std::size_t inputs)
      : graph_(graph), outputs_(outputs), uses_(graph.size(), 0) {
    schedule_.inputs = inputs;
    schedule_.outputs = outputs.size();
    schedule_.registers = inputs + outputs.size();
  }

  Schedule run() {
    find_needed();
    pair_sums_with_products();
    find_logistics();
    assign_outputs();
    std::vector<ValueId> order;
    for (const ValueId v : needed_)
      if (graph_[v].rows == nullptr && !graph_[v].is_constant() && graph_[v].operation != variable)
        order.push_back(v);
    std::sort(order.begin(), order.end(), [&](ValueId a, ValueId b) { return place(a) < place(b); });
    for (auto v = order.begin(); v != order.end();) {
      if (graph_[*v].operation != mean_over_rows) {
        emit(*v++);
        continue;
      }
      const auto stop = std::find_if(v, order.end(), [&](ValueId other) { return !same_loop(*v, other); });
      emit_loop({v, stop});
      v = stop;
    }
    emit_repeated_outputs();
    return std::move(schedule_);
  }

 private:
  // ---- what is needed, where, and how often

  void find_needed() {
    const auto need = [&](ValueId v) {
      if (uses_[v]++ == 0) needed_.push_back(v);
    };
    for (const ValueId v : outputs_) need(v);
    // The list grows as it is read.
    for (std::size_t i = 0; i < needed_.size(); ++i) {  // NOLINT(modernize-loop-convert)
      const Value& v = graph_[needed_[i]];
      if (v.is_row_value()) continue;  // tabulated as a whole
      for (const ValueId a : v.used()) need(a);
    }
    std::sort(needed_.begin(), needed_.end());
  }

  /// Stage 2d holds what d means are needed for; the means of depth d stand between 2(d-1) and 2d.
  [[nodiscard]] std::tuple<unsigned, std::size_t, ValueId> place(ValueId id) const {
    const Value& v = graph_[id];
    if (v.operation != mean_over_rows) return {2 * v.depth, 0, id};
    return {2 * v.depth - 1, table_order(v.table), id};
  }

  [[nodiscard]] std::size_t table_order(const Table* table) const {
    const auto first =
        std::find_if(needed_.begin(), needed_.end(), [&](ValueId v) { return graph_[v].table == table; });
    return static_cast<std::size_t>(first - needed_.begin());
  }

  [[nodiscard]] bool same_loop(ValueId a, ValueId b) const {
    return graph_[b].operation == mean_over_rows && graph_[a].table == graph_[b].table &&
           graph_[a].depth == graph_[b].depth;
  }

  /// Inner values of one loop, arguments first.
  [[nodiscard]] std::vector<ValueId> inner_values(std::span<const ValueId> means) const {
    std::vector<ValueId> inner;
    std::unordered_set<ValueId> seen;
    const auto need = [&](ValueId v) {
      if (graph_[v].is_inner() && seen.insert(v).second) inner.push_back(v);
    };
    for (const ValueId m : means) need(graph_[m].arguments[0]);
    // The list grows as it is read.
    for (std::size_t i = 0; i < inner.size(); ++i)  // NOLINT(modernize-loop-convert)
      for (const ValueId a : graph_[inner[i]].used()) need(a);
    std::sort(inner.begin(), inner.end());
    return inner;
  }

  // ---- registers and scalars

  /// An output that is computed is computed in place.
  void assign_outputs() {
    for (std::size_t k = 0; k < outputs_.size(); ++k) {
      const Value& v = graph_[outputs_[k]];
      if (!v.is_constant() && v.operation != variable)
        registers_.try_emplace(outputs_[k], static_cast<std::uint32_t>(schedule_.inputs + k));
    }
  }

  std::uint32_t register_of(ValueId id) {
    if (graph_[id].operation == variable) return static_cast<std::uint32_t>(graph_[id].index);
    const auto [place, is_new] = registers_.try_emplace(id, static_cast<std::uint32_t>(schedule_.registers));
    if (is_new) ++schedule_.registers;
    return place->second;
  }

  [[nodiscard]] bool is_scalar(ValueId id) const { return !graph_[id].points; }

  /// In a loop: a slot of the row; outside: a constant.
  std::uint32_t scalar_of(ValueId id) {
    if (!loop_) return constant(graph_[id].constant);
    const auto [slot, is_new] =
        loop_->slot_of.try_emplace(id, static_cast<std::uint32_t>(loop_->slots.size()));
    if (is_new) loop_->slots.push_back(id);
    return slot->second;
  }

  std::uint32_t constant(double value) {
    auto& constants = schedule_.constants;
    const auto [place, is_new] =
        constants_.try_emplace(std::bit_cast<std::uint64_t>(value), constants.size());
    if (is_new) constants.push_back(value);
    return static_cast<std::uint32_t>(place->second);
  }

  // ---- instructions

  void emit(Operation operation, std::uint32_t out, std::span<const ValueId> operands) {
    Instruction i{operation, 0, out, {0, 0, 0}};
    for (unsigned k = 0; k < operands.size(); ++k) {
      if (is_scalar(operands[k])) i.scalars = static_cast<std::uint8_t>(i.scalars | 1U << k);
      i.operand[k] = is_scalar(operands[k]) ? scalar_of(operands[k]) : register_of(operands[k]);
    }
    schedule_.code.push_back(i);
  }

  void emit(ValueId id) {
    if (joined_.contains(id) || emit_with_product(id) || emit_logistic(id)) return;
    const Value& v = graph_[id];
    emit(v.operation, register_of(id), v.used());
  }

  bool emit_with_product(ValueId id) {
    const Value& v = graph_[id];
    const auto found = product_of_sum_.find(id);
    if (found == product_of_sum_.end()) return false;
    const Value& product = graph_[found->second];
    const bool first = v.arguments[0] == found->second;
    const Operation operation = v.operation == add ? multiply_add : (first ? multiply_sub : sub_multiply);
    const std::array<ValueId, 3> operands = {product.arguments[0], product.arguments[1],
                                             v.arguments[first ? 1 : 0]};
    emit(operation, register_of(id), operands);
    return true;
  }

  /// Pairs every sum with at most one product that nobody else uses and that is computed in the same place.
  void pair_sums_with_products() {
    for (const ValueId id : needed_) {
      const Value& v = graph_[id];
      if ((v.operation != add && v.operation != subtract) || is_scalar(id)) continue;
      for (const ValueId a : v.used()) {
        const Value& p = graph_[a];
        if (p.operation != multiply || uses_[a] != 1 || p.rows != v.rows || p.depth != v.depth ||
            is_scalar(a))
          continue;
        product_of_sum_[id] = a;
        joined_.insert(a);
        break;
      }
    }
  }

  bool emit_logistic(ValueId id) {
    if (!logistics_.contains(id)) return false;
    emit(logistic, register_of(id), graph_[graph_[id].arguments[0]].used());
    return true;
  }

  void find_logistics() {
    const auto is_one = [&](ValueId v) { return graph_[v].is_constant() && graph_[v].constant == 1; };
    for (const ValueId id : needed_) {
      const Value& v = graph_[id];
      if (v.operation != divide || is_scalar(id)) continue;
      const auto [e, sum, none] = v.arguments;
      const Value &E = graph_[e], &S = graph_[sum];
      if (E.operation != exp || S.operation != add || is_scalar(e) || uses_[e] != 2 || uses_[sum] != 1)
        continue;
      if (E.rows != v.rows || E.depth != v.depth || S.rows != v.rows || S.depth != v.depth) continue;
      const auto [a, b, unused] = S.arguments;
      if (!(a == e && is_one(b)) && !(b == e && is_one(a))) continue;
      logistics_.insert(id);
      joined_.insert({e, sum});
    }
  }

  // ---- loops over rows

  struct Loop {
    std::vector<ValueId> slots;
    std::unordered_map<ValueId, std::uint32_t> slot_of;
  };

  void emit_loop(std::span<const ValueId> means) {
    for (const ValueId m : means) schedule_.code.push_back({copy, 1, register_of(m), {constant(0), 0, 0}});
    loop_.emplace();
    const std::size_t begin = schedule_.code.size();
    schedule_.code.push_back({rows_begin, 0, 0, {static_cast<std::uint32_t>(schedule_.tables.size()), 0, 0}});
    for (const ValueId v : inner_values(means))
      if (!is_summand(v, means)) emit(v);
    for (const ValueId m : means) emit_summand(m);
    schedule_.code[begin].operand[1] = static_cast<std::uint32_t>(schedule_.code.size());
    schedule_.code.push_back({rows_end, 0, 0, {0, 0, 0}});
    const Table& table = *graph_[means.front()].table;
    schedule_.tables.push_back(tabulated(table));
    loop_.reset();
    const std::uint32_t rows = constant(static_cast<double>(table.rows()));
    for (const ValueId m : means) {
      const std::uint32_t r = register_of(m);
      schedule_.code.push_back({divide, 2, r, {r, rows, 0}});
    }
  }

  /// A product that only one mean uses is added to the mean as it is made.
  [[nodiscard]] bool is_summand(ValueId id, std::span<const ValueId> means) const {
    return graph_[id].operation == multiply && uses_[id] == 1 &&
           std::any_of(means.begin(), means.end(), [&](ValueId m) { return graph_[m].arguments[0] == id; });
  }

  void emit_summand(ValueId mean) {
    const ValueId argument = graph_[mean].arguments[0];
    const std::uint32_t sum = register_of(mean);
    if (!is_summand(argument, std::span(&mean, 1))) {
      schedule_.code.push_back({add, 0, sum, {sum, register_of(argument), 0}});
      return;
    }
    emit(multiply_add, sum, graph_[argument].used());
    schedule_.code.back().operand[2] = sum;
  }

  [[nodiscard]] RowTable tabulated(const Table& table) const {
    RowTable result{{}, loop_->slots.size(), table.rows()};
    result.scalars.resize(result.width * result.rows);
    for (std::size_t s = 0; s < result.width; ++s) {
      const Value& v = graph_[loop_->slots[s]];
      const std::vector<double> column =
          v.is_constant() ? std::vector<double>(table.rows(), v.constant) : graph_.tabulate(loop_->slots[s]);
      for (std::size_t row = 0; row < result.rows; ++row)
        result.scalars[row * result.width + s] = column[row];
    }
    return result;
  }

  /// Outputs that are constants, inputs, or the same as an earlier output.
  void emit_repeated_outputs() {
    for (std::size_t k = 0; k < outputs_.size(); ++k) {
      const auto out = static_cast<std::uint32_t>(schedule_.inputs + k);
      const auto found = registers_.find(outputs_[k]);
      if (found == registers_.end() || found->second != out) emit(copy, out, std::span(&outputs_[k], 1));
    }
  }

  const ValueGraph& graph_;
  std::span<const ValueId> outputs_;
  std::vector<std::size_t> uses_;
  std::vector<ValueId> needed_;
  std::unordered_map<ValueId, std::uint32_t> registers_;
  std::unordered_map<std::uint64_t, std::size_t> constants_;  // by their bits
  std::unordered_map<ValueId, ValueId> product_of_sum_;
  std::unordered_set<ValueId> joined_, logistics_;
  std::optional<Loop> loop_;
  Schedule schedule_;
};

}  // namespace

Schedule make_schedule(const ValueGraph& graph, std::span<const ValueId> outputs, std::size_t inputs) {
  return Scheduler(graph, outputs, inputs).run();
}

}  // namespace fpk::formula
