// A whole run of the Ornstein-Uhlenbeck process against its closed forms at every observation.
#include <gtest/gtest.h>

#include <cmath>

#include "app/evolve.hpp"
#include "shell.hpp"

namespace fpk::app {
namespace {

using namespace testing;

/// dX = -k X dt + sqrt(2 D) dW from N(m, s^2).
constexpr double k = 1.3, D = 0.4, m = 0.9, s = 0.3;

double mean(double t) { return m * std::exp(-k * t); }
double variance(double t) { return D / k + (s * s - D / k) * std::exp(-2 * k * t); }

io::Record run() {
  const auto folder = fresh_folder("ornstein_uhlenbeck");
  write(folder / "case.toml", R"toml([process]
variables = ["x"]
drift = ["-1.3*x"]
noise = [["sqrt(0.8)"]]
[domain]
x = { lower = -5, upper = 5, cells = 500 }
[initial]
gaussian = { mean = [0.9], sd = [0.3] }
[time]
end = 2.0
observe = 9
[particles]
count = 100_000
step = 0.002
[observables]
x = "x"
xx = "x^2"
)toml");
  return evolve(io::read_case(folder / "case.toml"), parallel::Communicator::world(), {});
}

const io::Series& series(const io::NamedSeries& all, const std::string& name) {
  for (const auto& [n, values] : all)
    if (n == name) return values;
  throw std::out_of_range(name);
}

TEST(OrnsteinUhlenbeckRun, HasTheClosedFormMomentsOnBothRoads) {
  const auto record = run();
  for (std::size_t i = 0; i < record.times.size(); ++i) {
    const double t = record.times[i], second = variance(t) + mean(t) * mean(t);
    // h = 0.02: second order with a constant below 1.
    EXPECT_NEAR(series(record.density->observables, "x").value[i], mean(t), 4e-4) << t;
    EXPECT_NEAR(series(record.density->observables, "xx").value[i], second, 4e-4) << t;
    EXPECT_NEAR(series(record.exact_observables, "xx").value[i], second, 1e-9) << t;
    // Five standard errors (false alarms: 6e-7 each) and the bias of the scheme, at most k^2 t m dt = 0.005.
    const auto& xx = series(record.particles->observables, "xx");
    EXPECT_NEAR(xx.value[i], second, 5 * xx.standard_error[i] + 0.005) << t;
  }
}

TEST(OrnsteinUhlenbeckRun, HasTheClosedFormWassersteinDistanceToItsStationaryLaw) {
  // W2^2 between Gaussians on a line: (difference of means)^2 + (difference of standard deviations)^2.
  const auto record = run();
  std::size_t checked = 0;
  for (const auto& pair : record.distances)
    for (const auto& d : pair.distances) {
      if (pair.name != "density_to_stationary" || d.name != "wasserstein_2") continue;
      for (std::size_t i = 0; i < record.times.size(); ++i, ++checked) {
        const double t = record.times[i];
        const double exact = std::hypot(mean(t), std::sqrt(variance(t)) - std::sqrt(D / k));
        EXPECT_NEAR(d.value[i], exact, 1e-3) << t;  // second order in h = 0.02
      }
    }
  EXPECT_EQ(checked, 9U);
}

}  // namespace
}  // namespace fpk::app
