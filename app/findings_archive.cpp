// What the judge has been told so far, in a checkpoint.
#include "app/run_claims.hpp"
#include "verification/archive.hpp"

namespace fpk::app {

void archive(parallel::Archive& archive, Findings& f) {
  archive.all(f.history, f.means, f.means_of, f.exits, f.exits_of, f.exact_error, f.coarse_exact_error,
              f.extrapolated_error, f.coarse_extrapolated_error, f.balance, f.order_left, f.exploded,
              f.pilot_failure);
}

}  // namespace fpk::app
