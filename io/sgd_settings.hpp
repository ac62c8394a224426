// What a case says of stochastic gradients: [sgd].
#pragma once

#include <cstdint>
#include <string>

#include "model/sgd/stochastic_gradient.hpp"

namespace fpk::io {

struct SgdSettings {
  model::StochasticGradient chain;
  std::string model = "sme1";       ///< a name of model/sgd/gradient_model.hpp
  std::int64_t replicas = 100'000;  ///< independent chains
  std::uint64_t seed = 1;
};

}  // namespace fpk::io
