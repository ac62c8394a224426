// A rotation beside a potential: the Gibbs law stays stationary to round-off, and the law turns the right way at order
// two.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "problems.hpp"
#include "solvers/rates/rotation_rates.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using model::Boundary;
using Matrix = std::vector<std::vector<double>>;

const std::vector<std::string> xy = {"x", "y"}, xyz = {"x", "y", "z"};

Matrix rotation(double r) { return {{0, r}, {-r, 0}}; }
Matrix rotation(double a, double b, double c) { return {{0, a, b}, {-a, 0, c}, {-b, -c, 0}}; }

model::Process turning(const std::string& potential, double D, const std::vector<std::string>& variables,
                       Matrix J) {
  return model::rotating_langevin(variables, parse(potential, variables), D, std::move(J));
}

/// Markov, and the exact Gibbs law stationary.
void expect_sound(const model::Process& process, const model::Domain& domain, const law::GridPart& part) {
  const auto g = build_generator(process, domain, part);
  for (const auto& f : g->rates().families)
    for (const auto* field : {&f.forward, &f.backward})
      for (const double r : field->own()) ASSERT_GE(r, 0.0);
  for (const auto& l : g->rates().links) ASSERT_GE(std::min(l.forward, l.backward), 0.0);
  EXPECT_FALSE(g->rates().log_weights.has_value());
  Field ones = g->field();
  std::fill_n(ones.data(), ones.size(), 1.0);
  std::vector<double> sums(part.size());
  g->apply_transpose(ones, sums);
  for (const double s : sums) ASSERT_NEAR(s, 0.0, 1e-14 * g->largest_outflow());  // 7 roundings of the rates
  EXPECT_LT(relative_residual(*g, gibbs(process, part)), 1e-13);
}

TEST(Rotation, LeavesTheGibbsLawStationaryToRoundOffInTwoAndThreeDimensions) {
  const auto well = turning("(x^2-1)^2 + (y - 0.3*x)^2 + 0.2*y", 0.25, xy, rotation(1.7));
  expect_sound(well, box(xy, -2.5, 2.5), grid(box(xy, -2.5, 2.5), 23));
  expect_sound(well, box(xy, -1, 1.5), grid(box(xy, -1, 1.5), 9));  // walls that cut through mass
  const auto wells = turning("(x^2-1)^2 + y^2 + (z - 0.4*y)^2 + 0.3*x*z", 0.5, xyz, rotation(1.5, -0.7, 2.1));
  expect_sound(wells, box(xyz, -2, 2.3), grid(box(xyz, -2, 2.3), 11));
}

TEST(Rotation, ClosesOnPeriodicSidesOfEveryAxis) {
  const std::string two = "0.4*sin(x + 0.5) + cos(2*y) + 0.3*sin(x - y)";
  const std::string three = two + " + 0.5*cos(z - x)";
  for (const unsigned mask : {1U, 2U, 3U}) {
    auto domain = box(xy, 0, 2 * M_PI);
    for (std::size_t a = 0; a < 2; ++a)
      if ((mask >> a & 1U) != 0U)
        domain.sides[a].lower_boundary = domain.sides[a].upper_boundary = Boundary::periodic;
    expect_sound(turning(two, 0.3, xy, rotation(-2.2)), domain, grid(domain, 14));
  }
  for (const unsigned mask : {1U, 2U, 4U, 5U, 7U}) {
    auto domain = box(xyz, 0, 2 * M_PI);
    for (std::size_t a = 0; a < 3; ++a)
      if ((mask >> a & 1U) != 0U)
        domain.sides[a].lower_boundary = domain.sides[a].upper_boundary = Boundary::periodic;
    expect_sound(turning(three, 0.3, xyz, rotation(0.9, 1.4, -2)), domain, grid(domain, 8));
  }
}

TEST(Rotation, KeepsRatesFiniteAndTheGibbsLawExactInTailsAndAtHugePecletNumbers) {
  // D = 0.001: weights down to exp(-4e4), cell Peclet numbers beyond 1e3.
  const auto process = turning("(x^2-1)^2 + 2*y^2 - x*y", 0.001, xy, rotation(3));
  for (const std::size_t cells : {12, 60}) {
    const auto part = grid(box(xy, -2.5, 2.5), cells);
    expect_sound(process, box(xy, -2.5, 2.5), part);
    const auto g = build_generator(process, box(xy, -2.5, 2.5), part);
    const double h = part.grid().axis(0).width(0);
    // |b| is at most 170 in this box; the edges' limit of e^7 leaves rates of that size times r D / h^2.
    EXPECT_LT(g->largest_outflow(), 4 * (170 / h + 3 * 0.001 * std::exp(7.0) / (h * h))) << cells;
  }
}

RC_GTEST_PROP(Rotation, KeepsEveryGibbsLawUnderEveryRotation, ()) {
  const auto number = [](double lower, double upper) {
    return lower + (upper - lower) * *rc::gen::inRange(0, 1'000'001) / 1e6;
  };
  const bool three = *rc::gen::arbitrary<bool>();
  const auto& variables = three ? xyz : xy;
  std::string potential = "0";
  for (const auto& v : variables) {
    potential += std::string("+") + std::to_string(number(0.2, 2)) + "*" + v + "^2+" +
                 std::to_string(number(-2, 2)) + "*sin(" + std::to_string(number(0.5, 3)) + "*" + v + "*" +
                 variables.front() + ")";
  }
  const Matrix J = three ? rotation(number(-5, 5), number(-5, 5), number(-5, 5)) : rotation(number(-9, 9));
  std::vector<law::Axis> axes;
  model::Domain domain;
  for (const auto& v : variables) {
    std::vector<double> edges = {number(-3, 0)};
    const int cells = *rc::gen::inRange(3, three ? 7 : 15);
    for (int i = 0; i < cells; ++i) edges.push_back(edges.back() + number(0.05, 0.6));
    domain.sides.push_back({v, edges.front(), edges.back()});
    axes.emplace_back(v, edges);
  }
  expect_sound(turning(potential, number(0.05, 2), variables, J), domain, law::GridPart(law::Grid(axes)));
  RC_ASSERT(!::testing::Test::HasFailure());
}

TEST(Rotation, TurnsAGaussianLikeTheClosedFormAtSecondOrder) {
  // L = (x^2 + 3 y^2)/2: b = -(I + J)(x, 3 y) is affine. The mean starts off both axes.
  const auto process = turning("(x^2 + 3*y^2)/2", 0.4, xy, rotation(1.5));
  const auto affine = model::affine(process);
  ASSERT_TRUE(affine.has_value());
  EXPECT_NEAR(affine->B(0, 1), -4.5, 1e-15);
  EXPECT_NEAR(affine->B(1, 0), 1.5, 1e-15);
  const auto domain = box(xy, -4, 4);
  const auto start = gaussian(xy, {1.3, -0.5}, {0.4, 0.3});
  const auto exact = model::gaussian_at(*affine, xy, start.mean(), start.covariance(), 0.4);
  std::vector<double> errors;
  for (const std::size_t cells : {40, 80, 160}) {
    const auto part = grid(domain, cells);
    const auto masses = evolve("uniformisation", process, domain, part, start.cell_masses(part), 0.4);
    errors.push_back(l1_distance(part, masses, exact.cell_masses(part)));
  }
  EXPECT_LT(errors[2], 1.5e-2);
  EXPECT_NEAR(std::log2(errors[1] / errors[2]), 2.0, 0.15);  // h = 0.05 against a width of 0.4
}

TEST(Rotation, WithTheOtherSignTurnsTheMeanTheOtherWay) {
  const auto domain = box(xy, -4, 4);
  const auto part = grid(domain, 80);
  const auto start = gaussian(xy, {1.3, 0.0}, {0.4, 0.4});
  const auto mean_y = [&](double r) {
    const auto masses = evolve("uniformisation", turning("(x^2 + y^2)/2", 0.4, xy, rotation(r)), domain, part,
                               start.cell_masses(part), 0.3);
    return moments(part, masses).mean[1];
  };
  // b = -(I + J) x: the mean is e^{-t} (1.3 cos r t, 1.3 sin r t) for J = [[0, r], [-r, 0]].
  const double expected = 1.3 * std::exp(-0.3) * std::sin(1.2 * 0.3);
  EXPECT_NEAR(mean_y(1.2), expected, 2e-3);  // h^2 = 0.01
  EXPECT_NEAR(mean_y(-1.2), -expected, 2e-3);
}

TEST(Rotation, CarriesMassThroughWallsThatAbsorbLikeTheDriftWrittenOut) {
  // The same process both ways, one corner of the box open: the survivals differ by the two schemes' h^2 only.
  auto domain = box(xy, -1.2, 1);
  domain.sides[0].upper_boundary = domain.sides[1].lower_boundary = Boundary::absorbing;
  const auto turning_well = turning("(x^2 + 3*y^2)/2", 0.4, xy, rotation(1.5));
  const auto drift = drifted({"-x - 4.5*y", "1.5*x - 3*y"}, {"sqrt(0.8)", "sqrt(0.8)"}, xy);
  // Reflecting walls differ (normal for the one, oblique for the other): start far from them, and stop early.
  const auto start = gaussian(xy, {0.55, -0.45}, {0.12, 0.12});
  std::vector<double> gaps;
  for (const std::size_t cells : {33, 66}) {
    const auto part = grid(domain, cells);
    const auto survival = [&](const model::Process& process) {
      return law::total(part, evolve("uniformisation", process, domain, part, start.cell_masses(part), 0.15));
    };
    const double turned = survival(turning_well);
    EXPECT_LT(turned, 0.8);
    gaps.push_back(std::abs(turned - survival(drift)));
  }
  EXPECT_LT(gaps[1], 1e-3);
  EXPECT_LT(gaps[1], gaps[0] / 3);
}

TEST(MpiRotation, RatesAreThoseOfOneProcess) {
  const auto world = parallel::Communicator::world();
  for (const bool periodic : {false, true}) {
    auto domain = box(xyz, 0, 2 * M_PI, periodic ? Boundary::periodic : Boundary::reflecting);
    const auto process =
        turning("0.4*sin(x + 0.5) + cos(2*y) + 0.3*sin(z - y)", 0.3, xyz, rotation(0.9, 1.4, -2));
    const auto shared = grid(domain, 8, world), alone = grid(domain, 8);
    const auto some = rotation_rates(process, domain, shared, *find_face_weight("blended"));
    const auto all = rotation_rates(process, domain, alone, *find_face_weight("blended"));
    for (std::size_t a = 0; a < 3; ++a)
      for (std::size_t c = 0; c < shared.size(); ++c) {
        const std::size_t global = c + shared.first();
        EXPECT_EQ(some.families[a].forward.data()[c], all.families[a].forward.data()[global]);
        EXPECT_EQ(some.families[a].backward.data()[c], all.families[a].backward.data()[global]);
      }
  }
}

}  // namespace
}  // namespace fpk::solvers
