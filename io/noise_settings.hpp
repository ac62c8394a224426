// What a case says of its gradient noise: [noise].
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fpk::io {

struct NoiseSettings {
  std::size_t points = 5;                 ///< on the gradient flow from the initial mean
  std::vector<std::vector<double>> path;  ///< or these
  std::vector<std::size_t> batches;       ///< increasing; empty: 1, 2, 4, ... up to 256 and half of the rows
  std::size_t samples = 10'000;           ///< random batches of each size at each point
  /// Along which gradients are projected: "noise" and "hessian" (eigenvectors of the largest eigenvalues), or parameters.
  std::vector<std::string> directions = {"noise", "hessian"};
  std::size_t replicates = 100;  ///< of Gaussian data that tail indices are set beside
  std::uint64_t seed = 1;
};

}  // namespace fpk::io
