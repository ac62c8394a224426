// Formulas compiled to one linear program that runs over blocks of points, structure of arrays in and out.
//
// Each instruction runs over a whole block before the next; a block is always padded to its full width, so
// that a value never depends on where in the array its point stands. Values are the same bits on every
// instruction set.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "formula/formula.hpp"

namespace fpk::formula {

/// Points in a block: large enough to pay for the dispatch of an instruction, small enough for the L1 cache.
inline constexpr std::size_t block_width = 256;

class Program {
 public:
  /// Scratch registers of one thread; made by Program::workspace, and good for that program only.
  class Workspace;

  /// `inputs` names the arrays that evaluate() is given, in order. Throws std::invalid_argument where an
  /// output depends on a variable that is not among them.
  Program(std::span<const Formula> outputs, std::vector<std::string> inputs);
  Program(const Formula& output, std::vector<std::string> inputs);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;

  [[nodiscard]] std::size_t input_count() const;
  [[nodiscard]] std::size_t output_count() const;
  [[nodiscard]] std::size_t instruction_count() const;
  [[nodiscard]] std::shared_ptr<Workspace> workspace() const;

  /// One full block: inputs[i] and outputs[k] each point at block_width doubles (outputs do not overlap
  /// inputs).
  void evaluate_block(std::span<const double* const> inputs, std::span<double* const> outputs,
                      Workspace& scratch) const;

  /// Any number of points: inputs[i][0..n), outputs[k][0..n). Not split among threads; thread-safe.
  void evaluate(std::span<const double* const> inputs, std::size_t n, std::span<double* const> outputs) const;

  /// One point, for tests and tables; a block's work for a single value.
  [[nodiscard]] std::vector<double> operator()(std::span<const double> point) const;

 private:
  struct Code;
  std::unique_ptr<Code> code_;
};

}  // namespace fpk::formula
