#include "formula/registers.hpp"

#include <algorithm>
#include <limits>

#include "formula/function_table.hpp"

namespace fpk::formula {
namespace {

constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

std::size_t operand_count(Operation operation) {
  switch (operation) {
    case Operation::rows_begin:
    case Operation::rows_end:
      return 0;
    case Operation::copy:
    case Operation::logistic:
      return 1;
    case Operation::multiply_add:
    case Operation::multiply_sub:
    case Operation::sub_multiply:
      return 3;
    default:
      return function(operation).arity;
  }
}

template <class Visit>
void for_each_register_operand(Instruction& i, Visit visit) {
  for (std::size_t k = 0; k < operand_count(i.operation); ++k)
    if ((i.scalars >> k & 1U) == 0) visit(i.operand[k]);
}

bool computes(const Instruction& i) {
  return i.operation != Operation::rows_begin && i.operation != Operation::rows_end;
}

/// Where each virtual register is first written and last read.
struct Lives {
  std::vector<std::size_t> first, last;
};

Lives find_lives(Schedule& s) {
  Lives lives{std::vector(s.registers, never), std::vector(s.registers, std::size_t{0})};
  std::size_t loop_begin = never, loop_end = never;
  for (std::size_t at = 0; at < s.code.size(); ++at) {
    Instruction& i = s.code[at];
    if (i.operation == Operation::rows_begin) loop_begin = at, loop_end = i.operand[1];
    if (i.operation == Operation::rows_end) loop_begin = never;
    if (!computes(i)) continue;
    lives.first[i.out] = std::min(lives.first[i.out], at);
    const auto extend = [&](std::uint32_t r) {
      const bool from_outside = loop_begin != never && lives.first[r] < loop_begin;
      lives.last[r] = std::max(lives.last[r], from_outside ? loop_end : at);
    };
    for_each_register_operand(i, extend);
    extend(i.out);
  }
  return lives;
}

class Assigner {
 public:
  explicit Assigner(Schedule& s)
      : s_(s), fixed_(static_cast<std::uint32_t>(s.inputs + s.outputs)), used_(fixed_) {}

  void run() {
    const Lives lives = find_lives(s_);
    std::vector<std::vector<std::uint32_t>> ending(s_.code.size());
    for (std::uint32_t r = fixed_; r < s_.registers; ++r)
      if (lives.first[r] != never) ending[lives.last[r]].push_back(r);
    real_.assign(s_.registers, fixed_);
    for (std::size_t at = 0; at < s_.code.size(); ++at) step(at, lives, ending[at]);
    s_.registers = used_;
  }

 private:
  void step(std::size_t at, const Lives& lives, const std::vector<std::uint32_t>& ending) {
    Instruction& i = s_.code[at];
    const std::uint32_t out = i.out;
    const bool begins = computes(i) && out >= fixed_ && lives.first[out] == at;
    for_each_register_operand(i, [&](std::uint32_t& r) { r = r < fixed_ ? r : real_[r]; });
    // Every operation works point by point, so its result may take the place of an operand that ends here.
    for (const std::uint32_t r : ending)
      if (!(begins && r == out)) free_.push_back(real_[r]);
    if (begins) real_[out] = take();
    if (computes(i) && out >= fixed_) i.out = real_[out];
    if (begins && lives.last[out] == at) free_.push_back(real_[out]);
  }

  std::uint32_t take() {
    if (free_.empty()) return used_++;
    const std::uint32_t r = free_.back();
    free_.pop_back();
    return r;
  }

  Schedule& s_;
  std::uint32_t fixed_, used_;
  std::vector<std::uint32_t> real_, free_;
};

}  // namespace

void assign_registers(Schedule& schedule) { Assigner(schedule).run(); }

}  // namespace fpk::formula
