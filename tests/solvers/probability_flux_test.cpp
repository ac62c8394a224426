#include "solvers/probability_flux.hpp"

#include <gtest/gtest.h>

#include "problems.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;

TEST(ProbabilityFlux, VanishesForAReversibleProcessAtEquilibrium) {
  const std::vector<std::string> xy = {"x", "y"};
  const auto process = langevin("(x^2-1)^2 + y^2 + 0.3*x*y", 0.25, xy);
  const auto domain = box(xy, -2, 2);
  const auto part = grid(domain, 30);
  for (const double J : probability_flux(*build_generator(process, domain, part), gibbs(process, part)))
    EXPECT_NEAR(J, 0.0, 1e-14);
}

TEST(ProbabilityFlux, OfAStationaryRotationIsTheRotationOfItsGaussian) {
  // dX = -X dt + w R X dt + sqrt(2 a) dW: pi = N(0, a I), J = w (y, -x) pi.
  const std::vector<std::string> xy = {"x", "y"};
  const auto process = drifted({"-x + 1.5*y", "-1.5*x - y"}, {"sqrt(0.5)", "sqrt(0.5)"}, xy);
  const auto domain = box(xy, -2.5, 2.5);
  std::vector<double> errors;
  for (const std::size_t cells : {50, 100}) {
    const auto part = grid(domain, cells);
    const auto g = build_generator(process, domain, part);
    const auto J = probability_flux(*g, stationary_masses(*g).masses);
    double worst = 0;
    for (std::size_t c = 0; c < part.size(); ++c) {
      const auto x = part.grid().center(part.index(c));
      const double p = std::exp(-(x[0] * x[0] + x[1] * x[1]) / 0.5) / (0.5 * M_PI);
      worst = std::max({worst, std::abs(J[3 * c] - 1.5 * x[1] * p), std::abs(J[3 * c + 1] + 1.5 * x[0] * p)});
    }
    errors.push_back(worst);
  }
  EXPECT_LT(errors[1], 5e-3);
  EXPECT_NEAR(std::log2(errors[0] / errors[1]), 2.0, 0.3);
}

TEST(ProbabilityFlux, ThroughATiltedRingIsTheSameEverywhere) {
  // Stationary current of a tilted periodic potential: constant (Risken 1989, sect. 11.3); here against the
  // closed form J = D (1 - e^{-2 pi F/D}) / (integral of e^{-V/D} times integral of e^{V/D} over the period
  // that follows).
  const double pi = M_PI, D = 0.4, F = 0.5;
  const auto domain = box({"x"}, -pi, pi, model::Boundary::periodic);
  const auto process = drifted({"0.5 - sin(x)"}, {"sqrt(0.8)"}, {"x"});
  const auto V = [&](double x) { return -std::cos(x) - F * x; };
  const int n = 2000;
  double outer = 0;
  for (int i = 0; i < n; ++i) {
    const double x = -pi + 2 * pi * (i + 0.5) / n;
    double inner = 0;
    for (int j = 0; j < n; ++j) inner += std::exp((V(x + 2 * pi * (j + 0.5) / n) - V(x)) / D);
    outer += inner * (2 * pi / n) * (2 * pi / n);
  }
  const double expected = D * (1 - std::exp(-2 * pi * F / D)) / outer;
  const auto part = grid(domain, 200);
  const auto g = build_generator(process, domain, part);
  const auto J = probability_flux(*g, stationary_masses(*g).masses);
  for (std::size_t c = 0; c < part.size(); ++c) EXPECT_NEAR(J[3 * c], J[0], 1e-12);
  EXPECT_NEAR(J[0] / expected, 1.0, 2e-3);  // h = 0.03, second order
}

}  // namespace
}  // namespace fpk::solvers
