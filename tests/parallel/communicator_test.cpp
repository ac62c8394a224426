// The collective calls against what each process can work out alone. Run on one process and again on two.
#include "parallel/communicator.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace fpk::parallel {
namespace {

using Integers = std::vector<std::int64_t>;

TEST(MpiCommunicator, HasAsManyProcessesAsWereStarted) {
  // Built with one MPI and started by another, each process would be alone and the other tests here would say
  // nothing.
  const char* started = std::getenv("FPK_TEST_PROCESSES");
  EXPECT_EQ(Communicator::world().size(), started == nullptr ? 1 : std::stoi(started));
  EXPECT_LT(Communicator::world().rank(), Communicator::world().size());
}

TEST(MpiCommunicator, IsAloneWithItself) {
  const auto self = Communicator::self();
  EXPECT_EQ(self.size(), 1);
  EXPECT_TRUE(self.is_root());
  EXPECT_EQ(self.sum(3.5), 3.5);
}

TEST(MpiCommunicator, ReducesOverAllProcesses) {
  const auto world = Communicator::world();
  const int n = world.size(), r = world.rank();
  EXPECT_EQ(world.sum(r + 0.5), 0.5 * n * n);  // small integers and halves: exact
  EXPECT_EQ(world.sum(std::int64_t{1} << 40), std::int64_t{n} << 40);
  EXPECT_EQ(world.min(-r), -(n - 1));
  EXPECT_EQ(world.max(r), n - 1);
  EXPECT_EQ(world.sum_before(r + 1.0), 0.5 * r * (r + 1));
}

TEST(MpiCommunicator, SumsElementwiseInPlace) {
  const auto world = Communicator::world();
  std::vector<double> reals{1.0, static_cast<double>(world.rank())};
  Integers integers{2, world.rank()};
  world.sum(std::span(reals));
  world.sum(std::span(integers));
  const int n = world.size();
  EXPECT_EQ(reals, (std::vector<double>{1.0 * n, 0.5 * n * (n - 1)}));
  EXPECT_EQ(integers, (Integers{2 * n, n * (n - 1) / 2}));
}

TEST(MpiCommunicator, ConcatenatesPiecesOfDifferentLengthsInTheOrderOfTheRanks) {
  const auto world = Communicator::world();
  const std::vector<double> mine(static_cast<std::size_t>(world.rank()) + 1, world.rank());
  std::vector<double> expected;
  for (int r = 0; r < world.size(); ++r) expected.insert(expected.end(), static_cast<std::size_t>(r) + 1, r);
  EXPECT_EQ(world.concatenate(mine), expected);
}

TEST(MpiCommunicator, ExchangesWhatIsAddressedToEach) {
  const auto world = Communicator::world();
  std::vector<Integers> outgoing;
  Integers expected;
  for (int r = 0; r < world.size(); ++r) {
    outgoing.push_back(Integers(static_cast<std::size_t>(r + world.rank()), 100 * world.rank() + r));
    expected.insert(expected.end(), static_cast<std::size_t>(r + world.rank()), 100 * r + world.rank());
  }
  EXPECT_EQ(world.exchange(outgoing), expected);
}

TEST(MpiCommunicator, ShiftsAroundARing) {
  const auto world = Communicator::world();
  const int n = world.size(), r = world.rank();
  const std::vector<double> out{10.0 * r, 10.0 * r + 1};
  std::vector<double> in(2, -1);
  world.shift(out, (r + 1) % n, in, (r + n - 1) % n);
  const double from = (r + n - 1) % n;
  EXPECT_EQ(in, (std::vector<double>{10 * from, 10 * from + 1}));
}

TEST(MpiCommunicator, ShiftsNothingAcrossTheEndOfALine) {
  const auto world = Communicator::world();
  const std::vector<double> out{7.0};
  std::vector<double> in{-1.0};
  const int next = world.rank() + 1 < world.size() ? world.rank() + 1 : MPI_PROC_NULL;
  world.shift(out, next, in, world.is_root() ? MPI_PROC_NULL : world.rank() - 1);
  EXPECT_EQ(in.front(), world.is_root() ? -1.0 : 7.0);
}

}  // namespace
}  // namespace fpk::parallel
