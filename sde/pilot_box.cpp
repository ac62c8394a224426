#include "sde/pilot_box.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include "sde/ensemble.hpp"

namespace fpk::sde {
namespace {

constexpr std::int64_t particles = 4096;
constexpr int looks = 50, steps_between_looks = 20;
constexpr double standard_deviations = 7;
constexpr double far = 1e150;  ///< walls that nobody reaches
constexpr std::uint64_t seed = 1;

struct Moments {
  double mean = 0, sd = 0, least = 0, largest = 0;
};

Moments moments(std::span<const double> x) {
  const double n = static_cast<double>(x.size());
  Moments m{0, 0, *std::min_element(x.begin(), x.end()), *std::max_element(x.begin(), x.end())};
  for (const double v : x) m.mean += v / n;
  for (const double v : x) m.sd += (v - m.mean) * (v - m.mean) / (n - 1);
  m.sd = std::sqrt(m.sd);
  return m;
}

/// Mass of N(mean, sd^2) outside [lower, upper].
double tails(const Moments& m, double lower, double upper) {
  if (m.sd == 0) return 0;
  const double reach = std::numbers::sqrt2 * m.sd;
  return 0.5 * (std::erfc((m.mean - lower) / reach) + std::erfc((upper - m.mean) / reach));
}

}  // namespace

PilotBox pilot_box(const model::Process& process, const law::InitialLaw& initial, double end) {
  const std::size_t d = process.dimension();
  model::Domain space;
  for (const auto& v : process.variables) space.sides.push_back({v, -far, far});
  Ensemble pilot(process, space, initial,
                 {particles, "euler-maruyama", end / (looks * steps_between_looks), seed},
                 parallel::Communicator::self());
  constexpr double infinity = std::numeric_limits<double>::infinity();
  PilotBox box{std::vector<double>(d, infinity), std::vector<double>(d, -infinity), 0, particles};
  std::vector<std::vector<Moments>> history;
  for (int k = 0; k <= looks; ++k) {
    pilot.advance(end * k / looks);
    if (pilot.exploded() > 0)
      throw std::runtime_error(
          "a particle of the pilot ensemble exploded: give the box in [domain], or a shorter time.end");
    auto& now = history.emplace_back();
    for (std::size_t a = 0; a < d; ++a) {
      const auto m = now.emplace_back(moments({pilot.sample().positions(a), pilot.sample().size()}));
      box.lower[a] = std::min({box.lower[a], m.mean - standard_deviations * m.sd, m.least - m.sd});
      box.upper[a] = std::max({box.upper[a], m.mean + standard_deviations * m.sd, m.largest + m.sd});
    }
  }
  for (const auto& now : history) {
    double outside = 0;
    for (std::size_t a = 0; a < d; ++a) outside += tails(now[a], box.lower[a], box.upper[a]);
    box.mass_outside = std::max(box.mass_outside, outside);
  }
  return box;
}

}  // namespace fpk::sde
