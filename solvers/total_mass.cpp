#include "solvers/total_mass.hpp"

#include <cmath>

namespace fpk::solvers {

void restore_total(const law::GridPart& part, std::span<double> masses, double before, double explained) {
  const double after = law::total(part, masses);
  if (!(std::abs(after - before) <= explained * before)) return;
  for (auto& m : masses) m *= before / after;
}

}  // namespace fpk::solvers
