// The coefficients of the implicit schemes against the order conditions, and their stability functions against exp.
#include "solvers/propagators/butcher_table.hpp"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <complex>

#include "solvers/propagators/kennedy_carpenter.hpp"
#include "solvers/propagators/tr_bdf2.hpp"

namespace fpk::solvers {
namespace {

using Complex = std::complex<double>;

struct Dense {
  Eigen::MatrixXd a;
  Eigen::VectorXd b, embedded, c;
};

Dense dense(const ButcherTable& table) {
  const auto s = static_cast<Eigen::Index>(table.stages());
  Dense d{Eigen::MatrixXd::Zero(s, s), Eigen::VectorXd(s), Eigen::VectorXd(s), Eigen::VectorXd(s)};
  for (Eigen::Index i = 0; i < s; ++i) {
    const auto& row = table.a[static_cast<std::size_t>(i)];
    for (std::size_t j = 0; j < row.size(); ++j) d.a(i, static_cast<Eigen::Index>(j)) = row[j];
    d.embedded(i) = table.embedded[static_cast<std::size_t>(i)];
    d.c(i) = table.time(static_cast<std::size_t>(i));
  }
  d.b = d.a.row(s - 1);
  return d;
}

/// The order up to which all conditions hold: one for each rooted tree, b . (products along it) = 1 / (its density)
/// (Hairer, Norsett, Wanner 1993, II.2, table 2.2).
int order_of(const Eigen::VectorXd& b, const Dense& d) {
  const Eigen::ArrayXd c = d.c, one = Eigen::ArrayXd::Ones(c.size());
  const auto A = [&](const Eigen::ArrayXd& x) -> Eigen::ArrayXd { return (d.a * x.matrix()).array(); };
  const std::vector<std::vector<std::pair<Eigen::ArrayXd, double>>> trees = {
      {{one, 1}},
      {{c, 2}},
      {{c * c, 3}, {A(c), 6}},
      {{c * c * c, 4}, {c * A(c), 8}, {A(c * c), 12}, {A(A(c)), 24}},
      {{c * c * c * c, 5},
       {c * c * A(c), 10},
       {c * A(c * c), 15},
       {c * A(A(c)), 30},
       {A(c) * A(c), 20},
       {A(c * c * c), 20},
       {A(c * A(c)), 40},
       {A(A(c * c)), 60},
       {A(A(A(c))), 120}}};
  int order = 0;
  for (const auto& of_this_order : trees) {
    for (const auto& [phi, density] : of_this_order)
      // Coefficients of size 1 with 16 digits, products of up to five of them.
      if (std::abs(b.dot(phi.matrix()) - 1 / density) > 1e-14) return order;
    ++order;
  }
  return order;
}

/// The last stage of y' = z y from y = 1 with h = 1, and the embedded estimate.
std::pair<Complex, Complex> one_step(const ButcherTable& table, Complex z) {
  std::vector<Complex> slopes;
  Complex y = 1, estimate = 0;
  for (std::size_t i = 0; i < table.stages(); ++i) {
    y = 1;
    for (std::size_t j = 0; j < i; ++j) y += table.a[i][j] * slopes[j];
    if (i > 0) y /= 1.0 - table.diagonal() * z;
    slopes.push_back(z * y);
  }
  for (std::size_t j = 0; j < slopes.size(); ++j)
    estimate += (table.embedded[j] - table.a.back()[j]) * slopes[j];
  return {y, estimate};
}

TEST(ButcherTables, MeetTheOrderConditionsThatTheyClaim) {
  for (const auto* table : {&tr_bdf2(), &kennedy_carpenter()}) {
    const Dense d = dense(*table);
    EXPECT_EQ(order_of(d.b, d), table->order) << table->name;
    EXPECT_EQ(order_of(d.embedded, d), table->order_of_embedded) << table->name;
    EXPECT_NEAR(d.c(d.c.size() - 1), 1, 1e-15) << table->name;
    for (std::size_t i = 1; i < table->stages(); ++i) {
      EXPECT_EQ(table->a[i].size(), i + 1) << table->name;
      EXPECT_EQ(table->a[i].back(), table->diagonal()) << table->name;  // one matrix for all stages
      // Stage order two: each stage integrates t exactly, so that coefficients which change in time keep the order.
      EXPECT_NEAR((d.a * d.c)(static_cast<Eigen::Index>(i)),
                  d.c(static_cast<Eigen::Index>(i)) * d.c(static_cast<Eigen::Index>(i)) / 2, 1e-14)
          << table->name;
    }
  }
}

TEST(ButcherTables, AWrongDigitCostsTheOrder) {
  ButcherTable wrong = kennedy_carpenter();
  wrong.a[4][2] += 1e-6;
  const Dense d = dense(wrong);
  EXPECT_LT(order_of(d.b, d), 5);
}

TEST(ButcherTables, AreStableInTheLeftHalfPlaneAndDampWhatIsStiff) {
  for (const auto* table : {&tr_bdf2(), &kennedy_carpenter()}) {
    for (double lg = -3; lg < 6; lg += 0.01)  // the maximum principle: the imaginary axis is enough
      EXPECT_LE(std::abs(one_step(*table, {0, std::pow(10, lg)}).first), 1 + 1e-13) << table->name << lg;
    EXPECT_LT(std::abs(one_step(*table, -1e12).first), 1e-9) << table->name;  // R(infinity) = 0, like 1/z
  }
}

TEST(ButcherTables, TheirEstimatesCoverTheErrorWhereTheStepResolvesTheMode) {
  // Eigenvalues of a generator lie in the left half-plane. |z| <= 1: modes that a step resolves.
  for (const double angle : {180.0, 150.0, 120.0, 95.0})
    for (double lg = -1.5; lg <= 0; lg += 0.1) {
      const Complex z = std::polar(std::pow(10, lg), angle * std::numbers::pi / 180);
      const auto [y, e] = one_step(kennedy_carpenter(), z);
      const double g = kennedy_carpenter().diagonal();
      EXPECT_LT(std::abs(y - std::exp(z)), std::abs(2.0 * g * z / (1.0 - g * z) * e)) << angle << ' ' << lg;
      const auto [v, f] = one_step(tr_bdf2(), z);
      EXPECT_LT(std::abs(v - std::exp(z)), 1.25 * std::abs(f / (1.0 - tr_bdf2().diagonal() * z)))
          << angle << ' ' << lg;
    }
}

}  // namespace
}  // namespace fpk::solvers
