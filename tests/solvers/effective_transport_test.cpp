// Velocity and spread on a tilted washboard against the double integrals of Stratonovich and of Reimann et al.
#include "solvers/effective_transport.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "problems.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;

constexpr double period = 2 * std::numbers::pi;

struct Transported {
  double velocity, diffusion;
};

/// V(x) = -F x - cos x - 0.3 sin 2x (a ratchet: no symmetry), noise D, unit mobility. With
///   I+-(x) = (1/D) integral_0^L dy exp((+-V(x) -+ V(x -+ y))/D),
///   v = L (1 - exp(-L F/D)) / integral I+ dx,   D_e = D integral (I+)^2 I- dx / L / (integral I+ dx / L)^3
/// (Reimann et al. 2001, eqs. 2-5). Midpoint rule over the ring, Simpson's rule over y.
Transported double_integrals(double F, double D) {
  const auto V = [&](double x) { return -F * x - std::cos(x) - 0.3 * std::sin(2 * x); };
  const int n = 256, m = 2000;
  const auto I = [&](double x, int sign) {
    double sum = 0;
    for (int k = 0; k <= m; ++k) {
      const double y = period * k / m, w = k == 0 || k == m ? 1 : (k % 2 == 1 ? 4 : 2);
      sum += w * std::exp(sign * (V(x) - V(x - sign * y)) / D);
    }
    return sum * period / m / 3 / D;
  };
  double mean = 0, third = 0;
  for (int k = 0; k < n; ++k) {
    const double x = period * (k + 0.5) / n, plus = I(x, 1), minus = I(x, -1);
    mean += plus / n;
    third += plus * plus * minus / n;
  }
  return {(1 - std::exp(-period * F / D)) / mean, D * third / (mean * mean * mean)};
}

EffectiveTransport computed(double F, double D, std::size_t n) {
  const auto process = drifted({std::to_string(F) + " - sin(x) + 0.6*cos(2*x)"},
                               {"sqrt(" + std::to_string(2 * D) + ")"}, {"x"});
  const auto domain = box({"x"}, 0, period, model::Boundary::periodic);
  return effective_transport(*build_generator(process, domain, grid(domain, n)), {true});
}

TEST(EffectiveTransport, OnATiltedRatchetIsThatOfTheDoubleIntegralsToSecondOrder) {
  std::size_t checked = 0;
  for (const auto& [F, D] :
       {std::pair{0.6, 0.4}, std::pair{0.9, 0.15}, std::pair{-0.4, 0.3}, std::pair{1.5, 0.2}}) {
    const auto exact = double_integrals(F, D);
    double v_before = 0, d_before = 0;
    for (const std::size_t n : {128U, 256U}) {
      const auto t = computed(F, D, n);
      const double v = std::abs(t.velocity[0] - exact.velocity),
                   d = std::abs(t.diffusion[0][0] - exact.diffusion);
      if (v_before != 0) {
        EXPECT_NEAR(v_before / v, 4, 0.4) << F << ' ' << D;
        EXPECT_NEAR(d_before / d, 4, 0.4) << F << ' ' << D;
        EXPECT_LT(v, 5e-3 * std::abs(exact.velocity));
        EXPECT_LT(d, 5e-3 * exact.diffusion);
        ++checked;
      }
      v_before = v;
      d_before = d;
    }
  }
  EXPECT_EQ(checked, 4U);
}

TEST(EffectiveTransport, WithoutAPotentialIsDriftAndDiffusionThemselves) {
  // Two rings, coupled by nothing but the order of the axes; noise and drift constant.
  auto domain = box({"x", "y"}, 0, 3, model::Boundary::periodic);
  domain.sides[0].upper = 2;
  const auto process = drifted({"0.7", "-0.3"}, {"0.9", "1.1"}, {"x", "y"});
  const auto t = effective_transport(*build_generator(process, domain, grid(domain, 12)), {true, true});
  EXPECT_NEAR(t.velocity[0], 0.7, 1e-12);
  EXPECT_NEAR(t.velocity[1], -0.3, 1e-12);
  EXPECT_NEAR(t.diffusion[0][0], 0.405, 1e-12);
  EXPECT_NEAR(t.diffusion[1][1], 0.605, 1e-12);
  EXPECT_NEAR(t.diffusion[0][1], 0, 1e-12);
}

TEST(EffectiveTransport, OfShearIsTaylorsDispersion) {
  // dx = u cos(y) dt + noise, y on a ring with noise a: D_e = D + u^2 / (2 a), since -a chi'' = u cos y (Taylor 1953).
  auto domain = box({"x", "y"}, 0, period, model::Boundary::periodic);
  const auto process = drifted({"0.8*cos(y)", "0"}, {"0.7", "0.6"}, {"x", "y"});
  const auto t = effective_transport(*build_generator(process, domain, grid(domain, 48)), {true, true});
  const double a = 0.18, exact = 0.245 + 0.64 / (2 * a);
  EXPECT_NEAR(t.velocity[0], 0, 1e-10);
  EXPECT_NEAR(t.diffusion[0][0] / exact, 1, 5e-3);  // h^2/12 = 1.4e-3
}

TEST(MpiEffectiveTransport, IsTheOneOfASingleProcess) {
  auto domain = box({"x", "y"}, 0, period, model::Boundary::periodic);
  domain.sides[0].lower_boundary = domain.sides[0].upper_boundary = model::Boundary::reflecting;
  const auto process =
      drifted({"-sin(x) + 0.4*sin(y)", "0.5 + 0.8*cos(y) + 0.3*x"}, {"0.7", "0.6"}, {"x", "y"});
  const auto whole = grid(domain, 20), part = grid(domain, 20, parallel::Communicator::world());
  const auto alone = effective_transport(*build_generator(process, domain, whole), {false, true}),
             together = effective_transport(*build_generator(process, domain, part), {false, true});
  EXPECT_NEAR(together.velocity[1], alone.velocity[1], 1e-11);
  EXPECT_NEAR(together.diffusion[1][1] / alone.diffusion[1][1], 1, 1e-10);  // a slow hop: it is 1410
  EXPECT_EQ(together.velocity[0], 0);
}

}  // namespace
}  // namespace fpk::solvers
