// The scheme of Euler and Maruyama,
//
//     X_{n+1} = X_n + b(X_n, t_n) dt + sigma(X_n, t_n) dW_n,     dW_n ~ N(0, dt I).
//
// Weak order 1, strong order 1/2 (1 where sigma is constant). (Maruyama 1955; Kloeden, Platen 1992, ch. 9, 10
// and 14)
#pragma once

#include "sde/schemes/coefficients.hpp"

namespace fpk::sde {

class EulerMaruyama : public Scheme {
 public:
  explicit EulerMaruyama(const model::Process& process) : coefficients_(process) {}

  [[nodiscard]] std::unique_ptr<Scratch> scratch() const override;
  [[nodiscard]] DrawCounts draws() const override { return {coefficients_.sources()}; }
  void step(std::span<double* const> x, double t, double dt, const Draws& draws,
            Scratch& scratch) const override;

 private:
  Coefficients coefficients_;
};

}  // namespace fpk::sde
