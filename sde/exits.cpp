#include "sde/exits.hpp"

#include <algorithm>
#include <cmath>

namespace fpk::sde {
namespace {

bool left_through(const law::Sample& sample, std::size_t n, const model::Domain& domain,
                  const model::Face& face) {
  return sample.alive()[n] == 0 && sample.positions(face.axis)[n] == model::wall(domain, face);
}

}  // namespace

std::vector<std::int64_t> exits_of(const law::Sample& sample, const model::Domain& domain) {
  std::vector<std::int64_t> counts;
  for (const auto& face : model::absorbing_faces(domain)) {
    auto& count = counts.emplace_back(0);
    for (std::size_t n = 0; n < sample.size(); ++n) count += left_through(sample, n, domain, face) ? 1 : 0;
  }
  sample.processes().sum(std::span<std::int64_t>(counts));
  return counts;
}

std::vector<law::Estimate> exit_differences_of(const law::Sample& a, const law::Sample& b,
                                               const model::Domain& domain) {
  std::vector<law::Estimate> differences;
  const double N = static_cast<double>(a.count());
  for (const auto& face : model::absorbing_faces(domain)) {
    std::int64_t sums[2] = {0, 0};  // of the differences, -1, 0 or 1, and of their squares
    for (std::size_t n = 0; n < a.size(); ++n) {
      const std::int64_t d =
          (left_through(a, n, domain, face) ? 1 : 0) - (left_through(b, n, domain, face) ? 1 : 0);
      sums[0] += d;
      sums[1] += d * d;
    }
    a.processes().sum(std::span<std::int64_t>(sums));
    const double mean = static_cast<double>(sums[0]) / N, square = static_cast<double>(sums[1]) / N;
    differences.push_back({mean, std::sqrt(std::max(0.0, square - mean * mean) / std::max(1.0, N - 1))});
  }
  return differences;
}

}  // namespace fpk::sde
