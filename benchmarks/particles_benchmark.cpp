// Particle-steps a CPU second: a million particles in the two-dimensional double well L = (x^2 - 1)^2 + y^2 at temperature 1/4,
// a hundred steps of 0.01 by Euler-Maruyama, two random numbers a step.
//
// Beside fpk, in the same run, loops that others write: around std::normal_distribution, and Boost.Odeint with the stochastic
// stepper of its tutorial, fed by the standard library or by Boost's ziggurat. `./dev bench particles` adds numpy and torch, and
// prints the table.
#include <benchmark/benchmark.h>

#include <array>
#include <boost/numeric/odeint/integrate/integrate_n_steps.hpp>
#include <boost/numeric/odeint/stepper/stepper_categories.hpp>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "benchmarks/double_well_kernels.hpp"
#include "formula/formula.hpp"
#include "law/exact/point.hpp"
#include "law/grid.hpp"
#include "parallel/instruction_set.hpp"
#include "parallel/threads.hpp"
#include "sde/block.hpp"
#include "sde/ensemble.hpp"
#include "sde/noise/fill.hpp"

namespace {

using namespace fpk;
using sde::NoiseKind;

constexpr std::int64_t particles = 1'000'000, steps = 100;
constexpr std::int64_t fewer = 20'000;  // for the slow ones
constexpr double step = 0.01, temperature = 0.25;

void count_steps(benchmark::State& state, std::int64_t in_all) {
  state.counters["particle-steps/s"] =
      benchmark::Counter(static_cast<double>(in_all), benchmark::Counter::kIsRate);
}

NoiseKind kind_of(const benchmark::State& state) {
  const auto kind = sde::noise_kinds()[static_cast<std::size_t>(state.range(0))];
  return kind;
}

void compiled_in(benchmark::State& state) {
  const auto kind = kind_of(state);
  constexpr std::size_t blocks = (particles + 255) / 256;
  std::vector<double> x(blocks * 256, -1.0), y(blocks * 256, 0.0);
  using namespace sde;  // the copies of the kernels
  const auto run = FPK_KERNELS_IN_USE(double_well_kernels).run;
  std::uint64_t n = 0;
  for (auto _ : state) {
    run(kind, 1, temperature, step, x.data(), y.data(), blocks, 0, n, n + steps);
    n += steps;
  }
  count_steps(state, state.iterations() * static_cast<std::int64_t>(blocks) * 256 * steps);
  state.SetLabel(std::string(sde::name(kind)));
}
BENCHMARK(compiled_in)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);

sde::Ensemble double_well(NoiseKind kind) {
  const auto potential = formula::parse("(x^2 - 1)^2 + y^2", {{"x", "y"}, {}, {}});
  const auto process = model::overdamped_langevin({"x", "y"}, potential, temperature);
  model::Domain domain;
  for (const auto* name : {"x", "y"}) domain.sides.push_back({name, -4, 4});
  return {process,
          domain,
          law::PointMass({"x", "y"}, {-1, 0}),
          {particles, "euler-maruyama", step, 1, kind},
          parallel::Communicator::self()};
}

void from_formula(benchmark::State& state) {
  const auto kind = kind_of(state);
  parallel::use_threads(static_cast<std::size_t>(state.range(1)));
  auto ensemble = double_well(kind);
  double t = 0;
  for (auto _ : state) ensemble.advance(t += steps * step);
  count_steps(state, state.iterations() * particles * steps);
  state.SetLabel(std::string(sde::name(kind)));
  parallel::use_threads(1);
}
BENCHMARK(from_formula)
    ->ArgNames({"noise", "threads"})
    ->ArgsProduct({{0, 1, 2, 3}, {1}})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(from_formula)
    ->Name("from_formula_wall_time")
    ->ArgNames({"noise", "threads"})
    ->ArgsProduct({{0}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

// A mean and a second moment in each variable and a histogram of 128 x 128 cells, after every hundred steps.
void observed(benchmark::State& state) {
  auto ensemble = double_well(NoiseKind::normal);
  std::vector<law::Observable> moments;
  for (const auto* text : {"x", "y", "x^2", "y^2"})
    moments.push_back({text, formula::parse(text, {{"x", "y"}, {}, {}})});
  const law::GridPart grid(law::Grid({law::Axis("x", -4, 4, 128), law::Axis("y", -4, 4, 128)}),
                           parallel::Communicator::self());
  double t = 0;
  for (auto _ : state) {
    ensemble.advance(t += steps * step);
    benchmark::DoNotOptimize(ensemble.sample().expectations(moments));
    benchmark::DoNotOptimize(ensemble.sample().cell_masses(grid));
  }
  count_steps(state, state.iterations() * particles * steps);
}
BENCHMARK(observed)->Unit(benchmark::kMillisecond);

void standard_library_loop(benchmark::State& state) {
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
BENCHMARK(standard_library_loop)->Unit(benchmark::kMillisecond);

using Point = std::array<double, 2>;

/// x += dt det(x) + sqrt(dt) sto(x), as odeint's tutorial on stochastic equations writes its stepper.
struct StochasticEuler {
  using state_type = Point;
  using deriv_type = Point;
  using value_type = double;
  using time_type = double;
  using order_type = unsigned short;
  using stepper_category = boost::numeric::odeint::stepper_tag;
  static order_type order() { return 1; }
  template <class System>
  void do_step(System& system, Point& x, double /*t*/, double dt) const {
    Point drift, noise;
    system.first(x, drift);
    system.second(noise);
    for (std::size_t k = 0; k < 2; ++k) x[k] += dt * drift[k] + std::sqrt(dt) * noise[k];
  }
};

template <class Engine, class Normal>
void odeint_stepper(benchmark::State& state) {
  std::vector<Point> points(fewer, Point{-1, 0});
  Engine engine(1);
  Normal normal(0, std::sqrt(2 * temperature));
  const auto drift = [](const Point& x, Point& b) { b = {-4 * x[0] * (x[0] * x[0] - 1), -2 * x[1]}; };
  const auto noise = [&](Point& s) {
    for (double& value : s) value = normal(engine);
  };
  auto system = std::make_pair(drift, noise);
  for (auto _ : state)
    for (Point& x : points)
      boost::numeric::odeint::integrate_n_steps(StochasticEuler(), std::ref(system).get(), x, 0.0, step,
                                                steps);
  benchmark::DoNotOptimize(points.data());
  count_steps(state, state.iterations() * fewer * steps);
}
BENCHMARK(odeint_stepper<std::mt19937, std::normal_distribution<double>>)
    ->Name("odeint_standard_library")
    ->Unit(benchmark::kMillisecond);
BENCHMARK(odeint_stepper<boost::random::mt19937, boost::random::normal_distribution<double>>)
    ->Name("odeint_boost_ziggurat")
    ->Unit(benchmark::kMillisecond);

void noise_alone(benchmark::State& state) {
  const auto kind = kind_of(state);
  const auto best = parallel::instruction_set();
  const auto set = parallel::use_instruction_set(static_cast<parallel::InstructionSet>(state.range(1)));
  const sde::BlockArrays dW(2);
  std::uint64_t n = 0;
  for (auto _ : state) {
    sde::fill_increments({}, kind, 0, n++, step, dW.all());
    benchmark::ClobberMemory();
  }
  state.counters["numbers/s"] =
      benchmark::Counter(static_cast<double>(n * 2 * formula::block_width), benchmark::Counter::kIsRate);
  state.SetLabel(std::string(sde::name(kind)) + ", " + std::string(parallel::name(set)));
  parallel::use_instruction_set(best);
}
BENCHMARK(noise_alone)->ArgNames({"noise", "instruction set"})->ArgsProduct({{0, 1, 2, 3}, {0, 1, 2}});

}  // namespace
