// An ensemble that is stopped and goes on again has the bits of one that was never stopped: at any step, with any length of
// sweep, and on another number of threads.
#include <gtest/gtest.h>

#include <cstring>

#include "law/exact/gaussian.hpp"
#include "parallel/threads.hpp"
#include "sde/coupled_ensemble.hpp"
#include "sde/ensemble.hpp"
#include "sde/scheme.hpp"
#include "tests/parallel/memory_archive.hpp"
#include "tests/sde/problems.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde::problems;
using parallel::Communicator;
using parallel::MemoryArchive;
using sde::CoupledEnsemble;
using sde::Ensemble;
using sde::EnsembleSettings;

/// Gaussian start, off the middle, for any number of variables.
law::Gaussian start(const std::vector<std::string>& variables) {
  const auto d = static_cast<Eigen::Index>(variables.size());
  const Eigen::VectorXd mean = Eigen::VectorXd::LinSpaced(d + 1, -0.7, 0.2).head(d);
  return {variables, mean, Eigen::MatrixXd::Identity(d, d) * 0.25};
}

/// Walls of all kinds, and close enough to be met.
model::Domain walls(const std::vector<std::string>& variables) {
  auto domain = box(variables, -1.1, 1.6);
  domain.sides[0].lower_boundary = model::Boundary::absorbing;
  return domain;
}

/// One process for every scheme to be tried on: the first that it is made for.
std::vector<model::Process> processes() {
  const std::vector<std::string> xv = {"x", "v"};
  return {double_well(), process({"x"}, {"-x"}, {{"0.5"}}), process({"x"}, {"-x"}, {{"0.3*x"}}),
          process(xv, {"v", "-x - v"}, {{"0"}, {"1"}}),
          process(xv, {"v", "-4*x*(x^2 - 1) - v"}, {{"0"}, {"1"}})};
}

const model::Process* first_that_takes(const sde::SchemeFacts& scheme,
                                       const std::vector<model::Process>& from) {
  for (const auto& p : from)
    if (scheme.refusal(p).empty()) return &p;
  return nullptr;
}

EnsembleSettings settings(std::string_view scheme, std::int64_t sweep, std::int64_t count = 600) {
  EnsembleSettings s;
  s.count = count;
  s.scheme = scheme;
  s.step = 0.05;
  s.seed = 77;
  s.sweep = sweep;
  return s;
}

void expect_same_bits(const law::Sample& a, const law::Sample& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t d = 0; d < a.dimension(); ++d)
    EXPECT_EQ(std::memcmp(a.positions(d), b.positions(d), a.size() * sizeof(double)), 0);
  EXPECT_EQ(std::memcmp(a.alive(), b.alive(), a.size()), 0);
}

const std::vector<double> observations = {0, 0.4, 0.45, 1};

/// Thrown where a run is killed.
struct Killed {};

/// Advances `made()` over the observations, killed at the pause number `at`, and then goes on with another that is restored
/// from what the first saved there.
template <class Kind, class Make>
std::unique_ptr<Kind> killed_and_resumed(const Make& make, std::int64_t at, std::size_t threads_before,
                                         std::size_t threads_after) {
  MemoryArchive archive;
  std::size_t reached = 0;
  parallel::use_threads(threads_before);
  {
    auto first = make();
    std::int64_t pauses = 0;
    try {
      for (; reached < observations.size(); ++reached)
        first.advance(observations[reached], {}, [&] {
          if (++pauses < at) return;
          first.archive(archive);
          throw Killed();
        });
    } catch (const Killed&) {
    }
    EXPECT_EQ(pauses, at);
  }
  parallel::use_threads(threads_after);
  std::unique_ptr<Kind> second(new Kind(make()));
  archive.rewind();
  second->archive(archive);
  EXPECT_TRUE(archive.is_at_end());
  for (; reached < observations.size(); ++reached) second->advance(observations[reached]);
  parallel::use_threads(1);
  return second;
}

/// 8, 1 and 11 steps of at most 0.05 lie between the observations.
constexpr std::int64_t steps = 20;

TEST(Restart, AtAnyStepChangesNoBitOfAnyScheme) {
  const auto from = processes();
  std::size_t tried = 0;
  for (const auto& scheme : sde::schemes()) {
    const auto* p = first_that_takes(scheme, from);
    if (p == nullptr) continue;
    ++tried;
    SCOPED_TRACE(scheme.name);
    const auto initial = start(p->variables);
    const auto domain = walls(p->variables);
    const auto make = [&](std::int64_t sweep) {
      return Ensemble(*p, domain, initial, settings(scheme.name, sweep), Communicator::self());
    };
    auto straight = make(256);
    for (const double t : observations) straight.advance(t);
    for (std::int64_t at = 1; at <= steps; ++at) {
      const auto resumed = killed_and_resumed<Ensemble>([&] { return make(1); }, at, 1, 1);
      expect_same_bits(straight.sample(), resumed->sample());
      EXPECT_EQ(straight.absorbed(), resumed->absorbed());
      EXPECT_EQ(straight.exploded(), resumed->exploded());
    }
    EXPECT_GT(straight.absorbed(), 0);
  }
  EXPECT_EQ(tried, sde::schemes().size()) << "give processes() one for each scheme";
}

TEST(Restart, ChangesNoBitOfCoupledPairs) {
  const auto p = double_well();
  const auto make = [&](std::int64_t sweep) {
    return CoupledEnsemble(p, walls(p.variables), start(p.variables), settings("euler-maruyama", sweep), 3,
                           Communicator::self());
  };
  auto straight = make(256);
  for (const double t : observations) straight.advance(t);
  const auto f = observable("exp(x) + x*y", p.variables);
  const auto expected = straight.differences({f}).front();
  for (std::int64_t at = 1; at <= steps; ++at) {
    const auto resumed = killed_and_resumed<CoupledEnsemble>([&] { return make(1); }, at, 1, 1);
    expect_same_bits(straight.coarse(), resumed->coarse());
    expect_same_bits(straight.fine(), resumed->fine());
    const auto found = resumed->differences({f}).front();
    EXPECT_EQ(std::memcmp(&found, &expected, sizeof found), 0);
  }
}

TEST(Restart, OnAnotherNumberOfThreadsChangesNoBit) {
  const auto p = double_well();
  const auto make = [&] {
    return Ensemble(p, walls(p.variables), start(p.variables), settings("euler-maruyama", 7, 20'000),
                    Communicator::self());
  };
  auto straight = make();
  for (const double t : observations) straight.advance(t);
  for (std::size_t threads = 2; threads <= 8; ++threads) {
    const auto resumed = killed_and_resumed<Ensemble>(make, 2, threads, 9 - threads);
    expect_same_bits(straight.sample(), resumed->sample());
    EXPECT_EQ(straight.absorbed(), resumed->absorbed());
  }
}

TEST(Restart, MayComeAfterSweepsOfAnyLength) {
  const auto p = double_well();
  const auto at_the_end = [&](std::int64_t sweep) {
    Ensemble ensemble(p, walls(p.variables), start(p.variables), settings("euler-maruyama", sweep),
                      Communicator::self());
    for (const double t : observations) ensemble.advance(t);
    return ensemble.sample();
  };
  const auto whole = at_the_end(256);
  for (const std::int64_t sweep : {1, 2, 3, 7, 8, 11, 1000}) expect_same_bits(whole, at_the_end(sweep));
}

TEST(Restart, OnTheWayGoesToTheSameTimeOnly) {
  const auto p = double_well();
  MemoryArchive archive;
  Ensemble first(p, walls(p.variables), start(p.variables), settings("euler-maruyama", 1),
                 Communicator::self());
  EXPECT_THROW(first.advance(1, {},
                             [&] {
                               first.archive(archive);
                               throw Killed();
                             }),
               Killed);
  Ensemble second(p, walls(p.variables), start(p.variables), settings("euler-maruyama", 1),
                  Communicator::self());
  archive.rewind();
  second.archive(archive);
  EXPECT_EQ(second.time(), 0);
  EXPECT_THROW(second.advance(2), std::invalid_argument);
  EXPECT_NO_THROW(second.advance(1));
}

}  // namespace
