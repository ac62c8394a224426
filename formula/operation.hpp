// What a node of an expression, and an instruction of a compiled program, can do.
//
// Included by the kernels: no standard header here.
#pragma once

namespace fpk::formula {

enum class Operation : unsigned char {
  // Leaves.
  constant,
  variable,
  // Operators of the text.
  add,
  subtract,
  multiply,
  divide,
  negate,
  power,
  less,
  less_equal,
  equal,
  not_equal,
  logical_and,
  logical_or,
  logical_not,
  // Functions of the text; select(c, a, b) is a where c is not 0, else b.
  select,
  exp,
  log,
  sqrt,
  sin,
  cos,
  tan,
  sinh,
  cosh,
  tanh,
  abs,
  min,
  max,
  sign,
  atan2,
  erf,
  // The mean of its argument over the rows of a table.
  mean_over_rows,
  // Of the machine alone, never in an expression.
  copy,          // out = a
  multiply_add,  // out = a*b + c, each rounded
  multiply_sub,  // out = a*b - c, each rounded
  sub_multiply,  // out = c - a*b, each rounded
  logistic,      // out = e/(1 + e) with e = exp(a), each rounded
  rows_begin,    // operand 0: which table; operand 1: where its rows_end stands
  rows_end
};

}  // namespace fpk::formula
