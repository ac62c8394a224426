// The density of a case on a grid, moved through time by a propagator.
#pragma once

#include <memory>
#include <optional>

#include "io/case_file.hpp"
#include "io/record.hpp"
#include "law/density.hpp"
#include "solvers/choose_propagator.hpp"
#include "solvers/exits.hpp"

namespace fpk::app {

class DensityRoad {
 public:
  /// Builds the generator, chooses the propagator and places the initial law. Collective.
  DensityRoad(const io::Case& problem, const law::GridPart& part);

  /// From now on `exits` says what each absorbing face has taken. Collective.
  void keep_account_of_exits() { exits_.emplace(task_, density_.masses()); }

  void advance(double t, const solvers::Tick& tick = {});
  [[nodiscard]] double time() const { return time_; }
  [[nodiscard]] const law::Density& law() const { return density_; }
  [[nodiscard]] const law::GridPart& part() const { return density_.part(); }
  [[nodiscard]] const std::shared_ptr<const law::CellShape>& cells() const { return cells_; }
  /// At the time reached.
  [[nodiscard]] std::shared_ptr<const solvers::Generator> generator() const { return task_.generator(time_); }
  /// Nothing unless an account is kept.
  [[nodiscard]] const std::optional<solvers::ExitAccount>& exits() const { return exits_; }
  [[nodiscard]] solvers::GeneratorTraits traits() const { return solvers::traits(task_); }
  [[nodiscard]] double seconds() const { return seconds_; }
  [[nodiscard]] const solvers::PropagatorFacts& propagator() const { return *choice_.propagator; }
  /// Saves or restores the time reached, the masses and what the propagator has learned. Collective.
  void archive(parallel::Archive& archive);
  /// Writes the numerics into `record`: cells, propagator and why, work, seconds so far.
  void describe(io::DensityRecord& record) const;

 private:
  const io::Case& problem_;
  double seconds_ = 0, time_ = 0;
  std::shared_ptr<const law::CellShape> cells_;
  law::Density density_;
  solvers::PropagatorTask task_;
  solvers::Choice choice_{};
  std::unique_ptr<solvers::Propagator> propagator_;
  std::optional<solvers::ExitAccount> exits_;
};

/// The case's grid with every axis cut into `numerator / denominator` as many cells, shared among
/// `processes` in runs of `run` planes.
law::GridPart scaled_grid(const io::Case& problem, std::size_t numerator, std::size_t denominator,
                          const parallel::Communicator& processes, std::size_t run = 1);

}  // namespace fpk::app
