// Many independent particles of one process, advanced by one scheme.
//
// Reproducible: a particle's path is a function of (seed, particle, step number) alone. The particles, and
// every sum over them, are the same bits for any number of threads and processes, and on every instruction
// set.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "law/law.hpp"
#include "law/sample.hpp"
#include "model/domain.hpp"
#include "model/process.hpp"
#include "parallel/archive.hpp"
#include "sde/absorption.hpp"
#include "sde/scheme.hpp"

namespace fpk::sde {

/// Steps that a block of particles takes before the next block's turn, unless told otherwise.
inline constexpr std::int64_t steps_in_cache = 256;

struct EnsembleSettings {
  std::int64_t count = 100'000;
  std::string scheme = "euler-maruyama";
  double step = 0.01;  ///< longest step; those between two observation times are equal
  std::uint64_t seed = 1;
  NoiseKind noise = NoiseKind::normal;  ///< law of the increments
  Absorption absorption = Absorption::bridge;
  /// Steps that a block of particles takes while it is in the cache; a checkpoint can be made after each such sweep.
  /// Changes no number.
  std::int64_t sweep = steps_in_cache;
  std::int64_t first_particle = 0;  ///< number of the first, a multiple of the block width; another
                                    ///< range of numbers is another, independent ensemble
};

struct Motion;

/// Where an ensemble's random numbers come from.
struct EnsembleStreams {
  DrawStreams steps;
  Stream position;  ///< of the start
};

class Ensemble {
 public:
  /// Places `count` particles by the initial law. Throws std::invalid_argument for an unknown scheme.
  Ensemble(const model::Process& process, const model::Domain& domain, const law::InitialLaw& initial,
           const EnsembleSettings& settings, parallel::Communicator processes);
  /// The same of particles that another motion moves in `box`, whose sides name their coordinates; the settings' scheme, noise and
  /// absorption are not asked.
  Ensemble(Motion motion, const model::Domain& box, const law::InitialLaw& initial,
           const EnsembleSettings& settings, const EnsembleStreams& streams,
           const parallel::Communicator& processes);
  ~Ensemble();
  Ensemble(Ensemble&&) noexcept;
  Ensemble& operator=(Ensemble&&) noexcept;

  [[nodiscard]] double time() const;
  /// The particles as they are observed.
  [[nodiscard]] const law::Sample& sample() const;
  /// To time `t` (not before time()), in ceil((t - time()) / step) equal steps. `tick` is called now and then
  /// with the share done so far, from one thread; `pause` on every process after every settings.sweep steps, when the
  /// state can be archived. Collective.
  void advance(double t, const std::function<void(double)>& tick = {},
               const std::function<void()>& pause = {});
  [[nodiscard]] std::int64_t absorbed()
      const;  ///< particles of all processes that left through an absorbing face
  /// How many of them left through each of the domain's model::absorbing_faces. Collective.
  [[nodiscard]] std::vector<std::int64_t> absorbed_at_faces() const;
  [[nodiscard]] std::int64_t exploded()
      const;  ///< particles of all processes whose position is no longer finite
  /// How often steps of all particles were mirrored at a reflecting face (order_at_walls).
  [[nodiscard]] std::int64_t mirrored() const;

  /// Saves or restores where it stands: between two observations, or after a sweep on the way to the next. One that is
  /// restored goes on by advance() to the same time, with the same bits as one that was never stopped. Collective.
  void archive(parallel::Archive& archive);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fpk::sde
