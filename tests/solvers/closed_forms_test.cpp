// The density road against closed forms, and its order in the cell size in one, two and three dimensions.
#include <gtest/gtest.h>

#include <numbers>

#include "ladder.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using model::Boundary;

TEST(OrnsteinUhlenbeck, MeanVarianceAndDensityAtSeveralTimes) {
  // dX = -k X dt + sqrt(2 D) dW from N(m, s^2): mean m e^{-kt}, variance D/k + (s^2 - D/k) e^{-2kt}. Both
  // weights.
  const double k = 1.3, D = 0.4, m = 0.9, s = 0.3;
  const auto domain = box({"x"}, -5, 5);
  const auto start = gaussian({"x"}, {m}, {s});
  const auto reversible = langevin("0.65*x^2", D, {"x"}),
             drifting = drifted({"-1.3*x"}, {"sqrt(0.8)"}, {"x"});
  for (const auto* process : {&reversible, &drifting}) {
    std::vector<double> errors;
    for (const std::size_t cells : {200, 400}) {
      const auto part = grid(domain, cells);
      const double h = 10.0 / static_cast<double>(cells);
      double worst = 0;
      for (const double t : {0.1, 0.5, 2.0}) {
        const auto masses = evolve("auto", *process, domain, part, start.cell_masses(part), t);
        const double mean = m * std::exp(-k * t), variance = D / k + (s * s - D / k) * std::exp(-2 * k * t);
        const auto found = moments(part, masses);
        EXPECT_NEAR(found.mean[0], mean, h * h) << t;  // second order, constant below 1
        EXPECT_NEAR(found.covariance(0, 0), variance, h * h) << t;
        worst = std::max(
            worst,
            l1_distance(part, masses, gaussian({"x"}, {mean}, {std::sqrt(variance)}).cell_masses(part)));
      }
      errors.push_back(worst);
    }
    EXPECT_LT(errors[0], 2e-3);
    EXPECT_NEAR(std::log2(errors[0] / errors[1]), 2.0, 0.05);  // next term is h^2 smaller
  }
}

TEST(RotatingOrnsteinUhlenbeck, AllSecondMomentsIncludingTheOffDiagonal) {
  const std::vector<std::string> xy = {"x", "y"};
  const auto process = drifted({"-x + 2*y", "-3*x - 0.5*y"}, {"0.8", "0.5"}, xy);
  const auto affine = model::affine(process);
  ASSERT_TRUE(affine.has_value());
  const auto domain = box(xy, -4, 4);
  const auto start = gaussian(xy, {1.2, -0.4}, {0.3, 0.25});
  std::vector<double> errors;
  for (const std::size_t cells : {64, 128}) {
    const auto part = grid(domain, cells);
    const auto masses = evolve("auto", process, domain, part, start.cell_masses(part), 0.8);
    const auto exact = model::gaussian_at(*affine, xy, start.mean(), start.covariance(), 0.8);
    const auto found = moments(part, masses);
    EXPECT_GT(std::abs(exact.covariance()(0, 1)), 0.02);  // the case asks something
    errors.push_back((found.covariance - exact.covariance()).cwiseAbs().maxCoeff() +
                     (found.mean - exact.mean()).cwiseAbs().maxCoeff());
  }
  // Central weights keep the moments of a linear drift exactly; what is left are the few cells beyond Peclet
  // number 2, second order at least.
  EXPECT_LT(errors[1], 1.5e-3);
  EXPECT_LT(errors[1], errors[0] / 3.5);
}

TEST(AbsorbingInterval, SurvivalIsTheHeatSeriesAndSecondOrder) {
  // Brownian motion with a = D on [0, 1] from the uniform law: S(t) = sum over odd n of 8/(n pi)^2 exp(-(n
  // pi)^2 D t).
  const double D = 0.5, t = 0.3;
  double survival = 0;
  for (int n = 1; n < 60; n += 2)
    survival += 8 / std::pow(n * std::numbers::pi, 2) * std::exp(-std::pow(n * std::numbers::pi, 2) * D * t);
  const auto domain = box({"x"}, 0, 1, Boundary::absorbing);
  const auto reversible = langevin("0*x", D, {"x"}), drifting = drifted({"0"}, {"1"}, {"x"});
  for (const auto* process : {&reversible, &drifting}) {
    std::vector<double> errors;
    for (const std::size_t cells : {20, 40, 80}) {
      const auto part = grid(domain, cells);
      const std::vector<double> start(cells, 1.0 / static_cast<double>(cells));
      errors.push_back(
          std::abs(law::total(part, evolve("auto", *process, domain, part, start, t)) - survival));
    }
    EXPECT_LT(errors[2], 1e-4);
    EXPECT_NEAR(std::log2(errors[1] / errors[2]), 2.0, 0.1);
  }
}

TEST(AbsorbingInterval, WithDriftReachesTheSameSurvivalOnBothKindsOfWeights) {
  // A constant force is both: potential -f x and drift f. The two discretisations differ by their own h^2
  // errors only.
  const auto domain = box({"x"}, 0, 1, Boundary::absorbing);
  std::vector<double> gaps;
  for (const std::size_t cells : {40, 80}) {
    const auto part = grid(domain, cells);
    const std::vector<double> start(cells, 1.0 / static_cast<double>(cells));
    const double by_potential =
        law::total(part, evolve("auto", langevin("-3*x", 0.5, {"x"}), domain, part, start, 0.2));
    const double by_drift =
        law::total(part, evolve("auto", drifted({"3"}, {"1"}, {"x"}), domain, part, start, 0.2));
    EXPECT_GT(by_potential, 0.1);
    gaps.push_back(std::abs(by_potential - by_drift));
  }
  EXPECT_LT(gaps[1], 1e-3);
  EXPECT_LT(gaps[1], gaps[0] / 3.5);
}

TEST(JacobiProcess, NoiseThatVariesIsReadInItosSense) {
  // dX = (m - X) dt + sqrt(2 D X (1 - X)) dW on [0, 1]: stationary Beta(m/D, (1-m)/D), mean m + (x0 - m) e^{-t}. Read in
  // Stratonovich's sense, or with the wrong sign of da/dx, both would differ at order one.
  const auto process = drifted({"0.4 - x"}, {"sqrt(0.2*x*(1 - x))"}, {"x"});
  const auto domain = box({"x"}, 0, 1);
  const auto beta = parse("3*log(x) + 5*log(1 - x)", {"x"});
  std::vector<double> errors;
  for (const std::size_t cells : {50, 100}) {
    const auto part = grid(domain, cells);
    const auto exact = law::Density::equilibrium(std::make_shared<law::CellShape>(part, beta)).masses();
    errors.push_back(
        l1_distance(part, stationary_masses(*build_generator(process, domain, part)).masses, exact));
    const auto start = gaussian({"x"}, {0.6}, {0.05}).cell_masses(part);
    const double mean = 0.4 + 0.2 * std::exp(-0.5);
    const double h = 1.0 / static_cast<double>(cells);
    EXPECT_NEAR(moments(part, evolve("auto", process, domain, part, start, 0.5)).mean[0], mean, h * h);
  }
  EXPECT_LT(errors[1], 2e-3);
  EXPECT_NEAR(std::log2(errors[0] / errors[1]), 2.0, 0.2);
}

TEST(PeriodicRing, AFourierModeDecaysAndTurnsWithTheDrift) {
  // dX = v dt + sqrt(2 D) dW on a ring: E cos(X - v t) decays like exp(-D t), and E sin stays 0.
  const double pi = std::numbers::pi, D = 0.3, v = 1.7, t = 0.9;
  const auto domain = box({"x"}, -pi, pi, Boundary::periodic);
  const auto process = drifted({"1.7"}, {"sqrt(0.6)"}, {"x"});
  std::vector<double> errors;
  for (const std::size_t cells : {60, 120}) {
    const auto part = grid(domain, cells);
    const auto shape = std::make_shared<law::CellShape>(part);
    std::vector<double> start =
        law::Density::equilibrium(std::make_shared<law::CellShape>(part, parse("log(1 + 0.5*cos(x))", {"x"})))
            .masses();
    const law::Density after(shape, evolve("auto", process, domain, part, start, t));
    const auto e = after.expectations({{"c", parse("cos(x)", {"x"})}, {"s", parse("sin(x)", {"x"})}});
    const double amplitude = 0.25 * std::exp(-D * t);
    errors.push_back(
        std::hypot(e[0].value - amplitude * std::cos(v * t), e[1].value - amplitude * std::sin(v * t)));
  }
  EXPECT_LT(errors[1], 1e-3);
  EXPECT_NEAR(std::log2(errors[0] / errors[1]), 2.0, 0.1);
}

double order_by_refinement(const model::Process& process, const model::Domain& domain,
                           const law::InitialLaw& initial, std::size_t cells, double t) {
  return climb(process, domain, cells, initial, 3, t).order();
}

TEST(Density, IsSecondOrderInOneTwoAndThreeDimensions) {
  const std::vector<std::string> x = {"x"}, xy = {"x", "y"}, xyz = {"x", "y", "z"};
  // 0.15: grids of h = 0.1 .. 0.25 are not yet in the limit; a first-order scheme would give 1.
  EXPECT_NEAR(order_by_refinement(langevin("(x^2-1)^2", 0.25, x), box(x, -2.5, 2.5),
                                  gaussian(x, {-0.8}, {0.3}), 64, 0.5),
              2.0, 0.1);
  EXPECT_NEAR(order_by_refinement(langevin("(x^2-1)^2 + y^2 + 0.4*x*y", 0.25, xy), box(xy, -2.5, 2.5),
                                  gaussian(xy, {-0.8, 0.2}, {0.3, 0.4}), 40, 0.5),
              2.0, 0.15);
  EXPECT_NEAR(order_by_refinement(langevin("(x^2-1)^2 + y^2 + (z - 0.3*y)^2", 0.5, xyz), box(xyz, -2.4, 2.4),
                                  gaussian(xyz, {-0.6, 0.2, 0.1}, {0.5, 0.5, 0.5}), 16, 0.3),
              2.0, 0.15);
  EXPECT_NEAR(order_by_refinement(drifted({"1 - x", "x - y - 0.2*y^3"}, {"0.9 + 0.2*sin(x)", "0.8"}, xy),
                                  box(xy, -2.5, 2.5), gaussian(xy, {0.3, 0.2}, {0.4, 0.4}), 40, 0.5),
              2.0, 0.15);
  EXPECT_NEAR(
      order_by_refinement(drifted({"1 - x", "x - y", "y - z"}, {"1.2", "1.1", "1.2 + 0.2*cos(z)"}, xyz),
                          box(xyz, -3, 3), gaussian(xyz, {0.3, 0.2, 0.1}, {0.6, 0.6, 0.6}), 15, 0.3),
      2.0, 0.2);
}

TEST(BlendedWeight, ErrorsInTheDoubleWellAreThoseOnRecord) {
  // L1 against exact cell averages, (x^2-1)^2 on [-2.5, 2.5], D = 0.25, T = 1 from N(-1, 0.2^2): reference by
  // a grid of 3200 cells, whose own error is 64 times below that of 400. The bounds are these errors rounded
  // up by a quarter.
  const auto process = langevin("(x^2-1)^2", 0.25, {"x"});
  const auto domain = box({"x"}, -2.5, 2.5);
  const auto start = gaussian({"x"}, {-1}, {0.2});
  const auto fine = grid(domain, 3200);
  const auto reference = evolve("auto", process, domain, fine, start.cell_masses(fine), 1);
  for (const auto& [cells, bound] :
       {std::pair<std::size_t, double>{50, 3.3e-4}, {100, 8e-5}, {200, 2e-5}, {400, 5e-6}}) {
    const auto part = grid(domain, cells);
    std::vector<double> sums(cells, 0.0);
    for (std::size_t f = 0; f < reference.size(); ++f) sums[f * cells / 3200] += reference[f];
    EXPECT_LT(l1_distance(part, evolve("auto", process, domain, part, start.cell_masses(part), 1), sums),
              bound)
        << cells;
  }
}

TEST(BlendedWeight, CarriesALawDownAConstantSlopeAtTheRateOfTheSlope) {
  // L = -f x: away from the walls the mean moves by f t exactly, whatever the Peclet number f h / D of the
  // cells.
  const double f = 3, t = 0.5;
  const auto domain = box({"x"}, -4, 6);
  for (const double D : {1.0, 0.1, 0.02}) {
    const auto part = grid(domain, 100);
    const auto start = gaussian({"x"}, {0}, {0.3}).cell_masses(part);
    const auto after = evolve("auto", langevin("-3*x", D, {"x"}), domain, part, start, t);
    // Exact but for the quadrature of exp(f x / D) over cells (f h / D up to 15), and for what reaches the
    // wall at 6.
    EXPECT_NEAR(moments(part, after).mean[0], moments(part, start).mean[0] + f * t, 1e-4) << D;
  }
}

}  // namespace
}  // namespace fpk::solvers
