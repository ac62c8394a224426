#include "verification/gaussianity/tail_index.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

namespace fpk::verification {
namespace {

double log_size(double x) { return std::log(std::max(std::abs(x), std::numeric_limits<double>::min())); }

}  // namespace

double stable_index(std::span<const double> x, std::size_t group) {
  if (group < 2 || x.size() < group)
    throw std::invalid_argument("a stable index needs a group of two or more");
  const std::size_t groups = x.size() / group;
  double of_sums = 0, of_numbers = 0;
  for (std::size_t g = 0; g < groups; ++g) {
    double sum = 0;
    for (std::size_t i = 0; i < group; ++i) {
      sum += x[g * group + i];
      of_numbers += log_size(x[g * group + i]);
    }
    of_sums += log_size(sum);
  }
  const auto G = static_cast<double>(groups), m = static_cast<double>(group);
  return std::log(m) / (of_sums / G - of_numbers / (G * m));
}

double hill_index(std::span<const double> x, std::size_t k) {
  if (k == 0 || k >= x.size()) throw std::invalid_argument("Hill's index needs fewer numbers than there are");
  std::vector<double> sizes(x.size());
  std::ranges::transform(x, sizes.begin(), [](double v) { return std::abs(v); });
  const auto edge = sizes.begin() + static_cast<std::ptrdiff_t>(k);
  std::nth_element(sizes.begin(), edge, sizes.end(), std::greater<>());
  double sum = 0;
  for (auto s = sizes.begin(); s != edge; ++s) sum += log_size(*s) - log_size(*edge);
  return static_cast<double>(k) / sum;
}

}  // namespace fpk::verification
