// The drift-implicit theta scheme, with theta = 1/2 (the trapezoidal rule in the drift),
//
//     X_{n+1} = X_n + ( (1 - theta) b(X_n, t_n) + theta b(X_{n+1}, t_n + dt) ) dt + sigma(X_n, t_n + dt/2) dW_n
//
// Strong order 1/2 (1 for additive noise), weak order 1 (2 for additive noise and theta = 1/2). For theta >= 1/2 stable
// whatever dt where the drift contracts. (Kloeden, Platen 1992, sections 12.2 and 15.4; Higham, Mao, Stuart 2002, SIAM J.
// Numer. Anal. 40)
//
// X_{n+1} is found by Newton's method from X_n (sde/schemes/block_newton.hpp). A particle for which it does not converge becomes
// NaN, and so counts as exploded. The root is unique where theta dt (db/dx + its transpose)/2 < 1.
#pragma once

#include "formula/program.hpp"
#include "sde/scheme.hpp"

namespace fpk::sde {

class Theta : public Scheme {
 public:
  explicit Theta(const model::Process& process, double theta = 0.5);

  [[nodiscard]] std::unique_ptr<Scratch> scratch() const override;
  [[nodiscard]] DrawCounts draws() const override { return {sources_}; }
  void step(std::span<double* const> x, double t, double dt, const Draws& draws,
            Scratch& scratch) const override;

 private:
  struct Room;
  std::size_t dimension_, sources_;
  double theta_;
  formula::Program explicit_part_;       ///< X_n + (1 - theta) b dt + sigma dW
  formula::Program drift_and_jacobian_;  ///< at X_{n+1}
};

}  // namespace fpk::sde
