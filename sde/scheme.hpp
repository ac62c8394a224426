// One-step schemes for dX = b dt + sigma dW, and the table of their proven facts.
//
// A scheme advances a block of formula::block_width particles by one step. It takes its increments as an
// argument, so that the same code is driven by random numbers, by coupled increments or by quadrature nodes.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/domain.hpp"
#include "model/process.hpp"

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
  /// Independent standard normal numbers that a step of one particle wants.
  [[nodiscard]] virtual std::size_t normals() const = 0;
  /// x[a][0..block_width) from time t to t + dt; dW[k][0..block_width) are the Brownian increments over the
  /// step.
  virtual void step(std::span<double* const> x, double t, double dt, std::span<const double* const> dW,
                    Scratch& scratch) const = 0;
};

/// What is proven about a scheme; read by the commands, the tests and the docs.
struct SchemeFacts {
  std::string_view name;  ///< as in a case: "euler-maruyama"
  double weak_order;
  double strong_order;           ///< for general (multiplicative) noise
  double strong_order_additive;  ///< for additive noise
  std::string_view source;
  std::unique_ptr<Scheme> (*make)(const model::Process& process);
};

/// All of them. A new scheme is a file in sde/schemes/ and a row in scheme.cpp.
std::span<const SchemeFacts> schemes();

/// Weak order of the scheme in a box: 1/2 where a face absorbs, since a path that leaves and returns within a step is not
/// seen to leave (Gobet 2000).
double weak_order(const SchemeFacts& scheme, const model::Domain& domain);

/// The row of that name; nullptr where there is none.
const SchemeFacts* find_scheme(std::string_view name);

}  // namespace fpk::sde
