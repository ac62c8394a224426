// How samples are shared out over a ladder that several studies read.
#include "verification/shared_ladder.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace fpk::verification {
namespace {

const std::vector<double> sizes{0.4, 0.2, 0.1, 0.05};

/// Errors c h^p of samples with this standard deviation, n of each rung.
SharedStudy study(double c, double p, double sd, double n) {
  SharedStudy s{{}, p};
  for (const double h : sizes) s.errors.push_back({h, c * std::pow(h, p), sd / std::sqrt(n)});
  return s;
}

const SharedLadderSettings plenty{0.05, 1e10, {10, 20, 40, 80}};

TEST(SharedLadder, GivesEveryRungWhatTheHalfWidthOfAnOrderWants) {
  const double n = 1e6, sd = 0.3;
  auto s = study(-0.7, 2, sd, n);
  const auto wanted = wanted_samples({s}, std::vector<double>(4, n), plenty);
  for (std::size_t l = 0; l < 4; ++l) s.errors[l].standard_error = sd / std::sqrt(wanted[l]);
  const auto order = order_of_biases(s.errors).order;
  ASSERT_TRUE(order);
  EXPECT_NEAR(0.5 * (order->upper - order->lower), plenty.half_width, 1e-12);  // exact errors: no residuals
}

TEST(SharedLadder, ServesTheNeediestStudyThatTheBudgetAffords) {
  const std::vector<double> have(4, 1e6);
  const auto easy = study(1, 1, 0.1, 1e6), hard = study(0.1, 1, 0.1, 1e6),
             hopeless = study(1e-7, 1, 0.1, 1e6);
  const auto of_hard = wanted_samples({hard}, have, plenty);
  EXPECT_EQ(wanted_samples({easy, hard}, have, plenty), of_hard);
  EXPECT_EQ(wanted_samples({easy, hard, hopeless}, have, plenty), of_hard);
}

TEST(SharedLadder, AsksForNothingWhereTheErrorChangesItsSign) {
  auto s = study(1, 1, 0.1, 1e6);
  s.errors.back().error *= -1;
  EXPECT_EQ(wanted_samples({s}, std::vector<double>(4, 1e6), plenty), std::vector<double>(4, 0.0));
}

TEST(SharedLadder, ExpectsAHiddenErrorToHaveFallenAsPromised) {
  const std::vector<double> have(4, 1e6);
  auto s = study(1, 2, 0.1, 1e6);
  const auto known = wanted_samples({s}, have, plenty);
  s.errors.back() = {sizes.back(), -1e-5, 1e-4};  // of 2.5e-3; below its noise
  const auto hidden = wanted_samples({s}, have, plenty);
  EXPECT_NEAR(hidden.back(), known.back(), 1e-6 * known.back());
}

}  // namespace
}  // namespace fpk::verification
