// The code that the interpreter runs: plain arrays, so that one loop serves every instruction set.
//
// A register is a block of `kernel_width` doubles; a scalar is one double that stands for a whole block.
// Between rows_begin and rows_end the scalars are those of one row of a table, and the code runs once for
// each row:
//
//     fill acc, 0 | rows_begin T | ... uses row scalars ... | add acc, acc, v | rows_end | divide acc, acc,
//     rows
//
// Included by the kernels: C headers only.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "formula/operation.hpp"

namespace fpk::formula {

enum : size_t { kernel_width = 256 };  ///< equal to block_width of formula/program.hpp

struct Instruction {
  Operation operation;
  uint8_t scalars;      ///< bit i is set where operand i names a scalar and not a register
  uint32_t out;         ///< register
  uint32_t operand[3];  ///< registers or scalars, as many as the operation takes
};

/// Row r of a table offers scalars[r*width .. r*width + width).
struct RowScalars {
  const double* scalars;
  size_t width;
  size_t rows;
};

struct Machine {
  const Instruction* code;
  size_t count;
  double* const* registers;
  const double* constants;  ///< the scalars outside any table
  const RowScalars* tables;
};

}  // namespace fpk::formula
