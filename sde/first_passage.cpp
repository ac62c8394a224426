#include "sde/first_passage.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "law/sample_mean.hpp"
#include "sde/noise/rungs.hpp"
#include "sde/passage_motion.hpp"
#include "sde/sample_blocks.hpp"
#include "sde/start.hpp"
#include "sde/time_steps.hpp"

namespace fpk::sde {
namespace {

DrawStreams with_rung(DrawStreams streams) {
  for (Stream* s :
       {&streams.increments, &streams.signs, &streams.uniforms, &streams.observation, &streams.crossing})
    s->rung = rungs::passages;
  return streams;
}

TimeSteps steps_to(double horizon, double step) {
  if (!(horizon > 0))
    throw std::invalid_argument("a passage with a horizon of " + std::to_string(horizon) +
                                ": give a time above 0");
  return equal_steps(horizon, step);
}

PassageTimes nothing_yet(const PassageProblem& problem, const EnsembleSettings& settings, double horizon,
                         double step, parallel::Communicator processes) {
  law::Sample sample(problem.process.variables, settings.count, processes, settings.first_particle);
  const std::size_t here = sample.size();
  return {std::move(sample), horizon, step, std::vector<double>(here), std::vector<PassageEnd>(here)};
}

void start(const PassageProblem& problem, const Stream& positions, const Block& block,
           const PassageMotion& motion, PassageMotion::Flight& flight) {
  // Placed without walls: a start beyond a face is an end that begin() has to see.
  place(problem.initial, positions, block.number, block.count,
        Walls(model::whole_space(problem.process.variables)), flight.paths.paths);
  motion.begin(flight);
}

void store(const PassageMotion::Flight& flight, const Block& block, PassageTimes& to) {
  for (std::size_t i = 0; i < block.count; ++i) {
    to.end[block.begin + i] = flight.end[i];
    to.time[block.begin + i] = flight.end[i] == PassageEnd::none ? to.horizon : flight.time[i];
  }
}

struct Single {
  explicit Single(const PassageMotion& motion) : flight(motion), numbers(motion.motion().scheme->draws()) {}
  PassageMotion::Flight flight;
  DrawBlocks numbers;
};

struct Pair {
  explicit Pair(const PassageMotion& motion)
      : coarse(motion),
        fine(motion),
        whole(motion.motion().scheme->draws()),
        first(motion.motion().scheme->draws()),
        second(motion.motion().scheme->draws()) {}
  PassageMotion::Flight coarse, fine;
  DrawBlocks whole, first, second;
};

/// Values of one particle: survival at each time, then min(tau, H), then whether it ended in the target.
void fill(const PassageTimes& p, const std::vector<double>& times, std::size_t n,
          const std::function<void(std::size_t, double)>& put) {
  for (std::size_t k = 0; k < times.size(); ++k)
    put(k, p.end[n] == PassageEnd::none || p.time[n] > times[k] ? 1.0 : 0.0);
  put(times.size(), p.time[n]);
  put(times.size() + 1, p.end[n] == PassageEnd::target ? 1.0 : 0.0);
}

}  // namespace

PassageTimes first_passages(const PassageProblem& problem, const EnsembleSettings& settings, double horizon,
                            parallel::Communicator processes, const std::function<void(double)>& tick) {
  const TimeSteps steps = steps_to(horizon, settings.step);
  const PassageMotion motion(problem, settings);
  const DrawStreams streams = with_rung(ensemble_streams(settings.seed));
  const Stream positions{settings.seed, Purpose::initial_position, rungs::passages};
  PassageTimes found = nothing_yet(problem, settings, horizon, steps.size, processes);
  auto places = one_for_each_thread<Single>(motion);
  std::size_t done = 0;
  for_each_block(
      found.sample,
      [&](const Block& block, std::size_t worker) {
        auto& [flight, numbers] = places[worker];
        start(problem, positions, block, motion, flight);
        for (std::int64_t j = 0; j < steps.count && flight.any_alive(); ++j) {
          const auto n = static_cast<std::uint64_t>(j);
          draw(streams, settings.noise, block.number, n, steps.size, numbers);
          motion.step(flight, static_cast<double>(j) * steps.size, steps.size, numbers.all(),
                      {streams.crossing, block.number, n});
        }
        store(flight, block, found);
        return Losses{};
      },
      [&](std::size_t particles, std::size_t worker) {
        if (!tick || worker != 0) return;
        done += particles * parallel::threads();
        tick(std::min(1.0, static_cast<double>(done) / static_cast<double>(found.sample.size())));
      });
  return found;
}

CoupledPassages coupled_passages(const PassageProblem& problem, const EnsembleSettings& settings,
                                 double horizon, parallel::Communicator processes) {
  const TimeSteps steps = steps_to(horizon, settings.step);
  const double dt = steps.size, half = dt / 2;
  const PassageMotion motion(problem, settings);
  const DrawStreams streams = coupled_streams(settings.seed, rungs::passages);
  const Stream positions{settings.seed, Purpose::coupled_position, rungs::passages};
  CoupledPassages found{nothing_yet(problem, settings, horizon, dt, processes),
                        nothing_yet(problem, settings, horizon, half, processes)};
  auto places = one_for_each_thread<Pair>(motion);
  for_each_block(found.coarse.sample, [&](const Block& block, std::size_t worker) {
    Pair& at = places[worker];
    start(problem, positions, block, motion, at.coarse);
    start(problem, positions, block, motion, at.fine);
    for (std::int64_t j = 0; j < steps.count && (at.coarse.any_alive() || at.fine.any_alive()); ++j) {
      const double t = static_cast<double>(j) * dt;
      const auto n = 2 * static_cast<std::uint64_t>(j);
      const Decisions early{streams.crossing, block.number, n}, late{streams.crossing, block.number, n + 1};
      draw(streams, settings.noise, block.number, n, half, at.first);
      draw(streams, settings.noise, block.number, n + 1, half, at.second);
      join(at.first, at.second, at.whole);
      motion.step_in_halves(at.coarse, t, dt, at.whole.all(), at.first.all(), at.second.all(), early);
      motion.step(at.fine, t, half, at.first.all(), early);
      motion.step(at.fine, t + half, half, at.second.all(), late);
    }
    store(at.coarse, block, found.coarse);
    store(at.fine, block, found.fine);
    return Losses{};
  });
  return found;
}

PassageFigures passage_figures(const PassageTimes& p, const std::vector<double>& times) {
  const std::size_t K = times.size();
  const auto is = [&](std::size_t n, PassageEnd end) { return p.end[n] == end ? 1.0 : 0.0; };
  auto means =
      law::sample_means(p.sample, K + 4, [&](std::size_t begin, std::size_t n, std::span<double* const> v) {
        for (std::size_t i = 0; i < n; ++i) {
          fill(p, times, begin + i, [&](std::size_t k, double value) { v[k][i] = value; });
          v[K + 2][i] = is(begin + i, PassageEnd::face);
          v[K + 3][i] = is(begin + i, PassageEnd::none);
        }
      });
  const double mean = means[K].value;
  const auto square =
      law::sample_means(p.sample, 1, [&](std::size_t begin, std::size_t n, std::span<double* const> v) {
        for (std::size_t i = 0; i < n; ++i) v[0][i] = (p.time[begin + i] - mean) * (p.time[begin + i] - mean);
      });
  const std::int64_t exploded = std::count(p.end.begin(), p.end.end(), PassageEnd::exploded);
  return {{means.begin(), means.begin() + static_cast<std::ptrdiff_t>(K)},
          means[K],
          square.front(),
          means[K + 1],
          means[K + 2],
          means[K + 3],
          p.sample.processes().sum(exploded)};
}

std::vector<law::Estimate> passage_differences(const CoupledPassages& pairs,
                                               const std::vector<double>& times) {
  return law::sample_means(
      pairs.coarse.sample, times.size() + 2,
      [&](std::size_t begin, std::size_t n, std::span<double* const> v) {
        for (std::size_t i = 0; i < n; ++i) {
          fill(pairs.coarse, times, begin + i, [&](std::size_t k, double value) { v[k][i] = value; });
          fill(pairs.fine, times, begin + i, [&](std::size_t k, double value) { v[k][i] -= value; });
        }
      });
}

bool passage_has_bridge(const PassageProblem& problem, const EnsembleSettings& settings) {
  return sees_crossings(settings.absorption, settings.noise) &&
         (!problem.target || Target(problem.process, *problem.target, settings.absorption).has_bridge());
}

}  // namespace fpk::sde
