// The 2-D double well (x^2-1)^2 + y^2 on [-2.5, 2.5]^2, D = 0.25, from N((-1, 0), 0.2^2) to T = 1: set-up of
// the generator and propagation, at a tolerance of 1e-6, for each propagator; and one application of the
// generator, with the memory traffic that it causes beside the machine's own (a triad over arrays of the same
// total size).
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "law/exact/gaussian.hpp"
#include "parallel/threads.hpp"
#include "solvers/propagator.hpp"

namespace {

using namespace fpk;

constexpr double tolerance = 1e-6, end = 1;

model::Process double_well() {
  return model::overdamped_langevin({"x", "y"}, formula::parse("(x^2 - 1)^2 + y^2", {{"x", "y"}, {}, {}}),
                                    0.25);
}

model::Domain box() {
  model::Domain domain;
  for (const auto* name : {"x", "y"}) domain.sides.push_back({name, -2.5, 2.5});
  return domain;
}

law::GridPart square(std::size_t cells) { return law::GridPart(box().grid({cells, cells})); }

std::vector<double> start_on(const law::GridPart& part) {
  const law::Gaussian start({"x", "y"}, Eigen::Vector2d(-1, 0), Eigen::Vector2d(0.04, 0.04).asDiagonal());
  return start.cell_masses(part);
}

/// L1 distance to the solution on four times as many cells an axis, whose own error is 16 times smaller.
double error_of(const law::GridPart& part, const std::vector<double>& masses, std::size_t cells) {
  static std::map<std::size_t, std::vector<double>> references;
  auto& reference = references[cells];
  if (reference.empty()) {
    const auto fine = square(4 * cells);
    const solvers::PropagatorTask task{solvers::generator_in_time(double_well(), box(), fine), false, end,
                                       1e-10};
    auto m = start_on(fine);
    solvers::find_propagator("chebyshev")->make(task)->advance(m, 0, end, {});
    reference.assign(part.size(), 0.0);
    for (std::size_t f = 0; f < m.size(); ++f) {
      auto i = fine.index(f);
      for (auto& k : i) k /= 4;
      reference[part.grid().flat(i)] += m[f];
    }
  }
  double sum = 0;
  for (std::size_t c = 0; c < masses.size(); ++c) sum += std::abs(masses[c] - reference[c]);
  return sum;
}

void propagate(benchmark::State& state, const char* name) {
  const auto cells = static_cast<std::size_t>(state.range(0));
  parallel::use_threads(static_cast<std::size_t>(state.range(1)));
  const auto part = square(cells);
  const auto process = double_well();
  const auto start = start_on(part);
  std::vector<double> masses;
  std::int64_t work = 0;
  for (auto _ : state) {
    masses = start;
    const solvers::PropagatorTask task{solvers::generator_in_time(process, box(), part), false, end,
                                       tolerance};
    const auto propagator = solvers::find_propagator(name)->make(task);
    propagator->advance(masses, 0, end, {});
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

void set_up(benchmark::State& state) {
  const auto part = square(static_cast<std::size_t>(state.range(0)));
  const auto process = double_well();
  for (auto _ : state) benchmark::DoNotOptimize(solvers::build_generator(process, box(), part));
}
BENCHMARK(set_up)->Arg(256)->Unit(benchmark::kMillisecond);

void apply(benchmark::State& state) {
  const auto part = square(static_cast<std::size_t>(state.range(0)));
  const solvers::SymmetricGenerator generator(*solvers::build_generator(double_well(), box(), part));
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
