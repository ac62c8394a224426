// The two wells of equal depth: what fpk computes of the shipped cases against quadrature of the exact formulas.
#include <gtest/gtest.h>

#include <cmath>

#include "app/evolve.hpp"
#include "io/case_file.hpp"
#include "parallel/communicator.hpp"
#include "studies/flat_and_sharp/computed.hpp"
#include "studies/flat_and_sharp/wells.hpp"
#include "tests/places.hpp"

namespace fpk::studies {
namespace {

std::filesystem::path case_named(const std::string& name) {
  return std::filesystem::path(places::source) / "data/cases" / (name + ".toml");
}

double value_at(const formula::Formula& f, double x) {
  return f.substitute("x", formula::Formula(x)).constant().value_or(std::nan(""));
}

TEST(FlatAndSharp, HaveEqualDepthAndCurvaturesOneTo25) {
  const auto problem = io::read_case(case_named("flat_and_sharp"));
  const auto& L = *problem.process.potential();
  const auto dL = L.derivative("x"), d2L = dL.derivative("x");
  for (const double x : {wells::flat, wells::sharp}) {
    EXPECT_EQ(value_at(L, x), 0);
    EXPECT_EQ(value_at(dL, x), 0);
  }
  EXPECT_NEAR(value_at(d2L, wells::flat), 1, 1e-13);
  EXPECT_NEAR(value_at(d2L, wells::sharp), 25, 1e-13);
  EXPECT_NEAR(value_at(dL, wells::barrier), 0, 1e-14);
  EXPECT_NEAR(value_at(d2L, wells::barrier), -wells::barrier_curvature(), 1e-12);
  for (const double x : {-0.7, 0.3, 0.8, 1.2}) {  // no place of symmetry
    EXPECT_NEAR(value_at(L, x), wells::loss(x), 1e-13);
    EXPECT_NEAR(value_at(dL, x), wells::slope(x), 1e-12);
  }
}

TEST(FlatAndSharp, TheDataHaveThatLossAndThatNoise) {
  auto problem = io::read_case(case_named("flat_and_sharp_sgd"), {"sgd.model=sme1"});
  const auto& chain = problem.sgd->chain;
  const auto L = chain.loss.mean();
  const double noise = 1.4;
  const auto a = wells::of_sgd(chain.learning_rate, 2, noise);
  for (const double x : {-0.4, 0.0, 0.3, 0.9, 1.0, 1.2}) {
    EXPECT_NEAR(value_at(L, x), wells::loss(x) + noise * noise / 2, 1e-12);
    const double sigma = value_at(problem.process.noise[0][0], x);
    EXPECT_NEAR(sigma * sigma / 2, a(x), 1e-12 * (1 + a(x)));
  }
}

TEST(Line, KnowsBrownianMotionAndOrnsteinUhlenbeck) {
  // dX = sqrt(2 D) dW from x, reflected at 0, to 1: (1 - x^2) / (2 D).
  const Line brownian([](double) { return 0.0; }, [](double) { return 0.3; }, 0, 1);
  EXPECT_NEAR(brownian.mean_passage(0.25, 1), (1 - 0.0625) / 0.6, 1e-9);
  EXPECT_NEAR(brownian.mass_below(0.25), 0.25, 1e-12);
  // dX = -X dt + sqrt(2) dW has the normal law.
  const Line linear([](double x) { return -x; }, [](double) { return 1.0; }, -9, 9);
  EXPECT_NEAR(linear.mass_below(-0.9), std::erfc(0.9 / std::sqrt(2.0)) / 2, 1e-8);
}

/// A shipped case, and the diffusion that it should have.
struct NoiseCase {
  const char* name;
  Overrides keys;
  Function a;
};

std::vector<NoiseCase> noises() {
  return {{"flat_and_sharp", {}, wells::isotropic(0.08)},
          {"flat_and_sharp_curvature", {}, wells::with_curvature(0.01)},
          {"flat_and_sharp_loss", {}, wells::with_loss(0.5, 0.05)},
          {"flat_and_sharp_sgd", {"sgd.model=sme1", "sgd.replicas=0"}, wells::of_sgd(0.01, 2, 1.4)}};
}

/// Errors of the grid, h = 0.006: second order, at most 1e-3 of the result on these wells (measured: 1e-4 to 7e-4).
constexpr double grid_error = 2e-3;

TEST(FlatAndSharp, StationaryMassesAreThoseOfQuadrature) {
  for (const auto& c : noises()) {
    const auto line = wells::line(c.a);
    const double share = stationary_share(case_named(c.name), c.keys),
                 exact = line.mass_below(wells::barrier);
    EXPECT_NEAR(share / (1 - share) / (exact / (1 - exact)), 1, grid_error) << c.name;
  }
}

TEST(FlatAndSharp, MeanPassageTimesAreThoseOfQuadratureBothWays) {
  for (const auto& c : noises())
    for (const double minimum : {wells::flat, wells::sharp}) {
      const auto passage = passage_from(minimum, case_named(c.name), c.keys);
      const double exact = wells::line(c.a).mean_passage(minimum, 1 - minimum);
      EXPECT_NEAR(passage.mean / exact, 1, grid_error) << c.name << " from " << minimum;
    }
}

TEST(FlatAndSharp, NoiseReadInStratonovichsSenseIsSeen) {
  // a'/2 is added to the drift: another stationary law, p ~ exp(-Phi) / sqrt(a), and other times.
  for (const char* name : {"flat_and_sharp_curvature", "flat_and_sharp_loss"}) {
    const auto a = std::string(name) == "flat_and_sharp_loss" ? wells::with_loss(0.5, 0.05)
                                                              : wells::with_curvature(0.01);
    const Overrides wrong = {"process.noise_convention=stratonovich"};
    const double exact = wells::line(a).mass_below(wells::barrier),
                 share = stationary_share(case_named(name), wrong);
    EXPECT_GT(std::abs(share / (1 - share) / (exact / (1 - exact)) - 1), 20 * grid_error) << name;
    const double time = wells::line(a).mean_passage(wells::flat, wells::sharp);
    EXPECT_GT(std::abs(passage_from(wells::flat, case_named(name), wrong).mean / time - 1), 20 * grid_error)
        << name;
    auto problem = io::read_case(case_named(name),
                                 {"process.noise_convention=stratonovich", "time.end=0.1", "time.observe=2"});
    problem.particles.reset();
    const auto record = app::evolve(problem, parallel::Communicator::self(), {});
    EXPECT_FALSE(verification::all_hold(record.claims))
        << name;  // the case's own stationary density is missed
  }
}

TEST(FlatAndSharp, RatesTendToTheLawsOfEscape) {
  // Laplace's method leaves a part that vanishes with the noise: a few per cent here, of the same sign at a half of it.
  const auto miss = [](double minimum, const Function& a, double law) {
    return 1 / wells::line(a).mean_passage(minimum, 1 - minimum) / law - 1;
  };
  for (const double minimum : {wells::flat, wells::sharp}) {
    const double H = minimum == wells::flat ? wells::flat_curvature : wells::sharp_curvature;
    const double warm = miss(minimum, wells::isotropic(0.02), wells::kramers(H, 0.02)),
                 cold = miss(minimum, wells::isotropic(0.01), wells::kramers(H, 0.01));
    EXPECT_LT(std::abs(cold),
              0.7 * std::abs(warm));  // first order in D: a half, and what is left of the second
    EXPECT_LT(std::abs(cold), 0.2);
    const double far = miss(minimum, wells::with_loss(0.1, 0.02), wells::power_law(H, 0.1, 0.02)),
                 near = miss(minimum, wells::with_loss(0.05, 0.02), wells::power_law(H, 0.05, 0.02));
    EXPECT_LT(std::abs(near), 0.7 * std::abs(far));  // first order in T
  }
}

}  // namespace
}  // namespace fpk::studies
