#include "sde/schemes/leimkuhler_matthews.hpp"

#include "sde/schemes/noise_structure.hpp"

namespace fpk::sde {

StepFormulas leimkuhler_matthews(const model::Process& process) {
  const Letters s(process);
  const Vector half = s.noise() * Formula(0.5);
  return {{s.m}, s.x + s.at(s.b, s.x + half, s.t) * s.dt + s.noise(), s.x + half};
}

std::string leimkuhler_matthews_refusal(const model::Process& process) {
  if (!has_constant_noise(process)) return "its noise is not constant";
  const auto& x = process.variables;
  const auto a = process.diffusion();
  const auto entry = [&](std::size_t i, std::size_t j) {  // ((db/dx) a)_ij
    Formula sum(0.0);
    for (std::size_t k = 0; k < x.size(); ++k) sum = sum + process.drift[i].derivative(x[k]) * a[k][j];
    return sum;
  };
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (!agree(entry(i, j), entry(j, i), process))
        return "without detailed balance (its drift in " + x[j] + " and " + x[i] +
               " comes from no potential) its invariant law would be no better than Euler's";
  return {};
}

}  // namespace fpk::sde
