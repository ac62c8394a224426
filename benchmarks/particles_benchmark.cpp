// Particle-steps a second: a million particles in the two-dimensional double well by Euler-Maruyama, two
// normals a step.
//
// Beside it, in the same run: the loop that everybody writes first (one engine, std::normal_distribution, a
// particle at a time), and the noise alone. Rates are of wall time; `threads` is the argument.
#include <benchmark/benchmark.h>

#include <cmath>
#include <random>
#include <vector>

#include "formula/formula.hpp"
#include "law/exact/point.hpp"
#include "parallel/instruction_set.hpp"
#include "parallel/threads.hpp"
#include "sde/block.hpp"
#include "sde/ensemble.hpp"
#include "sde/noise/fill.hpp"

namespace {

using namespace fpk;

constexpr std::int64_t particles = 1'000'000, steps = 100;
constexpr double step = 0.01, temperature = 0.25;

void count_steps(benchmark::State& state, std::int64_t in_all) {
  state.counters["particle-steps/s"] =
      benchmark::Counter(static_cast<double>(in_all), benchmark::Counter::kIsRate);
}

void double_well(benchmark::State& state) {
  parallel::use_threads(static_cast<std::size_t>(state.range(0)));
  const auto potential = formula::parse("(x^2 - 1)^2 + y^2", {{"x", "y"}, {}, {}});
  const auto process = model::overdamped_langevin({"x", "y"}, potential, temperature);
  model::Domain domain;
  for (const auto* name : {"x", "y"}) domain.sides.push_back({name, -4, 4});
  sde::Ensemble ensemble(process, domain, law::PointMass({"x", "y"}, {-1, 0}),
                         {particles, "euler-maruyama", step, 1}, parallel::Communicator::self());
  double t = 0;
  for (auto _ : state) ensemble.advance(t += steps * step);
  count_steps(state, state.iterations() * particles * steps);
  state.SetLabel(std::string(parallel::name(parallel::instruction_set())));
  parallel::use_threads(1);
}
BENCHMARK(double_well)->ArgName("threads")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void standard_library_loop(benchmark::State& state) {
  constexpr std::int64_t fewer = particles / 50;
  std::vector<double> xs(fewer, -1.0), ys(fewer, 0.0);
  std::mt19937_64 engine(1);
  std::normal_distribution<double> normal;
  const double sigma = std::sqrt(2 * temperature * step);
  for (auto _ : state)
    for (std::int64_t n = 0; n < steps; ++n)
      for (std::size_t i = 0; i < xs.size(); ++i) {
        const double x = xs[i], y = ys[i];
        xs[i] = x - 4 * x * (x * x - 1) * step + sigma * normal(engine);
        ys[i] = y - 2 * y * step + sigma * normal(engine);
      }
  benchmark::DoNotOptimize(xs.data());
  count_steps(state, state.iterations() * fewer * steps);
}
BENCHMARK(standard_library_loop)->Unit(benchmark::kMillisecond)->UseRealTime();

void noise_alone(benchmark::State& state) {
  const auto best = parallel::instruction_set();
  const auto set = parallel::use_instruction_set(static_cast<parallel::InstructionSet>(state.range(0)));
  const sde::BlockArrays dW(2);
  std::uint64_t n = 0;
  for (auto _ : state) {
    sde::fill_normals({}, 0, n++, step, dW.all());
    benchmark::ClobberMemory();
  }
  state.counters["normals/s"] =
      benchmark::Counter(static_cast<double>(n * 2 * formula::block_width), benchmark::Counter::kIsRate);
  state.SetLabel(std::string(parallel::name(set)));
  parallel::use_instruction_set(best);
}
BENCHMARK(noise_alone)->ArgName("instruction set")->DenseRange(0, 2);

}  // namespace
