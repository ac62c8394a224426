// A share of independent trials, with what it says about the probability behind it.
//
//     P(at most k hits of n | p = upper) = 5 %        one-sided bounds, exact (Clopper, Pearson 1934, Biometrika 26);
//     P(at least k hits of n | p = lower) = 5 %       no hit in n trials: upper = 1 - 0.05^(1/n), about 3/n
#pragma once

#include <cstdint>

namespace fpk::studies {

struct Share {
  std::int64_t hits = 0, trials = 0;

  void count(bool hit) {
    hits += hit ? 1 : 0;
    ++trials;
  }
  [[nodiscard]] double value() const;
  [[nodiscard]] double lower() const;  ///< at 95 %
  [[nodiscard]] double upper() const;  ///< at 95 %
};

}  // namespace fpk::studies
