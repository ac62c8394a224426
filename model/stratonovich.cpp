#include "model/stratonovich.hpp"

namespace fpk::model {

Process from_stratonovich(Process process) {
  process.stratonovich_drift = process.drift;
  const auto& sigma = process.noise;
  for (std::size_t i = 0; i < process.dimension(); ++i)
    for (std::size_t k = 0; k < process.noise_sources(); ++k)
      for (std::size_t j = 0; j < process.dimension(); ++j)
        process.drift[i] =
            process.drift[i] + Formula(0.5) * sigma[j][k] * sigma[i][k].derivative(process.variables[j]);
  return process;
}

}  // namespace fpk::model
