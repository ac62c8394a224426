// Passages far longer than double precision seems to allow, without detailed balance: against dense elimination in quadruple precision
// on the same rates.
#include <gtest/gtest.h>

#include "problems.hpp"
#include "quadruple_chain.hpp"
#include "solvers/passage/committor.hpp"
#include "solvers/passage/passage_time.hpp"
#include "solvers/passage/quasi_stationary.hpp"
#include "solvers/solver_error.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;

/// A tilted double well in the plane with a current, and what it is stopped on.
struct Problem {
  std::vector<formula::Formula> sets;
  law::GridPart part;
  std::shared_ptr<const Generator> generator;
  Stopped stopped;

  Problem(double D, const std::vector<std::string>& where, std::size_t cells = 14)
      : part(grid(box({"x", "y"}, -1.7, 1.7), cells)) {
    const std::string noise = std::to_string(std::sqrt(2 * D));
    const auto process =
        drifted({"-4*x*(x^2 - 1) - 0.1 + 0.5*y", "-2*y - 0.4*x"}, {noise, noise}, {"x", "y"});
    generator = build_generator(process, box({"x", "y"}, -1.7, 1.7), part);
    for (const auto& text : where) sets.push_back(parse(text, process.variables));
    stopped = stop(*generator, sets);
  }
};

std::vector<QuadVector> transposed(std::vector<QuadVector> a) {
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) std::swap(a[i][j], a[j][i]);
  return a;
}

double largest_relative_difference(const Stopped& stopped, const std::vector<double>& found,
                                   const QuadVector& exact) {
  double largest = 0;
  for (std::size_t c = 0; c < found.size(); ++c)
    if (stopped.kept(c))
      largest = std::max(largest, std::abs(static_cast<double>(Quad(Quad(found[c]) / exact[c] - 1))));
  return largest;
}

TEST(LongPassage, HasItsMeanAndItsSecondMomentInEveryCellToNineDigits) {
  std::size_t checked = 0;
  double longest = 0;
  for (const double D : {0.08, 0.04, 0.03}) {
    const Problem p(D, {"x > 0.3 + 0.2*y"});  // a slanted border, whose walls lie anywhere in their cells
    StoppedSystem backward(p.stopped.generator, Direction::backward);
    const auto fields = passage_fields(backward, p.stopped, p.stopped.absorption);
    const QuadElimination exact(transposed(dense(*p.stopped.generator)));
    QuadVector one(p.part.size(), 0);
    for (std::size_t c = 0; c < one.size(); ++c) one[c] = p.stopped.kept(c) ? 1 : 0;
    const auto mean = exact.solve(one);
    auto twice = mean;
    for (std::size_t c = 0; c < twice.size(); ++c) twice[c] *= 2 * one[c];
    EXPECT_LT(largest_relative_difference(p.stopped, fields.mean, mean), 1e-9) << D;
    EXPECT_LT(largest_relative_difference(p.stopped, fields.second, exact.solve(twice)), 1e-9) << D;
    for (const double t : fields.mean) longest = std::max(longest, t * p.generator->largest_outflow());
    ++checked;
  }
  EXPECT_EQ(checked, 3U);
  EXPECT_GT(longest, 1e15);
}

TEST(LongPassage, BeyondWhatRefinementReachesIsRefusedOrRight) {
  // Ever longer ones: each comes out right to six digits or with an error, never wrong.
  std::size_t right = 0, refused = 0;
  for (const double D : {0.03, 0.025, 0.022, 0.02, 0.018, 0.015}) {
    const Problem p(D, {"x > 0.3"});
    QuadVector one(p.part.size(), 0);
    for (std::size_t c = 0; c < one.size(); ++c) one[c] = p.stopped.kept(c) ? 1 : 0;
    try {
      StoppedSystem backward(p.stopped.generator, Direction::backward);
      const auto fields = passage_fields(backward, p.stopped, p.stopped.absorption);
      const auto mean = QuadElimination(transposed(dense(*p.stopped.generator))).solve(one);
      EXPECT_LT(largest_relative_difference(p.stopped, fields.mean, mean), 1e-6) << D;
      ++right;
    } catch (const SolverError&) {
      ++refused;
    }
  }
  EXPECT_GT(right, 1U);
  EXPECT_GT(refused, 0U);
}

TEST(LongPassage, EndsFromTheQuasiStationaryLawAtItsRateOfEscape) {
  // The current inside the well is of the size of the rates; in plain double precision its rounding alone would be 1e-13 of a
  // mass that escapes at 1e-12.
  double least = 1;
  for (const double D : {0.05, 0.035}) {
    const Problem p(D, {"x > 0.3 + 0.2*y"});
    StoppedSystem forward(p.stopped.generator, Direction::forward);
    const auto found = quasi_stationary(forward, p.stopped);
    const QuadElimination exact(dense(*p.stopped.generator));
    QuadVector law(p.part.size(), 0);
    for (std::size_t c = 0; c < law.size(); ++c) law[c] = p.stopped.kept(c) ? 1 : 0;
    Quad size = 1;
    for (int k = 0; k < 8; ++k) {
      for (std::size_t c = 0; c < law.size(); ++c) law[c] = p.stopped.kept(c) ? Quad(law[c] / size) : Quad(0);
      law = exact.solve(law);
      size = std::accumulate(law.begin(), law.end(), Quad(0));
    }
    EXPECT_NEAR(found.rate * static_cast<double>(size), 1, 1e-9) << D;
    least = std::min(least, found.rate / p.generator->largest_outflow());
  }
  EXPECT_LT(least, 1e-12);
}

TEST(LongPassage, CommittorsOfAProcessWithACurrentAreThoseOfTheChainAndOfItsReverse) {
  // Read backwards a stationary chain jumps from i to j at rate pi_j k(j -> i) / pi_i: its committor is 1 - q-.
  const Problem p(0.12, {"x < -0.7", "x > 0.8"});
  const std::size_t n = p.part.size();
  auto A = dense(*p.generator);
  auto fixed = A;
  fixed.back().assign(n, 1);
  QuadVector last(n, 0);
  last.back() = 1;
  const QuadVector pi = QuadElimination(fixed).solve(last);
  std::vector<double> masses;
  for (const auto& m : pi) masses.push_back(static_cast<double>(m));
  const auto found = transition_paths(*p.generator, p.stopped, masses);

  auto reversed = dense(*p.stopped.generator);  // forward equation of the killed process, on pi q-
  QuadVector g(n, 0);
  for (const Border& b : p.stopped.borders)
    if (b.set ==
        0)  // what leaves the source through its wall: all that a mass of pi in the cell takes to stay
      g[b.cell] += Quad(b.rate) * pi[b.cell] -
                   (Quad(b.out) * pi[b.cell] - Quad(b.in) * pi[static_cast<std::size_t>(b.neighbour)]);
  const QuadVector minus = QuadElimination(reversed).solve(g);
  const QuadVector plus = QuadElimination(transposed(reversed)).solve([&] {
    QuadVector k(n, 0);
    for (std::size_t c = 0; c < n; ++c) k[c] = p.stopped.into_set[1][c];
    return k;
  }());
  double turned = 0;
  for (std::size_t c = 0; c < n; ++c) {
    if (!p.stopped.kept(c)) continue;
    EXPECT_NEAR(found.forward[c], static_cast<double>(plus[c]), 1e-11);
    EXPECT_NEAR(found.backward[c], static_cast<double>(Quad(minus[c] / pi[c])), 1e-9);
    turned = std::max(turned, std::abs(found.backward[c] - (1 - found.forward[c])));
  }
  EXPECT_GT(turned, 0.05) << "the current must show";
}

}  // namespace
}  // namespace fpk::solvers
