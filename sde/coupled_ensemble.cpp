#include "sde/coupled_ensemble.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "law/paired.hpp"
#include "sde/motion.hpp"
#include "sde/noise/normal.hpp"
#include "sde/start.hpp"
#include "sde/timeline.hpp"

namespace fpk::sde {
namespace {

/// What one thread works in.
struct Workplace {
  Workplace(const Scheme& scheme, std::size_t dimension)
      : coarse(scheme, dimension),
        fine(scheme, dimension),
        dW(scheme.normals()),
        dW_1(scheme.normals()),
        dW_2(scheme.normals()) {}
  Flight coarse, fine;
  BlockArrays dW, dW_1, dW_2;
};

std::uint16_t checked_rung(std::uint64_t rung) {
  if (rung > std::numeric_limits<std::uint16_t>::max())
    throw std::invalid_argument("rung " + std::to_string(rung) +
                                " of a ladder: at most 65535 have random numbers");
  return static_cast<std::uint16_t>(rung);
}

}  // namespace

struct CoupledEnsemble::State {
  State(const model::Process& process, const model::Domain& domain, const law::InitialLaw& initial,
        const EnsembleSettings& settings, std::uint64_t rung, parallel::Communicator processes)
      : motion{make_scheme(process, domain, initial, settings), Walls(domain)},
        increments{settings.seed, Purpose::coupled_increment, checked_rung(rung)},
        timeline(settings.step),
        coarse(process.variables, settings.count, processes),
        fine(coarse) {
    const Stream positions{settings.seed, Purpose::coupled_position, increments.rung};
    losses += place(initial, positions, motion.walls, coarse);
    losses += place(initial, positions, motion.walls, fine);
  }

  Motion motion;
  Stream increments;  ///< of the fine steps
  Timeline timeline;  ///< of the coarse steps
  law::Sample coarse, fine;
  Losses losses;  ///< of both paths of all pairs

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
    auto& [X, Y, dW, dW_1, dW_2] = at;
    const double half = dt / 2;
    fill_normals(increments, first_pair, 2 * n, half, dW_1.all());
    fill_normals(increments, first_pair, 2 * n + 1, half, dW_2.all());
    for (std::size_t k = 0; k < dW.count(); ++k) set_sum(dW[k], dW_1[k], dW_2[k]);
    Losses lost = motion.step(X, t, dt, dW);
    lost += motion.step(Y, t, half, dW_1);
    lost += motion.step(Y, t + half, half, dW_2);
    return lost;
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

double CoupledEnsemble::time() const { return state_->timeline.time(); }
const law::Sample& CoupledEnsemble::coarse() const { return state_->coarse; }
const law::Sample& CoupledEnsemble::fine() const { return state_->fine; }

void CoupledEnsemble::advance(double t, const std::function<void(double)>& tick) {
  State& s = *state_;
  auto places = one_for_each_thread<Workplace>(*s.motion.scheme, s.coarse.dimension());
  s.losses += s.timeline.advance(
      t, s.coarse,
      [&](const Block& block, const Steps& steps, std::size_t worker) {
        return s.advance(block, steps, places[worker]);
      },
      tick);
}

std::vector<CoupledDifference> CoupledEnsemble::differences(
    const std::vector<law::Observable>& observables) const {
  const State& s = *state_;
  if (s.losses.exploded > 0)
    s.refuse(std::to_string(s.losses.exploded) + " of " + std::to_string(2 * s.coarse.count()) +
             " paths exploded");
  const auto coarse = s.coarse.expectations(observables), fine = s.fine.expectations(observables);
  const auto difference = law::paired_differences(s.coarse, s.fine, observables);
  std::vector<CoupledDifference> all;
  for (std::size_t k = 0; k < observables.size(); ++k) {
    if (!std::isfinite(coarse[k].value) || !std::isfinite(fine[k].value) ||
        !std::isfinite(difference[k].value))
      s.refuse(observables[k].name + " is not finite on every path");
    all.push_back({s.timeline.longest_step(), coarse[k], fine[k], difference[k]});
  }
  return all;
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
