// Walls that reflect where noise mixes variables: no probability crosses them, which is reflection along the conormal.
//
// In a channel, x between walls and y, z around rings, with noise of which y and z have c and e times what x has,
//
//     dX = b dt + s dW_1,    dY = c dX + u dt + q dW_2,    dZ = e dX + r dW_2 + w dW_3
//
// the wall pushes along (1, c, e), so Y - c X and Z - e X never feel it, and with phase = k (Y - c X) + l (Z - e X)
//
//     E cos(phase_t) = exp(-((k q + l r)^2 + (l w)^2) t / 2) E cos(phase_0 + k u t)             whatever b and s are.
//
// Reflection along the normal would turn the phase at each touch of a wall.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <numbers>
#include <numeric>

#include "law/quadrature.hpp"
#include "problems.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using model::Boundary;

const std::vector<std::string> xyz = {"x", "y", "z"};
constexpr double c = 0.8, e = -0.6, u = 0.5, q = 0.9, r = 0.3, w = 0.8;
constexpr double period = 3, k = 2 * std::numbers::pi / period, l = -k;

/// In two dimensions without Z. Drift and noise of x as formulas of x.
model::Process channel_process(std::size_t d, const std::string& b, const std::string& s) {
  const auto times = [](double factor, const std::string& f) { return fmt::format("{}*({})", factor, f); };
  std::vector<std::string> drift = {b, fmt::format("{} + {}", times(c, b), u), times(e, b)};
  std::vector<std::vector<std::string>> noise = {{s, "0", "0"},
                                                 {times(c, s), fmt::format("{}", q), "0"},
                                                 {times(e, s), fmt::format("{}", r), fmt::format("{}", w)}};
  drift.resize(d), noise.resize(d);
  for (auto& row : noise) row.resize(d);
  return correlated(drift, noise, {xyz.begin(), xyz.begin() + static_cast<std::ptrdiff_t>(d)});
}

model::Domain channel(std::size_t d) {
  model::Domain domain{{{"x", -0.5, 1}}};
  for (std::size_t a = 1; a < d; ++a)
    domain.sides.push_back({xyz[a], 0, period, Boundary::periodic, Boundary::periodic});
  return domain;
}

/// E cos(phase + shift) times `factor`, of cell masses.
double expectation(const law::GridPart& part, const std::vector<double>& masses, double shift,
                   const std::string& factor = "1") {
  const std::size_t d = part.grid().dimension();
  const auto phase =
      fmt::format("{}*(y - {}*x) + {} + {}", k, c, d == 3 ? fmt::format("{}*(z + {}*x)", l, -e) : "0", shift);
  const std::vector<std::string> names(xyz.begin(), xyz.begin() + static_cast<std::ptrdiff_t>(d));
  const auto f = law::cell_averages(part, parse(fmt::format("({})*cos({})", factor, phase), names));
  return std::inner_product(masses.begin(), masses.end(), f.begin(), 0.0);
}

/// Near the upper wall, and smooth around the rings.
std::vector<double> start(const law::GridPart& part) {
  const std::size_t d = part.grid().dimension();
  const std::vector<std::string> names(xyz.begin(), xyz.begin() + static_cast<std::ptrdiff_t>(d));
  auto m = law::log_cell_averages(part, parse(fmt::format("-2*(x - 0.8)^2 + cos({0}*y - 1) {1}", k,
                                                          d == 3 ? fmt::format("+ cos({}*z)", k) : ""),
                                              names));
  double sum = 0;
  for (double& x : m) sum += x = std::exp(x);
  for (double& x : m) x /= sum;
  return m;
}

/// Errors of the expectation at t = 0.5 on n cells across the channel and twice as many along it, which are cubes, and on
/// twice as many each way.
std::array<double, 2> errors(const model::Process& process, std::size_t n, double decay,
                             const std::string& factor = "1") {
  const auto domain = channel(process.dimension());
  std::array<double, 2> found{};
  for (std::size_t i = 0; i < 2; ++i) {
    std::vector<std::size_t> cells(process.dimension(), 2 * n << i);
    cells[0] /= 2;
    const law::GridPart part(domain.grid(cells));
    const auto before = start(part);
    const auto after = evolve("auto", process, domain, part, before, 0.5, 1e-7);
    found[i] = expectation(part, after, 0, factor) -
               std::exp(-decay / 4) * expectation(part, before, k * u / 2, factor);
  }
  ::testing::Test::RecordProperty("errors", fmt::format("{:.3e} {:.3e}", found[0], found[1]));
  return found;
}

// Expectations have errors of second order; from two grids the order is known to some tenths, which tells it from one. The
// last bound is the error itself: a wall that is wrong in the limit leaves 0.1.

TEST(ReflectingWall, OfMixedNoiseLeavesWhatTheConormalLeaves) {
  // With the slowest mode across the channel on top: its rate is (s pi / 1.5)^2 / 2, s = 1.
  const auto found =
      errors(channel_process(2, "0", "1"), 24, k * k * q * q + std::pow(std::numbers::pi / 1.5, 2),
             fmt::format("cos({}*(x + 0.5))", std::numbers::pi / 1.5));
  EXPECT_GT(std::log2(std::abs(found[0] / found[1])), 1.6);
  EXPECT_LT(std::abs(found[1]), 1e-3);
}

TEST(ReflectingWall, OfMixedNoiseThatVariesAndDriftIntoItDoesSoToo) {
  const auto found = errors(channel_process(2, "1.5 - 0.5*x", "1 + 0.3*x"), 24, k * k * q * q);
  EXPECT_GT(std::log2(std::abs(found[0] / found[1])), 1.6);
  EXPECT_LT(std::abs(found[1]), 1e-3);
}

TEST(ReflectingWall, OfMixedNoiseDoesSoInThreeDimensions) {
  const auto found = errors(channel_process(3, "0.6 - 0.5*x", "1 + 0.2*x"), 10,
                            std::pow(k * q + l * r, 2) + std::pow(l * w, 2));
  EXPECT_LT(std::abs(found[1]), 1e-4);  // without jumps along the wall 1e-3
}

TEST(ReflectingWall, OfConstantMixedNoiseLeavesTheUniformLawAlone) {
  std::size_t checked = 0;
  for (const std::size_t d : {std::size_t{2}, std::size_t{3}}) {
    auto process = channel_process(d, "0", "1");
    for (auto& b : process.drift) b = formula::Formula(0.0);
    auto domain = channel(d);
    for (auto& side : domain.sides) side.lower_boundary = side.upper_boundary = Boundary::reflecting;
    const auto part = grid(domain, 9);
    const auto g = build_generator(process, domain, part);
    Field m = g->field();
    for (double& x : m.own()) x = 1;
    std::vector<double> change(part.size());
    g->apply(m, change);
    for (const double x : change) {
      EXPECT_NEAR(x, 0.0, 4e-15 * g->largest_outflow());  // some ten rates, each rounded
      ++checked;
    }
  }
  EXPECT_EQ(checked, 81U + 729U);
}

}  // namespace
}  // namespace fpk::solvers
