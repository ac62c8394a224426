// No two users of random numbers share a rung.
#include "sde/noise/rungs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace {

using namespace fpk::sde;

TEST(Rungs, OfSingleUsersAreDistinct) {
  const std::set<uint16_t> distinct(std::begin(rungs::single), std::end(rungs::single));
  EXPECT_EQ(distinct.size(), std::size(rungs::single));
}

// A thousand rungs of a ladder are more than a thousand halvings.
TEST(Rungs, OfLaddersMeetNeitherEachOtherNorASingleUser) {
  constexpr int of_a_ladder = 1000;
  EXPECT_GE(rungs::first_strong - rungs::pilot, of_a_ladder);
  for (const auto rung : rungs::single)
    EXPECT_FALSE(rung >= rungs::first_strong && rung < rungs::first_strong + of_a_ladder) << rung;
}

// A coupled ensemble takes any rung but that of the passages, which draw on its streams.
TEST(Rungs, OfPassagesAreNoneOfACoupledEnsembles) { EXPECT_LT(rungs::last, rungs::passages); }

}  // namespace
