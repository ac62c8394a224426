#include "sde/ensemble.hpp"

#include <algorithm>
#include <atomic>
#include <stdexcept>

#include "parallel/threads.hpp"
#include "sde/boundary.hpp"
#include "sde/noise/normal.hpp"
#include "sde/start.hpp"
#include "sde/time_steps.hpp"

namespace fpk::sde {
namespace {

constexpr std::size_t width = formula::block_width;

/// Steps that a block takes while it is in the cache, before the next block: many, so that a sweep over the
/// particles in memory costs nothing beside the steps; not all, so that progress can be told.
constexpr std::int64_t steps_in_cache = 256;

/// Calls body(first lane's particle, particles, worker) for every block of the particles held here; a whole
/// piece of the sample at a time goes to one worker. Then done(particles of the piece, worker).
template <class Body, class Done>
void for_each_block(const law::Sample& sample, const Body& body, const Done& done) {
  parallel::for_each_chunk(sample.size(), law::Sample::piece,
                           [&](std::size_t begin, std::size_t end, std::size_t worker) {
                             for (std::size_t b = begin; b < end; b += width)
                               body(b, std::min(width, end - b), worker);
                             done(end - begin, worker);
                           });
}

/// Lanes beyond `count` repeat the last particle, not alive.
void load(const law::Sample& sample, std::size_t begin, std::size_t count, Paths& paths) {
  for (std::size_t a = 0; a < sample.dimension(); ++a) {
    const double* x = sample.positions(a) + begin;
    std::copy_n(x, count, paths.x[a]);
    std::copy_n(x, count, paths.end[a]);
    std::fill(paths.x[a] + count, paths.x[a] + width, x[count - 1]);
  }
  std::copy_n(sample.alive() + begin, count, paths.alive.begin());
  std::fill(paths.alive.begin() + static_cast<std::ptrdiff_t>(count), paths.alive.end(), std::uint8_t{0});
}

void store(const Paths& paths, std::size_t begin, std::size_t count, law::Sample& sample) {
  for (std::size_t a = 0; a < sample.dimension(); ++a)
    for (std::size_t i = 0; i < count; ++i) sample.positions(a)[begin + i] = paths.position(a, i);
  std::copy_n(paths.alive.begin(), count, sample.alive() + begin);
}

/// What one thread works in.
struct Workplace {
  Workplace(const Scheme& scheme, std::size_t dimension)
      : paths(dimension), dW(scheme.normals()), scratch(scheme.scratch()) {}
  Paths paths;
  BlockArrays dW;
  std::unique_ptr<Scratch> scratch;
};

std::vector<Workplace> workplaces(const Scheme& scheme, std::size_t dimension) {
  std::vector<Workplace> all;
  for (std::size_t w = 0; w < parallel::threads(); ++w) all.emplace_back(scheme, dimension);
  return all;
}

struct AtomicLosses {
  std::atomic<std::int64_t> absorbed{0}, exploded{0};
  void operator+=(const Losses& more) {
    absorbed += more.absorbed;
    exploded += more.exploded;
  }
};

}  // namespace

struct Ensemble::State {
  State(const model::Process& process, const model::Domain& domain, const law::InitialLaw& initial,
        const EnsembleSettings& settings, parallel::Communicator processes)
      : scheme(make_scheme(process, domain, initial, settings)),
        walls(domain),
        step(settings.step),
        increments{settings.seed, Purpose::brownian_increment},
        sample(process.variables, settings.count, processes) {
    place_all(initial, {settings.seed, Purpose::initial_position});
  }

  std::unique_ptr<Scheme> scheme;
  Walls walls;
  double step;
  Stream increments;
  law::Sample sample;
  double time = 0;
  std::uint64_t steps_done = 0;  ///< since time 0: the step number that increments are drawn for
  Losses losses;                 ///< of all processes

  [[nodiscard]] std::uint64_t particle(std::size_t n) const {
    return static_cast<std::uint64_t>(sample.first()) + n;
  }

  void place_all(const law::InitialLaw& initial, const Stream& positions) {
    auto places = workplaces(*scheme, sample.dimension());
    AtomicLosses lost;
    for_each_block(
        sample,
        [&](std::size_t begin, std::size_t count, std::size_t worker) {
          auto& paths = places[worker].paths;
          lost += place(initial, positions, particle(begin), count, walls, paths);
          store(paths, begin, count, sample);
        },
        [](std::size_t, std::size_t) {});
    add(lost);
  }

  /// Steps start, start + 1, ... of an interval that began at `time`, for one block.
  Losses advance_block(std::size_t begin, std::size_t count, std::int64_t start, std::int64_t steps,
                       double dt, Workplace& at) {
    load(sample, begin, count, at.paths);
    if (!at.paths.any_alive()) return {};
    Losses lost;
    for (std::int64_t j = start; j < start + steps; ++j) {
      fill_normals(increments, particle(begin), steps_done + static_cast<std::uint64_t>(j), dt, at.dW.all());
      scheme->step(at.paths.x.all(), time + static_cast<double>(j) * dt, dt, at.dW.all_const(), *at.scratch);
      lost += walls.apply(at.paths);
    }
    store(at.paths, begin, count, sample);
    return lost;
  }

  void add(const AtomicLosses& lost) {
    losses +=
        Losses{sample.processes().sum(lost.absorbed.load()), sample.processes().sum(lost.exploded.load())};
  }
};

Ensemble::Ensemble(const model::Process& process, const model::Domain& domain, const law::InitialLaw& initial,
                   const EnsembleSettings& settings, parallel::Communicator processes)
    : state_(std::make_unique<State>(process, domain, initial, settings, processes)) {}

Ensemble::~Ensemble() = default;

double Ensemble::time() const { return state_->time; }
const law::Sample& Ensemble::sample() const { return state_->sample; }
std::int64_t Ensemble::absorbed() const { return state_->losses.absorbed; }
std::int64_t Ensemble::exploded() const { return state_->losses.exploded; }

void Ensemble::advance(double t, const std::function<void(double)>& tick) {
  State& s = *state_;
  if (!(t >= s.time))
    throw std::invalid_argument("an ensemble at time " + std::to_string(s.time) + " cannot go back to time " +
                                std::to_string(t));
  const auto [n, dt] = equal_steps(t - s.time, s.step);
  auto places = workplaces(*s.scheme, s.sample.dimension());
  AtomicLosses lost;
  std::atomic<std::size_t> done{0};  // particle-steps
  const double all = static_cast<double>(n) * static_cast<double>(s.sample.size());
  for (std::int64_t start = 0; start < n; start += steps_in_cache) {
    const std::int64_t steps = std::min(steps_in_cache, n - start);
    for_each_block(
        s.sample,
        [&, dt = dt](std::size_t begin, std::size_t count, std::size_t worker) {
          lost += s.advance_block(begin, count, start, steps, dt, places[worker]);
        },
        [&](std::size_t particles, std::size_t worker) {
          done += particles * static_cast<std::size_t>(steps);
          if (tick && worker == 0) tick(static_cast<double>(done) / all);
        });
  }
  s.add(lost);
  s.steps_done += static_cast<std::uint64_t>(n);
  s.time = t;
}

}  // namespace fpk::sde
