#include "sde/boundary.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace {

using namespace fpk;
using model::Boundary;
using model::Side;
using sde::land;

const Side mirrors{"x", -1, 2, Boundary::reflecting, Boundary::reflecting};
const Side circle{"x", -1, 2, Boundary::periodic, Boundary::periodic};
const Side trap{"x", -1, 2, Boundary::absorbing, Boundary::absorbing};
const Side half_open{"x", -1, 2, Boundary::reflecting, Boundary::absorbing};

TEST(Landing, LeavesAPointInsideWhereItIs) {
  for (const auto& side : {mirrors, circle, trap, half_open})
    for (const double x : {-1.0, 0.3, 2.0}) {
      EXPECT_EQ(land(x, side).x, x);
      EXPECT_FALSE(land(x, side).absorbed);
    }
}

TEST(Landing, MirrorsAtAReflectingFace) {
  EXPECT_DOUBLE_EQ(land(-1.25, mirrors).x, -0.75);
  EXPECT_DOUBLE_EQ(land(2.5, mirrors).x, 1.5);
}

TEST(Landing, MirrorsAFarPointAgainAndAgain) {
  EXPECT_DOUBLE_EQ(land(-1 - 3 - 0.5, mirrors).x, 1.5);              // past the lower face, then the upper
  EXPECT_DOUBLE_EQ(land(2 + 3 + 3 + 0.5, mirrors).x, 1.5);           // upper, lower, upper
  EXPECT_DOUBLE_EQ(land(-1 + 6 * 1000.0 + 0.25, mirrors).x, -0.75);  // a thousand periods of two lengths
}

TEST(Landing, WrapsAtAPeriodicFace) {
  EXPECT_DOUBLE_EQ(land(2.5, circle).x, -0.5);
  EXPECT_DOUBLE_EQ(land(-1.5, circle).x, 1.5);
  EXPECT_DOUBLE_EQ(land(2.5 + 3000, circle).x, -0.5);
}

TEST(Landing, StopsAtAnAbsorbingFace) {
  EXPECT_EQ(land(2.5, trap).x, 2);
  EXPECT_TRUE(land(2.5, trap).absorbed);
  EXPECT_EQ(land(-9, trap).x, -1);
  EXPECT_TRUE(land(-9, trap).absorbed);
}

TEST(Landing, TreatsEachFaceByItsOwnRule) {
  EXPECT_DOUBLE_EQ(land(-1.25, half_open).x, -0.75);
  EXPECT_FALSE(land(-1.25, half_open).absorbed);
  EXPECT_TRUE(land(2.25, half_open).absorbed);
  EXPECT_EQ(land(-5, half_open).x, 2);  // mirrored beyond the other face, which absorbs
  EXPECT_TRUE(land(-5, half_open).absorbed);
}

TEST(Landing, IsInsideHoweverFarAndHoweverRounded) {
  std::size_t checked = 0;
  for (const auto& side : {mirrors, circle, Side{"x", 0.1, 0.3, Boundary::reflecting, Boundary::reflecting}})
    for (double distance = 1e-17; distance < 1e300; distance *= 3.7)
      for (const double x : {side.lower - distance, side.upper + distance}) {
        const double y = land(x, side).x;
        ASSERT_GE(y, side.lower);
        ASSERT_LE(y, side.upper);
        ++checked;
      }
  EXPECT_GT(checked, 3000U);
}

class WallsTest : public testing::Test {
 protected:
  WallsTest() {
    paths.alive.fill(1);
    for (std::size_t i = 0; i < formula::block_width; ++i) {
      paths.x[0][i] = 0.5;
      paths.x[1][i] = -0.5;
    }
  }
  sde::Paths paths{2};
  sde::Walls walls{model::Domain{{half_open, Side{"y", -1, 1, Boundary::periodic, Boundary::periodic}}}};
};

TEST_F(WallsTest, EndNoPathInside) {
  const auto losses = walls.apply(paths);
  EXPECT_EQ(losses.absorbed + losses.exploded, 0);
  EXPECT_EQ(paths.x[0][255], 0.5);
}

TEST_F(WallsTest, KeepTheEndOfAnAbsorbedPath) {
  paths.x[0][7] = 3;
  paths.x[1][7] = 1.25;
  const auto losses = walls.apply(paths);
  EXPECT_EQ(losses.absorbed, 1);
  EXPECT_EQ(losses.exploded, 0);
  EXPECT_EQ(paths.alive[7], 0);
  EXPECT_EQ(paths.position(0, 7), 2);
  EXPECT_EQ(paths.position(1, 7), -0.75);
  // The lane goes on being computed; it is neither counted again nor is its end moved.
  paths.x[0][7] = 99;
  EXPECT_EQ(walls.apply(paths).absorbed, 0);
  EXPECT_EQ(paths.position(0, 7), 2);
}

TEST_F(WallsTest, CountAPathThatIsNotFiniteAsExploded) {
  paths.x[0][0] = std::numeric_limits<double>::quiet_NaN();
  paths.x[1][255] = -std::numeric_limits<double>::infinity();
  paths.x[0][255] = 5;  // beyond an absorbing face too: not finite comes first
  const auto losses = walls.apply(paths);
  EXPECT_EQ(losses.exploded, 2);
  EXPECT_EQ(losses.absorbed, 0);
  EXPECT_TRUE(std::isnan(paths.position(0, 0)));
  EXPECT_TRUE(std::isnan(paths.position(1, 255)));
  EXPECT_EQ(walls.apply(paths).exploded, 0);
}

// x reflects below and absorbs above, y is a ring.
TEST_F(WallsTest, CountAPathThatIsMirroredAndNoOther) {
  paths.x[0][3] = -1.25;
  paths.x[0][4] = -1.5;
  paths.x[1][4] = 1.25;
  paths.x[0][5] = 3;     // absorbed
  paths.x[1][6] = 1.25;  // wrapped
  paths.x[0][7] = -1.25;
  paths.alive[7] = 0;
  paths.x[0][8] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(walls.apply(paths).mirrored, 2);
  EXPECT_EQ(walls.apply(paths).mirrored, 0);
}

TEST(OrderAtWalls, IsLimitedByReflectingFacesAlone) {
  EXPECT_EQ(sde::order_at_walls({{circle, mirrors}}), 1);
  EXPECT_EQ(sde::order_at_walls({{half_open}}), 1);
  EXPECT_TRUE(std::isinf(sde::order_at_walls({{circle, trap}})));
}

}  // namespace
