#include "sde/schemes/euler_maruyama.hpp"

namespace fpk::sde {

std::unique_ptr<Scratch> EulerMaruyama::scratch() const {
  return std::make_unique<Coefficients::Values>(coefficients_);
}

void EulerMaruyama::step(std::span<double* const> x, double t, double dt, const Draws& draws,
                         Scratch& scratch) const {
  auto& at = static_cast<Coefficients::Values&>(scratch);
  coefficients_.evaluate(x, t, at);
  coefficients_.add_increment(x, dt, at, draws.dW);
}

}  // namespace fpk::sde
