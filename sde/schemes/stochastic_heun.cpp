#include "sde/schemes/stochastic_heun.hpp"

#include "model/noise_convention.hpp"

namespace fpk::sde {
namespace {

/// c: as it was given, or b less what the noise adds by itself in Stratonovich's sense.
Vector stratonovich_drift(const model::Process& process, const Letters& s) {
  if (process.given_in == model::find_noise_convention("stratonovich")) return process.drift_as_given;
  Vector c = s.b;
  for (std::size_t k = 0; k < s.m; ++k) c = c - along_noise(s, k, s.sigma[k]) * Formula(0.5);
  return c;
}

}  // namespace

StepFormulas stochastic_heun(const model::Process& process) {
  const Letters s(process);
  const Formula half(0.5);
  const Vector c = stratonovich_drift(process, s);
  const Vector Y = s.x + c * s.dt + s.noise();
  Vector next = s.x + (c + s.at(c, Y, s.t + s.dt)) * (half * s.dt);
  for (std::size_t k = 0; k < s.m; ++k)
    next += (s.sigma[k] + s.at(s.sigma[k], Y, s.t + s.dt)) * (half * Letters::dW(k));
  return {{s.m}, next};
}

}  // namespace fpk::sde
