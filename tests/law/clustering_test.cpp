// Graded axes: smooth maps that keep their ends, nest when cut finer, and close on a ring.
#include "law/clustering.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "law/grid.hpp"

namespace fpk::law {
namespace {

double widest_over_narrowest(const Axis& axis) {
  double narrow = axis.length(), wide = 0;
  for (std::size_t i = 0; i < axis.cells(); ++i) {
    narrow = std::min(narrow, axis.width(i));
    wide = std::max(wide, axis.width(i));
  }
  return wide / narrow;
}

std::size_t narrowest_cell(const Axis& axis) {
  std::size_t best = 0;
  for (std::size_t i = 0; i < axis.cells(); ++i)
    if (axis.width(i) < axis.width(best)) best = i;
  return best;
}

RC_GTEST_PROP(Clustering, KeepsTheEndsIncreasesAndNestsToTheLastBit, ()) {
  const auto number = [](double lower, double upper) {
    return lower + (upper - lower) * *rc::gen::inRange(0, 1'000'001) / 1e6;
  };
  const double lower = number(-5, 5), upper = lower + number(0.1, 10);
  const Clustering c{std::clamp(lower + number(0, 1) * (upper - lower), lower, upper), number(0.01, 8),
                     *rc::gen::arbitrary<bool>()};
  const std::size_t n = static_cast<std::size_t>(*rc::gen::inRange(2, 60));
  const Axis coarse("x", lower, upper, n, c), fine = coarse.recut(2 * n);
  RC_ASSERT(coarse.lower() == lower);
  RC_ASSERT(coarse.upper() == upper);
  RC_ASSERT(!coarse.is_uniform());
  for (std::size_t i = 0; i <= n; ++i) RC_ASSERT(fine.edge(2 * i) == coarse.edge(i));
  RC_ASSERT(fine.recut(n).edges() == coarse.edges());
  // The narrowest cell is at the place named, or next to it.
  const auto k = static_cast<double>(narrowest_cell(fine)), at = static_cast<double>(fine.find(c.at));
  const double apart = std::abs(k - at), around = static_cast<double>(2 * n) - apart;
  RC_ASSERT((c.ring ? std::min(apart, around) : apart) <= 1);
}

TEST(Clustering, MakesTheWidestCellAsManyTimesWiderAsItPromises) {
  const double beta = 4;
  // 1 % : the widths of 2000 cells against the slopes of the map.
  EXPECT_NEAR(widest_over_narrowest(Axis("x", -1, 3, 2000, {1, beta})), std::cosh(beta / 2),
              0.01 * std::cosh(beta / 2));
  EXPECT_NEAR(widest_over_narrowest(Axis("x", -1, 3, 2000, {-1, beta})), std::cosh(beta),
              0.01 * std::cosh(beta));
  EXPECT_NEAR(widest_over_narrowest(Axis("x", -1, 3, 2000, {0.3, beta, true})), std::cosh(beta / 2),
              0.01 * std::cosh(beta / 2));
}

TEST(Clustering, ClosesSmoothlyOnARingWhereverItIs) {
  // Widths are h x'(s): second differences over the seam are O(h^2) of a width like everywhere else, and where the map
  // of an interval is taken instead they are not.
  for (const double at : {0.1, 1.7, 2.9}) {
    for (const bool ring : {true, false}) {
      const Axis axis("x", 0, 3, 300, {at, 3, ring});
      const auto width = [&](std::size_t i) { return axis.width(i % axis.cells()); };
      double largest = 0;
      for (std::size_t i = 0; i < axis.cells(); ++i)
        largest = std::max(largest, std::abs(width(i) - 2 * width(i + 1) + width(i + 2)) / width(i + 1));
      if (ring)
        EXPECT_LT(largest, 50.0 / (300 * 300)) << at;  // x'''/x' is about 4 pi^2 at most
      else
        EXPECT_GT(largest, 0.01) << at;
    }
  }
}

TEST(Clustering, RefusesAPlaceOutsideAndWidthsBelowTheDigits) {
  EXPECT_THROW(Axis("x", 0, 1, 4, {1.5, 3}), std::invalid_argument);
  EXPECT_THROW(Axis("x", 0, 1, 4, {0.5, 0}), std::invalid_argument);
  EXPECT_THROW(Axis("x", 1e6, 1e6 + 1, 4000, {1e6, 20}), std::invalid_argument);
}

TEST(Axis, CutAnewKeepsTheEdgesListed) {
  const Axis axis("x", {0, 0.1, 0.7, 1.5, 1.6});
  EXPECT_EQ(axis.recut(8).edges(), (std::vector<double>{0, 0.05, 0.1, 0.4, 0.7, 1.1, 1.5, 1.55, 1.6}));
  EXPECT_EQ(axis.recut(2).edges(), (std::vector<double>{0, 0.7, 1.6}));
  EXPECT_EQ(axis.recut(1).edges(), (std::vector<double>{0, 1.6}));
  EXPECT_EQ(axis.recut(4).edges(), axis.edges());
  const auto three = axis.recut(3);  // edges at 4/3 and 8/3 of the list
  EXPECT_NEAR(three.edge(1), 0.1 + 0.6 / 3, 1e-15);
  EXPECT_NEAR(three.edge(2), 0.7 + 0.8 * 2 / 3, 1e-15);
}

}  // namespace
}  // namespace fpk::law
