#include "app/level_sampler.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>

#include "app/particle_road.hpp"
#include "sde/boundary.hpp"
#include "sde/coupled_ensemble.hpp"
#include "sde/noise/rungs.hpp"
#include "sde/step_between_faces.hpp"
#include "sde/time_steps.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;

/// Paths advanced together.
constexpr std::int64_t together = std::int64_t{1} << 18;
constexpr std::int64_t probes = 4096;
constexpr std::size_t most_halvings = 14;
/// Greatest error between two absorbing faces, whatever the tolerance: below it levels fall as they should.
constexpr double most_between_faces = 0.01;

double steps_of(const io::Case& problem, double step) {
  return static_cast<double>(sde::equal_steps(problem.times.back(), step).count);
}

/// Weak order that what the walls did to these paths allows.
template <class Paths>
double order_of(const io::Case& problem, const Paths& paths) {
  return paths.mirrored() > 0 ? sde::order_at_walls(problem.domain) : sde::exact;
}

/// body(settings) for particles `first` to `first + count`, some megabytes of them at a time.
template <class Body>
verification::Level in_batches(const io::Case& problem, double step, std::int64_t first, std::int64_t count,
                               const Body& body) {
  verification::Level all;
  for (std::int64_t begin = first; begin < first + count; begin += together) {
    auto settings = ensemble_settings(*problem.particles);
    settings.first_particle = begin;
    settings.count = std::min(together, first + count - begin);
    settings.step = step;
    all += body(settings);
  }
  return all;
}

}  // namespace

verification::Level coupled_samples(const io::Case& problem, const law::Observable& observable, double step,
                                    std::uint64_t rung, std::int64_t first, std::int64_t count,
                                    const parallel::Communicator& processes) {
  return in_batches(problem, step, first, count, [&](const sde::EnsembleSettings& settings) {
    sde::CoupledEnsemble paths(problem.process, problem.domain, *problem.initial, settings, rung, processes);
    paths.advance(problem.times.back());
    (void)paths.differences({observable});  // throws where paths have exploded
    return verification::Level{law::paired_moments(paths.fine(), 1, paths.coarse(), -1, observable),
                               law::central_moments(paths.fine(), observable),
                               law::central_moments(paths.coarse(), observable),
                               3 * steps_of(problem, settings.step), order_of(problem, paths)};
  });
}

LevelSampler::LevelSampler(const io::Case& problem, const law::Observable& observable, double first_step,
                           const parallel::Communicator& processes)
    : problem_(problem),
      observable_(observable),
      processes_(processes),
      first_step_(sde::equal_steps(problem.times.back(), first_step).size) {}

double LevelSampler::step(std::size_t level) const {
  return std::ldexp(first_step_, -static_cast<int>(level));
}

double LevelSampler::seconds(std::size_t level) const {
  return level < seconds_.size() ? seconds_[level] : 0;
}

verification::Level LevelSampler::plain(std::int64_t first, std::int64_t count) const {
  return in_batches(problem_, step(0), first, count, [this](const sde::EnsembleSettings& settings) {
    sde::Ensemble paths(problem_.process, problem_.domain, *problem_.initial, settings, processes_);
    paths.advance(problem_.times.back());
    if (paths.exploded() > 0)
      throw std::runtime_error(
          fmt::format("{} of {} paths exploded, with step {:g}: try a smaller "
                      "estimate.first_step or a scheme that is made for such drift",
                      paths.exploded(), settings.count, settings.step));
    const auto moments = law::central_moments(paths.sample(), observable_);
    return verification::Level{
        moments, moments, {}, steps_of(problem_, settings.step), order_of(problem_, paths)};
  });
}

verification::Level LevelSampler::sample(std::size_t level, std::int64_t first, std::int64_t count) {
  const auto start = Clock::now();
  auto all = level == 0
                 ? plain(first, count)
                 : coupled_samples(problem_, observable_, step(level - 1), level, first, count, processes_);
  seconds_.resize(std::max(seconds_.size(), level + 1));
  seconds_[level] += std::chrono::duration<double>(Clock::now() - start).count();
  return all;
}

namespace {

/// Whether level 0 with this step pays; not where its paths explode.
bool pays(const io::Case& problem, const law::Observable& observable, double step,
          const parallel::Communicator& processes) {
  try {
    const auto level = coupled_samples(problem, observable, step, sde::rungs::probes, 0, probes, processes);
    return std::sqrt(level.coarse.variance()) + std::sqrt(3 * level.difference.variance()) <
           std::sqrt(2 * level.fine.variance());
  } catch (const std::runtime_error&) {
    return false;
  }
}

/// |E f| + sd f, by the coarsest steps with which no path explodes; 0 where all do.
double size_of(const io::Case& problem, const law::Observable& observable,
               const parallel::Communicator& processes) {
  for (std::size_t k = 0; k < most_halvings; ++k) {
    try {
      const auto level =
          coupled_samples(problem, observable, std::ldexp(problem.times.back(), -static_cast<int>(k)),
                          sde::rungs::probes, 0, probes, processes);
      return std::abs(level.fine.mean) + std::sqrt(level.fine.variance());
    } catch (const std::runtime_error&) {  // a shorter one, then
    }
  }
  return 0;
}

/// What steps between two absorbing faces may err: a tenth of the tolerance, in units of the observable.
double allowed_between_faces(const io::Case& problem, const law::Observable& observable,
                             const parallel::Communicator& processes) {
  const double size = size_of(problem, observable, processes);
  if (!problem.estimate.tolerance || size == 0) return most_between_faces;
  return std::min(most_between_faces, 0.1 * *problem.estimate.tolerance / size);
}

}  // namespace

FirstStep first_step(const io::Case& problem, const law::Observable& observable,
                     const parallel::Communicator& processes) {
  if (problem.estimate.first_step) return {*problem.estimate.first_step, "given"};
  const double end = problem.times.back();
  const auto error = [&](double step) {
    return sde::error_between_faces(problem.process, problem.domain, end, step);
  };
  const double allowed = error(end) > 0 ? allowed_between_faces(problem, observable, processes) : 0;
  for (std::size_t k = 0; k < most_halvings; ++k)
    if (const double step = std::ldexp(end, -static_cast<int>(k));
        error(step) <= allowed && pays(problem, observable, step, processes))
      return {step, fmt::format("found: the coarsest that pays{}, after {} halvings of time.end",
                                allowed > 0 ? " and hardly ever touches two absorbing faces" : "", k)};
  double step = problem.particles->step;
  while (error(step) > allowed) step /= 2;
  return {step,
          "particles.step, or what of it does not touch two absorbing faces, since no coarser step pays: "
          "pairs of "
          "paths differ as much as the paths themselves"};
}

}  // namespace fpk::app
