// Uniformisation: the exponential of a Markov generator as a Poisson average over its jump chain.
//
//     exp(A t) = sum_k Pois(k; Lambda t) P^k,    P = I + A / Lambda,    Lambda >= largest rate out of a cell
//
// P has non-negative entries and never gains mass, nor does any partial sum: positive and l1-stable whatever
// the rounding. A long time is cut into pieces of at most 4096 jumps; one with Lambda t jumps takes about
// Lambda t + 9 sqrt(Lambda t) applications. (Jensen 1953; Grassmann 1977; Fox, Glynn 1988)
#pragma once

#include "solvers/propagator.hpp"
#include "solvers/sweep/sweep.hpp"

namespace fpk::solvers {

class Uniformisation {
 public:
  explicit Uniformisation(std::shared_ptr<const Generator> generator);
  Uniformisation(const Uniformisation&) = delete;
  Uniformisation& operator=(const Uniformisation&) = delete;

  /// masses <- exp(A t) masses, truncated where the rest of the Poisson weights is below round-off.
  void advance(std::span<double> masses, double t, const Tick& tick = {});
  /// Jumps of the fastest cell in a time t: Lambda t.
  [[nodiscard]] double jumps(double t) const;
  /// Applications for that many jumps in one piece.
  [[nodiscard]] static double cost(double jumps);
  [[nodiscard]] std::int64_t applications() const { return applications_; }
  [[nodiscard]] double restored() const { return restored_; }  ///< as Propagator::restored
  void archive(parallel::Archive& archive) {
    archive("applications", applications_);
    archive("restored", restored_);
  }

  /// Levels between exchanges that its vectors have halos for.
  [[nodiscard]] std::size_t depth() const { return jump_.depth; }
  /// Two vectors that it works on, and that others may use in between.
  [[nodiscard]] Field& even() { return even_; }
  [[nodiscard]] Field& odd() { return odd_; }

 private:
  /// One Poisson average, Lambda t moderate.
  void average(std::span<double> masses, double t);
  std::shared_ptr<const Generator> generator_;
  std::vector<double> stay_;  ///< Lambda - outflow
  SweepMatrix jump_;          ///< Lambda P
  Field even_, odd_;          ///< P^k masses
  std::int64_t applications_ = 0;
  double restored_ = 0;
};

std::unique_ptr<Propagator> make_uniformisation(const PropagatorTask& task);

}  // namespace fpk::solvers
