// Quantiles of the normal law, against its error function.
#include "verification/normal_quantile.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace fpk::verification {
namespace {

TEST(NormalQuantile, LeavesTheLevelBeyondItOnBothSides) {
  for (const double level : {0.5, 0.05, 1e-4, 1e-9})
    EXPECT_NEAR(std::erfc(two_sided_quantile(level) / std::sqrt(2.0)) / level, 1, 1e-12) << level;
  EXPECT_NEAR(two_sided_quantile(0.05), sigmas_95, 1e-14);
}

}  // namespace
}  // namespace fpk::verification
