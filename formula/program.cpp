#include "formula/program.hpp"

#include <algorithm>
#include <stdexcept>

#include "formula/kernels.hpp"
#include "formula/registers.hpp"
#include "formula/schedule.hpp"

namespace fpk::formula {

static_assert(block_width == kernel_width);

namespace {

struct alignas(64) Block {
  double values[block_width];
};

}  // namespace

struct Program::Code {
  Schedule schedule;
  std::vector<RowScalars> tables;
};

class Program::Workspace {
  /// Pointers left unused behind the registers, two pairs of cache lines: they are written for every block, and the workspace of another
  /// thread, allocated next, must not share their line (with two threads the evaluation took 1.7 times as long).
  static constexpr std::size_t apart = 32;

 public:
  explicit Workspace(const Schedule& s)
      : arguments_(s.inputs + s.outputs),
        scratch_(s.registers - arguments_),
        registers_(s.registers + apart) {
    for (std::size_t r = arguments_; r < s.registers; ++r) registers_[r] = scratch_[r - arguments_].values;
  }

  [[nodiscard]] std::vector<double*>& registers() { return registers_; }

 private:
  std::size_t arguments_;
  std::vector<Block> scratch_;
  std::vector<double*> registers_;  // inputs and outputs are pointed at the caller's arrays for each block
};

Program::Program(std::span<const Formula> outputs, std::vector<std::string> inputs)
    : code_(std::make_unique<Code>()) {
  const std::size_t input_count = inputs.size();
  ValueGraph graph(std::move(inputs));
  std::vector<ValueId> values;
  for (const Formula& f : outputs) values.push_back(graph.add(f));
  code_->schedule = make_schedule(graph, values, input_count);
  assign_registers(code_->schedule);
  for (const RowTable& t : code_->schedule.tables)
    code_->tables.push_back({t.scalars.data(), t.width, t.rows});
}

Program::Program(const Formula& output, std::vector<std::string> inputs)
    : Program(std::span<const Formula>(&output, 1), std::move(inputs)) {}
Program::~Program() = default;
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;

std::size_t Program::input_count() const { return code_->schedule.inputs; }
std::size_t Program::output_count() const { return code_->schedule.outputs; }
std::size_t Program::instruction_count() const { return code_->schedule.code.size(); }

std::shared_ptr<Program::Workspace> Program::workspace() const {
  return std::make_shared<Workspace>(code_->schedule);
}

void Program::evaluate_block(std::span<const double* const> inputs, std::span<double* const> outputs,
                             Workspace& scratch) const {
  auto& registers = scratch.registers();
  // Inputs are only ever read: no instruction has one for its result.
  std::transform(inputs.begin(), inputs.end(), registers.begin(),
                 [](const double* p) { return const_cast<double*>(p); });
  std::copy(outputs.begin(), outputs.end(), registers.begin() + static_cast<std::ptrdiff_t>(inputs.size()));
  const Schedule& s = code_->schedule;
  kernels().run({s.code.data(), s.code.size(), registers.data(), s.constants.data(), code_->tables.data()});
}

void Program::evaluate(std::span<const double* const> inputs, std::size_t n,
                       std::span<double* const> outputs) const {
  Workspace scratch(code_->schedule);
  std::vector<const double*> in(inputs.begin(), inputs.end());
  std::vector<double*> out(outputs.begin(), outputs.end());
  std::size_t begin = 0;
  for (; begin + block_width <= n; begin += block_width) {
    for (std::size_t i = 0; i < in.size(); ++i) in[i] = inputs[i] + begin;
    for (std::size_t k = 0; k < out.size(); ++k) out[k] = outputs[k] + begin;
    evaluate_block(in, out, scratch);
  }
  if (begin == n) return;
  // The last block is padded with its last point.
  const std::size_t rest = n - begin;
  std::vector<Block> padded(in.size() + out.size());
  for (std::size_t i = 0; i < in.size(); ++i) {
    double* block = padded[i].values;
    std::copy_n(inputs[i] + begin, rest, block);
    std::fill(block + rest, block + block_width, block[rest - 1]);
    in[i] = block;
  }
  for (std::size_t k = 0; k < out.size(); ++k) out[k] = padded[in.size() + k].values;
  evaluate_block(in, out, scratch);
  for (std::size_t k = 0; k < out.size(); ++k) std::copy_n(out[k], rest, outputs[k] + begin);
}

std::vector<double> Program::operator()(std::span<const double> point) const {
  if (point.size() != input_count())
    throw std::invalid_argument("a point needs one coordinate for each input");
  std::vector<const double*> in;
  for (const double& x : point) in.push_back(&x);
  std::vector<double> values(output_count());
  std::vector<double*> out;
  for (double& v : values) out.push_back(&v);
  evaluate(in, 1, out);
  return values;
}

}  // namespace fpk::formula
