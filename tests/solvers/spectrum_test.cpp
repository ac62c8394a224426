// The spectrum of a generator against closed forms, against dense linear algebra, and against what defines it.
#include "solvers/spectrum/spectrum.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <Eigen/Eigenvalues>
#include <numbers>

#include "problems.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using Complex = std::complex<double>;

std::vector<Complex> eigenvalues(const Spectrum& s) {
  std::vector<Complex> values;
  for (const auto& m : s.modes) values.push_back(m.eigenvalue);
  return values;
}

/// Largest distance of the eigenvalues to those expected, in the same order.
double worst(const std::vector<Complex>& found, const std::vector<Complex>& expected) {
  EXPECT_EQ(found.size(), expected.size());
  double error = 0;
  for (std::size_t k = 0; k < std::min(found.size(), expected.size()); ++k)
    error = std::max(error, std::abs(found[k] - expected[k]));
  return error;
}

/// Error of an eigenvalue of second order falls by four; other terms of the expansion leave it between these.
void expect_second_order(double coarse, double fine) {
  EXPECT_GT(coarse / fine, 3.7);
  EXPECT_LT(coarse / fine, 4.3);
}

ComplexVector image(const Generator& generator, const ComplexVector& v, Direction direction) {
  ComplexVector out(v.size());
  for (const bool imaginary : {false, true}) {
    Field field = generator.field();
    for (std::size_t c = 0; c < v.size(); ++c) field.data()[c] = imaginary ? v[c].imag() : v[c].real();
    std::vector<double> part(v.size());
    direction == Direction::forward ? generator.apply(field, part) : generator.apply_transpose(field, part);
    for (std::size_t c = 0; c < v.size(); ++c) out[c] += imaginary ? Complex(0, part[c]) : Complex(part[c]);
  }
  return out;
}

Eigen::MatrixXd dense(const Generator& generator) {
  const auto n = static_cast<Eigen::Index>(generator.part().size());
  Eigen::MatrixXd A(n, n);
  for (Eigen::Index c = 0; c < n; ++c) {
    Field unit = generator.field();
    unit.data()[c] = 1;
    std::vector<double> column(static_cast<std::size_t>(n));
    generator.apply(unit, column);
    A.col(c) = Eigen::Map<const Eigen::VectorXd>(column.data(), n);
  }
  return A;
}

/// The `count` eigenvalues of least real part of -A, by LAPACK-like dense algebra.
std::vector<Complex> dense_eigenvalues(const Generator& generator, std::size_t count) {
  const Eigen::VectorXcd all = (-dense(generator)).eigenvalues();
  std::vector<Complex> values(all.begin(), all.end());
  std::sort(values.begin(), values.end(), [](Complex a, Complex b) {
    return std::abs(a.real() - b.real()) > 1e-9 ? a.real() < b.real() : a.imag() > b.imag();
  });
  values.resize(std::min(count, values.size()));
  return values;
}

TEST(Spectrum, OfTheOrnsteinUhlenbeckProcessIsTheMultiplesOfItsRateToSecondOrder) {
  const double k = 1.3;  // L = k x^2 / 2, off the middle of the box; eight standard deviations of room
  const auto process = langevin("0.65*(x - 0.2)^2", 0.5, {"x"});
  const auto domain = box({"x"}, -5, 5.2);
  double before = 0;
  for (const std::size_t n : {60U, 120U, 240U}) {
    const auto s = leading_modes(*build_generator(process, domain, grid(domain, n)), 5);
    const double error = worst(eigenvalues(s), {0, k, 2 * k, 3 * k, 4 * k});
    EXPECT_EQ(s.modes[0].eigenvalue, 0.0);
    EXPECT_EQ(*s.gap, s.modes[1].eigenvalue.real());
    if (before != 0) expect_second_order(before, error);
    before = error;
  }
  EXPECT_LT(before, 0.02);
}

TEST(Spectrum, OfALinearProcessThatRotatesIsTheCombinationsOfItsDriftsEigenvalues) {
  // dX = B X dt + dW: the spectrum is n1 l1 + n2 l2, l the eigenvalues of -B (Metafune, Pallara, Priola 2002). Trace
  // 1.7, determinant 3.7. Centred rates take polynomials to polynomials of the same degree with the same leading
  // coefficient, so the chain's eigenvalues are these, but for walls (6 standard deviations away) and corners where the
  // flux is upwinded.
  const auto process = drifted({"-x + 2.5*y", "-1.2*x - 0.7*y"}, {"1", "0.8"}, {"x", "y"});
  auto domain = box({"x", "y"}, -6, 6);
  domain.sides[1].lower = -4.2;
  domain.sides[1].upper = 4.2;
  const Complex l(0.85, std::sqrt(3.7 - 0.85 * 0.85));
  const std::vector<Complex> exact = {0, l, std::conj(l), 2.0 * l, 2 * l.real(), 2.0 * std::conj(l)};
  const auto s = leading_modes(*build_generator(process, domain, grid(domain, 96)), 6);
  // The three of real part 2 Re l differ by the walls' 1e-5, and stand in the order of these.
  auto found = eigenvalues(s);
  std::sort(found.begin() + 3, found.end(), [](Complex a, Complex b) { return a.imag() > b.imag(); });
  EXPECT_EQ(s.form, "general");
  EXPECT_LT(worst(found, exact), 1e-4);
}

TEST(Spectrum, OfAPotentialWithARotationTendsToItsCombinationsAtSecondOrder) {
  // drift -(I + J) grad L for L = (x^2 + 2 y^2)/2, J = [[0, r], [-r, 0]]: -B = [[1, 2 r], [-r, 2]], eigenvalues
  // 3/2 +- i sqrt(2 r^2 - 1/4).
  const double r = 1.4;
  const auto L = parse("x^2/2 + y^2", {"x", "y"});
  const auto process = model::rotating_langevin({"x", "y"}, L, 0.5, {{0, r}, {-r, 0}});
  const auto domain = box({"x", "y"}, -4.6, 4.6);
  const Complex l(1.5, std::sqrt(2 * r * r - 0.25));
  double before = 0;
  for (const std::size_t n : {40U, 80U}) {
    const auto s = leading_modes(*build_generator(process, domain, grid(domain, n)), 3);
    const double error = worst(eigenvalues(s), {0, l, std::conj(l)});
    if (before != 0) expect_second_order(before, error);
    before = error;
  }
  EXPECT_LT(before, 0.02);
}

TEST(Spectrum, OfAnAbsorbingIntervalIsThatOfTheHeatEquation) {
  // No zero eigenvalue: D (k pi / length)^2. Half-cell walls leave a relative error of (k pi h / length)^2 / 12.
  const double D = 0.7, length = 2.5;
  const auto domain = box({"x"}, -1, 1.5, model::Boundary::absorbing);
  const std::size_t n = 100;
  const auto s = leading_modes(*build_generator(langevin("0*x", D, {"x"}), domain, grid(domain, n)), 4);
  ASSERT_EQ(s.modes.size(), 4U);
  for (std::size_t k = 1; k <= 4; ++k) {
    const double angle = static_cast<double>(k) * std::numbers::pi,
                 exact = D * angle * angle / (length * length);
    EXPECT_NEAR(s.modes[k - 1].eigenvalue.real() / exact, 1, angle * angle / (n * n) / 6);
  }
  EXPECT_EQ(*s.gap, s.modes[0].eigenvalue.real());
  EXPECT_FALSE(s.stationary_residual);
}

TEST(Spectrum, OfAProductHoldsEachMultipleEigenvalueAsOftenAsItIs) {
  // Two equal Ornstein-Uhlenbeck processes: 0, k twice, 2k three times, 3k four times.
  const auto process = langevin("x^2/2 + y^2/2", 0.5, {"x", "y"});
  const auto domain = box({"x", "y"}, -4.5, 4.5);
  const auto s = leading_modes(*build_generator(process, domain, grid(domain, 48)), 10);
  const std::vector<double> exact = {0, 1, 1, 2, 2, 2, 3, 3, 3, 3};
  ASSERT_EQ(s.modes.size(), exact.size());
  for (std::size_t k = 0; k < exact.size(); ++k)  // h^2 = 0.035
    EXPECT_NEAR(s.modes[k].eigenvalue.real(), exact[k], 0.035 * std::max(1.0, exact[k])) << k;
  EXPECT_NE(s.remark.find("none is missing"), std::string::npos) << s.remark;
  // The first of the pair is the one along x, rising: its values do not depend on y.
  const auto& l = s.modes[1].left;
  EXPECT_NEAR(l[24 * 48 + 30].real(), l[20 * 48 + 30].real(), 1e-9);
  EXPECT_GT(l[24 * 48 + 30].real(), l[24 * 48 + 20].real());
}

struct Problem {
  const char* name;
  model::Process process;
  model::Domain domain;
};

std::vector<Problem> problems() {
  const std::vector<std::string> x = {"x"}, xy = {"x", "y"};
  auto ring = box(xy, -3, 3), one_wall = box(xy, -1.5, 2);
  ring.sides[1].lower_boundary = ring.sides[1].upper_boundary = model::Boundary::periodic;
  one_wall.sides[0].upper_boundary = model::Boundary::absorbing;
  return {{"tilted double well", langevin("(x^2-1)^2 + 0.2*x", 0.25, x), box(x, -2, 2)},
          {"well in the plane", langevin("(x^2-1)^2 + y^2 + 0.3*x*y", 0.25, xy), box(xy, -2, 2)},
          {"washboard", drifted({"0.6 - sin(x)"}, {"0.9"}, x), box(x, 0, 6, model::Boundary::periodic)},
          {"current on a ring", drifted({"1 - x", "0.7 + sin(y)"}, {"0.8", "0.6"}, xy), ring},
          {"noise that varies", drifted({"-x", "x - y"}, {"1 + 0.2*y", "0.7"}, xy), box(xy, -2, 2)},
          {"one open face", drifted({"-x + y", "-x - y"}, {"1", "0.8"}, xy), one_wall},
          {"open and reversible", langevin("x^2 + y^2 + 0.5*x*y", 0.5, xy), one_wall}};
}

TEST(Spectrum, IsThatOfDenseLinearAlgebra) {
  for (const auto& p : problems()) {
    const auto generator = build_generator(p.process, p.domain, grid(p.domain, 14));
    const auto s = leading_modes(*generator, 6);
    const auto expected = dense_eigenvalues(*generator, s.modes.size());
    // Dense algebra on the unbalanced matrix is off by 1e-16 of the largest rate (200) times a condition number.
    EXPECT_LT(worst(eigenvalues(s), expected), 1e-8) << p.name;
  }
}

TEST(Spectrum, HasModesThatSolveBothEquationsAndAreBiorthogonal) {
  for (const auto& p : problems()) {
    const auto part = grid(p.domain, 20);
    const auto generator = build_generator(p.process, p.domain, part);
    const auto s = leading_modes(*generator, 5);
    for (std::size_t a = 0; a < s.modes.size(); ++a) {
      const auto& m = s.modes[a];
      EXPECT_LT(m.residual, 1e-9) << p.name;
      const auto right = image(*generator, m.right, Direction::forward),
                 left = image(*generator, m.left, Direction::backward);
      double r_error = 0, l_error = 0, r_size = 0, l_size = 0;
      for (std::size_t c = 0; c < right.size(); ++c) {
        r_error += std::abs(right[c] + m.eigenvalue * m.right[c]);
        l_error = std::max(l_error, std::abs(left[c] + m.eigenvalue * m.left[c]));
        r_size += std::abs(m.right[c]);
        l_size = std::max(l_size, std::abs(m.left[c]));
      }
      // The solver's rounding, 1e-14 to 1e-12, over sqrt(pi), which is 1e-4 where l is taken from it last.
      EXPECT_LT(r_error, 1e-8 * generator->largest_outflow() * r_size) << p.name << ' ' << a;
      EXPECT_LT(l_error, 1e-7 * generator->largest_outflow() * l_size) << p.name << ' ' << a;
      for (std::size_t b = 0; b < s.modes.size(); ++b) {
        Complex overlap = 0;
        for (std::size_t c = 0; c < right.size(); ++c) overlap += m.left[c] * s.modes[b].right[c];
        EXPECT_NEAR(std::abs(overlap - (a == b ? 1.0 : 0.0)), 0, 1e-7) << p.name << ' ' << a << ' ' << b;
      }
    }
  }
}

TEST(Spectrum, OfAClosedBoxBeginsWithTheStationaryLaw) {
  const auto domain = box({"x", "y"}, -3, 3);
  const auto process = drifted({"-x + y", "-x - 0.5*y"}, {"1", "0.8"}, {"x", "y"});
  const auto generator = build_generator(process, domain, grid(domain, 24));
  const auto s = leading_modes(*generator, 3);
  const auto law = stationary_masses(*generator).masses;
  for (std::size_t c = 0; c < law.size(); ++c) {
    EXPECT_NEAR(s.modes[0].right[c].real(), law[c], 1e-14);
    EXPECT_EQ(s.modes[0].left[c], 1.0);
  }
  EXPECT_LT(*s.stationary_residual, 1e-12);
}

RC_GTEST_PROP(SpectrumProperty, OfARandomDriftOnASmallGridIsThatOfDenseLinearAlgebra, ()) {
  const auto coefficient = [] { return std::to_string(*rc::gen::inRange(-20, 21) / 10.0); };
  const std::string text = coefficient() + "*x + " + coefficient() + "*y + " + coefficient();
  const std::string other = coefficient() + "*y - " + coefficient() + "*x*x";
  const auto domain = box({"x", "y"}, -1, 1);
  const auto generator =
      build_generator(drifted({text, other}, {"0.9", "0.6"}, {"x", "y"}), domain, grid(domain, 5));
  const auto s = leading_modes(*generator, 4);
  // A double eigenvalue of a matrix without a full set of eigenvectors moves by the square root of rounding.
  RC_ASSERT(worst(eigenvalues(s), dense_eigenvalues(*generator, s.modes.size())) < 1e-5);
}

TEST(Spectrum, OfFewerCellsThanModesIsWhole) {
  const auto domain = box({"x"}, -1, 1);
  const auto s =
      leading_modes(*build_generator(langevin("x^2 + 0.1*x", 0.5, {"x"}), domain, grid(domain, 4)), 9);
  EXPECT_EQ(s.modes.size(), 4U);
}

TEST(MpiSpectrum, IsTheOneOfASingleProcess) {
  for (const auto& p : problems()) {
    const auto whole = grid(p.domain, 16), part = grid(p.domain, 16, parallel::Communicator::world());
    const auto alone = leading_modes(*build_generator(p.process, p.domain, whole), 5),
               together = leading_modes(*build_generator(p.process, p.domain, part), 5);
    EXPECT_LT(worst(eigenvalues(together), eigenvalues(alone)), 1e-9) << p.name;
    for (std::size_t k = 0; k < alone.modes.size(); ++k)
      for (std::size_t c = 0; c < part.size(); ++c) {
        // Vectors to the tolerance of the eigensolver over the distance to the next eigenvalue.
        const auto &m = together.modes[k], &n = alone.modes[k];
        EXPECT_NEAR(std::abs(m.right[c] - n.right[part.first() + c]), 0, 1e-8) << p.name << ' ' << k;
      }
  }
}

}  // namespace
}  // namespace fpk::solvers
