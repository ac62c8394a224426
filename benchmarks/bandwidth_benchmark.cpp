// What the density road draws of the memory's speed, beside what this machine gives in the same run: a triad
// a[i] = b[i] + 3 c[i] (McCalpin 1995) over arrays far larger than the second-level cache, on as many threads.
//
// Bytes are those that move: an array read counts once, one overwritten without being read counts twice, since its lines
// are fetched before they are written. `of_triad` is the median rate over the triad's median.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <functional>
#include <map>

#include "benchmarks/problem_b.hpp"
#include "parallel/threads.hpp"
#include "solvers/build_generator.hpp"
#include "solvers/sweep/sweep.hpp"

namespace {

using namespace fpk;
using namespace fpk::benchmarks;

constexpr std::size_t triad_cells = std::size_t{1} << 24, chunk = std::size_t{1} << 16;
constexpr double triad_bytes = 4 * 8;  ///< b, c; a fetched and written

/// Of the processor on one thread, which other programs change less; of the clock on more.
double now() {
  if (parallel::threads() == 1) return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double seconds_of(const std::function<void()>& work) {
  const double start = now();
  work();
  return now() - start;
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

/// Bytes a second, median of nine, on the threads in use.
double triad_rate() {
  std::vector<double> a(triad_cells), b(triad_cells), c(triad_cells), seconds;
  const auto in_chunks = [&](auto body) {
    parallel::for_each_chunk(triad_cells, chunk, [&](std::size_t begin, std::size_t end, std::size_t) {
      for (std::size_t i = begin; i < end; ++i) body(i);
    });
  };
  in_chunks([&](std::size_t i) { b[i] = 1, c[i] = 2; });
  for (int k = 0; k < 9; ++k)
    seconds.push_back(seconds_of([&] {
      in_chunks([&, x = a.data(), y = b.data(), z = c.data()](std::size_t i) { x[i] = y[i] + 3 * z[i]; });
      benchmark::DoNotOptimize(a.data());
      benchmark::ClobberMemory();
    }));
  return triad_bytes * static_cast<double>(triad_cells) / median(seconds);
}

double triad_on(std::size_t threads) {
  static std::map<std::size_t, double> known;
  if (const auto k = known.find(threads); k != known.end()) return k->second;
  return known[threads] = triad_rate();
}

/// Times `work` again and again; each call moves so many bytes.
void against_triad(benchmark::State& state, double bytes, const std::function<void()>& work) {
  const auto threads = static_cast<std::size_t>(state.range(1));
  parallel::use_threads(threads);
  const double triad = triad_on(threads);
  std::vector<double> seconds;
  for (auto _ : state) {
    seconds.push_back(seconds_of(work));
    state.SetIterationTime(seconds.back());
  }
  parallel::use_threads(1);
  const double rate = bytes / median(seconds);
  state.counters["GB/s"] = rate / 1e9;
  state.counters["triad_GB/s"] = triad / 1e9;
  state.counters["of_triad"] = rate / triad;
}

/// One application of the symmetric generator, by itself.
void application(benchmark::State& state) {
  const auto part = cube(static_cast<std::size_t>(state.range(0)));
  const solvers::SymmetricGenerator generator(*solvers::build_generator(wells(), box(), part));
  solvers::Field q(part, false);
  std::vector<double> out(part.size());
  // Two weights, the diagonal, q; the result fetched and written.
  against_triad(state, 6.0 * 8 * static_cast<double>(part.size()), [&] { generator.apply(q, out); });
}

/// One term of the Chebyshev series, recurrence and sum included. Two dimensions: as many terms at once as stay in the
/// cache, so that the bytes are those of one pass for each term, and may exceed what memory gives. Three: one by one.
void term(benchmark::State& state) {
  const auto cells = static_cast<std::size_t>(state.range(0)),
             dimension = static_cast<std::size_t>(state.range(2));
  const auto part = cube(cells, dimension);
  const auto generator = solvers::build_generator(wells(dimension), box(dimension), part);
  const solvers::SymmetricGenerator symmetric(*generator);
  const double rho = symmetric.spectral_bound();
  std::vector<double> centre, sum(part.size());
  for (const double d : symmetric.diagonal()) centre.push_back(rho / 2 - d);
  solvers::SweepMatrix matrix;
  matrix.part = part;
  matrix.diagonal = centre.data();
  for (const auto& f : symmetric.families()) {
    matrix.up.push_back(f.forward.data());
    matrix.down.push_back(f.forward.data() - f.shift);
    matrix.shifts.push_back(f.shift);
  }
  constexpr std::size_t terms = 64;
  const std::vector<double> weights(terms + 1, 1.0 / terms);
  const solvers::WeightedSum wanted{weights, sum.data()};
  auto even = generator->field(), odd = generator->field();
  std::copy(centre.begin(), centre.end(), even.data());
  // A weight for each axis, the diagonal, T_(k-1), T_(k+1) over T_(k-1); the sum read and written at every other term.
  const double bytes = 8.0 * static_cast<double>(dimension + 1 + 3 + 1) * static_cast<double>(part.size());
  against_triad(state, terms * bytes, [&] {
    solvers::sweep(matrix, solvers::Sequence::chebyshev, 4 / rho, terms, even, odd, {&wanted, 1});
  });
}

void on_one_and_two_threads(benchmark::internal::Benchmark* b,
                            const std::vector<std::vector<std::int64_t>>& grids) {
  b->UseManualTime()->Unit(benchmark::kMillisecond);
  for (const auto& g : grids)
    for (const std::int64_t threads : {1, 2}) {
      std::vector<std::int64_t> arguments{g[0], threads};
      arguments.insert(arguments.end(), g.begin() + 1, g.end());
      b->Args(arguments);
    }
}
BENCHMARK(application)->ArgNames({"cells", "threads"})->Apply([](auto* b) {
  on_one_and_two_threads(b, {{256}, {1024}, {2048}});
});
BENCHMARK(term)->ArgNames({"cells", "threads", "dimension"})->Apply([](auto* b) {
  on_one_and_two_threads(b, {{256, 2}, {1024, 2}, {64, 3}, {128, 3}});
});

}  // namespace
