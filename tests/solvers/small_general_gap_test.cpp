// Small eigenvalues without detailed balance to relative accuracy, against inverse iteration in quadruple precision on the same
// rates.
#include <gtest/gtest.h>

#include <array>

#include "problems.hpp"
#include "quadruple_chain.hpp"
#include "solvers/double_double.hpp"
#include "solvers/spectrum/spectrum.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using Complex = std::complex<double>;

/// The two eigenvalues of least modulus of -A, or of a closed box of least modulus but for zero: inverse iteration on a plane.
std::array<Complex, 2> two_smallest(const Generator& generator) {
  auto matrix = dense(generator);
  const std::size_t n = matrix.size();
  const bool closed = generator.is_closed();
  if (closed)
    matrix.back().assign(n, 1);  // columns sum to zero: the last row says nothing new, so let it fix the sum
  const QuadElimination system(std::move(matrix));
  std::array<QuadVector, 2> plane{QuadVector(n), QuadVector(n)}, image;
  for (std::size_t i = 0; i < n; ++i) plane[0][i] = Quad(1) / (i + 1), plane[1][i] = sin(Quad(i * i + 1));
  std::array<Quad, 4> G;
  for (int k = 0; k < 12; ++k) {
    for (std::size_t a = 0; a < 2; ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        const Quad along = dot(plane[b], plane[a]);
        for (std::size_t i = 0; i < n; ++i) plane[a][i] -= along * plane[b][i];
      }
      const Quad size = sqrt(dot(plane[a], plane[a]));
      for (auto& x : plane[a]) x /= size;
    }
    for (std::size_t a = 0; a < 2; ++a) {
      QuadVector right = plane[a];
      if (closed) right.back() = 0;
      image[a] = system.solve(right);
    }
    for (std::size_t a = 0; a < 2; ++a)
      for (std::size_t b = 0; b < 2; ++b) G[2 * a + b] = dot(plane[a], image[b]);
    plane = image;
  }
  const Quad mean = (G[0] + G[3]) / 2, square = mean * mean - (G[0] * G[3] - G[1] * G[2]);
  if (square < 0) {  // 1 / (mean +- i s)
    const Quad s = sqrt(-square), norm = mean * mean + s * s;
    const Complex first(static_cast<double>(Quad(mean / norm)), static_cast<double>(Quad(s / norm)));
    return {first, std::conj(first)};
  }
  const Quad large = mean + sqrt(square), small = (G[0] * G[3] - G[1] * G[2]) / large;
  return {Complex(static_cast<double>(Quad(1 / large))), Complex(static_cast<double>(Quad(1 / small)))};
}

/// Drift -grad of (x^2 - 1)^2 + 0.1 x + y^2 and a rotation that is no rotation of the Gibbs law.
model::Process rotating_double_well(double D) {
  const std::string noise = std::to_string(std::sqrt(2 * D));
  return drifted({"-4*x*(x^2 - 1) - 0.1 + 0.5*y", "-2*y - 0.4*x"}, {noise, noise}, {"x", "y"});
}

TEST(SmallGap, OfARotatingDoubleWellIsRightToTenDigits) {
  const auto domain = box({"x", "y"}, -1.7, 1.7);
  double smallest = 1;
  for (const double D : {0.15, 0.06, 0.04, 0.03}) {
    const auto generator = build_generator(rotating_double_well(D), domain, grid(domain, 15));
    ASSERT_FALSE(generator->rates().log_weights);
    const auto exact = two_smallest(*generator);
    const auto s = leading_modes(*generator, 3);
    EXPECT_NEAR(s.modes[1].eigenvalue.real() / exact[0].real(), 1, 1e-10) << D;
    EXPECT_EQ(s.modes[1].eigenvalue.imag(), 0);
    EXPECT_NEAR(*s.gap, s.modes[1].eigenvalue.real(), 0);
    smallest = std::min(smallest, *s.gap / generator->largest_outflow());
  }
  EXPECT_LT(smallest, 1e-12);
}

TEST(SmallGap, OfARingOfThreeWellsThatIsDrivenRoundIsAComplexPairRightToTenDigits) {
  // Jumps from well to well, k forward and less back: 1 - exp(2 pi i / 3) times k but for the wells' differences.
  auto domain = box({"x"}, 0, 3, model::Boundary::periodic);
  double smallest = 1;
  for (const double D : {0.2, 0.1, 0.08, 0.06}) {
    const auto process =
        drifted({"2*pi*sin(2*pi*x) + 0.01*sin(2*pi*x/3) + 0.5"}, {std::to_string(std::sqrt(2 * D))}, {"x"});
    const auto generator = build_generator(process, domain, grid(domain, 96));
    const auto exact = two_smallest(*generator)[0];
    const auto s = leading_modes(*generator, 3);
    const Complex found = s.modes[1].eigenvalue;
    EXPECT_GT(exact.imag(), 0.1 * exact.real());
    EXPECT_LT(std::abs(found - exact), 1e-10 * std::abs(exact)) << D << found << exact;
    EXPECT_EQ(s.modes[2].eigenvalue, std::conj(found));
    smallest = std::min(smallest, std::abs(found) / generator->largest_outflow());
  }
  EXPECT_LT(smallest, 1e-12);
}

TEST(SmallGap, OfAWellWithACurrentThatAbsorbsBehindTheBarrierIsItsRateOfEscape) {
  auto domain = box({"x", "y"}, -1.7, 1.7);
  domain.sides[0].upper = 0.4;
  domain.sides[0].upper_boundary = model::Boundary::absorbing;
  for (const double D : {0.06, 0.035}) {
    const auto generator = build_generator(rotating_double_well(D), domain, grid(domain, 15));
    const auto exact = two_smallest(*generator);
    const auto s = leading_modes(*generator, 2);
    EXPECT_NEAR(s.modes[0].eigenvalue.real() / exact[0].real(), 1, 1e-10) << D;
  }
}

TEST(DoubleDouble, KeepsThirtyDigitsOfSumsAndProductsThatCancel) {
  // (1 + 2^-60)^2 - 1 - 2^-59 = 2^-120, of which double keeps nothing.
  const DoubleDouble x = exact_sum(1, std::ldexp(1.0, -60));
  const DoubleDouble rest = (x * x - DoubleDouble{1, 0}) - DoubleDouble{std::ldexp(1.0, -59), 0};
  EXPECT_NEAR(rest.hi, 0, std::ldexp(1.0, -102));        // a few units of the last of 104 bits
  const DoubleDouble third = exact_product(1.0 / 3, 3);  // 1 - 2^-54, exactly
  EXPECT_EQ(third.hi, 1);
  EXPECT_EQ(third.lo, -std::ldexp(1.0, -54));
  const Quad sum = Quad(0.1) * Quad(0.7) + Quad(-0.07) * Quad(1e-9);
  const DoubleDouble mine = exact_product(0.1, 0.7) + exact_product(-0.07, 1e-9);
  EXPECT_LT(abs((Quad(mine.hi) + Quad(mine.lo)) / sum - 1), Quad(1e-31));
}

}  // namespace
}  // namespace fpk::solvers
