// Entropy production, dissipation and housekeeping against closed forms and against differences in time.
#include "solvers/entropy_balance.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numbers>

#include "problems.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;

double relative_entropy(const std::vector<double>& m, const std::vector<double>& pi) {
  double H = 0;
  for (std::size_t c = 0; c < m.size(); ++c) H += m[c] * std::log(m[c] / pi[c]);
  return H;
}

TEST(EntropyBalance, IsZeroAtTheGibbsLaw) {
  const auto process = langevin("(x^2-1)^2 + y^2 + 0.3*x*y", 0.1, {"x", "y"});
  const auto domain = box({"x", "y"}, -2, 2.2);
  const auto part = grid(domain, 40);
  const auto generator = build_generator(process, domain, part);
  const auto pi = gibbs(process, part);
  const auto balance = entropy_balance(*generator, pi, pi);
  // Rounding leaves fluxes of 1e-16 of the turnover (about 400), times logarithms of as many roundings.
  EXPECT_LT(std::abs(balance.production), 1e-24);
  EXPECT_LT(std::abs(*balance.housekeeping), 1e-24);
  EXPECT_EQ(*balance.dissipation, 0);
}

TEST(EntropyBalance, OfARotatingProcessTendsToItsClosedFormAtSecondOrder) {
  // dX = -k X + w R X, D: at the Gaussian with variance D/k the current velocity is w R x, so the production is
  // <|w R x|^2> / D = 2 w^2 / k.
  const double k = 1.2, w = 0.9;
  const auto process = drifted({"-1.2*x + 0.9*y", "-0.9*x - 1.2*y"}, {"0.9", "0.9"}, {"x", "y"});
  const auto domain = box({"x", "y"}, -3, 3);
  const double exact = 2 * w * w / k;
  double before = 0;
  for (const std::size_t n : {50U, 100U}) {
    const auto generator = build_generator(process, domain, grid(domain, n));
    const auto pi = stationary_masses(*generator).masses;
    const auto balance = entropy_balance(*generator, pi, pi);
    EXPECT_NEAR(balance.production, *balance.housekeeping, 1e-9 * exact);  // no dissipation: it is stationary
    const double error = std::abs(balance.production - exact);
    if (before != 0) {
      EXPECT_GT(before / error, 3.4);
      EXPECT_LT(before / error, 4.6);
    }
    before = error;
  }
  EXPECT_LT(before, 0.05 * exact);
}

TEST(EntropyBalance, OfATiltedWashboardIsWorkOverTemperature) {
  // A steady current J around a ring of length 2 pi: the tilt F does the work 2 pi F J, and D takes it.
  const auto process = drifted({"0.6 - sin(x)"}, {"sqrt(0.8)"}, {"x"});
  auto domain = box({"x"}, 0, 2 * std::numbers::pi, model::Boundary::periodic);
  const auto generator = build_generator(process, domain, grid(domain, 400));
  const auto pi = stationary_masses(*generator).masses;
  double velocity = 0;  // its mean is 2 pi J
  for (std::size_t c = 0; c < pi.size(); ++c)
    velocity += pi[c] * (0.6 - std::sin(domain.sides[0].length() * (static_cast<double>(c) + 0.5) / 400));
  // ln(k+/k-) = 2 artanh(w/2) for centred rates, not w: of second order in w = h b / D, up to 0.06.
  EXPECT_NEAR(entropy_balance(*generator, pi, pi).production / (0.6 * velocity / 0.4), 1, 1e-3);
}

TEST(EntropyBalance, HasADissipationThatIsTheFallOfRelativeEntropy) {
  const std::vector<std::string> xy = {"x", "y"};
  struct Problem {
    model::Process process;
    model::Domain domain;
  };
  auto ring = box(xy, -3, 3);
  ring.sides[0].lower_boundary = ring.sides[0].upper_boundary = model::Boundary::periodic;
  const std::vector<Problem> problems = {
      {langevin("(x^2-1)^2 + y^2 + 0.3*x*y", 0.25, xy), box(xy, -2, 2)},
      {drifted({"-x + 2*y", "-2*x - 0.7*y"}, {"1", "0.8"}, xy), box(xy, -3, 3)},
      {drifted({"0.7 + sin(2*pi*x/3)", "0.2*x - y"}, {"0.9", "0.6"}, xy), ring}};
  for (const auto& p : problems) {
    const auto part = grid(p.domain, 24);
    const auto generator = build_generator(p.process, p.domain, part);
    const auto pi = stationary_masses(*generator).masses;
    const auto start = gaussian(xy, {0.6, -0.3}, {0.5, 0.4}).cell_masses(part);
    const auto at = [&](double t) {
      return evolve("uniformisation", p.process, p.domain, part, start, t, 1e-13);
    };
    // A central difference of step h is off by h^2/6 H''' : fourth order by Richardson.
    const double t = 0.2, h = 0.005;
    const auto slope = [&](double step) {
      return (relative_entropy(at(t + step), pi) - relative_entropy(at(t - step), pi)) / (2 * step);
    };
    const double fall = -(4 * slope(h / 2) - slope(h)) / 3;
    const auto balance = entropy_balance(*generator, at(t), pi);
    EXPECT_NEAR(*balance.dissipation / fall, 1, 1e-7);
    EXPECT_NEAR(balance.production, *balance.dissipation + *balance.housekeeping, 1e-12 * balance.production);
  }
}

RC_GTEST_PROP(EntropyBalanceProperty, NoPartIsNegativeForAnyDriftAndAnyMasses, ()) {
  const auto number = [](int low, int high) { return *rc::gen::inRange(low, high) / 10.0; };
  const auto text = [&] { return std::to_string(number(-20, 21)); };
  const auto process =
      drifted({text() + "*x + " + text() + "*y", text() + "*x + " + text()}, {"0.8", "1"}, {"x", "y"});
  const auto domain = box({"x", "y"}, -1, 1);
  const auto generator = build_generator(process, domain, grid(domain, 4));
  const auto pi = stationary_masses(*generator).masses;
  std::vector<double> m(pi.size());
  for (auto& x : m) x = number(1, 100);
  const auto balance = entropy_balance(*generator, m, pi);
  const double rounding = 1e-12 * balance.production;
  RC_ASSERT(balance.production >= 0);
  RC_ASSERT(*balance.dissipation >= -rounding);
  RC_ASSERT(*balance.housekeeping >= -rounding);
}

TEST(EntropyBalance, IsInfiniteWhereMassCannotComeBack) {
  // No noise in x: first-order upwind, rates one way.
  const auto process = drifted({"-x", "-y"}, {"0", "0.8"}, {"x", "y"});
  const auto domain = box({"x", "y"}, -2, 2);
  const auto part = grid(domain, 16);
  const auto generator = build_generator(process, domain, part);
  EXPECT_TRUE(has_one_way_faces(*generator));
  const auto m = gaussian({"x", "y"}, {0.6, -0.3}, {0.5, 0.4}).cell_masses(part);
  EXPECT_EQ(entropy_balance(*generator, m, {}).production, std::numeric_limits<double>::infinity());
}

TEST(EntropyBalance, OfAGaussianHasItsEntropy) {
  const auto domain = box({"x"}, -6, 6);
  const auto process = langevin("x^2/2", 0.49, {"x"});
  const auto part = grid(domain, 600);
  const auto m = gaussian({"x"}, {0.3}, {0.7}).cell_masses(part);
  const auto balance = entropy_balance(*build_generator(process, domain, part), m, {});
  // ln(sd sqrt(2 pi e)); a density constant in cells has h^2 / (24 sd^2) more.
  const double h = 0.02, exact = std::log(0.7 * std::sqrt(2 * std::numbers::pi * std::numbers::e));
  EXPECT_NEAR(balance.entropy - exact, h * h / (24 * 0.49), 1e-7);
}

TEST(MpiEntropyBalance, IsTheOneOfASingleProcess) {
  const auto process = drifted({"-x + 2*y", "-2*x - 0.7*y"}, {"1", "0.8"}, {"x", "y"});
  const auto domain = box({"x", "y"}, -3, 3);
  const auto whole = grid(domain, 16), part = grid(domain, 16, parallel::Communicator::world());
  const auto generator = build_generator(process, domain, whole),
             mine = build_generator(process, domain, part);
  const auto law = gaussian({"x", "y"}, {0.6, -0.3}, {0.5, 0.4});
  const auto pi = stationary_masses(*generator).masses;
  const auto begin = pi.begin() + static_cast<std::ptrdiff_t>(part.first());
  const std::vector<double> own(begin, begin + static_cast<std::ptrdiff_t>(part.size()));
  const auto alone = entropy_balance(*generator, law.cell_masses(whole), pi),
             together = entropy_balance(*mine, law.cell_masses(part), own);
  EXPECT_NEAR(together.production, alone.production, 1e-12 * alone.production);
  EXPECT_NEAR(*together.dissipation, *alone.dissipation, 1e-12 * alone.production);
  EXPECT_NEAR(together.entropy, alone.entropy, 1e-13);
}

}  // namespace
}  // namespace fpk::solvers
