#include "sde/schemes/euler_maruyama.hpp"

namespace fpk::sde {

std::unique_ptr<Scratch> EulerMaruyama::scratch() const {
  return std::make_unique<Coefficients::Values>(coefficients_);
}

void EulerMaruyama::step(std::span<double* const> x, double t, double dt, const Draws& draws,
                         Scratch& scratch) const {
  auto& at = static_cast<Coefficients::Values&>(scratch);
  coefficients_.evaluate(x, t, at);
  for (std::size_t i = 0; i < x.size(); ++i) add_multiple(x[i], dt, at.drift(i));
  coefficients_.add_noise(x, at, draws.dW);
}

}  // namespace fpk::sde
