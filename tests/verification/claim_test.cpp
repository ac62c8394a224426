// A claim holds only where something was measured and is small enough.
#include "verification/claim.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace fpk::verification {
namespace {

Claim claim(double measured, double allowed) {
  return {"name", "A sentence.", Evidence::exact, measured, allowed, "because"};
}

TEST(Claim, HoldsUpToWhatIsAllowed) {
  EXPECT_TRUE(claim(1, 1).holds());
  EXPECT_FALSE(claim(1.1, 1).holds());
}

TEST(Claim, ThatMeasuredNothingDoesNotHold) {
  EXPECT_FALSE(claim(std::numeric_limits<double>::quiet_NaN(), 1).holds());
}

TEST(Claim, AllHoldNeedsOneAndNoneThatFails) {
  EXPECT_FALSE(all_hold({}));
  EXPECT_TRUE(all_hold({claim(0, 1)}));
  EXPECT_FALSE(all_hold({claim(0, 1), claim(2, 1)}));
}

TEST(Claim, EvidenceHasThreeNames) {
  EXPECT_EQ(name(Evidence::exact), "exact");
  EXPECT_EQ(name(Evidence::asymptotic), "asymptotic");
  EXPECT_EQ(name(Evidence::statistical), "statistical");
}

}  // namespace
}  // namespace fpk::verification
