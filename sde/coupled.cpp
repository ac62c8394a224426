// The bias of a step by coupled paths: E f(X^dt) - E f(X^{dt/2}) from pairs driven by one Brownian path,
//
//     coarse   |-------- dW --------|        dW = dW_1 + dW_2
//     fine     |-- dW_1 --|-- dW_2 --|
//
// whose difference has a variance of order dt^{2 * strong order}, far below that of f itself. (Giles 2008)
#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "parallel/threads.hpp"
#include "sde/boundary.hpp"
#include "sde/ensemble.hpp"
#include "sde/noise/normal.hpp"
#include "sde/start.hpp"
#include "sde/time_steps.hpp"

namespace fpk::sde {
namespace {

constexpr std::size_t width = formula::block_width;

/// Mean and sum of squared deviations of the values of one piece of particles, in two passes.
struct Moments {
  double mean = 0, squares = 0;
};

Moments moments(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  Moments m{parallel::pairwise_sum(values.data(), values.size()) / n, 0};
  std::vector<double> squares(values.size());
  std::transform(values.begin(), values.end(), squares.begin(),
                 [&](double v) { return (v - m.mean) * (v - m.mean); });
  m.squares = parallel::pairwise_sum(squares.data(), squares.size());
  return m;
}

/// The estimate from the moments of all pieces, of all processes, in a fixed order.
law::Estimate estimate(const std::vector<Moments>& of_pieces, std::int64_t count,
                       const parallel::Communicator& processes) {
  std::vector<double> means, squares;
  for (const auto& m : of_pieces) {
    means.push_back(m.mean);
    squares.push_back(m.squares);
  }
  means = processes.concatenate(means);
  squares = processes.concatenate(squares);
  const auto piece = static_cast<std::int64_t>(law::Sample::piece);
  const auto weight = [&](std::size_t p) {
    return static_cast<double>(std::min(piece, count - static_cast<std::int64_t>(p) * piece));
  };
  auto terms = means;
  for (std::size_t p = 0; p < terms.size(); ++p) terms[p] *= weight(p);
  const auto n = static_cast<double>(count);
  const double mean = parallel::pairwise_sum(terms.data(), terms.size()) / n;
  for (std::size_t p = 0; p < terms.size(); ++p)
    terms[p] = squares[p] + weight(p) * (means[p] - mean) * (means[p] - mean);
  const double variance = parallel::pairwise_sum(terms.data(), terms.size()) / std::max(1.0, n - 1);
  return {mean, std::sqrt(variance / n)};
}

/// One of the two paths of each pair, and the observable on it.
struct Leg {
  Leg(const Scheme& scheme, const formula::Program& program, std::size_t dimension)
      : paths(dimension),
        dW(scheme.normals()),
        scratch(scheme.scratch()),
        value(1),
        workspace(program.workspace()) {}
  Paths paths;
  BlockArrays dW;
  std::unique_ptr<Scratch> scratch;
  BlockArrays value;
  std::shared_ptr<formula::Program::Workspace> workspace;
};

struct Workplace {
  Workplace(const Scheme& scheme, const formula::Program& program, std::size_t dimension)
      : coarse(scheme, program, dimension), fine(scheme, program, dimension), dW_2(scheme.normals()) {}
  Leg coarse, fine;
  BlockArrays dW_2;
};

class Pairs {
 public:
  Pairs(const Scheme& scheme, const Walls& walls, const formula::Program& observable,
        const law::InitialLaw& initial, std::uint64_t seed, std::uint16_t rung, TimeSteps steps)
      : scheme_(scheme),
        walls_(walls),
        observable_(observable),
        initial_(initial),
        positions_{seed, Purpose::coupled_position, rung},
        increments_{seed, Purpose::coupled_increment, rung},
        steps_(steps) {}

  /// Pairs `first`, `first` + 1, ... from time 0 to the end; the values of f in `at`. Returns the paths that
  /// exploded, or whose f is not finite.
  std::int64_t run(std::uint64_t first, std::size_t count, Workplace& at) const {
    auto& [coarse, fine, dW_2] = at;
    std::int64_t failed = place(initial_, positions_, first, count, walls_, coarse.paths).exploded;
    failed += place(initial_, positions_, first, count, walls_, fine.paths).exploded;
    const double dt = steps_.size, half = dt / 2;
    for (std::int64_t n = 0; n < steps_.count; ++n) {
      const auto fine_step = 2 * static_cast<std::uint64_t>(n);
      const double t = static_cast<double>(n) * dt;
      fill_normals(increments_, first, fine_step, half, fine.dW.all());
      fill_normals(increments_, first, fine_step + 1, half, dW_2.all());
      for (std::size_t k = 0; k < dW_2.count(); ++k) set_sum(coarse.dW[k], fine.dW[k], dW_2[k]);
      failed += step(coarse, t, dt, coarse.dW);
      failed += step(fine, t, half, fine.dW);
      failed += step(fine, t + half, half, dW_2);
    }
    return failed + evaluate(coarse, count) + evaluate(fine, count);
  }

 private:
  std::int64_t step(Leg& leg, double t, double dt, const BlockArrays& dW) const {
    scheme_.step(leg.paths.x.all(), t, dt, dW.all_const(), *leg.scratch);
    return walls_.apply(leg.paths).exploded;
  }

  /// f where the path is alive, 0 where it was absorbed. Returns how many are not finite.
  std::int64_t evaluate(Leg& leg, std::size_t count) const {
    observable_.evaluate_block(leg.paths.x.all_const(), leg.value.all(), *leg.workspace);
    std::int64_t failed = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (leg.paths.alive[i] == 0) leg.value[0][i] = 0;
      failed += std::isfinite(leg.value[0][i]) ? 0 : 1;
    }
    return failed;
  }

  const Scheme& scheme_;
  const Walls& walls_;
  const formula::Program& observable_;
  const law::InitialLaw& initial_;
  Stream positions_, increments_;
  TimeSteps steps_;
};

std::uint16_t checked_rung(std::uint64_t rung) {
  if (rung > std::numeric_limits<std::uint16_t>::max())
    throw std::invalid_argument("rung " + std::to_string(rung) +
                                " of a ladder: at most 65535 have random numbers");
  return static_cast<std::uint16_t>(rung);
}

}  // namespace

CoupledDifference coupled_difference(const model::Process& process, const model::Domain& domain,
                                     const law::InitialLaw& initial, const EnsembleSettings& settings,
                                     double end, const law::Observable& observable, std::uint64_t rung,
                                     parallel::Communicator processes,
                                     const std::function<void(double)>& tick) {
  const auto scheme = make_scheme(process, domain, initial, settings);
  const Walls walls(domain);
  const formula::Program program(observable.formula, process.variables);
  const TimeSteps steps = equal_steps(end, settings.step);
  const Pairs pairs(*scheme, walls, program, initial, settings.seed, checked_rung(rung), steps);

  const law::Sample share({}, settings.count, processes);  // who simulates which pairs
  constexpr std::size_t piece = law::Sample::piece;
  const std::size_t pieces = (share.size() + piece - 1) / piece;
  std::vector<Moments> coarse(pieces), fine(pieces), difference(pieces);
  std::vector<Workplace> places;
  for (std::size_t w = 0; w < parallel::threads(); ++w)
    places.emplace_back(*scheme, program, process.dimension());
  std::atomic<std::int64_t> failed{0};
  std::atomic<std::size_t> done{0};

  parallel::for_each_chunk(share.size(), piece, [&](std::size_t begin, std::size_t stop, std::size_t worker) {
    auto& at = places[worker];
    std::vector<double> f_coarse, f_fine, f_difference;
    for (std::size_t b = begin; b < stop; b += width) {
      const std::size_t count = std::min(width, stop - b);
      failed += pairs.run(static_cast<std::uint64_t>(share.first()) + b, count, at);
      const double *c = at.coarse.value[0], *f = at.fine.value[0];
      f_coarse.insert(f_coarse.end(), c, c + count);
      f_fine.insert(f_fine.end(), f, f + count);
      for (std::size_t i = 0; i < count; ++i) f_difference.push_back(c[i] - f[i]);
    }
    coarse[begin / piece] = moments(f_coarse);
    fine[begin / piece] = moments(f_fine);
    difference[begin / piece] = moments(f_difference);
    done += stop - begin;
    if (tick && worker == 0) tick(static_cast<double>(done) / static_cast<double>(share.size()));
  });

  if (const auto all_failed = processes.sum(failed.load()); all_failed > 0)
    throw std::runtime_error(std::to_string(all_failed) + " of " + std::to_string(2 * settings.count) +
                             " paths exploded, or have no finite " + observable.name + ", with step " +
                             std::to_string(steps.size) + ": try a smaller step or a bounded observable");
  return {steps.size, estimate(coarse, settings.count, processes), estimate(fine, settings.count, processes),
          estimate(difference, settings.count, processes)};
}

}  // namespace fpk::sde
