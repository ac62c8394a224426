// What was measured for the judge, in a checkpoint.
#pragma once

#include "parallel/archive.hpp"
#include "verification/invariants.hpp"
#include "verification/mean_agreement.hpp"

namespace fpk::verification {

inline void archive(parallel::Archive& archive, Invariants& i) {
  archive.all(i.time, i.total_mass, i.smallest_mass, i.smallest_density, i.relative_entropy,
              i.entropy_to_mean);
}

inline void archive(parallel::Archive& archive, MeanComparison& m) {
  archive.all(m.value, m.standard_error, m.reference, m.bias_allowance, m.bias_standard_error, m.size);
}

}  // namespace fpk::verification
