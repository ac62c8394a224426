#include "sde/ensemble.hpp"

#include "sde/draws.hpp"
#include "sde/exits.hpp"
#include "sde/motion.hpp"
#include "sde/observe.hpp"
#include "sde/start.hpp"
#include "sde/timeline.hpp"

namespace fpk::sde {
namespace {

/// What one thread works in.
struct Workplace {
  explicit Workplace(const Motion& motion) : flight(motion), numbers(motion.scheme->draws()) {}
  Flight flight;
  DrawBlocks numbers;
};

std::vector<std::string> variables_of(const model::Domain& box) {
  std::vector<std::string> names;
  for (const auto& side : box.sides) names.push_back(side.variable);
  return names;
}

}  // namespace

struct Ensemble::State {
  State(Motion moved_by, const model::Domain& domain, const law::InitialLaw& initial,
        const EnsembleSettings& settings, const EnsembleStreams& from, parallel::Communicator processes)
      : motion(std::move(moved_by)),
        box(domain),
        streams(from.steps),
        noise(settings.noise),
        timeline(settings.step, settings.sweep),
        sample(variables_of(domain), settings.count, processes, settings.first_particle),
        observed(motion.scheme->has_postprocessor() ? std::make_unique<law::Sample>(sample) : nullptr),
        losses(place(initial, from.position, motion.walls, sample)) {
    if (observed) *observed = sample;
  }

  Motion motion;
  model::Domain box;
  DrawStreams streams;
  NoiseKind noise;
  Timeline timeline;
  law::Sample sample;
  std::unique_ptr<law::Sample> observed;  ///< where the scheme has a postprocessor
  Losses losses;                          ///< of all processes

  Losses advance(const Block& block, const Steps& steps, Workplace& at) {
    load(sample, block, at.flight.paths);
    if (!at.flight.paths.any_alive()) return {};
    Losses lost;
    for (std::int64_t j = steps.first; j < steps.end; ++j) {
      draw(streams, noise, block.number, steps.number(j), steps.dt, at.numbers);
      lost += step(motion, at.flight, steps.time(j), steps.dt, at.numbers.all(),
                   {streams.crossing, block.number, steps.number(j)});
    }
    store(at.flight.paths, block, sample);
    return lost;
  }

  /// What is seen of the particles, where that is not the particles themselves.
  void look() {
    if (observed)
      observe(motion, sample, timeline, timeline.last_step(), streams.observation, noise, *observed);
  }
};

Ensemble::Ensemble(const model::Process& process, const model::Domain& domain, const law::InitialLaw& initial,
                   const EnsembleSettings& settings, parallel::Communicator processes)
    : Ensemble(make_motion(process, domain, initial, settings), domain, initial, settings,
               {ensemble_streams(settings.seed), {settings.seed, Purpose::initial_position}}, processes) {}

Ensemble::Ensemble(Motion motion, const model::Domain& box, const law::InitialLaw& initial,
                   const EnsembleSettings& settings, const EnsembleStreams& streams,
                   const parallel::Communicator& processes)
    : state_(std::make_unique<State>(std::move(motion), box, initial, settings, streams, processes)) {}

Ensemble::~Ensemble() = default;
Ensemble::Ensemble(Ensemble&&) noexcept = default;
Ensemble& Ensemble::operator=(Ensemble&&) noexcept = default;

double Ensemble::time() const { return state_->timeline.time(); }
const law::Sample& Ensemble::sample() const { return state_->observed ? *state_->observed : state_->sample; }
std::int64_t Ensemble::absorbed() const { return state_->losses.absorbed; }
std::vector<std::int64_t> Ensemble::absorbed_at_faces() const {
  return exits_of(state_->sample, state_->box);
}
std::int64_t Ensemble::exploded() const { return state_->losses.exploded; }
std::int64_t Ensemble::mirrored() const { return state_->losses.mirrored; }

void Ensemble::advance(double t, const std::function<void(double)>& tick,
                       const std::function<void()>& pause) {
  State& s = *state_;
  auto places = one_for_each_thread<Workplace>(s.motion);
  s.timeline.advance(
      t, s.sample,
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

void Ensemble::archive(parallel::Archive& archive) {
  State& s = *state_;
  s.timeline.archive(archive);
  archive("losses", s.losses);
  s.sample.archive(archive);
  if (archive.is_restoring()) s.look();
}

}  // namespace fpk::sde
