// The box of a pilot ensemble, against the closed form of an Ornstein-Uhlenbeck process.
#include "sde/pilot_box.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "law/exact/gaussian.hpp"
#include "law/exact/point.hpp"

namespace fpk::sde {
namespace {

formula::Formula parse(const std::string& text) { return formula::parse(text, {{"x", "t"}, {}, {}}); }

model::Process drifted(const std::string& drift, const std::string& noise) {
  model::Process p;
  p.variables = {"x"};
  p.drift = {parse(drift)};
  p.noise = {{parse(noise)}};
  return p;
}

TEST(PilotBox, ReachesSevenStandardDeviationsOfAnOrnsteinUhlenbeckProcess) {
  // dX = (2 - X) dt + 0.6 dW from 0: N(2 (1 - e^{-t}), 0.18 (1 - e^{-2t})), widest at the end, t = 5.
  const law::PointMass start({"x"}, {0});
  const auto box = pilot_box(drifted("2 - x", "0.6"), start, 5);
  const double mean = 2 * (1 - std::exp(-5.0)), sd = std::sqrt(0.18 * (1 - std::exp(-10.0)));
  // The mean and sd of 4096 particles have standard errors of sd/64 and sd/90: within 4 of them, 7 sd are off by 0.4 sd;
  // the largest of 50 looks adds a little.
  EXPECT_NEAR(box.upper[0], mean + 7 * sd, 0.6 * sd);
  EXPECT_LT(box.lower[0], 0.01);
  // The mass beyond, of the exact law: within a factor that 0.4 sd make at 7 sd, exp(7 * 0.4) = 16.
  const double exact = 0.5 * std::erfc((box.upper[0] - mean) / (sd * std::sqrt(2)));
  EXPECT_LT(std::abs(std::log(box.mass_outside /
                              (exact + 0.5 * std::erfc((mean - box.lower[0]) / (sd * std::sqrt(2)))))),
            std::log(16.0) + std::log(2.0));
  EXPECT_EQ(box.particles, 4096);
}

TEST(PilotBox, RefusesAnExplosion) {
  const law::PointMass start({"x"}, {3});
  EXPECT_THROW((void)pilot_box(drifted("x^3", "1"), start, 5), std::runtime_error);
}

}  // namespace
}  // namespace fpk::sde
