#include "sde/schemes/milstein.hpp"

#include "sde/schemes/noise_structure.hpp"

namespace fpk::sde {

StepFormulas milstein(const model::Process& process) {
  const Letters s(process);
  Vector next = s.x + s.b * s.dt + s.noise();
  for (std::size_t k = 0; k < s.m; ++k) {
    const Formula dW = Letters::dW(k);
    next += along_noise(s, k, s.sigma[k]) * (Formula(0.5) * (dW * dW - s.dt));
    for (std::size_t j = 0; j < k; ++j) next += along_noise(s, j, s.sigma[k]) * (Letters::dW(j) * dW);
  }
  return {{s.m}, next};
}

std::string milstein_refusal(const model::Process& process) {
  const auto why = non_commuting_sources(process);
  return why.empty() ? why : why + ", so it would want the areas between their paths";
}

}  // namespace fpk::sde
