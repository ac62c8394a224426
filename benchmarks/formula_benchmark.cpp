// What a formula costs, in nanoseconds a point on one thread: the gradients of two potentials, the elementary
// functions, and a logistic loss over 569 rows with its gradient, on each instruction set this machine has
// (argument 0: plain, 1: AVX2, 2: AVX-512).
//
// Beside it, in the same run: the gradient of the double well as a loop that is compiled in.
#include <benchmark/benchmark.h>

#include <cmath>
#include <string>
#include <vector>

#include "formula/program.hpp"
#include "parallel/instruction_set.hpp"

namespace {

using namespace fpk;
using formula::Formula;

constexpr std::size_t points =
    4096;  // a few arrays of them fit the L2 cache: the arithmetic is timed, not memory

const formula::Scope xy = {{"x", "y"}, {}, {}};

std::vector<double> spread_out(double frequency) {
  std::vector<double> x(points);
  for (std::size_t i = 0; i < points; ++i) x[i] = 2 * std::sin(frequency * static_cast<double>(i)) + 2.5;
  return x;
}

std::vector<Formula> gradient(const std::string& text) {
  const Formula f = formula::parse(text, xy);
  return {f.derivative("x"), f.derivative("y")};
}

void count_points(benchmark::State& state) {
  const auto done = static_cast<double>(state.iterations()) * static_cast<double>(points);
  state.counters["s/point"] =
      benchmark::Counter(done, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

/// Runs `outputs` of x and y on the instruction set that the argument names.
void run(benchmark::State& state, const std::vector<Formula>& outputs) {
  const auto before = parallel::instruction_set();
  const auto wanted = static_cast<parallel::InstructionSet>(state.range(0));
  const auto used = parallel::use_instruction_set(wanted);
  state.SetLabel(std::string(name(used)));
  const formula::Program program(outputs, {"x", "y"});
  const std::vector<double> x = spread_out(0.37), y = spread_out(0.74);
  std::vector<std::vector<double>> out(outputs.size(), std::vector<double>(points));
  const double* const in[] = {x.data(), y.data()};
  std::vector<double*> to;
  for (auto& o : out) to.push_back(o.data());
  if (used != wanted) state.SkipWithError("this machine has not got it");
  for (auto _ : state) {
    program.evaluate(in, points, to);
    benchmark::DoNotOptimize(out.front().data());
    benchmark::ClobberMemory();
  }
  count_points(state);
  state.counters["instructions"] = static_cast<double>(program.instruction_count());
  parallel::use_instruction_set(before);
}

void double_well(benchmark::State& state) { run(state, gradient("(x^2-1)^2 + y^2")); }
void wavy_bowl(benchmark::State& state) { run(state, gradient("exp(-x^2-y^2)*sin(3*x) + cos(2*y)*x")); }

void function_of_x(benchmark::State& state, const std::string& text) {
  run(state, {formula::parse(text, xy)});
}

void logistic_loss_and_gradient(benchmark::State& state) {
  auto table = std::make_shared<formula::Table>();
  table->names = {"u", "v", "label"};
  table->columns.resize(3);
  for (int row = 0; row < 569; ++row) {
    const double u = std::sin(1.3 * row), v = std::cos(0.7 * row);
    table->columns[0].push_back(u);
    table->columns[1].push_back(v);
    table->columns[2].push_back(u + 0.3 * v > 0 ? 1 : -1);
  }
  const formula::Scope scope = {{"x", "y", "u", "v", "label"}, {}, {}};
  const Formula loss = mean_over_rows(formula::parse("log(1 + exp(-label*(x*u + y*v)))", scope), table);
  run(state, {loss, loss.derivative("x"), loss.derivative("y")});
}

void double_well_compiled_in(benchmark::State& state) {
  const std::vector<double> x = spread_out(0.37), y = spread_out(0.74);
  std::vector<double> dx(points), dy(points);
  for (auto _ : state) {
    for (std::size_t i = 0; i < points; ++i) {
      dx[i] = 4 * x[i] * (x[i] * x[i] - 1);
      dy[i] = 2 * y[i];
    }
    benchmark::DoNotOptimize(dx.data());
    benchmark::DoNotOptimize(dy.data());
    benchmark::ClobberMemory();
  }
  count_points(state);
}

BENCHMARK(double_well_compiled_in);
BENCHMARK(double_well)->DenseRange(0, 2);
BENCHMARK(wavy_bowl)->DenseRange(0, 2);
BENCHMARK_CAPTURE(function_of_x, exp, std::string("exp(x)"))->DenseRange(0, 2);
BENCHMARK_CAPTURE(function_of_x, log, std::string("log(x)"))->DenseRange(0, 2);
BENCHMARK_CAPTURE(function_of_x, sin, std::string("sin(x)"))->DenseRange(0, 2);
BENCHMARK_CAPTURE(function_of_x, cos, std::string("cos(x)"))->DenseRange(0, 2);
BENCHMARK_CAPTURE(function_of_x, tanh, std::string("tanh(x)"))->DenseRange(0, 2);
BENCHMARK_CAPTURE(function_of_x, pow, std::string("x^y"))->DenseRange(0, 2);
BENCHMARK(logistic_loss_and_gradient)->DenseRange(0, 2);

}  // namespace
