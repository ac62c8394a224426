// Levels that advance together make what levels one by one make.
#include "solvers/sweep/sweep.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "parallel/instruction_set.hpp"
#include "parallel/threads.hpp"
#include "problems.hpp"
#include "solvers/propagators/chebyshev.hpp"
#include "solvers/propagators/uniformisation.hpp"
#include "solvers/sweep/wavefront.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using model::Boundary;

/// A level of a test: depends on cells a reach away, and on the level before the last, which it overwrites.
double level_of(const std::vector<double>& x, double y, std::size_t c, std::size_t reach) {
  const double below = c >= reach ? x[c - reach] : 0.3, above = c + reach < x.size() ? x[c + reach] : -0.2;
  return 0.5 * below + 0.25 * x[c] + 0.1 * above - 0.3 * y;
}

RC_GTEST_PROP(Wavefront, MakesWhatLevelsOneByOneMakeForAnyShapeAndThreads, ()) {
  const auto cells = *rc::gen::inRange<std::size_t>(1, 9000), reach = *rc::gen::inRange<std::size_t>(1, 300),
             levels = *rc::gen::inRange<std::size_t>(1, 40);
  Wavefront wave{cells, reach};
  wave.depth = *rc::gen::inRange<std::size_t>(1, 12);
  wave.chunk = *rc::gen::inRange<std::size_t>(1, 700);
  std::vector<double> fields[2] = {std::vector<double>(cells), std::vector<double>(cells)};
  for (std::size_t c = 0; c < cells; ++c) fields[0][c] = std::sin(static_cast<double>(c));
  auto expected_even = fields[0], expected_odd = fields[1];
  for (std::size_t k = 1; k <= levels; ++k) {
    auto& y = k % 2 == 1 ? expected_odd : expected_even;
    const auto& x = k % 2 == 1 ? expected_even : expected_odd;
    for (std::size_t c = 0; c < cells; ++c) y[c] = level_of(x, y[c], c, reach);
  }
  parallel::use_threads(*rc::gen::inRange<std::size_t>(1, 5));
  run_wavefront(wave, levels, [&](std::size_t k, std::size_t begin, std::size_t end) {
    for (std::size_t c = begin; c < end; ++c)
      fields[k % 2][c] = level_of(fields[(k + 1) % 2], fields[k % 2][c], c, reach);
  });
  parallel::use_threads(1);
  RC_ASSERT(fields[0] == expected_even);
  RC_ASSERT(fields[1] == expected_odd);
}

struct Problem {
  const char* name;
  model::Process process;
  model::Domain domain;
  std::size_t cells;
};

/// In detailed balance, one to three dimensions, every kind of wall, rings along any axis.
std::vector<Problem> problems() {
  const std::vector<std::string> x = {"x"}, xy = {"x", "y"}, xyz = {"x", "y", "z"};
  const auto with_ring = [](model::Domain d, std::size_t axis) {
    d.sides[axis].lower_boundary = d.sides[axis].upper_boundary = Boundary::periodic;
    return d;
  };
  auto mixed = with_ring(box(xy, -2, 2), 0);
  mixed.sides[1].upper_boundary = Boundary::absorbing;
  const auto wave = langevin("cos(1.5707963267948966*x) + 0.4*y^2 + 0.2*y", 0.4, xy);
  const auto wells = langevin("(x^2-1)^2 + y^2 + 0.5*z^2 + 0.2*x*z + 0.1*y", 0.5, xyz);
  return {
      {"line", langevin("(x^2-1)^2 + 0.2*x", 0.25, x), box(x, -2, 2), 150},
      {"circle", langevin("cos(1.5707963267948966*x)", 0.3, x), box(x, -2, 2, Boundary::periodic), 40},
      {"absorbing line", langevin("x^2 + 0.3*x", 0.25, x), box(x, -2, 2, Boundary::absorbing), 35},
      {"plane", langevin("(x^2-1)^2 + (y - 0.3*x)^2", 0.25, xy), box(xy, -2, 2), 13},
      {"ring along rows, open above", wave, mixed, 12},
      {"ring along columns", langevin("x^2 + cos(1.5707963267948966*y)", 0.5, xy),
       with_ring(box(xy, -2, 2), 1), 12},
      {"space", wells, box(xyz, -2, 2), 6},
      {"space with a ring in the middle", langevin("x^2 + 0.3*x + cos(1.5707963267948966*y) + z^2", 0.5, xyz),
       with_ring(box(xyz, -2, 2), 1), 6}};
}

std::vector<double> start_of(const Problem& p, const law::GridPart& part) {
  return gaussian(p.process.variables, std::vector<double>(part.grid().dimension(), -0.4),
                  std::vector<double>(part.grid().dimension(), 0.5))
      .cell_masses(part);
}

TEST(Sweeps, OfAChainAreItsPowersOneByOneForEveryWallAndDimension) {
  for (const auto& p : problems()) {
    const auto part = grid(p.domain, p.cells);
    const auto g = build_generator(p.process, p.domain, part);
    const auto start = start_of(p, part);
    const double rate = g->largest_outflow(), t = 50 / rate;
    // Taylor's series of exp(A t), t * rate = 50, in 40 steps: independent of P, its sums and its levels.
    Field m = g->field();
    std::copy(start.begin(), start.end(), m.data());
    std::vector<double> change(part.size());
    for (int step = 0; step < 40; ++step) {
      Field term = m;
      for (int k = 1; k <= 30; ++k) {
        g->apply(term, change);
        for (std::size_t c = 0; c < change.size(); ++c) {
          term.data()[c] = t / 40 / k * change[c];
          m.data()[c] += term.data()[c];
        }
      }
    }
    auto found = start;
    Uniformisation(g).advance(found, t);
    EXPECT_LT(l1_distance(part, found, m.own()), 2e-14) << p.name;  // hundreds of roundings of a mass of 1
  }
}

TEST(Sweeps, OfTheChebyshevSeriesMakeTheExponentialForEveryWallAndDimension) {
  std::size_t checked = 0;
  for (const auto& p : problems()) {
    const auto part = grid(p.domain, p.cells);
    const auto start = start_of(p, part);
    // The positive way is exact, too; the time is long enough for the series to be the shorter one.
    const PropagatorTask task{generator_in_time(p.process, p.domain, part), false, 10, 1e-9};
    const auto series_way = make_chebyshev(task), positive_way = make_uniformisation(task);
    auto series = start, positive = start;
    series_way->advance(series, 0, 10, {});
    positive_way->advance(positive, 0, 10, {});
    EXPECT_LT(series_way->work(), positive_way->work()) << p.name;
    EXPECT_LT(l1_distance(part, series, positive), 1e-13) << p.name;  // thousands of roundings each
    ++checked;
  }
  EXPECT_EQ(checked, 8U);
}

TEST(Sweeps, HaveTheSameBitsForAnyThreadsAndInstructionSet) {
  const auto best = parallel::instruction_set();
  std::size_t checked = 0;
  for (const auto& p : problems()) {
    // Enough cells for a pipeline of groups.
    const auto part = grid(p.domain, p.domain.dimension() == 1 ? 5000 : p.domain.dimension() == 2 ? 72 : 18);
    const auto start = start_of(p, part);
    const double t = p.domain.dimension() == 1 ? 2e-3 : 1;
    for (const char* name : {"chebyshev", "uniformisation"}) {
      const auto expected = evolve(name, p.process, p.domain, part, start, t);
      for (const std::size_t threads : {2, 3, 4}) {
        parallel::use_threads(threads);
        EXPECT_EQ(evolve(name, p.process, p.domain, part, start, t), expected) << p.name << ' ' << threads;
        ++checked;
      }
      parallel::use_threads(1);
      for (const auto set : {parallel::InstructionSet::plain, parallel::InstructionSet::avx2}) {
        parallel::use_instruction_set(set);
        EXPECT_EQ(evolve(name, p.process, p.domain, part, start, t), expected) << p.name;
      }
      parallel::use_instruction_set(best);
    }
  }
  EXPECT_EQ(checked, 48U);
}

TEST(Sweeps, AddToSeveralSumsAtOnce) {
  const auto p = problems()[3];
  const auto part = grid(p.domain, 40);
  const auto g = build_generator(p.process, p.domain, part);
  std::vector<double> stay(part.size());
  for (std::size_t c = 0; c < stay.size(); ++c) stay[c] = g->largest_outflow() - g->outflow()[c];
  SweepMatrix matrix;
  matrix.part = part;
  matrix.diagonal = stay.data();
  for (const auto& f : g->rates().families) {
    matrix.up.push_back(f.backward.data());
    matrix.down.push_back(f.forward.data() - f.shift);
    matrix.shifts.push_back(f.shift);
  }
  const std::vector<std::vector<double>> weights = {{1, 2, 3, 4}, {0, 0, 0.5}, {0, 0, 0, 0, 0, 7}, {9}};
  const auto start = start_of(p, part);
  const auto sums_of = [&](const std::vector<std::size_t>& which) {
    std::vector<std::vector<double>> sums(which.size(), std::vector<double>(part.size(), 0.0));
    std::vector<WeightedSum> wanted;
    for (std::size_t j = 0; j < which.size(); ++j) wanted.push_back({weights[which[j]], sums[j].data()});
    Field even = g->field(), odd = g->field();
    std::copy(start.begin(), start.end(), even.data());
    sweep(matrix, Sequence::chain, 1 / g->largest_outflow(), 5, even, odd, wanted);
    return sums;
  };
  const auto together = sums_of({0, 1, 2, 3});
  for (std::size_t j = 0; j < weights.size(); ++j) {
    EXPECT_EQ(sums_of({j})[0], together[j]) << j;
    EXPECT_GT(law::total(part, together[j]), 0) << j;
  }
  for (std::size_t c = 0; c < start.size(); ++c) EXPECT_EQ(together[3][c], 9 * start[c]);
}

TEST(ChebyshevStart, CuresTheSeriesWhereTheTailOfTheStartIsLargeBesideTheStationaryLaw) {
  // q = m / sqrt(pi) reaches 1e12 at the edge of the box: the bare series has P(x > 0) wrong in the third digit.
  const std::vector<std::string> xy = {"x", "y"};
  const auto process = langevin("(x^2-1)^2 + y^2", 0.25, xy);
  const auto domain = box(xy, -2.5, 2.5);
  for (const std::size_t cells : {64, 128}) {
    const auto part = grid(domain, cells);
    const auto start = gaussian(xy, {-1, 0}, {0.2, 0.2}).cell_masses(part);
    const auto series = evolve("chebyshev", process, domain, part, start, 1),
               positive = evolve("uniformisation", process, domain, part, start, 1);
    double right = 0, right_positive = 0, least = 1;
    for (std::size_t c = 0; c < start.size(); ++c) {
      least = std::min(least, series[c] / part.volume(c));
      if (part.grid().center(part.index(c))[0] < 0) continue;
      right += series[c];
      right_positive += positive[c];
    }
    EXPECT_NEAR(right, right_positive, 1e-13)
        << cells;  // a few roundings of 1 for each of 400 terms, at random
    EXPECT_GE(least, -1e-14) << cells;
    EXPECT_NEAR(law::total(part, series), law::total(part, start), 1e-14) << cells;
  }
}

TEST(ChebyshevSeries, MakesSeveralObservationsAtOnceAndTheSameOnes) {
  const auto p = problems()[3];
  const auto part = grid(p.domain, 40);
  const auto start = start_of(p, part);
  PropagatorTask task{generator_in_time(p.process, p.domain, part), false, 3, 1e-9};
  const auto one_by_one = make_chebyshev(task);
  for (int k = 1; k <= 12; ++k) task.times.push_back(0.25 * k);
  const auto together = make_chebyshev(task);
  auto m = start, m_one = start;
  double t = 0;
  std::size_t checked = 0;
  for (const double next : task.times) {
    together->advance(m, t, next, {});
    one_by_one->advance(m_one, t, next, {});
    EXPECT_LT(l1_distance(part, m, m_one), 1e-13)
        << next;  // each a series of its own, of some hundred roundings
    EXPECT_NEAR(law::total(part, m), law::total(part, start), 1e-13) << next;
    t = next;
    if (++checked == 4) {  // somebody changes the masses: what was made ahead does not hold for these
      std::swap(m[100], m[900]);
      m_one = m;
    }
  }
  EXPECT_EQ(checked, 12U);
  EXPECT_LT(together->work(), 0.7 * static_cast<double>(one_by_one->work()));
}

}  // namespace
}  // namespace fpk::solvers
