// A propagator that was saved between two observations and restored goes on to the bits, and to the count of work, of one
// that was never stopped.
#include <gtest/gtest.h>

#include <set>

#include "problems.hpp"
#include "solvers/choose_propagator.hpp"
#include "tests/parallel/memory_archive.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using Masses = std::vector<double>;

const std::vector<double> times = {0, 0.01, 0.25, 0.5, 0.75, 0.8, 1};

struct Problem {
  model::Process process;
  model::Domain domain;
};

/// Between them they are taken by every propagator; the third has limited fluxes.
std::vector<Problem> problems() {
  const std::vector<std::string> xv = {"x", "v"};
  return {{langevin("(x^2-1)^2 + x/5", 0.25, {"x"}), box({"x"}, -2.5, 2.5)},
          {drifted({"sin(3*t) - x"}, {"0.5 + t/4"}, {"x"}), box({"x"}, -3, 3)},
          {drifted({"v", "-x - v"}, {"0", "1"}, xv), box(xv, -3, 3)}};
}

struct Reached {
  Masses masses;
  std::int64_t work = 0;
  double restored = 0;
  bool operator==(const Reached&) const = default;
};

/// From observation `k` to the last, by a propagator that is restored from `archive` where there is one.
Reached go_on(const PropagatorFacts& facts, const PropagatorTask& task, Masses masses, std::size_t k,
              parallel::MemoryArchive* archive) {
  const auto propagator = facts.make(task);
  if (archive != nullptr) {
    archive->rewind();
    propagator->archive(*archive);
    EXPECT_TRUE(archive->is_at_end());
  }
  for (; k + 1 < times.size(); ++k) propagator->advance(masses, times[k], times[k + 1], {});
  return {masses, propagator->work(), propagator->restored()};
}

TEST(Restart, BetweenAnyTwoObservationsChangesNoBit) {
  std::set<std::string_view> with_memory;
  std::size_t checked = 0;
  for (const auto& p : problems()) {
    const auto part = grid(p.domain, p.process.dimension() == 1 ? 48 : 14);
    const auto start =
        gaussian(p.process.variables, Masses(p.process.dimension(), -0.6), Masses(p.process.dimension(), 0.4))
            .cell_masses(part);
    const PropagatorTask task{generator_in_time(p.process, p.domain, part), p.process.depends_on_time(), 1,
                              1e-7, times};
    for (const auto& facts : propagators()) {
      if (!refusal(facts, traits(task)).empty()) continue;
      SCOPED_TRACE(facts.name);
      const auto straight = go_on(facts, task, start, 0, nullptr);
      const auto stopped = facts.make(task);
      auto masses = start;
      for (std::size_t k = 0; k + 1 < times.size(); ++k) {
        parallel::MemoryArchive archive;
        stopped->archive(archive);
        EXPECT_EQ(go_on(facts, task, masses, k, &archive), straight) << k;
        if (go_on(facts, task, masses, k, nullptr).masses != straight.masses) with_memory.insert(facts.name);
        stopped->advance(masses, times[k], times[k + 1], {});
        ++checked;
      }
    }
  }
  EXPECT_GE(checked, 13 * (times.size() - 1));
  // That nothing but the masses is saved would be seen.
  for (const char* name : {"chebyshev", "explicit", "ssp", "implicit", "sdirk"})
    EXPECT_TRUE(with_memory.contains(name)) << name;
}

}  // namespace
}  // namespace fpk::solvers
