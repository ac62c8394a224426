// Problem B of benchmarks/problem_b.hpp: set-up of the generator and propagation, at a tolerance of 1e-6, for each
// propagator; and one application of the generator, with the memory traffic that it causes beside the machine's own (a
// triad over arrays of the same total size).
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
  state.counters["work"] = static_cast<double>(work);
  state.counters["minimum"] = *std::min_element(masses.begin(), masses.end());
  if (cells <= 256) state.counters["L1"] = error_of(part, masses, cells);
  parallel::use_threads(1);
}

void sizes_and_threads(benchmark::internal::Benchmark* b) {
  b->ArgNames({"cells", "threads"})->Unit(benchmark::kMillisecond)->UseRealTime();
  for (const int threads : {1, 2})
    for (const int cells : {64, 128, 256}) b->Args({cells, threads});
}
BENCHMARK_CAPTURE(propagate, chebyshev, "chebyshev")->Apply(sizes_and_threads);
BENCHMARK_CAPTURE(propagate, uniformisation, "uniformisation")->Apply(sizes_and_threads);
BENCHMARK_CAPTURE(propagate, explicit, "explicit")
    ->ArgNames({"cells", "threads"})
    ->Args({256, 1})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(1);
BENCHMARK_CAPTURE(propagate, implicit, "implicit")
    ->ArgNames({"cells", "threads"})
    ->Args({128, 1})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(1);
BENCHMARK_CAPTURE(propagate, sdirk, "sdirk")
    ->ArgNames({"cells", "threads"})
    ->Args({128, 1})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(1);
BENCHMARK_CAPTURE(propagate, krylov, "krylov")
    ->ArgNames({"cells", "threads"})
    ->Args({128, 1})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(1);

void set_up(benchmark::State& state) {
  const auto part = cube(static_cast<std::size_t>(state.range(0)));
  const auto process = wells();
  for (auto _ : state) benchmark::DoNotOptimize(solvers::build_generator(process, box(), part));
}
BENCHMARK(set_up)->Arg(256)->Unit(benchmark::kMillisecond);

void apply(benchmark::State& state) {
  const auto part = cube(static_cast<std::size_t>(state.range(0)));
  const solvers::SymmetricGenerator generator(*solvers::build_generator(wells(), box(), part));
  solvers::Field q(part, false);
  std::vector<double> out(part.size());
  for (auto _ : state) generator.apply(q, out);
  // Two weights, the diagonal, q and the result, once each.
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(part.size()) * 5 * 8);
}
BENCHMARK(apply)->Arg(256)->Arg(1024);

void triad(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  std::vector<double> a(n), b(n, 1.0), c(n, 2.0);
  for (auto _ : state) {
    for (std::size_t i = 0; i < n; ++i) a[i] = b[i] + 3 * c[i];
    benchmark::DoNotOptimize(a.data());
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(n) * 3 * 8);
}
BENCHMARK(triad)->Arg(256 * 256 * 5 / 3)->Arg(1024 * 1024 * 5 / 3);

}  // namespace
