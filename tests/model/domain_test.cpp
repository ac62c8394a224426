#include "model/domain.hpp"

#include <gtest/gtest.h>

namespace fpk::model {
namespace {

TEST(Domain, IsClosedUnlessAFaceAbsorbs) {
  Domain domain{{Side{"x", 0, 1, Boundary::reflecting, Boundary::reflecting},
                 Side{"y", 0, 1, Boundary::periodic, Boundary::periodic}}};
  EXPECT_TRUE(domain.is_closed());
  domain.sides[0].upper_boundary = Boundary::absorbing;
  EXPECT_FALSE(domain.is_closed());
}

TEST(Domain, CutsItsSidesIntoEqualCells) {
  const Domain domain{{Side{"x", -1, 1}, Side{"y", 0, 3}}};
  const law::Grid grid = domain.grid({4, 6});
  EXPECT_EQ(grid.size(), 24U);
  EXPECT_EQ(grid.axis(0).name(), "x");
  EXPECT_EQ(grid.axis(0).lower(), -1);
  EXPECT_EQ(grid.axis(1).upper(), 3);
  EXPECT_EQ(grid.axis(0).width(1), 0.5);
  EXPECT_EQ(grid.volume({1, 2, 0}), 0.25);
}

TEST(Domain, RefusesAGridWithoutCellsForEverySide) {
  const Domain domain{{Side{"x", -1, 1}, Side{"y", 0, 3}}};
  EXPECT_THROW((void)domain.grid({4}), std::out_of_range);
}

TEST(Boundary, HasTheNamesThatCasesUse) {
  EXPECT_EQ(name(Boundary::reflecting), "reflecting");
  EXPECT_EQ(name(Boundary::periodic), "periodic");
  EXPECT_EQ(name(Boundary::absorbing), "absorbing");
}

TEST(Side, IsPeriodicByItsLowerFace) {
  EXPECT_TRUE((Side{"x", 0, 2, Boundary::periodic, Boundary::periodic}).is_periodic());
  EXPECT_FALSE((Side{"x", 0, 2}).is_periodic());
  EXPECT_EQ((Side{"x", 0.5, 2}).length(), 1.5);
}

}  // namespace
}  // namespace fpk::model
