#include "model/sgd/stochastic_gradient.hpp"

#include <algorithm>
#include <cmath>

namespace fpk::model {

std::string_view name(Sampling sampling) {
  switch (sampling) {
    case Sampling::without_replacement:
      return "without-replacement";
    case Sampling::reshuffle:
      return "reshuffle";
    case Sampling::with_replacement:
      break;
  }
  return "with-replacement";
}

Formula finite_population_factor(Sampling sampling, std::size_t N, const Formula& b) {
  if (sampling == Sampling::with_replacement || N < 2) return 1.0;
  const auto rows = static_cast<double>(N);
  return (rows - b) / (rows - 1);
}

std::size_t StochasticGradient::rows_of_batch(double b) const {
  return std::clamp<std::size_t>(static_cast<std::size_t>(std::llround(b)), 1, largest_batch);
}

}  // namespace fpk::model
