#include "verification/distance/line.hpp"

#include <algorithm>
#include <limits>

#include "verification/distance/cellwise.hpp"

namespace fpk::verification {
namespace {

std::vector<double> distribution_function(std::span<const double> masses) {
  std::vector<double> F(masses.size() + 1, 0.0);
  for (std::size_t i = 0; i < masses.size(); ++i) F[i + 1] = F[i] + std::max(masses[i], 0.0);
  const double mass = F.back();
  if (mass > 0)
    for (double& f : F) f /= mass;
  return F;
}

}  // namespace

LinePair line_pair(std::vector<double> edges, std::span<const double> p, std::span<const double> q) {
  return {std::move(edges), distribution_function(p), distribution_function(q)};
}

LinePair marginal_pair(const law::GridPart& part, Masses p, Masses q, std::size_t a) {
  return line_pair(part.grid().axis(a).edges(), law::marginal(part, p, a), law::marginal(part, q, a));
}

double worst_axis(const law::GridPart& part, Masses p, Masses q, double (*distance)(const LinePair&)) {
  require_on_part(part, p, q);
  double worst = 0;
  for (std::size_t a = 0; a < part.grid().dimension(); ++a) {
    const LinePair laws = marginal_pair(part, p, q, a);
    worst = std::max(worst, laws.comparable() ? distance(laws) : std::numeric_limits<double>::infinity());
  }
  return worst;
}

}  // namespace fpk::verification
