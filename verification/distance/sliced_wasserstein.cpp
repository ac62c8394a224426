// Sliced Wasserstein distances
//
//   SW1 = mean over theta of W1(theta . X, theta . Y),   SW2^2 = mean over theta of W2(theta . X, theta .
//   Y)^2
//
// over a fixed set of directions, the same for every pair of laws. Unlike the largest distance of the
// marginals they see correlations. On a line they are W1 and W2. (Bonneel, Rabin, Peyre, Pfister 2015)
#include <cmath>
#include <limits>
#include <vector>

#include "parallel/threads.hpp"
#include "verification/distance/cellwise.hpp"
#include "verification/distance/functions.hpp"
#include "verification/distance/projection.hpp"

namespace fpk::verification {
namespace {

/// (mean over theta of distance^power)^(1/power), power 1 or 2.
double sliced(const law::GridPart& part, Masses p, Masses q, double (*distance)(const LinePair&), int power) {
  require_on_part(part, p, q);
  const auto thetas = directions(part.grid().dimension());
  std::vector<double> of_direction(thetas.size());
  const auto measure = [&](std::size_t begin, std::size_t end, std::size_t) {
    for (std::size_t k = begin; k < end; ++k) {
      const LinePair laws = projected_pair(part, p, q, thetas[k]);
      of_direction[k] =
          laws.comparable() ? std::pow(distance(laws), power) : std::numeric_limits<double>::infinity();
    }
  };
  // Projections are collective: on several processes the directions go one by one, in the same order on each.
  if (part.processes().size() == 1)
    parallel::for_each_chunk(thetas.size(), 1, measure);
  else
    measure(0, thetas.size(), 0);
  const double sum = parallel::pairwise_sum(of_direction.data(), of_direction.size());
  return std::pow(sum / static_cast<double>(thetas.size()), 1.0 / power);
}

}  // namespace

double sliced_wasserstein_1(const law::GridPart& part, Masses p, Masses q) {
  return part.grid().dimension() == 1 ? wasserstein_1(part, p, q) : sliced(part, p, q, wasserstein_1, 1);
}

double sliced_wasserstein_2(const law::GridPart& part, Masses p, Masses q) {
  return part.grid().dimension() == 1 ? wasserstein_2(part, p, q) : sliced(part, p, q, wasserstein_2, 2);
}

}  // namespace fpk::verification
