// Advancing cell masses in time, dm/dt = A m, and the table of facts about the ways to do it. The code that chooses, the
// case file's list of names, the tests and docs/propagators.md all read that table.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parallel/archive.hpp"
#include "solvers/build_generator.hpp"

namespace fpk::solvers {

/// Called now and then with the time reached.
using Tick = std::function<void(double)>;

class Propagator {
 public:
  Propagator() = default;
  virtual ~Propagator() = default;
  Propagator(const Propagator&) = delete;
  Propagator& operator=(const Propagator&) = delete;

  /// Masses (own cells) from time `from` to time `to`. Collective. Throws SolverError where it gives up.
  virtual void advance(std::span<double> masses, double from, double to, const Tick& tick) = 0;
  /// Work so far: applications of the generator, or linear solves.
  [[nodiscard]] virtual std::int64_t work() const = 0;
  /// What rounding had done to the total mass of a closed box and was put right again (total_mass.hpp): the sum over all
  /// corrections so far, each over the mass.
  [[nodiscard]] double restored() const { return restored_; }

  /// Saves or restores, between two calls of advance, whatever later calls depend on: the counts of its work and, where
  /// it chooses its steps itself, what it has learned of them. Collective.
  virtual void archive(parallel::Archive& archive) = 0;

 protected:
  double restored_ = 0;
};

/// What a propagator is asked for.
struct PropagatorTask {
  GeneratorAt generator;  ///< at any time
  bool depends_on_time = false;
  double duration = 1;      ///< from the first to the last observation
  double tolerance = 1e-8;  ///< the L1 error in time at the end stays below it
  std::vector<double> times =
      {};  ///< of the observations, where known: some propagators make several at once
  /// Above zero: steps of this length (or a little less, to land on the end), whatever the error: to measure an order.
  double fixed_step = 0;
};

/// What a propagator may have to know of a generator before it takes it.
struct GeneratorTraits {
  bool reversible = false;       ///< in detailed balance
  bool depends_on_time = false;  ///< its rates do
  bool limited = false;          ///< its fluxes are limited, and so not linear in the masses
};

struct PropagatorFacts {
  std::string_view name;      ///< as in a case
  int order = 0;              ///< in the step; 0: exact in time, but for rounding or a tolerance of its own
  bool positive = false;      ///< by construction: no mass goes below zero
  bool conservative = false;  ///< by construction: the total of a closed box stays, but for rounding
  bool needs_reversible = false;
  bool takes_time_dependence = false;
  bool takes_limited = false;
  std::string_view cost;  ///< in words; rho: largest rate of the generator, T: the time to go
  std::string_view method;
  std::string_view source;
  std::unique_ptr<Propagator> (*make)(const PropagatorTask& task) = nullptr;
};

/// All of them. A new propagator is a file in solvers/propagators/ (solvers/petsc/ where it solves linear systems) and a
/// row in propagator.cpp.
std::span<const PropagatorFacts> propagators();
const PropagatorFacts* find_propagator(std::string_view name);

/// What of a generator keeps this propagator from taking it, to be read after its name: "needs detailed balance"; empty
/// where nothing does.
std::string refusal(const PropagatorFacts& propagator, const GeneratorTraits& generator);

/// The generators that it takes, in words.
std::string takes(const PropagatorFacts& propagator);

/// The table as it stands in docs/propagators.md.
std::string propagators_markdown();

}  // namespace fpk::solvers
