// The answer: the probability law of X_t, whoever computed it.
//
// A Density (finite volumes), a Sample (particles) and the exact laws answer the same questions, so that
// comparison is always law against law. With absorbing boundaries the total mass is the probability of
// survival, and an expectation means E[f(X_t); not absorbed before t].
#pragma once

#include <span>
#include <string>
#include <vector>

#include "formula/formula.hpp"
#include "law/grid.hpp"

namespace fpk::law {

/// A named function of the state whose expectation is asked for.
struct Observable {
  std::string name;
  formula::Formula formula;
};

struct Estimate {
  double value = 0;
  double standard_error = 0;  ///< of sampling; 0 for a density or an exact law
};

class Law {
 public:
  Law() = default;
  virtual ~Law() = default;
  Law(const Law&) = default;
  Law& operator=(const Law&) = default;
  Law(Law&&) = default;
  Law& operator=(Law&&) = default;

  /// Mass of each cell of the part. Collective.
  [[nodiscard]] virtual std::vector<double> cell_masses(const GridPart& part) const = 0;
  /// Expectation of each observable. Collective.
  [[nodiscard]] virtual std::vector<Estimate> expectations(
      const std::vector<Observable>& observables) const = 0;
  /// Collective.
  [[nodiscard]] virtual double total_mass() const = 0;
};

/// A law that a process can start from: it also maps uniform numbers to points.
class InitialLaw : public Law {
 public:
  [[nodiscard]] virtual std::size_t dimension() const = 0;
  /// A point of the law for each of n independent points of the unit cube: uniforms[a][0..n) in (0, 1) to
  /// positions[a][0..n), a < dimension() (the inverse Rosenblatt transform).
  virtual void place(std::span<const double* const> uniforms, std::size_t n,
                     std::span<double* const> positions) const = 0;
};

}  // namespace fpk::law
