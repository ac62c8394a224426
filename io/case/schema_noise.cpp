// The keys of what `fpk noise` looks at.
#include <fmt/format.h>

#include "io/case/schema.hpp"
#include "io/noise_settings.hpp"

namespace fpk::io::reader {

std::vector<Key> noise_keys() {
  const NoiseSettings noise;
  return {
      Key{"noise", Kind::table,
          "What `fpk noise` looks at: the noise of the gradients of process.data and loss "
          "(docs/noise-diagnostics.md)."},
      Key{"noise.points", Kind::integer,
          "Points at equal distances along the gradient flow from the mean of the initial law until "
          "time.end, or rest."}
          .within({2, 1000})
          .otherwise(fmt::format("{}", noise.points)),
      Key{"noise.path", Kind::constant_rows,
          "In place of those: the points, one coordinate for each parameter."},
      Key{"noise.batches", Kind::numbers, "Sizes of batches, whole and increasing."}
          .within({1, 1e6})
          .otherwise("1, 2, 4, ... up to 256 and half of the rows"),
      Key{"noise.samples", Kind::integer,
          "Random batches of each size at each point, with replacement and without."}
          .within({100, 1e7})
          .otherwise(fmt::format("{}", noise.samples)),
      Key{"noise.directions", Kind::names,
          "Along which gradients are projected: noise, hessian (the eigenvectors of the largest eigenvalues "
          "there), or "
          "parameters by name."}
          .otherwise("[\"noise\", \"hessian\"]"),
      Key{"noise.replicates", Kind::integer,
          "Of Gaussian data of the same size, which tail indices are set beside."}
          .within({20, 1e5})
          .otherwise(fmt::format("{}", noise.replicates)),
      Key{"noise.seed", Kind::integer, "Of the batches and of the Gaussian data."}.within({0}).otherwise(
          fmt::format("{}", noise.seed)),
  };
}

}  // namespace fpk::io::reader
