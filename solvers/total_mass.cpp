#include "solvers/total_mass.hpp"

#include <cmath>

namespace fpk::solvers {

double restore_total(const law::GridPart& part, std::span<double> masses, double before, double explained) {
  const double after = law::total(part, masses);
  if (!(std::abs(after - before) <= explained * before) || before == 0) return 0;
  for (auto& m : masses) m *= before / after;
  return std::abs(after - before) / before;
}

}  // namespace fpk::solvers
