// The order in which values are computed, as instructions on virtual registers: as many as there are values.
#pragma once

#include <span>
#include <vector>

#include "formula/instruction.hpp"
#include "formula/value_graph.hpp"

namespace fpk::formula {

/// Scalars of the rows of one table: width of them for each row, those of a row together.
struct RowTable {
  std::vector<double> scalars;
  std::size_t width = 0, rows = 0;
};

/// Virtual registers: inputs first, then outputs, then everything else.
struct Schedule {
  std::vector<Instruction> code;
  std::size_t inputs = 0, outputs = 0, registers = 0;
  std::vector<double> constants;
  std::vector<RowTable> tables;
};

Schedule make_schedule(const ValueGraph& graph, std::span<const ValueId> outputs, std::size_t inputs);

}  // namespace fpk::formula
