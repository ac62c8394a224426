// The interpreter: one instruction over a whole block, then the next.
#include "formula/elementary.hpp"
#include "formula/kernels.hpp"

namespace fpk::formula::FPK_ISA {
namespace {

struct Block {
  const double* values;
  double operator[](size_t i) const { return values[i]; }
};
struct Scalar {
  double value;
  double operator[](size_t /*i*/) const { return value; }
};

/// Where the operands of the instruction at hand are found.
struct Operands {
  const Instruction& instruction;
  double* const* registers;
  const double* scalars;
  [[nodiscard]] double* out() const { return registers[instruction.out]; }
  [[nodiscard]] Block block(unsigned k) const { return {registers[instruction.operand[k]]}; }
  [[nodiscard]] Scalar scalar(unsigned k) const { return {scalars[instruction.operand[k]]}; }
};

// Elementwise, so out may be an operand: no iteration depends on another.
template <class A, class Function>
void map(double* out, A a, Function f) {
#pragma GCC ivdep
  for (size_t i = 0; i < kernel_width; ++i) out[i] = f(a[i]);
}
template <class A, class B, class Function>
void map(double* out, A a, B b, Function f) {
#pragma GCC ivdep
  for (size_t i = 0; i < kernel_width; ++i) out[i] = f(a[i], b[i]);
}
template <class A, class B, class C, class Function>
void map(double* out, A a, B b, C c, Function f) {
#pragma GCC ivdep
  for (size_t i = 0; i < kernel_width; ++i) out[i] = f(a[i], b[i], c[i]);
}

template <class Function>
void unary(const Operands& o, Function f) {
  map(o.out(), o.block(0), f);
}

template <class Function>
void binary(const Operands& o, Function f) {
  switch (o.instruction.scalars) {
    case 0:
      return map(o.out(), o.block(0), o.block(1), f);
    case 1:
      return map(o.out(), o.scalar(0), o.block(1), f);
    default:
      return map(o.out(), o.block(0), o.scalar(1), f);
  }
}

/// The first operand is a block.
template <class Function>
void ternary(const Operands& o, Function f) {
  switch (o.instruction.scalars) {
    case 0:
      return map(o.out(), o.block(0), o.block(1), o.block(2), f);
    case 2:
      return map(o.out(), o.block(0), o.scalar(1), o.block(2), f);
    case 4:
      return map(o.out(), o.block(0), o.block(1), o.scalar(2), f);
    default:
      return map(o.out(), o.block(0), o.scalar(1), o.scalar(2), f);
  }
}

void fill_or_copy(const Operands& o) {
  const auto same = [](double v) { return v; };
  if (o.instruction.scalars != 0) return map(o.out(), o.scalar(0), same);
  map(o.out(), o.block(0), same);
}

void select(const Operands& o) {
  const auto choose = [](double c, double a, double b) { return c != 0.0 ? a : b; };
  if ((o.instruction.scalars & 1U) == 0) return ternary(o, choose);
  const bool first = o.scalar(0).value != 0.0;  // one choice for the whole block
  const unsigned k = first ? 1 : 2;
  const auto same = [](double v) { return v; };
  if ((o.instruction.scalars >> k & 1U) != 0) return map(o.out(), o.scalar(k), same);
  map(o.out(), o.block(k), same);
}

void call(ArrayFunction f, const Operands& o) { f(o.block(0).values, o.out(), kernel_width); }

void arithmetic(const Operands& o) {
  switch (o.instruction.operation) {
    case Operation::add:
      return binary(o, [](double a, double b) { return a + b; });
    case Operation::subtract:
      return binary(o, [](double a, double b) { return a - b; });
    case Operation::multiply:
      return binary(o, [](double a, double b) { return a * b; });
    case Operation::divide:
      return binary(o, [](double a, double b) { return a / b; });
    case Operation::multiply_add:
      return ternary(o, [](double a, double b, double c) { return a * b + c; });
    case Operation::multiply_sub:
      return ternary(o, [](double a, double b, double c) { return a * b - c; });
    case Operation::sub_multiply:
      return ternary(o, [](double a, double b, double c) { return c - a * b; });
    case Operation::logistic:
      return call(logistic_of, o);
    case Operation::negate:
      return unary(o, [](double a) { return -a; });
    case Operation::copy:
      return fill_or_copy(o);
    default:
      return;
  }
}

void logic(const Operands& o) {
  switch (o.instruction.operation) {
    case Operation::less:
      return binary(o, [](double a, double b) { return a < b ? 1.0 : 0.0; });
    case Operation::less_equal:
      return binary(o, [](double a, double b) { return a <= b ? 1.0 : 0.0; });
    case Operation::equal:
      return binary(o, [](double a, double b) { return a == b ? 1.0 : 0.0; });
    case Operation::not_equal:
      return binary(o, [](double a, double b) { return a != b ? 1.0 : 0.0; });
    case Operation::logical_and:
      return binary(o, [](double a, double b) { return (a != 0.0 ? 1.0 : 0.0) * (b != 0.0 ? 1.0 : 0.0); });
    case Operation::logical_or:
      return binary(o, [](double a, double b) { return a != 0.0 ? 1.0 : (b != 0.0 ? 1.0 : 0.0); });
    case Operation::logical_not:
      return unary(o, [](double a) { return a == 0.0 ? 1.0 : 0.0; });
    case Operation::select:
      return select(o);
    default:
      return;
  }
}

void function(const Operands& o) {
  switch (o.instruction.operation) {
    case Operation::exp:
      return call(exp_of, o);
    case Operation::log:
      return call(log_of, o);
    case Operation::sin:
      return call(sin_of, o);
    case Operation::cos:
      return call(cos_of, o);
    case Operation::tan:
      return call(tan_of, o);
    case Operation::sinh:
      return call(sinh_of, o);
    case Operation::cosh:
      return call(cosh_of, o);
    case Operation::tanh:
      return call(tanh_of, o);
    case Operation::sqrt:
      return unary(o, [](double a) { return __builtin_sqrt(a); });
    case Operation::abs:
      return unary(o, [](double a) { return elementary::magnitude(a); });
    case Operation::sign:
      return unary(o, [](double a) { return elementary::sign(a); });
    case Operation::min:
      return binary(o, [](double a, double b) { return elementary::min(a, b); });
    case Operation::max:
      return binary(o, [](double a, double b) { return elementary::max(a, b); });
    case Operation::power:
      return binary(o, [](double a, double b) { return elementary::power(a, b); });
    case Operation::atan2:
      return binary(o, [](double a, double b) { return __builtin_atan2(a, b); });
    case Operation::erf:
      return unary(o, [](double a) { return __builtin_erf(a); });
    default:
      return;
  }
}

void execute(const Operands& o) {
  const Operation op = o.instruction.operation;
  if (op < Operation::less || op >= Operation::copy) {
    op == Operation::power ? function(o) : arithmetic(o);
  } else {
    op <= Operation::select ? logic(o) : function(o);
  }
}

void run(const Machine& machine) {
  for (size_t at = 0; at < machine.count; ++at) {
    const Instruction& instruction = machine.code[at];
    if (instruction.operation != Operation::rows_begin) {
      execute({instruction, machine.registers, machine.constants});
      continue;
    }
    const RowScalars& table = machine.tables[instruction.operand[0]];
    const size_t end = instruction.operand[1];
    for (size_t row = 0; row < table.rows; ++row) {
      const double* scalars = table.scalars + row * table.width;
      for (size_t inner = at + 1; inner < end; ++inner)
        execute({machine.code[inner], machine.registers, scalars});
    }
    at = end;
  }
}

}  // namespace

const Kernels formula_kernels{exp_of, log_of, sin_of, cos_of, run};

}  // namespace fpk::formula::FPK_ISA
