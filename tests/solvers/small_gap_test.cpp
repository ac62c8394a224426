// Small spectral gaps to relative accuracy: against bisection in quadruple precision, and against Kramers' law.
#include <gtest/gtest.h>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <numbers>

#include "problems.hpp"
#include "solvers/spectrum/spectrum.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using Quad = boost::multiprecision::cpp_bin_float_quad;  // 113 bits: 1e-34

/// -S of a chain on a line, from the same rates: diagonal, and squares of the entries beside it.
struct Tridiagonal {
  std::vector<Quad> diagonal, squares;
};

Tridiagonal symmetric_chain(const Generator& generator) {
  const auto& family = generator.rates().families.front();
  const std::size_t n = generator.part().size();
  const auto absorption = generator.rates().absorption();
  Tridiagonal T{std::vector<Quad>(absorption.begin(), absorption.end()), std::vector<Quad>(n - 1)};
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const Quad forward(family.forward.data()[i]), backward(family.backward.data()[i]);
    T.diagonal[i] += forward;
    T.diagonal[i + 1] += backward;
    T.squares[i] = forward * backward;
  }
  return T;
}

/// How many eigenvalues are below x: negative terms of Sturm's sequence.
std::size_t below(const Tridiagonal& T, const Quad& x) {
  std::size_t count = 0;
  Quad pivot = 1;
  for (std::size_t i = 0; i < T.diagonal.size(); ++i) {
    pivot = T.diagonal[i] - x - (i == 0 ? Quad(0) : T.squares[i - 1] / pivot);
    if (pivot < 0) ++count;
  }
  return count;
}

/// Eigenvalue number k (from 0), by bisection to 1e-12 of itself.
double eigenvalue(const Tridiagonal& T, std::size_t k) {
  Quad low = Quad(1e-28), high = Quad(1e6);
  while (high / low > Quad(1) + Quad(1e-12)) {
    const Quad middle = sqrt(low * high);
    (below(T, middle) > k ? high : low) = middle;
  }
  return static_cast<double>(low);
}

TEST(SmallGap, IsRightToTenDigitsBesideBisectionInQuadruplePrecision) {
  std::size_t checked = 0;
  double smallest = 1;
  for (const double D : {0.2, 0.08, 0.05, 0.04, 0.03, 0.022}) {
    const auto domain = box({"x"}, -2.2, 2.2);
    const auto generator =
        build_generator(langevin("(x^2-1)^2 + 0.05*x", D, {"x"}), domain, grid(domain, 160));
    const auto s = leading_modes(*generator, 4);
    const auto T = symmetric_chain(*generator);
    EXPECT_EQ(below(T, Quad(1e-26)),
              1U);  // the zero eigenvalue, which bisection sees as 1e-31 of the largest rate
    for (std::size_t k = 1; k < 4; ++k) {
      // Rounding in a sum over 160 faces, and the square of a vector's rounding times the largest rate.
      const double exact = eigenvalue(T, k), floor = 1e-31 * generator->largest_outflow();
      EXPECT_NEAR(s.modes[k].eigenvalue.real(), exact, 1e-12 * exact + floor)
          << "D = " << D << ", mode " << k;
    }
    smallest = std::min(smallest, *s.gap);
    ++checked;
  }
  EXPECT_EQ(checked, 6U);
  EXPECT_LT(smallest, 1e-17);
}

TEST(SmallGap, IsRightWhereSeveralAreSmall) {
  // Four wells of different depths: three eigenvalues of different smallness below the rates within wells.
  const auto domain = box({"x"}, -0.5, 3.5);
  const auto process = langevin("1.3*sin(pi*x)^2 + 0.1*(x - 1.3)^2 + 0.13*sin(2.1*x)", 0.05, {"x"});
  const auto generator = build_generator(process, domain, grid(domain, 160));
  const auto s = leading_modes(*generator, 5);
  const auto T = symmetric_chain(*generator);
  for (std::size_t k = 1; k < 5; ++k)
    EXPECT_NEAR(s.modes[k].eigenvalue.real() / eigenvalue(T, k), 1, 1e-12) << k;
  EXPECT_LT(s.modes[1].eigenvalue.real(), 1e-9);
  EXPECT_LT(s.modes[3].eigenvalue.real(), 1e-6);
}

TEST(SmallGap, OfAWellThatAbsorbsIsRightToo) {
  auto domain = box({"x"}, -2, 0.3);
  domain.sides[0].upper_boundary = model::Boundary::absorbing;  // behind the barrier
  const auto generator = build_generator(langevin("(x^2-1)^2", 0.04, {"x"}), domain, grid(domain, 150));
  const auto s = leading_modes(*generator, 2);
  EXPECT_NEAR(*s.gap / eigenvalue(symmetric_chain(*generator), 0), 1, 1e-12);
  EXPECT_LT(*s.gap, 1e-9);
}

TEST(SmallGap, IsThatOfAProductInThePlaneWhereTheOtherVariableIsFast) {
  // exp(-L/D) and the face weights of L1(x) + L2(y) are products, so the gap is that of x alone.
  const auto line = box({"x"}, -2, 2), plane = box({"x", "y"}, -2, 2);
  const auto one =
      leading_modes(*build_generator(langevin("(x^2-1)^2 + 0.1*x", 0.05, {"x"}), line, grid(line, 40)), 2);
  const auto two = leading_modes(
      *build_generator(langevin("(x^2-1)^2 + 0.1*x + y^2", 0.05, {"x", "y"}), plane, grid(plane, 40)), 2);
  EXPECT_LT(*one.gap, 1e-7);
  EXPECT_NEAR(*two.gap / *one.gap, 1, 1e-10);  // rounding of two factorisations and of the quadrature
}

TEST(SmallGap, TendsToKramersLawWithTheNextTermOfLaplacesMethod) {
  // gap = 2 sqrt(L''(1) |L''(0)|) / (2 pi) exp(-1/D) (1 - 3/8 D + O(D^2)), L = (x^2 - 1)^2 (Kramers 1940; the next
  // term from the fourth-order Laplace expansions of the two integrals of the mean crossing time).
  const auto domain = box({"x"}, -2, 2);
  const auto process = [](double D) { return langevin("(x^2-1)^2", D, {"x"}); };
  const auto kramers = [](double D) { return std::sqrt(32.0) / std::numbers::pi * std::exp(-1 / D); };
  double before = 0;
  for (const double D : {0.08, 0.04, 0.02}) {
    // The cells' error, of second order and relative to the width sqrt(D) of well and barrier, taken off by Richardson.
    const double coarse = *leading_modes(*build_generator(process(D), domain, grid(domain, 200)), 2).gap;
    const double fine = *leading_modes(*build_generator(process(D), domain, grid(domain, 400)), 2).gap;
    const double ratio = (4 * fine - coarse) / 3 / kramers(D);
    const double rest = std::abs(ratio - (1 - 0.375 * D));
    EXPECT_LT(rest, 0.7 * D * D);  // the coefficient of D^2 is near -0.5
    if (before != 0) {
      EXPECT_LT(rest, before / 3);
    }
    before = rest;
  }
}

}  // namespace
}  // namespace fpk::solvers
