#include "law/grid.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace fpk::law {
namespace {

Grid box() { return Grid({Axis("x", -1, 2, 6), Axis("y", 0, 1, 4), Axis("z", -3, 3, 5)}); }

TEST(Axis, FindsTheCellOfEveryPointAndCountsOutsidersToTheEnds) {
  for (const Axis& axis : {Axis("x", -0.3, 0.7, 7), Axis("x", {-0.3, -0.29, 0.1, 0.5, 0.7})}) {
    for (std::size_t i = 0; i < axis.cells(); ++i) {
      EXPECT_EQ(axis.find(axis.edge(i)), i);  // a cell owns its lower edge
      EXPECT_EQ(axis.find(axis.center(i)), i);
    }
    EXPECT_EQ(axis.find(axis.upper()), axis.cells() - 1);
    EXPECT_EQ(axis.find(-1e300), 0U);
    EXPECT_EQ(axis.find(1e300), axis.cells() - 1);
    EXPECT_EQ(axis.find(std::nan("")), 0U);
  }
}

TEST(Axis, RefusesWhatIsNoInterval) {
  EXPECT_THROW(Axis("x", 1, 1, 3), std::invalid_argument);
  EXPECT_THROW(Axis("x", 0, 1, 0), std::invalid_argument);
  EXPECT_THROW(Axis("x", std::vector<double>{0, 1, 1, 2}), std::invalid_argument);
  EXPECT_THROW(Axis("x", std::vector<double>{0}), std::invalid_argument);
}

TEST(Grid, NumbersItsCellsWithTheFirstAxisFastest) {
  const Grid grid = box();
  ASSERT_EQ(grid.size(), 120U);
  for (std::size_t c = 0; c < grid.size(); ++c) EXPECT_EQ(grid.flat(grid.index(c)), c);
  EXPECT_EQ(grid.index(1), (Index{1, 0, 0}));
  EXPECT_EQ(grid.index(6), (Index{0, 1, 0}));
  EXPECT_EQ(grid.index(24), (Index{0, 0, 1}));
}

TEST(Grid, VolumesOfItsCellsFillTheBoxAlsoWhenRefined) {
  const Grid graded({Axis("x", {0, 0.1, 0.7, 1.5}), Axis("y", 0, 2, 3)});
  for (const Grid& grid : {box(), box().refined(2), graded, graded.refined(3)}) {
    double volume = 0, expected = 1;
    for (std::size_t c = 0; c < grid.size(); ++c) volume += grid.volume(grid.index(c));
    for (const auto& axis : grid.axes()) expected *= axis.length();
    EXPECT_NEAR(volume, expected, 1e-13 * expected);
  }
  EXPECT_EQ(graded.refined(3).cells(0), 9U);
}

TEST(Marginals, AddUpTheOtherAxes) {
  const GridPart part(box());
  std::vector<double> masses(part.size());
  std::iota(masses.begin(), masses.end(), 1.0);
  for (std::size_t a = 0; a < 3; ++a) {
    std::vector<double> expected(part.grid().cells(a), 0.0);
    for (std::size_t c = 0; c < masses.size(); ++c) expected[part.index(c)[a]] += masses[c];
    EXPECT_EQ(marginal(part, masses, a), expected);  // sums of integers are exact
  }
  const auto plane = plane_marginal(part, masses, 0, 1, 3);  // 6 and 4 cells in at most 3: pairs of each
  ASSERT_EQ(plane.masses.size(), 3U * 2U);
  ASSERT_EQ(plane.edges_a.size(), 4U);
  for (std::size_t k = 0; k < 4; ++k) EXPECT_EQ(plane.edges_a[k], part.grid().axis(0).edge(2 * k));
  EXPECT_EQ(std::accumulate(plane.masses.begin(), plane.masses.end(), 0.0), total(part, masses));
}

TEST(MpiGridPart, SharesWholePlanesAndCoversTheGridOnce) {
  const auto world = parallel::Communicator::world();
  const GridPart part(box(), world);
  EXPECT_EQ(world.sum(static_cast<std::int64_t>(part.size())), 120);
  EXPECT_EQ(part.size() % part.plane_size(), 0U);
  EXPECT_EQ(part.first(), static_cast<std::size_t>(world.sum_before(static_cast<double>(part.size()))));
  // A refined grid lies where the cells it refines lie.
  const GridPart fine(box().refined(2), world, 2);
  EXPECT_EQ(fine.first_plane(), 2 * part.first_plane());
  EXPECT_EQ(fine.planes(), 2 * part.planes());
}

TEST(MpiGridPart, TotalsAndMarginalsAreThoseOfTheWhole) {
  const GridPart part(box(), parallel::Communicator::world()), whole(box());
  std::vector<double> mine, all;
  for (std::size_t c = 0; c < part.size(); ++c) mine.push_back(static_cast<double>(part.first() + c));
  for (std::size_t c = 0; c < whole.size(); ++c) all.push_back(static_cast<double>(c));
  EXPECT_EQ(total(part, mine), total(whole, all));
  for (std::size_t a = 0; a < 3; ++a) EXPECT_EQ(marginal(part, mine, a), marginal(whole, all, a));
}

}  // namespace
}  // namespace fpk::law
