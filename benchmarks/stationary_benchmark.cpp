// The stationary law where no potential is known, 512 x 512 cells: multigrid, one thread; building the generator apart.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "solvers/build_generator.hpp"
#include "solvers/stationary.hpp"

namespace {

using namespace fpk;

struct Flow {
  const char* name;
  std::vector<std::string> drift, noise;
  double half_width;
};

const std::vector<Flow> flows = {
    {"rotating Ornstein-Uhlenbeck", {"-x + 3*y", "-2*x - y"}, {"0.7", "1.1"}, 5},
    {"tilted double well", {"-4*x*(x^2-1) + 0.3 + y", "-2*y - x"}, {"0.7", "0.7"}, 2.5},
    {"turning 30 times a decay", {"-x + 30*y", "-30*x - y"}, {"0.9", "1.1"}, 3},
    {"far from normal", {"-x + 20*y", "-y"}, {"0.7", "0.2"}, 5},
    {"noise of 2 against 0.1", {"-x + y", "-y - x"}, {"2", "0.1"}, 5},
};

model::Process process_of(const Flow& flow) {
  const std::vector<std::string> xy = {"x", "y"};
  model::Process p;
  p.variables = xy;
  p.noise.assign(2, std::vector<formula::Formula>(2, formula::Formula(0.0)));
  for (std::size_t i = 0; i < 2; ++i) {
    p.drift.push_back(formula::parse(flow.drift[i], {xy, {}, {}}));
    p.noise[i][i] = formula::parse(flow.noise[i], {xy, {}, {}});
  }
  return p;
}

void stationary(benchmark::State& state) {
  const Flow& flow = flows[static_cast<std::size_t>(state.range(0))];
  model::Domain domain;
  for (const auto* name : {"x", "y"}) domain.sides.push_back({name, -flow.half_width, flow.half_width});
  const law::GridPart part(domain.grid({512, 512}));
  const auto generator = solvers::build_generator(process_of(flow), domain, part);
  double residual = 0;
  for (auto _ : state) residual = solvers::stationary_masses(*generator).residual;
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  state.SetLabel(flow.name);
  state.counters["residual"] = residual;
  state.counters["peak_MB"] = static_cast<double>(used.ru_maxrss) / 1024;
}
BENCHMARK(stationary)->DenseRange(0, 4)->Unit(benchmark::kMillisecond);

}  // namespace
