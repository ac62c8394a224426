#include "sde/coupled_ensemble.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "law/paired.hpp"
#include "sde/draws.hpp"
#include "sde/exits.hpp"
#include "sde/motion.hpp"
#include "sde/noise/rungs.hpp"
#include "sde/observe.hpp"
#include "sde/start.hpp"
#include "sde/timeline.hpp"

namespace fpk::sde {
namespace {

/// What one thread works in.
struct Workplace {
  explicit Workplace(const Motion& motion)
      : coarse(motion),
        fine(motion),
        whole(motion.scheme->draws()),
        first(motion.scheme->draws()),
        second(motion.scheme->draws()) {}
  Flight coarse, fine;
  DrawBlocks whole, first, second;  ///< of the coarse step and its two halves
};

std::uint16_t checked_rung(std::uint64_t rung) {
  if (rung > rungs::last)
    throw std::invalid_argument("rung " + std::to_string(rung) + " of a ladder: those up to " +
                                std::to_string(rungs::last) + " have random numbers; take fewer steps");
  return static_cast<std::uint16_t>(rung);
}

}  // namespace

struct CoupledEnsemble::State {
  State(const model::Process& process, const model::Domain& domain, const law::InitialLaw& initial,
        const EnsembleSettings& settings, std::uint64_t rung, parallel::Communicator processes)
      : motion(make_motion(process, domain, initial, settings)),
        box(domain),
        streams(coupled_streams(settings.seed, checked_rung(rung))),
        noise(settings.noise),
        timeline(settings.step, settings.sweep),
        coarse(process.variables, settings.count, processes, settings.first_particle),
        fine(coarse) {
    const Stream positions{settings.seed, Purpose::coupled_position, streams.increments.rung};
    losses += place(initial, positions, motion.walls, coarse);
    losses += place(initial, positions, motion.walls, fine);
    if (!motion.scheme->has_postprocessor()) return;
    observed_coarse = std::make_unique<law::Sample>(coarse);
    observed_fine = std::make_unique<law::Sample>(fine);
  }

  Motion motion;
  model::Domain box;
  DrawStreams streams;  ///< of the fine steps
  NoiseKind noise;
  Timeline timeline;  ///< of the coarse steps
  law::Sample coarse, fine;
  std::unique_ptr<law::Sample> observed_coarse, observed_fine;  ///< where the scheme has a postprocessor
  Losses losses;                                                ///< of both paths of all pairs

  Losses advance(const Block& block, const Steps& steps, Workplace& at) {
    load(coarse, block, at.coarse.paths);
    load(fine, block, at.fine.paths);
    if (!at.coarse.paths.any_alive() && !at.fine.paths.any_alive()) return {};
    Losses lost;
    for (std::int64_t j = steps.first; j < steps.end; ++j)
      lost += step(block.number, steps.number(j), steps.time(j), steps.dt, at);
    store(at.coarse.paths, block, coarse);
    store(at.fine.paths, block, fine);
    return lost;
  }

  /// Coarse step n of one block.
  Losses step(std::uint64_t first_pair, std::uint64_t n, double t, double dt, Workplace& at) const {
    const double half = dt / 2;
    draw(streams, noise, first_pair, 2 * n, half, at.first);
    draw(streams, noise, first_pair, 2 * n + 1, half, at.second);
    join(at.first, at.second, at.whole);
    const Decisions early{streams.crossing, first_pair, 2 * n}, late{streams.crossing, first_pair, 2 * n + 1};
    Losses lost =
        step_in_halves(motion, at.coarse, t, dt, at.whole.all(), at.first.all(), at.second.all(), early);
    lost += sde::step(motion, at.fine, t, half, at.first.all(), early);
    lost += sde::step(motion, at.fine, t + half, half, at.second.all(), late);
    return lost;
  }

  /// What is seen of the paths, where that is not the paths themselves; both with the same standard numbers.
  void look() {
    if (!observed_coarse) return;
    observe(motion, coarse, timeline, timeline.last_step(), streams.observation, noise, *observed_coarse);
    observe(motion, fine, timeline, timeline.last_step() / 2, streams.observation, noise, *observed_fine);
  }

  [[noreturn]] void refuse(const std::string& what) const {
    throw std::runtime_error(what + ", with step " + std::to_string(timeline.longest_step()) +
                             ": try a smaller step or a bounded observable");
  }
};

CoupledEnsemble::CoupledEnsemble(const model::Process& process, const model::Domain& domain,
                                 const law::InitialLaw& initial, const EnsembleSettings& settings,
                                 std::uint64_t rung, parallel::Communicator processes)
    : state_(std::make_unique<State>(process, domain, initial, settings, rung, processes)) {}

CoupledEnsemble::~CoupledEnsemble() = default;

std::int64_t CoupledEnsemble::mirrored() const { return state_->losses.mirrored; }
double CoupledEnsemble::time() const { return state_->timeline.time(); }
const law::Sample& CoupledEnsemble::coarse() const {
  return state_->observed_coarse ? *state_->observed_coarse : state_->coarse;
}
const law::Sample& CoupledEnsemble::fine() const {
  return state_->observed_fine ? *state_->observed_fine : state_->fine;
}

void CoupledEnsemble::advance(double t, const std::function<void(double)>& tick,
                              const std::function<void()>& pause) {
  State& s = *state_;
  auto places = one_for_each_thread<Workplace>(s.motion);
  s.timeline.advance(
      t, s.coarse,
      [&](const Block& block, const Steps& steps, std::size_t worker) {
        return s.advance(block, steps, places[worker]);
      },
      [&](const Losses& lost) {
        s.losses += lost;
        if (pause) pause();
      },
      tick);
  s.look();
}

void CoupledEnsemble::archive(parallel::Archive& archive) {
  State& s = *state_;
  s.timeline.archive(archive);
  archive("losses", s.losses);
  s.coarse.archive(archive);
  s.fine.archive(archive);
  if (archive.is_restoring()) s.look();
}

std::vector<CoupledDifference> CoupledEnsemble::differences(
    const std::vector<law::Observable>& observables) const {
  const State& s = *state_;
  if (s.losses.exploded > 0)
    s.refuse(std::to_string(s.losses.exploded) + " of " + std::to_string(2 * s.coarse.count()) +
             " paths exploded");
  const auto coarse = this->coarse().expectations(observables), fine = this->fine().expectations(observables);
  const auto difference = law::paired_differences(this->coarse(), this->fine(), observables);
  std::vector<CoupledDifference> all;
  for (std::size_t k = 0; k < observables.size(); ++k) {
    if (!std::isfinite(coarse[k].value) || !std::isfinite(fine[k].value) ||
        !std::isfinite(difference[k].value))
      s.refuse(observables[k].name + " is not finite on every path");
    all.push_back({s.timeline.longest_step(), coarse[k], fine[k], difference[k]});
  }
  return all;
}

std::vector<law::Estimate> CoupledEnsemble::exit_differences() const {
  return exit_differences_of(state_->coarse, state_->fine, state_->box);
}

CoupledDifference coupled_difference(const model::Process& process, const model::Domain& domain,
                                     const law::InitialLaw& initial, const EnsembleSettings& settings,
                                     double end, const law::Observable& observable, std::uint64_t rung,
                                     parallel::Communicator processes,
                                     const std::function<void(double)>& tick) {
  CoupledEnsemble pairs(process, domain, initial, settings, rung, processes);
  pairs.advance(end, tick);
  return pairs.differences({observable}).front();
}

}  // namespace fpk::sde
