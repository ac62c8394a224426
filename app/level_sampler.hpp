// The levels of multilevel Monte Carlo on the particles of a case: level 0 paths with the step h, level l > 0 pairs with the
// steps 2^{1-l} h and 2^{-l} h on one Brownian path (sde/coupled_ensemble.hpp).
#pragma once

#include <string>
#include <vector>

#include "io/case_file.hpp"
#include "parallel/communicator.hpp"
#include "sde/ensemble.hpp"
#include "verification/multilevel/level.hpp"

namespace fpk::app {

/// Pairs with the steps h and h/2 to the last observation time: particles `first` to `first + count` of a rung of numbers. The
/// same bits for any number of threads and processes. Throws std::runtime_error where paths explode. Collective.
verification::Level coupled_samples(const io::Case& problem, const law::Observable& observable, double step,
                                    std::uint64_t rung, std::int64_t first, std::int64_t count,
                                    const parallel::Communicator& processes);

class LevelSampler {
 public:
  /// `first_step`: of level 0; shortened so that it divides the time.
  LevelSampler(const io::Case& problem, const law::Observable& observable, double first_step,
               const parallel::Communicator& processes);

  /// Samples `first` to `first + count` of a level: the same bits for any number of threads and processes. Throws
  /// std::runtime_error where paths explode. Collective.
  verification::Level sample(std::size_t level, std::int64_t first, std::int64_t count);
  [[nodiscard]] double step(std::size_t level) const;  ///< of the fine path
  [[nodiscard]] double seconds(std::size_t level) const;

 private:
  [[nodiscard]] verification::Level plain(std::int64_t first, std::int64_t count) const;

  const io::Case& problem_;
  law::Observable observable_;
  parallel::Communicator processes_;
  double first_step_;
  std::vector<double> seconds_;
};

/// A step for level 0.
struct FirstStep {
  double step = 0;
  std::string remark;  ///< how it was found, for people
};

/// The case's own, or the coarsest with which a level pays: with paths of one step of cost 1 and variances V[P_h], V[P_{h/2}],
///
///     sqrt(V[P_h]) + sqrt(3 V[P_{h/2} - P_h])  <  sqrt(2 V[P_{h/2}])
///
/// says that level 0 with the step h and a level above it cost less than level 0 with h/2 (Giles 2015, section 3.1). Steps are
/// halved from time.end on until it holds, no path explodes and hardly any may touch two opposite faces that absorb
/// (sde/step_between_faces.hpp). Collective.
FirstStep first_step(const io::Case& problem, const law::Observable& observable,
                     const parallel::Communicator& processes);

}  // namespace fpk::app
