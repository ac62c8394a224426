// Noise that mixes variables: the Markov properties over random tensors and boxes, and closed forms.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numbers>

#include "problems.hpp"
#include "solvers/probability_flux.hpp"
#include "solvers/solver_error.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using model::Boundary;

const std::vector<std::string> xy = {"x", "y"};

/// Noise of eigenvalues a_1 > a_2 of a = sigma sigma^T / 2, the stronger one at an angle to x.
std::vector<std::vector<std::string>> turned_noise(double angle, double a1, double a2) {
  const auto text = [](double v) { return fmt::format("({:.17g})", v); };
  const double c = std::cos(angle), s = std::sin(angle), s1 = std::sqrt(2 * a1), s2 = std::sqrt(2 * a2);
  return {{text(c * s1), text(-s * s2)}, {text(s * s1), text(c * s2)}};
}

struct Errors {
  double l1, mean, covariance, least;
};

/// At time t, from N(mean, sd^2), against the exact Gaussian law.
Errors errors_of_affine(const model::Process& process, const model::Domain& domain, std::size_t cells,
                        const law::Gaussian& start, double t, double tolerance = 1e-9) {
  const auto part = grid(domain, cells);
  const auto exact =
      model::gaussian_at(*model::affine(process), process.variables, start.mean(), start.covariance(), t);
  const auto masses = evolve("auto", process, domain, part, start.cell_masses(part), t, tolerance);
  const auto found = moments(part, masses);
  return {l1_distance(part, masses, exact.cell_masses(part)),
          (found.mean - exact.mean()).cwiseAbs().maxCoeff(),
          (found.covariance - exact.covariance()).cwiseAbs().maxCoeff(),
          *std::min_element(masses.begin(), masses.end())};
}

TEST(TensorNoise, IsSecondOrderAgainstTheExactGaussianLaw) {
  // Asymmetric drift, noise ten times as strong at 30 degrees to x as across.
  const auto process =
      correlated({"-x + 0.3*y", "-0.2*x - 1.4*y"}, turned_noise(std::numbers::pi / 6, 1, 0.1), xy);
  const auto start = gaussian(xy, {0.8, -0.3}, {0.4, 0.5});
  std::vector<Errors> errors;
  for (const std::size_t cells : {48, 96})
    errors.push_back(errors_of_affine(process, box(xy, -5, 5), cells, start, 0.6));
  EXPECT_LT(errors[1].l1, 8e-3);
  EXPECT_NEAR(std::log2(errors[0].l1 / errors[1].l1), 2.0, 0.15);  // next term is h^2 smaller
  EXPECT_GT(errors[0].covariance / errors[1].covariance, 3.6);
  for (const auto& e : errors) EXPECT_GE(e.least, 0.0);
}

TEST(TensorNoise, IsSecondOrderAgainstTheExactGaussianLawInThreeDimensions) {
  const std::vector<std::string> xyz = {"x", "y", "z"};
  // No two entries of drift or noise alike, off-diagonal ones of either sign.
  const auto process =
      correlated({"-x + 0.3*y", "-0.2*x - 1.4*y + 0.4*z", "0.5*x - 0.8*z"},
                 {{"0.9", "0.1", "-0.2"}, {"0.4", "0.8", "0.1"}, {"-0.3", "0.25", "0.85"}}, xyz);
  const auto start = gaussian(xyz, {0.5, -0.3, 0.2}, {0.6, 0.7, 0.65});
  std::vector<Errors> errors;
  for (const std::size_t cells : {20, 40})
    errors.push_back(errors_of_affine(process, box(xyz, -3.5, 3.5), cells, start, 0.4, 1e-7));
  EXPECT_LT(errors[1].l1, 2e-2);
  EXPECT_NEAR(std::log2(errors[0].l1 / errors[1].l1), 2.0,
              0.2);  // two cells a standard deviation on the coarse one
  EXPECT_GT(errors[0].covariance / errors[1].covariance, 3.4);
  for (const auto& e : errors) EXPECT_GE(e.least, 0.0);
}

TEST(TensorNoise, IsSecondOrderOnCellsThatFollowASmoothMap) {
  const auto process =
      correlated({"-x + 0.3*y", "-0.2*x - 1.4*y"}, turned_noise(std::numbers::pi / 6, 1, 0.2), xy);
  const auto domain = box(xy, -5, 5);
  const auto start = gaussian(xy, {0.8, -0.3}, {0.5, 0.6});
  const auto exact = model::gaussian_at(*model::affine(process), xy, start.mean(), start.covariance(), 0.6);
  std::vector<double> errors;
  for (const std::size_t cells : {40, 80}) {
    const law::GridPart part{
        law::Grid({law::Axis("x", -5, 5, cells, {0.4, 1.5}), law::Axis("y", -5, 5, cells, {-0.6, 2.0})})};
    const auto masses = evolve("auto", process, domain, part, start.cell_masses(part), 0.6, 1e-7);
    errors.push_back(l1_distance(part, masses, exact.cell_masses(part)));
    EXPECT_GE(*std::min_element(masses.begin(), masses.end()), 0.0);
  }
  EXPECT_LT(errors[1], 1e-2);
  EXPECT_NEAR(std::log2(errors[0] / errors[1]), 2.0, 0.2);
}

TEST(TensorNoise, RefusesCellsWhoseWidthsJump) {
  const auto process = correlated({"-x", "-y"}, turned_noise(0.5, 1, 0.2), xy);
  const law::GridPart part{law::Grid({law::Axis("x", {-2, -1, -0.9, 0, 1}), law::Axis("y", -1, 1, 4)})};
  EXPECT_THROW(build_generator(process, box(xy, -2, 1), part), SolverError);
}

TEST(TensorNoise, OfConditionNumberAThousandIsLimitedAndAccurate) {
  const auto process =
      correlated({"-x + 0.3*y", "-0.2*x - 1.4*y"}, turned_noise(std::numbers::pi / 6, 1, 1e-3), xy);
  const auto start = gaussian(xy, {0.8, -0.3}, {0.4, 0.5});
  std::vector<Errors> errors;
  for (const std::size_t cells : {60, 120})
    errors.push_back(errors_of_affine(process, box(xy, -5, 5), cells, start, 1, 1e-6));
  EXPECT_LT(errors[0].covariance, 0.013);
  EXPECT_LT(errors[1].covariance, 1.5e-3);
  EXPECT_GT(errors[0].covariance / errors[1].covariance, 4);
  for (const auto& e : errors) EXPECT_GE(e.least, 0.0);
}

TEST(TensorNoise, OfOneSourceOffTheAxesIsSecondOrderAgainstTheExactGaussianLaw) {
  // Offsets fit sigma = (1, 1/2) exactly, and no offset fits the golden ratio.
  for (const char* slope : {"0.45", "0.9*0.6180339887"}) {
    const auto process = correlated({"-x + 0.8*y", "-0.5*x - 1.2*y"}, {{"0.9"}, {slope}}, xy);
    const auto start = gaussian(xy, {0.8, -0.3}, {0.4, 0.5});
    std::vector<Errors> errors;
    for (const std::size_t cells : {40, 80})
      errors.push_back(errors_of_affine(process, box(xy, -4.5, 4.5), cells, start, 1, 1e-6));
    EXPECT_LT(errors[1].l1, 0.023) << slope;
    EXPECT_GT(std::log2(errors[0].l1 / errors[1].l1), 2.0) << slope;
    EXPECT_GT(errors[0].covariance / errors[1].covariance, 4) << slope;
    for (const auto& e : errors) EXPECT_GE(e.least, 0.0);
  }
}

}  // namespace
}  // namespace fpk::solvers
