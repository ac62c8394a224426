// Pearson's goodness of fit
//
//   X^2 = sum over pools (O - E)^2 / E  ~  chi^2 with (pools - 1) degrees of freedom,  E >= 5 in each pool
//
// (Cochran 1954 for the rule of five)
#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <stdexcept>
#include <vector>

#include "verification/mean_agreement.hpp"

namespace fpk::verification {
namespace {

constexpr double least_expected = 5;

struct Pool {
  double observed = 0, expected = 0;  ///< counts
  void add(const Pool& other) {
    observed += other.observed;
    expected += other.expected;
  }
};

/// Neighbours joined until each expects enough; a remainder goes to the last. At least one pool, maybe too
/// small.
std::vector<Pool> pooled(const std::vector<Pool>& cells) {
  std::vector<Pool> pools;
  Pool open;
  for (const Pool& cell : cells) {
    open.add(cell);
    if (open.expected < least_expected) continue;
    pools.push_back(open);
    open = {};
  }
  if (pools.empty()) return {open};
  pools.back().add(open);
  return pools;
}

/// Pearson's sum and the number of pools.
GoodnessOfFit pearson(std::span<const Pool> pools) {
  GoodnessOfFit sum;
  for (const Pool& pool : pools)
    if (pool.expected > 0)
      sum.statistic += (pool.observed - pool.expected) * (pool.observed - pool.expected) / pool.expected;
  sum.degrees_of_freedom = static_cast<std::int64_t>(pools.size());
  return sum;
}

/// The last pools of all processes, in the order of the ranks, and what is missing to mass one; pooled again,
/// since a process may expect too few points for a pool of its own.
std::vector<Pool> last_pools(const parallel::Communicator& processes, const Pool& last, const Pool& missing) {
  const double numbers[] = {last.observed, last.expected};
  const auto all = processes.concatenate(numbers);
  std::vector<Pool> pools;
  for (std::size_t r = 0; r < all.size(); r += 2) pools.push_back({all[r], all[r + 1]});
  pools.push_back(missing);
  return pooled(pools);
}

}  // namespace

GoodnessOfFit chi_squared_homogeneity(const law::GridPart& part, Masses p, std::int64_t n, Masses q) {
  if (p.size() != part.size() || q.size() != part.size())
    throw std::invalid_argument("a goodness of fit needs one mass for each cell of the part, in both laws");
  if (n <= 0) throw std::invalid_argument("a goodness of fit needs at least one point");
  const auto points = static_cast<double>(n);
  std::vector<Pool> cells(p.size());
  for (std::size_t c = 0; c < p.size(); ++c) cells[c] = {points * p[c], points * std::max(q[c], 0.0)};
  const Pool missing{points * (1 - law::total(part, p)), points * std::max(0.0, 1 - law::total(part, q))};

  const auto own = pooled(cells);
  GoodnessOfFit fit = pearson(std::span(own).first(own.size() - 1));
  fit.statistic = part.processes().sum(fit.statistic);
  fit.degrees_of_freedom = part.processes().sum(fit.degrees_of_freedom);
  const GoodnessOfFit last = pearson(last_pools(part.processes(), own.back(), missing));
  fit.statistic += last.statistic;
  fit.degrees_of_freedom += last.degrees_of_freedom - 1;
  if (fit.degrees_of_freedom > 0)
    fit.p_value =
        boost::math::gamma_q(0.5 * static_cast<double>(fit.degrees_of_freedom), 0.5 * fit.statistic);
  return fit;
}

}  // namespace fpk::verification
