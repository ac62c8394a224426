// The weak order and the invariant order of every scheme in the table. A new row is measured because it is in the table.
#include <gtest/gtest.h>

#include "tests/operator/order_finding.hpp"

namespace fpk::orders {
namespace {

TEST(OrderTable, EverySchemeHasItsWeakOrder) {
  for (const auto& row : sde::schemes()) {
    std::size_t checked = 0, in_the_plane = 0;
    for (const auto& p : problems()) {
      if (!row.refusal(p.process).empty()) continue;
      if (p.process.dimension() == 2 && in_the_plane > 0) continue;  // the most general one that it takes
      EXPECT_EQ(row.has_decision, row.make(p.process)->has_decision()) << row.name;
      const auto found = weak(row, p, p.process);
      EXPECT_TRUE(found.agrees) << row.name << ", " << p.name << ": " << found.words;
      ++checked;
      if (p.process.dimension() == 2) ++in_the_plane;
    }
    EXPECT_GT(checked, 0U) << row.name << " was checked on no problem: add one that it takes";
  }
}

TEST(OrderTable, EverySchemeHasItsInvariantOrder) {
  for (const auto& row : sde::schemes()) {
    std::size_t checked = 0;
    for (const auto& p : problems()) {
      if (!p.stationary || !row.refusal(p.process).empty()) continue;
      // In the plane those alone whose invariant law is made by more than the step.
      const auto scheme = row.make(p.process);
      if (p.process.dimension() == 2 && checked > 0 && !scheme->has_postprocessor() &&
          !scheme->has_decision())
        continue;
      const auto found = invariant(row, p, p.process);
      EXPECT_TRUE(found.agrees) << row.name << ", " << p.name << ": " << found.words;
      ++checked;
    }
    EXPECT_GT(checked, 0U) << row.name;
  }
}

}  // namespace
}  // namespace fpk::orders
