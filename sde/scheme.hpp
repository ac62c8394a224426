// One-step schemes for dX = b dt + sigma dW, and the table of their proven facts.
//
// A scheme advances a block of formula::block_width particles by one step. It takes its random numbers as an argument
// (sde/draws.hpp), so that the same code is driven by random numbers, by coupled increments or by quadrature nodes.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/domain.hpp"
#include "model/process.hpp"
#include "sde/absorption.hpp"
#include "sde/draws.hpp"

namespace fpk::sde {

/// Scratch space of one thread for one scheme.
class Scratch {
 public:
  Scratch() = default;
  virtual ~Scratch() = default;
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
};

class Scheme {
 public:
  Scheme() = default;
  virtual ~Scheme() = default;
  Scheme(const Scheme&) = delete;
  Scheme& operator=(const Scheme&) = delete;

  [[nodiscard]] virtual std::unique_ptr<Scratch> scratch() const = 0;
  /// What a step of one particle wants; Draws of that many arrays are given to step().
  [[nodiscard]] virtual DrawCounts draws() const = 0;
  /// x[a][0..block_width) from time t to t + dt.
  virtual void step(std::span<double* const> x, double t, double dt, const Draws& draws,
                    Scratch& scratch) const = 0;

  /// Whether what is observed differs from what is advanced: a postprocessor, of higher order in the invariant law than the
  /// scheme itself (Vilmart 2015, SIAM J. Sci. Comput. 37).
  [[nodiscard]] virtual bool has_postprocessor() const { return false; }
  /// Takes a state at time t, reached with steps dt, to the point to observe, on increments of variance dt that no step has
  /// used. Without a postprocessor: nothing.
  virtual void observe(std::span<double* const> /*x*/, double /*t*/, double /*dt*/, const Draws& /*draws*/,
                       Scratch& /*scratch*/) const {}

  /// Whether a step ends in a decision between a proposal and staying (Metropolis), so that an expectation over the decision
  /// can be taken without drawing it.
  [[nodiscard]] virtual bool has_decision() const { return false; }
  /// Takes x to the proposal of the step that step() would take, and acceptance[0..block_width) to the probability of going
  /// there: step() goes where uniform number 0 is below it, and stays otherwise. Uniform numbers are not used. Without a
  /// decision: nothing.
  virtual void propose(std::span<double* const> /*x*/, double /*t*/, double /*dt*/, const Draws& /*draws*/,
                       double* /*acceptance*/, Scratch& /*scratch*/) const {}
};

/// The sense in which a scheme reads the coefficients that it is made of. Every scheme here solves the Ito equation that it is
/// given; one of Stratonovich's converts the drift first.
enum class Calculus : std::uint8_t { ito, stratonovich };

/// What is proven about a scheme; read by the commands, the tests and the docs.
struct SchemeFacts {
  std::string_view name;   ///< as in a case: "euler-maruyama"
  std::string_view title;  ///< as in a sentence: "Euler and Maruyama"
  double weak_order;       ///< for the most general noise it takes; at least so much where it has a decision
  double weak_order_additive;    ///< for additive noise
  double strong_order;           ///< for the most general noise it takes
  double strong_order_additive;  ///< for additive noise
  double
      invariant_order;  ///< of the scheme's invariant law, additive noise; `exact` where it is the process's own
  Calculus calculus;
  /// Scheme::has_decision. Refusals, of a probability of order dt^(3/2), put half powers into the bias, and in one variable they
  /// cancel its term of first order: the weak order is then a lower bound.
  bool has_decision;
  NoiseKind least_noise;  ///< the fewest points of an increment that keep the weak order
  /// The noise it is made for, in words: "any", "constant".
  std::string_view noise;
  std::string_view source;
  /// Why it is not made for a process, and what to try; empty where it is.
  std::string (*refusal)(const model::Process& process);
  /// Only for a process that is not refused.
  std::unique_ptr<Scheme> (*make)(const model::Process& process);
};

/// An order that no step limits.
inline constexpr double exact = std::numeric_limits<double>::infinity();

/// All of them. A new scheme is a file in sde/schemes/ and a row in scheme.cpp.
std::span<const SchemeFacts> schemes();

/// Weak order that increments of this kind allow a scheme: 1 for two points, 2 for three, no limit for normal numbers.
double weak_order_of(NoiseKind kind);

/// Weak order of the scheme for the noise of this process, additive or not, on such increments in a box whose faces may absorb
/// (sde/absorption.hpp).
double weak_order(const SchemeFacts& scheme, const model::Process& process, NoiseKind kind,
                  const model::Domain& domain, Absorption absorption = Absorption::bridge);

/// By how much the next power of the step in a bias is above the leading one: 1, or 1/2 where a wall absorbs (Gobet 2000) and
/// where a scheme has a decision.
double gap_of_orders(const SchemeFacts& scheme, const model::Domain& domain);

/// Order in the step of the invariant law of the scheme on such increments, in a box whose faces no path meets.
double invariant_order(const SchemeFacts& scheme, const model::Process& process, NoiseKind kind);

/// Strong order of the scheme for the noise of this process, on normal increments and without walls.
double strong_order(const SchemeFacts& scheme, const model::Process& process);

/// The row of that name; nullptr where there is none.
const SchemeFacts* find_scheme(std::string_view name);

}  // namespace fpk::sde
