#include "solvers/propagators/tr_bdf2.hpp"

#include <numbers>

#include "solvers/petsc/diagonally_implicit.hpp"

namespace fpk::solvers {

const ButcherTable& tr_bdf2() {
  constexpr double d = 1 - std::numbers::sqrt2 / 2, w = std::numbers::sqrt2 / 4;
  static const ButcherTable table{
      .name = "implicit",
      .order = 2,
      .order_of_embedded = 3,
      .estimate = Estimate::smoothed,
      .a = {{0}, {d, d}, {w, w, d}},
      .embedded = {(1 - w) / 3, (3 * w + 1) / 3, d / 3},
  };
  return table;
}

std::unique_ptr<Propagator> make_tr_bdf2(const PropagatorTask& task) {
  return make_diagonally_implicit(tr_bdf2(), task);
}

}  // namespace fpk::solvers
