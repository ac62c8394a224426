// Passages of processes without noise in some direction, by the linear form of limited fluxes: against closed forms, against paths,
// and against the overdamped limit with its boundary layer.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

#include "problems.hpp"
#include "solvers/passage/committor.hpp"
#include "solvers/passage/passage_time.hpp"
#include "solvers/passage/survival.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using formula::Formula;

const std::vector<std::string> xv = {"x", "v"};

struct Problem {
  model::Domain domain;
  std::vector<Formula> sets;
  law::GridPart part;
  std::shared_ptr<const Generator> generator;
  Stopped stopped;

  Problem(const model::Process& p, const model::Domain& d, const std::vector<std::size_t>& cells,
          const std::vector<std::string>& where)
      : domain(d),
        part(d.grid(cells), parallel::Communicator::self()),
        generator(build_generator(p, d, part)) {
    for (const auto& text : where) sets.push_back(parse(text, p.variables));
    stopped = stop(*generator, sets);
  }

  [[nodiscard]] StartLaw at(const law::Point& x) const { return start_at_point(stopped, domain, x, sets); }
  [[nodiscard]] PassageMoments from(const law::Point& x) const {
    StoppedSystem backward(stopped.generator, Direction::backward);
    const auto start = at(x);
    double ended = start.ended_at_faces;
    for (const double e : start.ended_in_sets) ended += e;
    return passage_moments(part, passage_fields(backward, stopped, stopped.absorption), start.masses, ended);
  }
};

model::Domain sides(double x_lower, double x_upper, double v) {
  auto domain = box(xv, -v, v);
  domain.sides[0].lower = x_lower;
  domain.sides[0].upper = x_upper;
  return domain;
}

TEST(KineticPassage, CarriedByAConstantDriftTakesTheTimeOfTheWay) {
  // dx = 0.8 dt to a border on a grid line: (0.25 + 0.53) / 0.8, without variance.
  const auto process = drifted({"0.8", "-v"}, {"0", "1"}, xv);
  for (const std::size_t cells : {32, 64, 128}) {
    const Problem p(process, sides(-1, 1, 3), {cells, 8}, {"x > 0.25"});
    ASSERT_TRUE(p.generator->is_limited());
    const auto m = p.from({-0.53, 0.1});
    const double h = 2.0 / static_cast<double>(cells);
    EXPECT_NEAR(m.mean, 0.78 / 0.8, 0.05 * h * h) << cells;  // 0.03 h^2 was the most
    // A start shared by two cells has a variance of up to (h / 0.8)^2 / 4; as much again from the scheme.
    EXPECT_LT(m.variance, 1.2 * h * h) << cells;
  }
}

/// B(x; 1/6, 1/6) / B(1/6, 1/6) for x <= 1/2; t = s^6 takes the singularity away.
double beta_sixths(double x) {
  const auto integral = [](double to) {
    const int n = 4000;
    const double h = std::pow(to, 1.0 / 6) / n;
    double sum = 0;
    for (int i = 0; i < n; ++i) sum += std::pow(1 - std::pow(h * (i + 0.5), 6), -5.0 / 6);
    return sum * h;
  };
  return 0.5 * integral(x) / integral(0.5);
}

TEST(KineticPassage, OfARandomAccelerationLeavesTheIntervalWithTheProbabilityOfTheIncompleteBetaFunction) {
  // dx = v dt, dv = dW from rest at x in (0, 1): the end at 1 is the first with probability I_x(1/6, 1/6)
  // (Bicout, Burkhardt 2000, J. Phys. A 33; Franklin, Rodemich 1968).
  const auto process = drifted({"v", "0"}, {"0", "1"}, xv);
  for (const std::size_t n : {1, 2}) {
    const Problem p(process, sides(-0.25, 1.25, 4), {48 * n, 48 * n}, {"x < 0", "x > 1"});
    StoppedSystem backward(p.stopped.generator, Direction::backward);
    const auto q = committor(backward, p.stopped, 1);
    for (const double x : {0.15, 0.3}) {
      const auto start = p.at({x, 0});
      double found = start.ended_in_sets[1];
      for (std::size_t c = 0; c < q.size(); ++c) found += start.masses[c] * q[c];
      EXPECT_NEAR(found, beta_sixths(x), 0.002 / static_cast<double>(n)) << x;
    }
  }
}

TEST(KineticPassage, AtHighFrictionIsTheOverdampedOneToABorderMovedByMilnesLength) {
  // dx = v dt, dv = -g v dt + sqrt(2 g) dW out of (-1, 1) from rest at 0: (1 + 1.4603/g)^2 g / 2 but for O(1/g^2) of it, where the
  // overdamped process takes g / 2 (Marshall, Watson 1985, J. Phys. A 18: the length is -zeta(1/2)).
  for (const double g : {6.0, 12.0}) {
    const auto noise = std::to_string(std::sqrt(2 * g)), friction = fmt::format("-v*{}", g);
    const Problem p(drifted({"v", friction}, {"0", noise}, xv), sides(-1.25, 1.25, 4.5), {160, 48},
                    {"x < -1", "x > 1"});
    const double scaled = p.from({0, 0}).mean * 2 / g, milne = 1 + 1.4603 / g;
    EXPECT_NEAR(scaled, milne * milne, 2.5 / (g * g)) << g;
    EXPECT_GT(scaled, 1 + 2 * 1.4603 / g - 2.5 / (g * g)) << "the boundary layer must show";
  }
}

TEST(KineticPassage, SurvivesAsLongAsPathsDo) {
  // Random acceleration from (0.4, 0.3) out of (0, 1): the share of paths inside, drawn exactly at steps of 0.005.
  const auto process = drifted({"v", "0"}, {"0", "1"}, xv);
  const Problem p(process, sides(-0.25, 1.25, 4), {96, 64}, {"x < 0", "x > 1"});
  StoppedSystem forward(p.stopped.generator, Direction::forward);
  const auto quasi = quasi_stationary(forward, p.stopped);
  const std::vector<double> times = {0, 0.4, 0.8, 1.2, 1.6, 4};
  const auto s = survival(p.stopped, p.at({0.4, 0.3}), quasi, times, 1e-5);
  EXPECT_LT(s.negative, 1e-4);  // 2e-6 was seen
  EXPECT_NEAR(std::log(s.survival[4] / s.survival[5]) / 2.4, quasi.rate, 0.05 * quasi.rate);

  const int paths = 20'000;
  std::vector<int> inside(times.size(), 0);
  std::mt19937_64 random(20261125);
  std::normal_distribution<double> normal;
  const double dt = 0.005;
  for (int k = 0; k < paths; ++k) {
    double x = 0.4, v = 0.3;
    std::size_t next = 1;
    ++inside[0];
    for (int step = 1; step <= 320 && next < 5; ++step) {
      const double a = normal(random), b = normal(random);  // x and v jointly: Var x = dt^3/3, cov = dt^2/2
      x += v * dt + std::pow(dt, 1.5) * (a / 2 + b / std::sqrt(12.0));
      v += std::sqrt(dt) * a;
      if (x < 0 || x > 1) break;
      if (step % 80 == 0) ++inside[next++];
    }
  }
  for (std::size_t k = 1; k < 5; ++k) {
    const double share = static_cast<double>(inside[k]) / paths;
    // Four standard errors (false alarm 6e-5 each) and 0.004 for the grid and for crossings between steps.
    EXPECT_NEAR(s.survival[k], share, 4 * std::sqrt(share * (1 - share) / paths) + 0.004) << times[k];
  }
}

}  // namespace
}  // namespace fpk::solvers
