// Problem B of benchmarks/problem_b.hpp: set-up of the generator and propagation, at a tolerance of 1e-6, for each
// propagator. What the memory gives: bandwidth_benchmark.cpp.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "benchmarks/problem_b.hpp"
#include "parallel/threads.hpp"

namespace {

using namespace fpk;
using namespace fpk::benchmarks;

constexpr double tolerance = 1e-6;

/// L1 distance to the solution on four times as many cells an axis, whose own error is 16 times smaller.
double error_of(const law::GridPart& part, const std::vector<double>& masses, std::size_t cells) {
  static std::map<std::size_t, std::vector<double>> references;
  auto& reference = references[cells];
  if (reference.empty()) {
    const auto fine = cube(4 * cells);
    const solvers::PropagatorTask task{solvers::generator_in_time(wells(), box(), fine), false, end_time,
                                       1e-10};
    auto m = start_on(fine);
    solvers::find_propagator("chebyshev")->make(task)->advance(m, 0, end_time, {});
    reference = merged(m, 4 * cells, 4);
  }
  return law::l1_distance(part, masses, reference);
}

void propagate(benchmark::State& state, const char* name) {
  const auto cells = static_cast<std::size_t>(state.range(0));
  parallel::use_threads(static_cast<std::size_t>(state.range(1)));
  const auto part = cube(cells);
  const auto process = wells();
  const auto start = start_on(part);
  std::vector<double> masses;
  std::int64_t work = 0;
  for (auto _ : state) {
    masses = start;
    const solvers::PropagatorTask task{solvers::generator_in_time(process, box(), part), false, end_time,
                                       tolerance};
    const auto propagator = solvers::find_propagator(name)->make(task);
    propagator->advance(masses, 0, end_time, {});
    work = propagator->work();
  }
  if (solvers::find_propagator(name)->positive || std::string_view(name) == "chebyshev")
    demand_positive_and_conservative(name, part, start, masses);
  state.counters["work"] = static_cast<double>(work);
  state.counters["minimum"] = *std::min_element(masses.begin(), masses.end());
  if (cells <= 256) state.counters["L1"] = error_of(part, masses, cells);
  parallel::use_threads(1);
}

void rows(benchmark::internal::Benchmark* b, const std::vector<int>& sizes, const std::vector<int>& threads) {
  b->ArgNames({"cells", "threads"})->Unit(benchmark::kMillisecond)->UseRealTime();
  for (const int t : threads)
    for (const int cells : sizes) b->Args({cells, t});
}
BENCHMARK_CAPTURE(propagate, chebyshev, "chebyshev")->Apply([](auto* b) {
  rows(b, {64, 128, 256, 512}, {1, 2});
});
BENCHMARK_CAPTURE(propagate, uniformisation, "uniformisation")->Apply([](auto* b) {
  rows(b, {64, 128, 256}, {1, 2});
});
// The others take seconds, or have no threads of their own.
BENCHMARK_CAPTURE(propagate, explicit, "explicit")->Iterations(1)->Apply([](auto* b) {
  rows(b, {256}, {1});
});
BENCHMARK_CAPTURE(propagate, ssp, "ssp")->Iterations(1)->Apply([](auto* b) { rows(b, {128}, {1}); });
BENCHMARK_CAPTURE(propagate, implicit, "implicit")->Iterations(1)->Apply([](auto* b) {
  rows(b, {128}, {1});
});
BENCHMARK_CAPTURE(propagate, sdirk, "sdirk")->Iterations(1)->Apply([](auto* b) { rows(b, {128, 256}, {1}); });
BENCHMARK_CAPTURE(propagate, krylov, "krylov")->Iterations(1)->Apply([](auto* b) { rows(b, {128}, {1}); });

void set_up(benchmark::State& state) {
  const auto part = cube(static_cast<std::size_t>(state.range(0)));
  const auto process = wells();
  for (auto _ : state) benchmark::DoNotOptimize(solvers::build_generator(process, box(), part));
}
BENCHMARK(set_up)->Arg(256)->Unit(benchmark::kMillisecond);

}  // namespace
