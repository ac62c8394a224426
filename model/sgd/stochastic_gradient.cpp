#include "model/sgd/stochastic_gradient.hpp"

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

Formula StochasticGradient::finite_population_factor() const {
  if (sampling == Sampling::with_replacement || rows() < 2) return 1.0;
  const auto N = static_cast<double>(rows());
  return (N - batch) / (N - 1);
}

}  // namespace fpk::model
