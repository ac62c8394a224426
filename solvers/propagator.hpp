// Advancing cell masses in time: dm/dt = A m, and the table of facts about the ways to do it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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
};

/// What a propagator is asked for.
struct PropagatorTask {
  GeneratorAt generator;  ///< at any time
  bool depends_on_time = false;
  double duration = 1;      ///< from the first to the last observation
  double tolerance = 1e-8;  ///< the L1 error in time at the end stays below it
};

struct PropagatorFacts {
  std::string_view name;  ///< as in a case
  std::string_view order;
  bool positive;          ///< by construction
  bool needs_reversible;  ///< only for generators in detailed balance
  bool takes_time_dependence;
  std::string_view method;
  std::string_view source;
  std::unique_ptr<Propagator> (*make)(const PropagatorTask& task);
};

/// All of them. A new propagator is a file in solvers/propagators/ and a row in propagator.cpp.
std::span<const PropagatorFacts> propagators();
const PropagatorFacts* find_propagator(std::string_view name);

struct Choice {
  const PropagatorFacts* propagator;
  std::string reason;  ///< a sentence for the log
};

/// The one named, or for "auto" the best for this generator, size and tolerance. Throws SolverError where the
/// one named cannot do it.
Choice choose_propagator(std::string_view name, const PropagatorTask& task);

}  // namespace fpk::solvers
