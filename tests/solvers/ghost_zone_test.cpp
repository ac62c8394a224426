// Levels made between two exchanges with neighbours are those made with an exchange for each.
#include "solvers/sweep/ghost_zone.hpp"

#include <gtest/gtest.h>

#include "parallel/threads.hpp"
#include "problems.hpp"
#include "solvers/build_generator.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;

const std::vector<std::string> x = {"x"}, xy = {"x", "y"}, xyz = {"x", "y", "z"};

struct Problem {
  const char* name;
  model::Process process;
  model::Domain domain;
  std::vector<std::size_t> cells;
};

/// Walls or a ring at the ends of the last axis, nothing symmetric.
std::vector<Problem> problems() {
  const auto with_ring = [](model::Domain d) {
    d.sides.back().lower_boundary = d.sides.back().upper_boundary = model::Boundary::periodic;
    return d;
  };
  return {{"line", langevin("(x^2-1)^2 + 0.2*x", 0.25, x), box(x, -2, 2), {150}},
          {"circle",
           langevin("cos(1.5707963267948966*x) + 0.2*sin(3.141592653589793*x)", 0.3, x),
           with_ring(box(x, -2, 2)),
           {90}},
          {"plane", langevin("(x^2-1)^2 + (y - 0.3*x)^2", 0.25, xy), box(xy, -2, 2), {130, 80}},
          {"ring along columns",
           langevin("x^2 + 0.3*x*y^2 + cos(1.5707963267948966*y)", 0.5, xy),
           with_ring(box(xy, -2, 2)),
           {121, 77}},
          {"space",
           langevin("(x^2-1)^2 + y^2 + 0.5*z^2 + 0.2*x*z + 0.1*y", 0.5, xyz),
           box(xyz, -2, 2),
           {6, 5, 20}}};
}

/// lambda P, by its own arrays.
SweepMatrix jumps_of(const Generator& g, std::vector<double>& stay) {
  for (const double r : g.outflow()) stay.push_back(g.largest_outflow() - r);
  SweepMatrix m;
  m.part = g.part();
  m.periodic = g.rates().periodic;
  m.diagonal = stay.data();
  for (const auto& f : g.rates().families) {
    m.up.push_back(f.backward.data());
    m.down.push_back(f.forward.data() - f.shift);
    m.shifts.push_back(f.shift);
  }
  m.set_links(g.rates().links, false);
  return m;
}

/// The last vector and the sum of a sequence of 11 levels, `depth` of them between exchanges.
std::vector<double> swept(const Problem& p, Sequence sequence, std::size_t depth) {
  const law::GridPart part(p.domain.grid(p.cells), parallel::Communicator::world());
  const auto g = build_generator(p.process, p.domain, part);
  std::vector<double> stay, sum(part.size(), 0.0), weights;
  auto matrix = jumps_of(*g, stay);
  widen(matrix, 1, depth);
  constexpr std::size_t levels = 11;
  for (std::size_t k = 0; k <= levels; ++k) weights.push_back(1.0 / static_cast<double>(k + 1));
  Field even(part, g->rates().periodic, depth), odd = even;
  for (std::size_t c = 0; c < part.size(); ++c)
    even.data()[c] = 1 + std::sin(static_cast<double>(part.first() + c));
  const WeightedSum wanted{weights, sum.data()};
  const double scale = (sequence == Sequence::chebyshev ? 2 : 1) / g->largest_outflow();
  sweep(matrix, sequence, scale, levels, even, odd, {&wanted, 1});
  sum.insert(sum.end(), odd.own().begin(), odd.own().end());
  return sum;
}

TEST(MpiGhostZone, LevelsBetweenExchangesHaveTheBitsOfLevelsOneByOne) {
  std::size_t checked = 0;
  for (const auto& p : problems())
    for (const Sequence sequence : {Sequence::chebyshev, Sequence::chain}) {
      const auto expected = swept(p, sequence, 1);
      for (const std::size_t depth : {2, 3, 5, 11})
        for (const std::size_t threads : {1, 3}) {
          if (p.cells.size() == 3 && depth > 5) continue;  // two processes hold ten planes each
          parallel::use_threads(threads);
          EXPECT_EQ(swept(p, sequence, depth), expected) << p.name << ", " << depth << " levels";
          ++checked;
        }
      parallel::use_threads(1);
    }
  EXPECT_EQ(checked, 76U);
}

TEST(MpiGhostZone, IsAsDeepAsTheOwnCellsAreWorth) {
  const auto domain = box(xy, -2, 2);
  const auto process = langevin("(x^2-1)^2 + y^2", 0.25, xy);
  const auto processes = parallel::Communicator::world();
  const auto depth = [&](const std::vector<std::size_t>& cells) {
    const law::GridPart part(domain.grid(cells), processes);
    std::vector<double> stay;
    const auto g = build_generator(process, domain, part);
    return levels_between_exchanges(jumps_of(*g, stay), 1);
  };
  parallel::use_threads(1);
  const bool alone = processes.size() == 1;       // then there is nothing to exchange
  EXPECT_EQ(depth({8, 12}), 1U);                  // no plane to spare
  EXPECT_EQ(depth({64, 128}), alone ? 1U : 5U);   // 64 planes each: 1 + 64 / 16
  EXPECT_EQ(depth({3000, 64}), alone ? 1U : 3U);  // few rows, 1 + 32 / 16
}

}  // namespace
}  // namespace fpk::solvers
