// Steps of chains of stochastic gradient descent a CPU second: 10^5 replicas, batches of 8 of 569 rows, logistic regression of two
// weights without regulariser on the breast cancer data, a learning rate of 1/2; and the set-up of the fields of that loss.
//
// `./dev bench sgd` adds the same in numpy, and prints the table.
#include <benchmark/benchmark.h>

#include "formula/formula.hpp"
#include "law/exact/point.hpp"
#include "model/data_set.hpp"
#include "parallel/instruction_set.hpp"
#include "parallel/threads.hpp"
#include "sde/row_kernels.hpp"
#include "sde/sgd/chain_ensemble.hpp"

namespace {

using namespace fpk;

constexpr std::int64_t replicas = 100'000, steps = 64;
constexpr std::size_t batch = 8;

/// The labels, +1 or -1, are multiplied into the features, as in the program that it is set beside.
model::RowLoss logistic_loss() {
  const auto read = model::read_table(
      FPK_DATASETS "/breast_cancer.csv",
      {{"radius", "mean_radius", true}, {"texture", "mean_texture", true}, {"benign", "benign", false}});
  formula::Table table{{"p", "q"}, {read->columns[0], read->columns[1]}};
  for (std::size_t row = 0; row < read->rows(); ++row)
    for (auto& column : table.columns) column[row] *= 2 * read->columns[2][row] - 1;
  return {{"v", "w"},
          formula::parse("log(1 + exp(-(v*p + w*q)))", {{"v", "w", "p", "q"}, {}, {}}),
          std::make_shared<const formula::Table>(std::move(table))};
}

void chain(benchmark::State& state) {
  model::StochasticGradient sgd;
  sgd.loss = logistic_loss();
  sgd.learning_rate = 0.5;
  sgd.batch = static_cast<double>(batch);
  sgd.largest_batch = batch;
  sgd.sampling = static_cast<model::Sampling>(state.range(0));
  parallel::use_threads(static_cast<std::size_t>(state.range(1)));
  const auto best = parallel::instruction_set();
  const auto set = parallel::use_instruction_set(static_cast<parallel::InstructionSet>(state.range(2)));
  auto chains = sde::chain_ensemble(sgd, law::PointMass({"v", "w"}, {0, 0}), {.count = replicas},
                                    parallel::Communicator::self());
  double n = 0;
  for (auto _ : state) chains.advance(n += steps);
  state.counters["chain-steps/s"] = benchmark::Counter(
      static_cast<double>(state.iterations() * replicas * steps), benchmark::Counter::kIsRate);
  state.SetLabel(std::string(model::name(sgd.sampling)) + ", " + std::string(parallel::name(set)));
  parallel::use_instruction_set(best);
  parallel::use_threads(1);
}
BENCHMARK(chain)
    ->ArgNames({"sampling", "threads", "instruction set"})
    ->ArgsProduct({{0}, {1, 2}, {2}})
    ->ArgsProduct({{1, 2}, {1}, {2}})
    ->ArgsProduct({{0}, {1}, {0, 1}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void rows(benchmark::State& state) {
  std::vector<std::uint32_t> to(batch * formula::block_width);
  using namespace sde;
  std::uint64_t n = 0;
  for (auto _ : state) {
    FPK_KERNELS_IN_USE(row_kernels).rows({}, 0, n++, 569, batch, to.data());
    benchmark::ClobberMemory();
  }
  state.counters["rows/s"] =
      benchmark::Counter(static_cast<double>(n * to.size()), benchmark::Counter::kIsRate);
}
BENCHMARK(rows);

void gather(benchmark::State& state) {
  std::vector<std::uint32_t> rows(batch * formula::block_width);
  std::vector<double> column(569, 1.5), to(rows.size());
  using namespace sde;
  const auto& kernels = FPK_KERNELS_IN_USE(row_kernels);
  kernels.rows({}, 0, 0, 569, batch, rows.data());
  std::uint64_t n = 0;
  for (auto _ : state) {
    for (std::size_t k = 0; k < batch; ++k)
      kernels.gather(column.data(), rows.data() + k * formula::block_width,
                     to.data() + k * formula::block_width);
    benchmark::ClobberMemory();
    ++n;
  }
  state.counters["numbers/s"] =
      benchmark::Counter(static_cast<double>(n * rows.size()), benchmark::Counter::kIsRate);
}
BENCHMARK(gather);

}  // namespace
